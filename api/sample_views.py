"""Without this file a sample would have no shape that a client could rely on."""

from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from api.examples import EXAMPLE_ID, example_instant
from api.schemas import Count, Label, Name, Position
from domain.rates import RATES
from domain.sample import Sample
from domain.sample_report import QuestionResult, SampleReport
from domain.survey_estimate import StratumTally
from domain.text import Text
from domain.wilson import printed


class SampleLine(msgspec.Struct, frozen=True, kw_only=True):
    """One sample; strata and list stand in its events.

    Attributes:
        sample_id: Where it is drawn, closed, verified and estimated.
        number: Its number.
        purpose: Who asks the petitioners: `callback` or `survey`.
        label: What people call that.
        state: How far it has come; a closed one without a seed was given up.
        period: Statistical period in which the reply was approved, or null for any.
        committed_at: When the seed was sealed.
        position: Log position at which the frame is read.
        population: Petitions in the frame.
        size: Petitions drawn, or to be drawn.
        seed_sha256: SHA-256 of the seed.
        frame_sha256: SHA-256 of the frame.
        seed: The seed, or null before the draw.
        entry_hash: Leaf hash of the commitment, or null before the draw.
    """

    sample_id: Name
    number: Count
    purpose: Name
    label: Label
    state: Name
    period: Name | None
    committed_at: datetime
    position: Position
    population: Count
    size: Count
    seed_sha256: Name
    frame_sha256: Name
    seed: Name | None
    entry_hash: Name | None


class SampleList(msgspec.Struct, frozen=True):
    """A page of samples, oldest first."""

    items: Annotated[tuple[SampleLine, ...], Meta(max_length=500)]


class SampleVerification(msgspec.Struct, frozen=True, kw_only=True):
    """What came of drawing a sample again; no fault means: the same list."""

    number: Count
    position: Position
    drawn: Count
    faults: Annotated[tuple[Label, ...], Meta(max_length=1_000)]


class StratumView(msgspec.Struct, frozen=True, kw_only=True):
    """One stratum: N, n, valid answers and those that count."""

    name: Annotated[str, Meta(max_length=20_000)]
    population: Count
    drawn: Count
    answers: Count
    hits: Count


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """What a sample says of one rate.

    Attributes:
        rate_id: The rate.
        label: What people call it.
        estimate_percent: Design-weighted share in per cent, or null without an answer.
        interval_percent: Limits at 95 %, or null where a stratum has one answer only.
        standard_error_points: In percentage points, or null likewise.
        answers: Valid answers.
        hits: Answers that count.
        covered: Petitions in strata with an answer; the share is about these.
        strata: The same by stratum.
    """

    rate_id: Name
    label: Label
    estimate_percent: Name | None
    interval_percent: tuple[Name, Name] | None
    standard_error_points: Name | None
    answers: Count
    hits: Count
    covered: Count
    strata: Annotated[tuple[StratumView, ...], Meta(max_length=200)]


class EstimateView(msgspec.Struct, frozen=True, kw_only=True):
    """What a drawn sample came to.

    Attributes:
        number: Of the sample.
        position: Last log position whose answers count.
        population: Petitions in the frame.
        drawn: Petitions drawn.
        answered: Petitions with an answer to either question.
        silences: Petitions without one, by reason.
        questions: The rates that are estimated.
    """

    number: Count
    position: Position
    population: Count
    drawn: Count
    answered: Count
    silences: Annotated[dict[str, Count], Meta(max_length=20)]
    questions: Annotated[tuple[QuestionView, ...], Meta(max_length=10)]


def show_sample(sample: Sample) -> SampleLine:
    """Return a sample as a line of the list; pure."""
    return SampleLine(
        sample_id=str(sample.id),
        number=sample.number,
        purpose=sample.question.purpose.value,
        label=Label.of(sample.question.purpose.label),
        state=sample.state.value,
        period=sample.question.period,
        committed_at=sample.created_on,
        position=sample.position,
        population=sample.population,
        size=sum(stratum.size for stratum in sample.strata),
        seed_sha256=sample.seed_sha256,
        frame_sha256=sample.frame_sha256,
        seed=sample.seed,
        entry_hash=sample.entry_hash,
    )


def show_faults(sample: Sample, faults: tuple[Text, ...]) -> SampleVerification:
    """Return what came of drawing a sample again; pure."""
    return SampleVerification(
        number=sample.number,
        position=sample.position,
        drawn=sum(map(len, sample.drawn.values())),
        faults=tuple(map(Label.of, faults)),
    )


def show_estimate(sample: Sample, report: SampleReport) -> EstimateView:
    """Return what a drawn sample came to; pure."""
    return EstimateView(
        number=sample.number,
        position=report.position,
        population=sample.population,
        drawn=sum(map(len, sample.drawn.values())),
        answered=report.answered,
        silences={silence.value: count for silence, count in report.silences.items()},
        questions=tuple(map(_show_question, report.questions)),
    )


def _show_question(result: QuestionResult) -> QuestionView:
    estimate, limits = result.estimate, result.estimate.interval
    return QuestionView(
        rate_id=result.rate_id,
        label=Label.of(RATES[result.rate_id].label),
        estimate_percent=estimate.printed,
        interval_percent=limits and (printed(limits.lower), printed(limits.upper)),
        standard_error_points=estimate.error_points,
        answers=estimate.answers,
        hits=estimate.hits,
        covered=estimate.covered,
        strata=tuple(map(_show_stratum, result.strata)),
    )


def _show_stratum(tally: StratumTally) -> StratumView:
    return StratumView(
        name=tally.name,
        population=tally.population,
        drawn=tally.drawn,
        answers=tally.answers,
        hits=tally.hits,
    )


SAMPLE_LIST: Final = SampleList(
    (
        SampleLine(
            sample_id=str(EXAMPLE_ID),
            number=1,
            purpose="callback",
            label=Label("抽查回访", "sampled callback"),
            state="drawn",
            period="2021-Q4",
            committed_at=example_instant().astimezone(UTC),
            position=81_204,
            population=6483,
            size=1687,
            seed_sha256="60bf07c488aad18fda339df07e4fbc47b4f00be71711936f18d04d352ad01890",
            frame_sha256="30c8b408d5e1ae51e490037a3815abc6406decf28c90bcca78a1a049d81b5ba3",
            seed="5a" * 32,
            entry_hash="52aff933662a757c970bbaaa17cae895795be3d82b5100558f2eb61aec5c6934",
        ),
    )
)
SAMPLE_VERIFICATION: Final = SampleVerification(number=1, position=81_204, drawn=1687, faults=())
ESTIMATE: Final = EstimateView(
    number=1,
    position=96_310,
    population=6483,
    drawn=1687,
    answered=1600,
    silences={"unreachable": 60, "refused": 20, "withdrawn": 7},
    questions=(),
)
