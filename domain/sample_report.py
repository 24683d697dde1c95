"""Without this file a sample could be read without those who did not answer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from uuid import UUID

from domain.petition_facts import PetitionFacts
from domain.sample import Sample
from domain.sample_responses import Response, Silence, read_response
from domain.sampling_frame import SamplePurpose
from domain.survey_estimate import Estimate, StratumTally, estimate_share
from domain.vocabulary import Resolution, Satisfaction

QUESTIONS: Final[Mapping[SamplePurpose, tuple[str, ...]]] = {
    SamplePurpose.CALLBACK: (
        "satisfaction_rate.strict",
        "satisfaction_rate.lenient",
        "resolution_rate.petitioner",
    ),
    SamplePurpose.SURVEY: ("satisfaction_rate.third_party", "resolution_rate.third_party"),
}
"""Rates that a sample estimates, by who asks."""
_LENIENT = {Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED}


class QuestionResult(NamedTuple):
    """The answers to one question and what they say of the frame.

    Attributes:
        rate_id: Rate that is estimated.
        strata: Answers by stratum.
        estimate: Over all strata.
    """

    rate_id: str
    strata: tuple[StratumTally, ...]
    estimate: Estimate


class SampleReport(NamedTuple):
    """What a drawn sample came to.

    Attributes:
        position: Last log position whose answers count.
        questions: The rates that are estimated.
        silences: Petitions without an answer, by reason; those drawn are these and ``answered``.
        answered: Petitions with an answer to either question.
    """

    position: int
    questions: tuple[QuestionResult, ...]
    silences: Mapping[Silence, int]
    answered: int


def report_sample(
    sample: Sample,
    position: int,
    before: Iterable[PetitionFacts],
    after: Iterable[PetitionFacts],
) -> SampleReport:
    """Return what a drawn sample came to; pure.

    Args:
        sample: As drawn.
        position: Last log position that counts.
        before: The petitions drawn, at the position of the frame.
        after: The same petitions at ``position``.
    """
    known = {facts.petition_id: facts for facts in before}
    responses = {
        facts.petition_id: read_response(known[facts.petition_id], facts, sample.question.purpose)
        for facts in after
    }
    silent = Counter(each.silence for each in responses.values() if each.silence is not None)
    return SampleReport(
        position,
        tuple(
            _result(rate_id, sample, responses) for rate_id in QUESTIONS[sample.question.purpose]
        ),
        {silence: silent[silence] for silence in Silence},
        len(responses) - silent.total(),
    )


def _result(rate_id: str, sample: Sample, responses: Mapping[UUID, Response]) -> QuestionResult:
    tallies = []
    for stratum in sample.strata:
        drawn = sample.drawn[stratum.name]
        counted = [_counts(rate_id, responses[each]) for each in drawn]
        valid = [each for each in counted if each is not None]
        tallies.append(
            StratumTally(stratum.name, stratum.population, len(drawn), len(valid), sum(valid))
        )
    return QuestionResult(rate_id, tuple(tallies), estimate_share(tallies, sample.population))


def _counts(rate_id: str, response: Response) -> bool | None:
    """Return whether a response counts for a rate; None where it is no valid answer."""
    if rate_id.startswith("resolution_rate"):
        resolution = response.resolution
        if resolution in {None, Resolution.NO_ANSWER}:
            return None
        return resolution is Resolution.RESOLVED
    satisfaction = response.satisfaction
    if satisfaction in {None, Satisfaction.NO_ANSWER}:
        return None
    if rate_id.endswith(".lenient"):
        return satisfaction in _LENIENT
    return satisfaction is Satisfaction.SATISFIED
