"""Without this file a callback list could be chosen and look as if it had been drawn."""

import hmac
from dataclasses import replace as with_fields
from hashlib import sha256

import pytest
from msgspec.structs import replace

from domain.dimension import Dimension
from domain.petition_facts import PetitionFacts
from domain.rate import Rate
from domain.sample import Sample, SampleState
from domain.sample_commands import PART_LEN_MAX
from domain.sample_commitment import sample_stream_name
from domain.sample_draw import draw, frame_digest
from domain.sample_redraw import find_faults
from domain.sample_strata import SAMPLE_LEN_MAX, STRATA_MAX, Sizes, Stratum, StratumOrder
from domain.sample_strata import plan_strata as plan
from domain.sampling_frame import FrameMember, SamplePurpose
from domain.vocabulary import PetitionState, PetitionType, Role, Satisfaction
from tests.unit import resource_story
from tests.unit.counted_figures import COUNTED, CountedFigures
from tests.unit.drawable_petitions import SEED, answered, waiting
from tests.unit.given_when_then import DAY
from tests.unit.resource_story import (
    CLOSE_SAMPLE,
    COMMIT_SAMPLE,
    DRAW_SAMPLE,
    STREAM,
    Deed,
    Life,
)

SEED_NOBODY_COMMITTED = "01" * 32


def committing(**fields: object) -> Deed:
    """Return the commitment to a sample that differs in some fields."""
    return with_fields(COMMIT_SAMPLE, command=replace(COMMIT_SAMPLE.command, **fields))


def sampled(life: Life) -> Sample:
    """Return the sample of a life."""
    assert isinstance(life.aggregate, Sample)
    return life.aggregate


def drawn(source: CountedFigures) -> Sample:
    """Return a sample drawn from what a source knows."""
    del source
    return sampled(Life().do(COMMIT_SAMPLE, DRAW_SAMPLE))


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> CountedFigures:
    """Return a made-up log of this test's own, with nine petitions of two units waiting."""
    source = CountedFigures(COUNTED.rows, known=COUNTED.known)
    monkeypatch.setattr(resource_story, "COUNTED", source)
    return source


def entry(source: CountedFigures) -> str:
    """Return the leaf hash of the commitment."""
    return source.entry_hash(STREAM, 1).hex()


def test_commitment_fixes_strata_and_frame_and_tells_nobody_who_is_drawn() -> None:
    """N and n of each unit, the position, hashes of frame and seed; no seed, no petition."""
    sample = sampled(Life().do(COMMIT_SAMPLE))
    assert sample.strata == (
        Stratum(name="bureau", keys=("bureau",), population=6, size=2),
        Stratum(name="roads", keys=("roads",), population=3, size=2),
    )
    assert sample.position == COUNTED.position
    assert sample.state is SampleState.COMMITTED
    assert (sample.seed, sample.drawn) == (None, {})
    ids = [facts.petition_id for facts in COUNTED.known]
    lines = [f"{'bureau' if place < 6 else 'roads'}\t{each}\n" for place, each in enumerate(ids)]
    assert sample.frame_sha256 == sha256("".join(lines).encode()).hexdigest()


def test_draw_is_what_anybody_computes_from_seed_and_frame(source: CountedFigures) -> None:
    """The n lowest ranks by HMAC-SHA256 of each stratum, written out here once more."""
    sample = drawn(source)
    key = bytes.fromhex(SEED + entry(source))
    ranks = {
        hmac.new(key, str(facts.petition_id).encode(), "sha256").digest(): facts.petition_id
        for facts in source.known
    }
    order = [ranks[rank] for rank in sorted(ranks)]
    assert sample.drawn["bureau"] == tuple([each for each in order if each.int < 7][:2])
    assert sample.drawn["roads"] == tuple([each for each in order if each.int >= 7][:2])
    assert sample.state is SampleState.DRAWN
    assert find_faults(sample, source.known, entry(source)) == ()


def test_draw_depends_on_the_entry_of_the_commitment() -> None:
    """A seed alone decides nothing, so that nobody can look for a pleasant one beforehand."""
    ids = [facts.petition_id for facts in COUNTED.known]
    draws = {draw(SEED, f"{number:064x}", ids, 3) for number in range(50)}
    assert len(draws) > 30


def test_every_petition_is_drawn_equally_often() -> None:
    """2 of 5 over 2,000 seeds: each about 800 times, six standard deviations either way."""
    ids = [facts.petition_id for facts in list(COUNTED.known)[:5]]
    times = dict.fromkeys(ids, 0)
    for number in range(2_000):
        for each in draw(f"{number:064x}", "00" * 32, ids, 2):
            times[each] += 1
    assert all(abs(count - 800) < 132 for count in times.values()), times


def test_large_stratum_is_named_in_several_events(source: CountedFigures) -> None:
    """1,001 petitions do not fit into one event of 60,000 bytes; order goes through."""
    source.known = [waiting(number) for number in range(1, PART_LEN_MAX + 4)]
    life = Life().do(committing(size_each=PART_LEN_MAX + 1), DRAW_SAMPLE)
    parts = [event for event in life.events if isinstance(event, Sample.StratumDrawn)]
    assert [len(part.petition_ids) for part in parts] == [PART_LEN_MAX, 1]
    sample = sampled(life)
    assert len(set(sample.drawn["bureau"])) == PART_LEN_MAX + 1
    assert find_faults(sample, source.known, entry(source)) == ()


def unfit(facts: PetitionFacts, **fields: object) -> PetitionFacts:
    """Return a petition that differs in some facts."""
    return replace(facts, **fields)


@pytest.mark.parametrize(
    "facts",
    [
        unfit(waiting(50), confidential=True),
        unfit(waiting(50), state=PetitionState.CLOSED),
        unfit(waiting(50), state=PetitionState.MERGED),
        unfit(waiting(50), petition_type=PetitionType.COMMENDATION),
        answered(waiting(50), Satisfaction.SATISFIED),
        waiting(50, "water"),
        waiting(50, approved_before=60 * DAY),
    ],
)
def test_petition_that_nobody_is_to_ask_about_is_in_no_frame(
    source: CountedFigures, facts: PetitionFacts
) -> None:
    """Confidential, ended, merged, praise, answered already, another unit, another month."""
    source.known = [waiting(1), facts]
    sample = sampled(Life().do(committing(size_each=1, unit="bureau", period="2026-09")))
    assert [stratum.population for stratum in sample.strata] == [1]


def test_survey_asks_those_again_whom_the_callback_asked(source: CountedFigures) -> None:
    """Official and third-party answers are apart (decision 17)."""
    source.known = [
        answered(waiting(1), Satisfaction.SATISFIED),
        answered(waiting(2), Satisfaction.SATISFIED, third_party=True),
    ]
    survey = sampled(Life().do(committing(size_each=1, purpose=SamplePurpose.SURVEY)))
    callback = sampled(Life().do(committing(size_each=1)))
    survey_ids, callback_ids = ({"bureau": [facts.petition_id]} for facts in source.known)
    assert survey.frame_sha256 == frame_digest(survey_ids)
    assert callback.frame_sha256 == frame_digest(callback_ids)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (Dimension.TOTAL, [""]),
        (Dimension.UNIT, ["bureau", "roads"]),
        (Dimension.TYPE, ["appeal"]),
        (Dimension.CHANNEL, ["hotline"]),
        (Dimension.REGION, [""]),
    ],
)
def test_strata_are_by_any_dimension(by: Dimension, names: list[str]) -> None:
    """Units, types, channels, regions or all in one."""
    assert [each.name for each in sampled(Life().do(committing(by=by))).strata] == names


def test_share_is_rounded_up_in_every_stratum() -> None:
    """26.02 % of 6 is 2, of 3 is 1: a share never leaves a stratum out."""
    strata = sampled(Life().do(committing(size_each=None, share=2602))).strata
    assert [stratum.size for stratum in strata] == [2, 1]


def test_published_share_of_ezhou_is_the_quotient_of_its_counts() -> None:
    """1,687 of 6,483 drawn is 26.02 %; a share of 26.02 % would have drawn as many."""
    assert Rate(1687, 6483).percent() == "26.02"
    frame = [FrameMember(facts.petition_id, "") for facts in map(waiting, range(1, 6484))]
    (stratum,) = plan(Sizes(strata=(), size_each=None, share=2602), frame)
    assert (stratum.size, stratum.population) == (1687, 6483)


def test_stratum_may_hold_several_keys_and_the_rest_is_not_covered(source: CountedFigures) -> None:
    """Small units are put together; a unit that no stratum names is drawn from by none."""
    source.known = [*source.known, waiting(20, "water")]
    orders = (StratumOrder(keys=("roads", "water"), size=3),)
    sample = sampled(Life().do(committing(size_each=None, strata=orders), DRAW_SAMPLE))
    assert sample.strata[0].name == "roads+water"
    assert sample.strata[0].population == 4
    assert all(each.int >= 7 for each in sample.drawn["roads+water"])


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (committing(number=3), "sample-number"),
        (committing(unit="nowhere"), "unknown-unit"),
        (committing(period="2026-13"), "no-period"),
        (committing(period="2025"), "frame-empty"),
        (committing(unit="water"), "frame-empty"),
        (committing(size_each=None), "sample-size"),
        (committing(share=1), "sample-size"),
        (committing(size_each=4), "stratum-too-small"),
        (
            committing(size_each=None, strata=(StratumOrder(keys=("water",), size=1),)),
            "stratum-empty",
        ),
        (
            committing(
                size_each=None,
                strata=(
                    StratumOrder(keys=("bureau", "roads"), size=1),
                    StratumOrder(keys=("roads",), size=1),
                ),
            ),
            "strata-overlap",
        ),
        (
            committing(size_each=None, strata=(StratumOrder(keys=("roads", "roads"), size=1),)),
            "strata-overlap",
        ),
    ],
)
def test_commitment_is_refused(deed: Deed, code: str) -> None:
    """No sample of nothing, of more than there is, or of one petition twice."""
    Life().refuses(deed, code)


def test_commitment_is_refused_when_it_has_too_many_strata_or_petitions(
    source: CountedFigures,
) -> None:
    """A plan fits into one event, and a sample into one append."""
    source.known = [waiting(number, f"unit-{number}") for number in range(1, STRATA_MAX + 2)]
    Life().refuses(committing(size_each=1), "strata-too-many")
    source.known = [waiting(number) for number in range(1, SAMPLE_LEN_MAX + 2)]
    Life().refuses(committing(size_each=None, share=10_000), "sample-too-large")


def test_sample_has_one_stream_and_its_seed_one_use() -> None:
    """A number is opened once, and a seed that was revealed seals nothing any more."""
    command = COMMIT_SAMPLE.command
    assert getattr(command, "stream_name", None) == sample_stream_name(1)
    assert command.claims == (f"sample-seed:{getattr(command, 'seed_sha256', None)}",)


def test_draw_is_refused_when_the_seed_is_another() -> None:
    """Only what was sealed can be revealed."""
    life = Life().do(COMMIT_SAMPLE)
    other = replace(DRAW_SAMPLE.command, seed=SEED_NOBODY_COMMITTED)
    life.refuses(with_fields(DRAW_SAMPLE, command=other), "seed-mismatch")


def test_draw_is_refused_when_whoever_committed_draws() -> None:
    """Two persons: one seals, another one draws, in whatever role."""
    same = with_fields(DRAW_SAMPLE, actor="statistician-1")
    Life().do(COMMIT_SAMPLE).refuses(same, "not-permitted")


def test_draw_is_refused_when_it_was_done_or_given_up() -> None:
    """A sample is drawn once."""
    Life().do(COMMIT_SAMPLE, DRAW_SAMPLE).refuses(DRAW_SAMPLE, "impossible-transition")
    Life().do(COMMIT_SAMPLE, CLOSE_SAMPLE).refuses(DRAW_SAMPLE, "impossible-transition")
    Life().do(COMMIT_SAMPLE, CLOSE_SAMPLE).refuses(CLOSE_SAMPLE, "impossible-transition")


def test_draw_is_refused_when_the_frame_is_not_the_committed_one(source: CountedFigures) -> None:
    """The log gives another frame at the same position: something is wrong with it."""
    life = Life().do(COMMIT_SAMPLE)
    source.known = list(source.known)[1:]
    life.refuses(DRAW_SAMPLE, "frame-changed")


def test_draw_is_refused_when_a_drawn_petition_has_become_confidential(
    source: CountedFigures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was in the frame; on the list it would be disclosed."""
    life = Life().do(COMMIT_SAMPLE)
    public, hidden = list(source.known), [unfit(each, confidential=True) for each in source.known]
    monkeypatch.setattr(
        source, "petitions", lambda _, only=None: public if only is None else hidden
    )
    life.refuses(DRAW_SAMPLE, "drawn-confidential")


def test_closed_sample_counts_answers_up_to_its_position() -> None:
    """The position of the log then is kept."""
    sample = sampled(Life().do(COMMIT_SAMPLE, DRAW_SAMPLE, CLOSE_SAMPLE))
    assert sample.closed_position == COUNTED.position
    assert sample.state is SampleState.CLOSED


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("seed_sha256", "00" * 32, "not the one that was committed"),
        ("entry_hash", "00" * 32, "leaf hash"),
        ("frame_sha256", "00" * 32, "frame differs"),
        ("seed", SEED_NOBODY_COMMITTED, "should not have been drawn"),
    ],
)
def test_check_of_a_draw_finds_what_was_forged(
    source: CountedFigures, field: str, value: str, says: str
) -> None:
    """Seal, entry, frame or list: whichever was changed is named."""
    sample = drawn(source)
    setattr(sample, field, value)
    faults = find_faults(sample, source.known, entry(source))
    assert any(says in fault.en for fault in faults), faults


def test_check_of_a_draw_finds_an_exchanged_petition(source: CountedFigures) -> None:
    """One pleasant case in the place of another."""
    sample = drawn(source)
    first, *rest = sample.drawn["bureau"]
    left_out = next(
        facts.petition_id
        for facts in source.known
        if facts.petition_id not in sample.drawn["bureau"]
    )
    assert first != left_out
    sample.drawn["bureau"] = (left_out, *rest)
    (fault,) = find_faults(sample, source.known, entry(source))
    assert "'bureau': 1 should not have been drawn, 1 are missing" in fault.en


def test_reviewers_and_callback_clerks_draw() -> None:
    """Somebody of either duty does."""
    for role in (Role.REVIEWER, Role.CALLBACK):
        assert Life().do(COMMIT_SAMPLE, Deed(DRAW_SAMPLE.command, role)).aggregate is not None
