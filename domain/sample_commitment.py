"""Without this file a sample could be drawn from petitions that somebody chose."""

from typing import Annotated, ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Meta

from domain.command import Code, Line
from domain.dimension import Dimension
from domain.extent import Extent
from domain.guards import refuse_gap
from domain.period import MONTH_START_MAX, period_bounds
from domain.resource import OpeningCommand
from domain.role_table import who_may
from domain.sample import Sample
from domain.sample_draw import frame_digest
from domain.sample_strata import SAMPLE_LEN_MAX, Sizes, StratumOrder, plan_strata, split_frame
from domain.sampling_frame import FrameQuestion, SamplePurpose, read_frame
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Channel, PetitionType

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
"""32 bytes as 64 lower-case hex digits."""


class CommitSample(OpeningCommand[Sample], frozen=True, kw_only=True):
    """Fix what a sample is drawn from and seal its seed; nobody can tell yet who is drawn.

    The frame is read from the log as it stands. State the size by exactly one of `strata`,
    `size_each` and `share`.
    """

    label: ClassVar = Text("承诺抽样", "commit to a sample")
    roles: ClassVar = who_may("CommitSample")
    is_delegable: ClassVar = False

    number: Annotated[int, Meta(ge=1, le=1_000_000)]
    purpose: SamplePurpose
    seed_sha256: Digest
    by: Dimension = Dimension.UNIT
    strata: Annotated[tuple[StratumOrder, ...], Meta(max_length=200)] = ()
    size_each: Annotated[int, Meta(ge=1, le=SAMPLE_LEN_MAX)] | None = None
    share: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    unit: Code | None = None
    petition_type: PetitionType | None = None
    channel: Channel | None = None
    region: Line | None = None
    period: Annotated[str, Meta(max_length=7)] | None = None
    month_start_day: Annotated[int, Meta(ge=1, le=MONTH_START_MAX)] = 1

    @property
    def stream_name(self) -> str:
        """The sample's own: a number is used once."""
        return sample_stream_name(self.number)

    @property
    def claims(self) -> tuple[str, ...]:
        """The sealed seed: it is used once, or its draw would be known beforehand."""
        return (f"sample-seed:{self.seed_sha256}",)

    def create(self, aggregate_id: UUID, situation: Situation) -> Sample:
        """Return the sample with its strata as the log gives them.

        Raises:
            UnknownUnitError: the roster has no such unit.
            GuardError: ``no-period``, ``sample-number``, or as ``plan_strata``.
        """
        if self.unit is not None:
            situation.roster.state.unit(self.unit)
        source = situation.figures
        before = source.find_sample(self.number - 1)
        refuse_gap("sample-number", Text("抽样", "sample"), self.number, before)
        question = self._question(situation.roster.zone)
        position = source.position_known_at(None)
        frame = read_frame(question, source.petitions(position))
        sizes = Sizes(strata=self.strata, size_each=self.size_each, share=self.share)
        strata = plan_strata(sizes, frame)
        return Sample.begin(
            Sample.Created,
            aggregate_id,
            situation.act,
            number=self.number,
            question=question,
            position=position,
            population=len(frame),
            frame_sha256=frame_digest(split_frame(strata, frame)),
            strata=strata,
            seed_sha256=self.seed_sha256,
            committer_id=situation.act.actor_id,
        )

    def _question(self, zone: str) -> FrameQuestion:
        bounds = period_bounds(self.period, self.month_start_day, ZoneInfo(zone))
        return FrameQuestion(
            purpose=self.purpose,
            by=self.by,
            extent=Extent(
                unit=self.unit,
                petition_type=self.petition_type,
                channel=self.channel,
                region=self.region,
            ),
            period=self.period,
            month_start_day=self.month_start_day,
            approved_from=bounds[0],
            approved_before=bounds[1],
            zone=zone,
        )


def sample_stream_name(number: int) -> str:
    """Return the name that a sample's id follows from; pure."""
    return f"sample/{number}"
