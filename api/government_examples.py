"""Without this file the documentation would not show sessions, orders and enterprises."""

from datetime import UTC, date, timedelta
from typing import Final
from uuid import UUID

from api.enterprise_views import EnterprisePage, EnterpriseView
from api.examples import EXAMPLE_ID, example_instant
from api.government_views import AppealPage, AppealView, SupervisionPage, SupervisionView
from api.session_views import ParticipationView, SessionPage, SessionView
from domain.assessment import AppealState, ExclusionReason, ScoreComponent
from domain.enterprise_terms import EnterpriseSize
from domain.rate import Rate
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind, SessionState
from domain.supervision_terms import CircularState, SupervisionState
from domain.vocabulary import PetitionState, SupervisionLevel
from projections.assessment_appeals import AppealLine
from projections.enterprise_profile import EnterpriseProfile
from projections.participation import Participation
from projections.session_board import SessionLine
from projections.supervision_ledger import SupervisionLine

_AT: Final = example_instant().astimezone(UTC)
_DAY: Final = timedelta(days=1)
_ON: Final = date(2026, 9, 1)
_OTHER_ID: Final = UUID("5e0a64b2-9a57-4c52-8f0b-6f6d0f3b7a10")
_UNIT: Final = "transport"

SESSION_PAGE: Final = SessionPage(
    participation=ParticipationView.of(
        Participation(1, 9, 4, Rate(40, 110), 2, {AttendeeRole.DEPARTMENT_HEAD: 73})
    ),
    items=(
        SessionView.of(
            SessionLine(
                EXAMPLE_ID,
                SessionKind.MAIN,
                SessionFormat.LEADER_RECEPTION,
                "hub",
                _ON,
                "政务大厅",
                SessionState.HELD,
                "停车",
                _ON,
                _AT,
                75,
                9,
                40,
                4,
                2,
                1,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
SUPERVISION_PAGE: Final = SupervisionPage(
    unit=None,
    as_of=_AT + 9 * _DAY,
    items=(
        SupervisionView.of(
            SupervisionLine(
                _OTHER_ID,
                _UNIT,
                SupervisionLevel.ORANGE,
                SupervisionState.OPEN,
                None,
                _AT,
                _AT + 5 * _DAY,
                None,
                None,
                "2026-3",
                CircularState.ISSUED,
                _AT + 35 * _DAY,
                None,
                None,
                (EXAMPLE_ID,),
                9,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
ENTERPRISE_PAGE: Final = EnterprisePage(
    items=(
        EnterpriseView.of(
            EnterpriseProfile(
                "91510100MA0000001L",
                _OTHER_ID,
                "示例制造有限公司",
                "C36",
                EnterpriseSize.MEDIUM,
                "east",
                key_enterprise=True,
                liaison_unit=_UNIT,
                chief_unit=_UNIT,
                chief_from_on=_ON,
                chief_until_on=None,
                groups=("group-1",),
                petitions={PetitionState.IN_PROGRESS: 2, PetitionState.CLOSED: 11},
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
APPEAL_PAGE: Final = AppealPage(
    unit=_UNIT,
    items=(
        AppealView.of(
            AppealLine(
                _OTHER_ID,
                _UNIT,
                EXAMPLE_ID,
                ScoreComponent.ONTIME,
                AppealState.EXCLUDED,
                _AT,
                _AT + 3 * _DAY,
                ExclusionReason.FORCE_MAJEURE,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
