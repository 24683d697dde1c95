"""Without this file the documentation would not show what a list of cases answers."""

from datetime import UTC, timedelta
from typing import Final

from api.board_views import BacklogPage, BacklogView, PromisePage, PromiseView
from api.custody_views import CustodySumsView, CustodyView
from api.examples import EXAMPLE_ID, example_instant
from api.figures import Share
from api.upward_views import UnitShare, UpwardPage, UpwardView
from domain.custody import Charge, Custody
from domain.rate import Rate
from domain.rates import RATES
from domain.roster import Tier
from domain.tracked_promises import PromiseKind, PromiseState
from domain.upward_duties import UpwardDuty
from domain.vocabulary import Holder
from projections.backlog import BacklogLine
from projections.custody_sums import CustodySums, HolderSum
from projections.promise_ledger import PromiseLine
from projections.upward_reports import UpwardLine

_AT: Final = example_instant().astimezone(UTC)
_DAY: Final = timedelta(days=1)
_NUMBER: Final = "20260901000042"
_UNIT: Final = "transport"

PROMISE_PAGE: Final = PromisePage(
    unit=_UNIT,
    as_of=_AT + 90 * _DAY,
    items=(
        PromiseView.of(
            PromiseLine(
                EXAMPLE_ID,
                PromiseKind.REPLY,
                1,
                1,
                _UNIT,
                EXAMPLE_ID,
                _NUMBER,
                _AT,
                _AT + 60 * _DAY,
                None,
                None,
                PromiseState.OVERDUE,
            )
        ),
    ),
    next_cursor=None,
    next=None,
)
BACKLOG_PAGE: Final = BacklogPage(
    unit=_UNIT,
    as_of=_AT + 9 * _DAY,
    items=(
        BacklogView.of(
            BacklogLine(
                EXAMPLE_ID,
                1,
                _NUMBER,
                _UNIT,
                _AT,
                _AT + 60 * _DAY,
                _AT + 30 * _DAY,
                0,
                None,
                None,
                None,
            ),
            _AT + 9 * _DAY,
        ),
    ),
    next_cursor=None,
    next=None,
)
UPWARD_PAGE: Final = UpwardPage(
    unit=_UNIT,
    as_of=_AT + 9 * _DAY,
    compliance=(
        UnitShare(
            _UNIT,
            Share.of(RATES["upward_report_compliance"], Rate(9, 10)),
        ),
    ),
    items=(
        UpwardView.of(
            UpwardLine(
                EXAMPLE_ID,
                _NUMBER,
                Tier.PROVINCE,
                UpwardDuty(
                    1,
                    1,
                    _UNIT,
                    _AT,
                    explained_at=_AT,
                    inform_by=_AT + _DAY,
                    told_at=_AT + timedelta(hours=1),
                    report_by=_AT + 2 * _DAY,
                    reported_at=_AT + _DAY,
                    target="province",
                    acknowledge_by=_AT + 5 * _DAY,
                ),
            ),
            _AT + 9 * _DAY,
        ),
    ),
    next_cursor=None,
    next=None,
)
CUSTODY: Final = CustodyView.of(
    EXAMPLE_ID,
    _AT + _DAY,
    Custody(420, (Charge(Holder.HUB, "", 60), Charge(Holder.UNIT, _UNIT, 360))),
)
CUSTODY_SUMS: Final = CustodySumsView.of(
    _AT,
    _AT + 31 * _DAY,
    CustodySums(1, 420, (HolderSum(Holder.UNIT, _UNIT, 1, 360), HolderSum(Holder.HUB, "", 1, 60))),
)
