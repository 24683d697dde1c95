"""Without this file a draw and the check of a draw could follow different rules."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from domain.petition_facts import PetitionFacts
from domain.sample import Sample
from domain.sample_draw import draw, frame_digest, seed_digest
from domain.sample_strata import split_frame
from domain.sampling_frame import read_frame
from domain.text import Text


class Redraw(NamedTuple):
    """What a sample comes to when it is drawn from the log.

    Attributes:
        frame_sha256: Hash of the frame.
        populations: Petitions of each stratum, N.
        drawn: Petitions drawn of each stratum, in order of rank.
    """

    frame_sha256: str
    populations: Mapping[str, int]
    drawn: Mapping[str, tuple[UUID, ...]]


def redraw(
    sample: Sample, petitions: Iterable[PetitionFacts], seed: str, entry_hash: str
) -> Redraw:
    """Draw a sample; pure.

    Args:
        sample: What was committed to.
        petitions: All that is known at the sample's log position.
        seed: 64 hex digits.
        entry_hash: Leaf hash of the commitment's entry, 64 hex digits.
    """
    split = split_frame(sample.strata, read_frame(sample.question, petitions))
    sizes = {stratum.name: stratum.size for stratum in sample.strata}
    return Redraw(
        frame_digest(split),
        {name: len(ids) for name, ids in split.items()},
        {name: draw(seed, entry_hash, ids, sizes[name]) for name, ids in split.items()},
    )


def find_faults(
    sample: Sample, petitions: Iterable[PetitionFacts], entry_hash: str
) -> tuple[Text, ...]:
    """Return in what a drawn sample differs from what the log gives; none is right. Pure.

    Args:
        sample: As recorded, drawn.
        petitions: All that is known at the sample's log position.
        entry_hash: Leaf hash of the commitment's entry as the log holds it.
    """
    seed = sample.seed or ""
    again = redraw(sample, petitions, seed, entry_hash)
    return (*_seal_faults(sample, seed, entry_hash, again), *_stratum_faults(sample, again))


def _seal_faults(sample: Sample, seed: str, entry_hash: str, again: Redraw) -> Iterable[Text]:
    if seed_digest(seed) != sample.seed_sha256:
        yield Text("种子与承诺不符", "the seed is not the one that was committed to")
    if entry_hash != sample.entry_hash:
        yield Text("承诺条目的叶哈希不符", "the leaf hash of the commitment differs")
    if again.frame_sha256 != sample.frame_sha256:
        yield Text("抽样框与承诺时不同", "the frame differs from the one committed to")


def _stratum_faults(sample: Sample, again: Redraw) -> Iterable[Text]:
    for stratum in sample.strata:
        name = stratum.name
        population = again.populations[name]
        if population != stratum.population:
            yield Text(
                f"层“{name}”：承诺时 N={stratum.population}，重算 N={population}",
                f"stratum '{name}': N={stratum.population} as committed, {population} by the log",
            )
        recorded, found = sample.drawn.get(name, ()), again.drawn[name]
        if recorded != found:
            strange, missing = set(recorded) - set(found), set(found) - set(recorded)
            yield Text(
                f"层“{name}”：{len(strange)} 件不应抽中，{len(missing)} 件漏列，"
                f"或次序不同（抽取 {len(recorded)} 件）",
                f"stratum '{name}': {len(strange)} should not have been drawn, {len(missing)} "
                f"are missing, or the order differs (of {len(recorded)} drawn)",
            )
