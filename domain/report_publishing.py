"""Without this file anybody could publish any figure, alone."""

from typing import Annotated, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta

from domain.command import Code, Instant, Line
from domain.course import refuse_state
from domain.dimension import Dimension
from domain.errors import GuardError
from domain.extent import Extent
from domain.guards import refuse_gap, refuse_second_self
from domain.period import MONTH_START_MAX, period_bounds
from domain.published_report import PublishedReport, ReportState, Revision
from domain.rate import PUBLIC_CASES_MIN
from domain.report_cells import report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.role_table import who_may
from domain.rounding import Rounding
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Channel, PetitionType


class PublishReport(OpeningCommand[PublishedReport], frozen=True, kw_only=True):
    """Compute a report from the log and publish it under a number.

    Only the question is asked; figures are replayed from the log, never taken from the caller.
    Left out: period, all petitions; `known_at`, all that is recorded. By `as_dispatched` merged
    units keep their figures; otherwise their heirs have them from the day of the merger.
    """

    label: ClassVar = Text("发布报表", "publish a report")
    roles: ClassVar = who_may("PublishReport")
    is_delegable: ClassVar = False

    number: Annotated[int, Meta(ge=1, le=1_000_000)]
    kind: ReportKind
    approver_id: Code
    as_of: Instant
    by: Dimension = Dimension.TOTAL
    unit: Code | None = None
    petition_type: PetitionType | None = None
    channel: Channel | None = None
    region: Line | None = None
    period: Annotated[str, Meta(max_length=7)] | None = None
    month_start_day: Annotated[int, Meta(ge=1, le=MONTH_START_MAX)] = 1
    known_at: Instant | None = None
    cases_min: Annotated[int, Meta(ge=1, le=1_000_000)] = PUBLIC_CASES_MIN
    rounding: Rounding = Rounding.HALF_UP
    metrics: Annotated[tuple[Code, ...], Meta(max_length=50)] = ()
    is_public: bool = False
    as_dispatched: bool = False
    supersedes: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    reason: Line | None = None

    @property
    def stream_name(self) -> str:
        """The report's own: a number is used once."""
        return report_stream_name(self.number)

    def create(self, aggregate_id: UUID, situation: Situation) -> PublishedReport:
        """Return the report with the figures of the log.

        Raises:
            NotPermittedError: the approver is the publisher.
            UnknownUnitError: the roster has no such unit.
            GuardError: ``no-period``, ``future-figures``, ``known-too-early``,
                ``ranking-of-units``, ``metrics-of-rates``, ``nothing-to-publish``,
                ``no-such-report``, ``reason-missing``, ``report-number``.
            UnitSucceededError: the unit has an heir by then.
            CountsDisagreeError: the log's counts do not add up.
            RetiredDefinitionError: a metric was retired.
            NoSuchMetricError: there is no such metric.
        """
        refuse_second_self(self.approver_id, situation)
        if self.unit is not None:
            situation.roster.state.unit(self.unit)
        self._refuse_future(situation)
        before = situation.figures.find_report(self.number - 1)
        refuse_gap("report-number", Text("报表", "report"), self.number, before)
        if self.kind is ReportKind.RANKING and self.by is not Dimension.UNIT:
            raise GuardError(
                "ranking-of-units",
                "考评排名只按单位计算；未作任何记录，请将 by 设为 unit。",
                "only units have a score to be ranked by; nothing was recorded, set 'by' to unit.",
            )
        if bool(self.metrics) is not (self.kind is ReportKind.RATES):
            raise GuardError(
                "metrics-of-rates",
                "指标报表须指明 metrics，其他报表的指标是固定的；未作任何记录，请核对 metrics。",
                "a report on rates names its 'metrics', every other report has its own; nothing "
                "was recorded, check 'metrics'.",
            )
        question = self._question(situation.roster.zone)
        position = self._position(situation)
        figures = situation.figures.figures(question, position)
        if not figures.rows:
            raise GuardError(
                "nothing-to-publish",
                "该统计期和范围内没有任何诉求；未作任何记录，请核对 period、as_of 与范围。",
                "no petition falls into this period and scope; nothing was recorded, check "
                "'period', 'as_of' and the scope.",
            )
        definitions = self.kind.definitions(figures.catalogue, question.as_of_day, self.metrics)
        return PublishedReport.begin(
            PublishedReport.Created,
            aggregate_id,
            situation.act,
            number=self.number,
            question=question,
            definitions=definitions,
            position=position,
            cells=report_cells(question, definitions, figures),
            approver_id=self.approver_id,
            revision=self._revision(situation),
        )

    def _question(self, zone: str) -> ReportQuestion:
        bounds = period_bounds(self.period, self.month_start_day, ZoneInfo(zone))
        return ReportQuestion(
            kind=self.kind,
            by=self.by,
            extent=Extent(
                unit=self.unit,
                petition_type=self.petition_type,
                channel=self.channel,
                region=self.region,
            ),
            period=self.period,
            month_start_day=self.month_start_day,
            accepted_from=bounds[0],
            accepted_before=bounds[1],
            as_of=self.as_of,
            known_at=self.known_at,
            zone=zone,
            cases_min=self.cases_min,
            rounding=self.rounding,
            metrics=self.metrics,
            is_public=self.is_public,
            as_dispatched=self.as_dispatched,
        )

    def _position(self, situation: Situation) -> int:
        position = situation.figures.position_known_at(self.known_at)
        if position == 0:
            raise GuardError(
                "known-too-early",
                "此时账上还没有任何事件；未作任何记录，请将 known_at 改到首个事件之后。",
                "nothing was on record by then; nothing was recorded, move 'known_at' past the "
                "first event.",
            )
        return position

    def _refuse_future(self, situation: Situation) -> None:
        latest = max(self.as_of, self.known_at or self.as_of)
        if latest > situation.now:
            raise GuardError(
                "future-figures",
                f"时点 {latest.isoformat()} 尚未到来；未作任何记录，as_of 与 known_at 须已过去。",
                f"the instant {latest.isoformat()} has not come; nothing was recorded, take an "
                "'as_of' and 'known_at' that are past.",
            )

    def _revision(self, situation: Situation) -> Revision | None:
        if self.supersedes is None:
            return None
        if situation.figures.find_report(self.supersedes) is None:
            raise GuardError(
                "no-such-report",
                f"没有第 {self.supersedes} 号报表；未作任何记录，请核对 supersedes。",
                f"there is no report {self.supersedes}; nothing was recorded, check 'supersedes'.",
            )
        if self.reason is None:
            raise GuardError(
                "reason-missing",
                "修订报表须说明理由；未作任何记录，请填写 reason。",
                "a revised report says why; nothing was recorded, give a 'reason'.",
            )
        return Revision(supersedes=self.supersedes, reason=self.reason)


class RetractReport(AggregateCommand[PublishedReport], frozen=True, kw_only=True):
    """Say that a published report is not to be relied on; what was published stays readable."""

    label: ClassVar = Text("撤回报表", "retract the report")
    path: ClassVar = "retraction"
    roles: ClassVar = who_may("RetractReport")
    is_delegable: ClassVar = False

    approver_id: Code
    reason: Line

    def decide(self, aggregate: PublishedReport, situation: Situation) -> None:
        """Record the retraction.

        Raises:
            NotPermittedError: the approver is the actor.
            ImpossibleTransitionError: it is retracted already.
        """
        refuse_second_self(self.approver_id, situation)
        refuse_state(self.label, aggregate.state, ReportState.PUBLISHED)
        aggregate.record(
            PublishedReport.Retracted,
            situation.act,
            number=aggregate.number,
            approver_id=self.approver_id,
            reason=self.reason,
        )


def report_stream_name(number: int) -> str:
    """Return the name that a report's id follows from; pure."""
    return f"report/{number}"


PUBLISHED_REPORTS = Resource(
    path="reports",
    label=Text("已发布报表", "published report"),
    aggregate=PublishedReport,
    opening=(PublishReport,),
    commands=(RetractReport,),
)
