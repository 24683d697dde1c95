"""Lives of the aggregates that are no petitions, told by their real commands.

No mocks and no database. ``LIVES`` causes every event of every resource at least once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.aggregate import LedgerAggregate
from domain.bulletin import BulletinSeries
from domain.bulletin_issuing import EndorseBulletin, IssueBulletin, WithdrawBulletin
from domain.command import Command
from domain.commendation import CommendationForm, ReceiveCommendation, StrikeCommendation
from domain.coordination import HoldCoordination, RecordAgreement
from domain.credit_code import make_credit_code
from domain.dimension import Dimension
from domain.dossier import CloseDossier, OpenDossier, UpdateDossier
from domain.errors import DomainError
from domain.exhibition_advice import (
    AnnounceExhibition,
    ConcludeExhibition,
    FollowUpExhibition,
    RecordConsultation,
)
from domain.field_visit import FollowUpFieldVisit, HoldFieldVisit, LinkFoundProblem
from domain.grant import AwardGrant, PayGrant, RevokeGrant
from domain.matchmaking import MatchResult, ProjectPhase
from domain.matchmaking_course import ConcludeMatchmaking, EnterPhase, OpenMatchmaking
from domain.metric_orders import DefineMetric, RetireMetric
from domain.package_items import AddPackageItem, CompletePackageItem
from domain.package_service import (
    CancelServicePackage,
    ChangePackageContact,
    CompleteServicePackage,
    OpenServicePackage,
)
from domain.policy_publishing import DraftPolicy, ExplainPolicy, PublishPolicy, WithdrawPolicy
from domain.principal import Principal
from domain.report_kind import ReportKind
from domain.report_publishing import PublishReport, RetractReport
from domain.resource import AggregateCommand, OpeningCommand
from domain.sample_commands import CloseSample, DrawSample
from domain.sample_commitment import CommitSample
from domain.sample_draw import seed_digest
from domain.sampling_frame import SamplePurpose
from domain.scope import DeclareScope, ReviseScope
from domain.service_package import ItemNote
from domain.situation import Situation
from domain.subscription import PushChannel, Subscribe, Unsubscribe
from domain.text import Text
from domain.vocabulary import Channel, PetitionType, Role
from tests.unit.counted_figures import COUNTED
from tests.unit.drawable_petitions import SEED
from tests.unit.given_when_then import (
    DAY,
    MINUTE,
    SAYS_ALL_THREE,
    START,
    UNIT_OF_ROLE,
    packs,
    roster,
)

FIRM, OTHER_FIRM = (make_credit_code(f"91510100MA000000{number}") for number in (1, 2))
PETITION = UUID(int=99)
STREAM = UUID(int=70)
DIGEST = "0a" * 32


@dataclass(frozen=True)
class Deed:
    """A command that somebody gave; by default the role's first person in its usual unit."""

    command: Command
    role: Role
    unit: str | None = None
    actor: str | None = None

    @property
    def principal(self) -> Principal:
        """Who gives it."""
        unit = UNIT_OF_ROLE[self.role] if self.unit is None else self.unit or None
        return Principal(actor_id=self.actor or f"{self.role}-1", role=self.role, unit=unit)


@dataclass
class Life:
    """One aggregate that commands are given to, a minute apart.

    Attributes:
        aggregate_id: Its stream.
        at: Instant of the latest deed.
        aggregate: None until it was begun.
        events: What was decided so far, in order.
    """

    aggregate_id: UUID = STREAM
    at: datetime = START
    aggregate: LedgerAggregate | None = None
    events: list[LedgerAggregate.Event] = field(default_factory=list)

    def do(self, *deeds: Deed) -> "Life":
        """Give commands and return the life after them."""
        for deed in deeds:
            self._do(deed)
        return self

    def refuses(self, deed: Deed, code: str) -> None:
        """Expect a refusal that leaves the aggregate as it was."""
        before = None if self.aggregate is None else self.aggregate.version
        with pytest.raises(DomainError) as refused:
            self._do(deed)
        assert refused.value.code == code
        for text, says in zip(refused.value.text, SAYS_ALL_THREE, strict=True):
            assert says.search(text), text
        assert before == (None if self.aggregate is None else self.aggregate.version)

    def _do(self, deed: Deed) -> None:
        act = deed.principal.act(
            deed.command.occurred_at or self.at + MINUTE,
            on_behalf_of=deed.command.on_behalf_of,
        )
        situation = Situation(
            act=act,
            now=act.occurred_at,
            roster=roster(),
            packs=packs(),
            pack_id="plain",
            fresh_number="",
            figures=COUNTED,
        )
        match deed.command:
            case OpeningCommand() as opening:
                self.aggregate = opening.begin(self.aggregate_id, situation)
            case AggregateCommand() as command if self.aggregate is not None:
                command.apply(self.aggregate, situation)
            case _:
                raise AssertionError("a life begins with an opening command")
        caused: Any = self.aggregate.collect_events()
        self.events += caused
        self.at = act.occurred_at


def item(unit: str = "bureau", due_at: datetime = START + 30 * DAY) -> ItemNote:
    """Return one service of a package."""
    return ItemNote(title="用电增容", unit=unit, due_at=due_at)


HEAD, ST = Role.DEPARTMENT_HEAD, Role.STATISTICIAN
DRAFT = Deed(
    DraftPolicy(
        title="示例惠企政策",
        sha256=DIGEST,
        industries=("C39",),
        petition_types=(PetitionType.CONSULTATION,),
        valid_from=date(2026, 9, 1),
        valid_until=date(2027, 8, 31),
    ),
    Role.HANDLER,
)
PUBLISH = Deed(PublishPolicy(number="示例〔2026〕1号"), HEAD)
EXPLAIN = Deed(ExplainPolicy(medium="直播", text="逐条解读"), Role.INTAKE)
SUBSCRIBE = Deed(
    Subscribe(
        industries=("C39",),
        channels=(PushChannel.WORKSPACE, PushChannel.EMAIL, PushChannel.WEBHOOK),
        email="firm@example.org",
        webhook="https://firm.example.org/hook",
    ),
    Role.PETITIONER,
)
OPEN_PACKAGE = Deed(
    OpenServicePackage(
        enterprise=FIRM, contact_name="示例联系人", contact_phone="010 1234", items=(item(),)
    ),
    Role.HANDLER,
)
ISSUE = Deed(
    IssueBulletin(
        series=BulletinSeries.SPECIAL_REPORT,
        year=2026,
        number=1,
        title="示例专报",
        sha256=DIGEST,
        units=("bureau",),
        petitions=(PETITION,),
    ),
    Role.DISPATCHER,
)
OPEN_DOSSIER = Deed(
    OpenDossier(park="park-1", name="示例产业园", region="示例区", text="概况"), Role.HANDLER
)
VISIT = Deed(
    HoldFieldVisit(units=("roads",), visitors=5, enterprises=(FIRM, OTHER_FIRM), text="走访"),
    Role.LEADER,
)
ANNOUNCE = Deed(
    AnnounceExhibition(
        name="示例博览会", place="示例会展中心", starts_at=START + DAY, ends_at=START + 4 * DAY
    ),
    Role.HANDLER,
)
CONSULT = Deed(
    RecordConsultation(enterprise=FIRM, question="如何报名", answer="网上报名"), Role.INTAKE
)
MATCH = Deed(
    OpenMatchmaking(project="示例项目", phase=ProjectPhase.PLANNING, parties=(FIRM, OTHER_FIRM)),
    Role.DISPATCHER,
)
PRAISE = Deed(
    ReceiveCommendation(
        form=CommendationForm.BANNER,
        units=("bureau",),
        enterprise=FIRM,
        petition_id=PETITION,
        from_name="示例企业",
        text="办事高效",
    ),
    Role.INTAKE,
)
AWARD = Deed(
    AwardGrant(programme="技改奖补", enterprise=FIRM, amount_fen=3_000_000_00, policy_id=PETITION),
    HEAD,
)
COORDINATE = Deed(
    HoldCoordination(
        units=("roads", "water"), person_times=3, petition_id=PETITION, text="协调管线"
    ),
    Role.DISPATCHER,
)

DECLARE = Deed(
    DeclareScope(channel=Channel.LETTER, intake_complete=False, reason="只公布已解决的难题"),
    Role.ADMIN,
)
DEFINE_METRIC = Deed(
    DefineMetric(
        rate_id="closure_rate",
        number=2,
        name=Text("办结率", "closure rate"),
        numerator=("closed",),
        denominator=("accepted",),
        effective_on=date(2026, 9, 1),
        source="示例〔2026〕1号",
        approver_id="ad-2",
    ),
    Role.ADMIN,
)
PUBLISH_REPORT = Deed(
    PublishReport(
        number=1,
        kind=ReportKind.CLOSURE,
        by=Dimension.UNIT,
        period="2026-08",
        as_of=START - DAY,
        approver_id="st-2",
    ),
    ST,
)

COMMIT_SAMPLE = Deed(
    CommitSample(
        number=1, purpose=SamplePurpose.CALLBACK, seed_sha256=seed_digest(SEED), size_each=2
    ),
    ST,
)
DRAW_SAMPLE = Deed(DrawSample(seed=SEED), Role.REVIEWER)
CLOSE_SAMPLE = Deed(CloseSample(reason="回访期满"), ST)

LIVES: Mapping[str, tuple[Deed, ...]] = {
    "policy": (DRAFT, PUBLISH, EXPLAIN, Deed(WithdrawPolicy(reason="已有新政策"), HEAD)),
    "subscription": (SUBSCRIBE, Deed(Unsubscribe(reason="不再需要"), Role.PETITIONER)),
    "package": (
        OPEN_PACKAGE,
        Deed(AddPackageItem(item=item("water")), Role.HANDLER),
        Deed(CompletePackageItem(item=2, result="已通水"), Role.HANDLER, "water"),
        Deed(
            ChangePackageContact(contact_name="另一联系人", contact_phone="010 5678"), Role.HANDLER
        ),
        Deed(CompletePackageItem(item=1, result="已增容"), Role.HANDLER),
        Deed(CompleteServicePackage(), Role.HANDLER),
    ),
    "package cancelled": (OPEN_PACKAGE, Deed(CancelServicePackage(reason="企业迁出"), HEAD)),
    "bulletin": (
        ISSUE,
        Deed(EndorseBulletin(text="请抓紧办理"), Role.LEADER),
        Deed(WithdrawBulletin(reason="编号有误"), Role.DISPATCHER),
    ),
    "dossier": (
        OPEN_DOSSIER,
        Deed(UpdateDossier(text="新增企业", sha256=DIGEST), Role.HANDLER),
        Deed(CloseDossier(reason="园区合并"), Role.HANDLER),
    ),
    "visit": (
        VISIT,
        Deed(LinkFoundProblem(petition_id=PETITION, enterprise=FIRM), Role.LEADER),
        Deed(FollowUpFieldVisit(text="已解决"), Role.LEADER),
    ),
    "exhibition": (
        ANNOUNCE,
        CONSULT,
        Deed(ConcludeExhibition(note="圆满"), Role.HANDLER),
        Deed(FollowUpExhibition(enterprise=FIRM, text="签约两项"), Role.HANDLER),
    ),
    "matchmaking": (
        MATCH,
        Deed(EnterPhase(phase=ProjectPhase.CONSTRUCTION, note="已中标"), Role.DISPATCHER),
        Deed(ConcludeMatchmaking(result=MatchResult.AGREED, text="签约"), Role.DISPATCHER),
    ),
    "commendation": (PRAISE, Deed(StrikeCommendation(reason="重复登记"), Role.INTAKE)),
    "grant": (AWARD, Deed(PayGrant(), Role.HANDLER)),
    "grant revoked": (AWARD, Deed(RevokeGrant(reason="材料不实"), HEAD)),
    "scope": (
        DECLARE,
        Deed(ReviseScope(intake_complete=True, reason="已补录全部来件"), Role.ADMIN),
    ),
    "metric": (
        DEFINE_METRIC,
        Deed(RetireMetric(reason="口径停用", approver_id="ad-2"), Role.ADMIN),
    ),
    "report": (PUBLISH_REPORT, Deed(RetractReport(approver_id="st-2", reason="口径有误"), ST)),
    "sample": (COMMIT_SAMPLE, DRAW_SAMPLE, CLOSE_SAMPLE),
    "sample given up": (COMMIT_SAMPLE, CLOSE_SAMPLE),
    "coordination": (COORDINATE, Deed(RecordAgreement(text="三日内移管"), Role.DISPATCHER)),
}
