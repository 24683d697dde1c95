"""Lives of sessions, orders, enterprises, appeals and the roster, told by their real commands.

No mocks and no database. ``LIVES`` causes every event of these resources at least once.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.act import Act
from domain.assessment import ExclusionReason, ScoreComponent
from domain.assessment_commands import AdjudicateAppeal, AppealAssessment
from domain.attendance_duty import SetDutyToAttend
from domain.delegation_commands import EndDelegation, GrantDelegation
from domain.enterprise_contacts import AppointChiefRepresentative, AssignLiaison
from domain.enterprise_groups import JoinGroup, LeaveGroup
from domain.enterprise_records import MarkKeyEnterprise, RecordEnterprise, ReviseEnterprise
from domain.enterprise_terms import EnterpriseSize, LiaisonSide
from domain.roster import Roster, Tier, Unit, UnitKind
from domain.roster_changes import open_roster, register_unit
from domain.roster_commands import MergeUnits, SplitUnit
from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_planning import CancelSession, ConfirmTheme, HoldSession, ScheduleSession
from domain.session_records import FileMinutes, RaisePetition, RecordAttendance
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind
from domain.supervision_circulars import DecideCircularReview, IssueCircular, UseReviewRight
from domain.supervision_course import CloseSupervision, HoldInterview, RespondToSupervision
from domain.supervision_orders import OpenSupervision, UpgradeSupervision
from domain.supervision_proposals import AdoptProposal, DismissProposal, ProposeSupervision
from domain.supervision_terms import SupervisionFinding
from domain.text import Text
from domain.unit_commands import CloseUnit, RegisterUnit
from domain.vocabulary import Role, SupervisionLevel
from ledger.reference import ROSTER_ID
from tests.unit.given_when_then import DAY, START
from tests.unit.resource_story import DIGEST, FIRM, PETITION, Deed, Life

HEAD, HANDLER, SO = Role.DEPARTMENT_HEAD, Role.HANDLER, Role.SUPERVISION
TODAY = date(2026, 9, 14)
CITED = (f"{PETITION}:3",)
MEMBERS = ("panel-1", "panel-2", "panel-3")

SCHEDULE = Deed(
    ScheduleSession(
        kind=SessionKind.MAIN,
        format=SessionFormat.LEADER_RECEPTION,
        host_unit="hub",
        planned_on=TODAY,
        place="示例咖啡厅",
    ),
    Role.INTAKE,
)
HOLD = Deed(HoldSession(), Role.INTAKE)


def attend(person: str, role: AttendeeRole = AttendeeRole.DEPARTMENT_HEAD, **fields: str) -> Deed:
    """Return the attendance of a person, by default the head of the bureau."""
    unit = fields.get("unit", "bureau" if role.of_unit else None)
    enterprise = fields.get("enterprise")
    return Deed(
        RecordAttendance(
            person_id=person, name="示例人员", role=role, unit=unit, enterprise=enterprise
        ),
        Role.INTAKE,
    )


COMMIT = Deed(
    MakeCommitment(
        owner_unit="bureau", text="十月底前通电", due_at=START + 40 * DAY, petition_id=PETITION
    ),
    Role.INTAKE,
)
KEEP = Deed(FollowUpCommitment(number=1, done=True, note="已通电"), HANDLER)
MINUTES = Deed(FileMinutes(text="会议纪要", document_sha256=DIGEST), Role.INTAKE)
OPEN_ORDER = Deed(
    OpenSupervision(
        unit="bureau",
        petitions=(PETITION,),
        cited=CITED,
        level=SupervisionLevel.BLUE,
        due_at=START + 5 * DAY,
        requirement="限期办理",
    ),
    SO,
)
PROPOSE = Deed(
    ProposeSupervision(
        unit="bureau",
        petitions=(PETITION,),
        cited=CITED,
        level=SupervisionLevel.BLUE,
        rule="plain@1/supervision",
    ),
    Role.SYSTEM,
)
UPGRADE = Deed(
    UpgradeSupervision(
        level=SupervisionLevel.RED, cited=CITED, due_at=START + 9 * DAY, reason="逾期未办"
    ),
    SO,
)
RESPOND = Deed(RespondToSupervision(text="已整改"), HEAD)
CIRCULAR = Deed(IssueCircular(number="督通〔2026〕1号", text="逾期未办"), SO)
CHALLENGE = Deed(UseReviewRight(reason="非本单位职责"), HEAD)
REVOKE = Deed(DecideCircularReview(upheld=False, reason="职责有误"), SO, actor="supervision-2")
CLOSE = Deed(
    CloseSupervision(finding=SupervisionFinding.RECTIFIED, text="已办结"), SO, actor="supervision-2"
)
RECORD = Deed(
    RecordEnterprise(credit_code=FIRM, name="示例电子有限公司", industry="C39", region="示例区"),
    Role.INTAKE,
)
JOIN = Deed(JoinGroup(group="group-1"), Role.INTAKE)
APPOINT = Deed(
    AppointChiefRepresentative(
        unit="bureau",
        person_id="chief-1",
        name="示例人员",
        contact="028 0000 0000",
        trained_on=TODAY,
        from_on=TODAY,
    ),
    Role.DISPATCHER,
)
APPEAL = Deed(
    AppealAssessment(petition_id=PETITION, component=ScoreComponent.ONTIME, reason="派单错误"),
    HEAD,
)
EXCLUDE = Deed(
    AdjudicateAppeal(excluded_by=ExclusionReason.WRONG_UNIT, panel=MEMBERS, note="情况属实"),
    Role.REVIEWER,
)
MERGE = Deed(
    MergeUnits(units=("roads",), successor="bureau", effective_on=TODAY, document="编〔2026〕1号"),
    Role.ADMIN,
)
SPLIT = Deed(
    SplitUnit(
        unit="water",
        into=("watch", "hub"),
        heir="watch",
        effective_on=TODAY,
        document="编〔2026〕2号",
    ),
    Role.ADMIN,
)
REGISTER = Deed(
    RegisterUnit(
        unit="data-bureau",
        name_zh="示例市数据局",
        name_en="City Data Bureau",
        tier=Tier.CITY,
        kind=UnitKind.DEPARTMENT,
        duties=("big-data",),
    ),
    Role.ADMIN,
)
CLOSE_UNIT = Deed(CloseUnit(unit="data-bureau", reason="机构改革，职责并入省局"), Role.ADMIN)
ATTEND_DUTY = Deed(SetDutyToAttend(units=("bureau", "watch"), effective_on=TODAY), Role.ADMIN)
LEND = Deed(
    GrantDelegation(to_account="deputy-1", starts_at=START + DAY, ends_at=START + 8 * DAY), HEAD
)
END_LENDING = Deed(EndDelegation(number=1), HEAD)

LIVES: Mapping[str, tuple[Deed, ...]] = {
    "session": (
        SCHEDULE,
        Deed(ConfirmTheme(theme="用电保障", demands=("园区限电",)), Role.INTAKE),
        attend("head-1"),
        attend("guest-1", AttendeeRole.ENTERPRISE_REPRESENTATIVE, enterprise=FIRM),
        HOLD,
        Deed(RaisePetition(petition_id=PETITION), Role.INTAKE),
        COMMIT,
        Deed(FollowUpCommitment(number=1, done=False, note="已立项"), HANDLER),
        KEEP,
        MINUTES,
    ),
    "session cancelled": (SCHEDULE, Deed(CancelSession(reason="场地停电"), Role.INTAKE)),
    "supervision": (
        OPEN_ORDER,
        UPGRADE,
        RESPOND,
        Deed(HoldInterview(held_on=TODAY, persons=("head-1",), note="已约谈"), SO),
        CIRCULAR,
        CHALLENGE,
        REVOKE,
        CLOSE,
    ),
    "proposal": (
        PROPOSE,
        Deed(
            AdoptProposal(
                level=SupervisionLevel.ORANGE, due_at=START + 3 * DAY, requirement="限期办理"
            ),
            SO,
        ),
    ),
    "proposal dismissed": (PROPOSE, Deed(DismissProposal(reason="已办结"), SO)),
    "enterprise": (
        RECORD,
        Deed(
            ReviseEnterprise(
                name="示例电子股份有限公司", industry="C39", size=EnterpriseSize.LARGE, region=None
            ),
            Role.INTAKE,
        ),
        Deed(MarkKeyEnterprise(key_enterprise=True, basis="规上企业名单"), Role.DISPATCHER),
        Deed(
            AssignLiaison(
                side=LiaisonSide.GOVERNMENT,
                unit="bureau",
                person_id="liaison-1",
                name="示例人员",
                phone="028 0000 0001",
            ),
            Role.INTAKE,
        ),
        APPOINT,
        JOIN,
        Deed(LeaveGroup(group="group-1"), Role.INTAKE),
    ),
    "appeal": (APPEAL, EXCLUDE),
}
ROSTER_LIFE = (MERGE, SPLIT, ATTEND_DUTY, LEND, END_LENDING, REGISTER, CLOSE_UNIT)


def new_roster(more: Iterable[str] = ()) -> Roster:
    """Return a roster of some city units and a depot below ``roads``, its events pending."""
    act = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=START)
    roster = open_roster(ROSTER_ID, "Asia/Shanghai", Text("示例市", "Example City"), act)
    for unit_id in ("hub", "bureau", "roads", "water", "watch", *more):
        register_unit(roster, _unit(unit_id, Tier.CITY, None), act)
    register_unit(roster, _unit("depot", Tier.COUNTY, "roads"), act)
    return roster


def roster_life() -> Life:
    """Return a life whose deeds are given to a new roster."""
    roster = new_roster()
    roster.collect_events()
    return Life(ROSTER_ID, aggregate=roster)


def _unit(unit_id: str, tier: Tier, parent: str | None) -> Unit:
    name = Text(f"单位{unit_id}", unit_id)
    return Unit(unit_id=unit_id, name=name, tier=tier, parent=parent, kind=UnitKind.DEPARTMENT)
