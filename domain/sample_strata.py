"""Without this file a petition could be drawn twice, or a stratum be larger than it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta

from domain.errors import GuardError
from domain.sampling_frame import FrameMember

STRATA_MAX: Final = 200
"""Most strata of one sample, so that its plan fits into one event."""
SAMPLE_LEN_MAX: Final = 10_000
"""Most petitions of one sample; a larger one is split by unit, type or period."""
_SHARE_WHOLE: Final = 10_000

Key = Annotated[str, Meta(max_length=64)]
"""Unit, type, channel or region; empty for petitions without one."""


class StratumOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stratum as it is asked for: one or several keys, and how many to draw from them."""

    keys: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=200)]
    size: Annotated[int, Meta(ge=1, le=SAMPLE_LEN_MAX)]


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """A stratum as it is committed to.

    Attributes:
        name: Its keys, joined by ``+``.
        keys: Units, types, channels or regions that belong to it.
        population: Petitions in the frame, N.
        size: How many are drawn, n.
    """

    name: str
    keys: tuple[str, ...]
    population: int
    size: int


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """How large a sample is to be; exactly one of the three is stated.

    Attributes:
        strata: Strata with their sizes; keys that none names are not covered.
        size_each: So many from every key.
        share: Hundredths of a per cent of every key, rounded up.
    """

    strata: tuple[StratumOrder, ...]
    size_each: int | None
    share: int | None


def plan_strata(sizes: Sizes, frame: Iterable[FrameMember]) -> tuple[Stratum, ...]:
    """Return the strata of a sample with N and n; pure.

    Raises:
        GuardError: ``sample-size``, ``frame-empty``, ``strata-overlap``, ``stratum-empty``,
            ``stratum-too-small``, ``strata-too-many``, ``sample-too-large``.
    """
    counts: dict[str, int] = {}
    for member in frame:
        counts[member.key] = counts.get(member.key, 0) + 1
    stated = (bool(sizes.strata), sizes.size_each is not None, sizes.share is not None)
    if sum(stated) != 1:
        raise GuardError(
            "sample-size",
            "样本量须在 strata、size_each、share 中写明且只写一个；未作任何记录，请改正。",
            "state the size by exactly one of 'strata', 'size_each' and 'share'; nothing was "
            "recorded, correct it.",
        )
    if not counts:
        raise GuardError(
            "frame-empty",
            "抽样框内没有可抽取的诉求；未作任何记录，请核对统计期与范围，或待答复审核后再抽。",
            "no petition can be drawn; nothing was recorded, check period and scope, or wait "
            "until replies are approved.",
        )
    if sizes.strata:
        _refuse_overlap(sizes.strata)
        strata = tuple(_stratum(order.keys, order.size, counts) for order in sizes.strata)
    else:
        strata = tuple(
            _stratum((key,), _size_of(sizes, population), counts)
            for key, population in sorted(counts.items())
        )
    _refuse_large(strata)
    return strata


def split_frame(
    strata: Sequence[Stratum], frame: Iterable[FrameMember]
) -> Mapping[str, Sequence[UUID]]:
    """Return the petitions of each stratum, by its name, in the order of the plan; pure."""
    names = {key: stratum.name for stratum in strata for key in stratum.keys}
    split: dict[str, list[UUID]] = {stratum.name: [] for stratum in strata}
    for member in frame:
        if member.key in names:
            split[names[member.key]].append(member.petition_id)
    return split


def _size_of(sizes: Sizes, population: int) -> int:
    if sizes.size_each is not None:
        return sizes.size_each
    return -(-population * (sizes.share or 0) // _SHARE_WHOLE)


def _stratum(keys: tuple[str, ...], size: int, counts: Mapping[str, int]) -> Stratum:
    name = "+".join(keys)
    empty = [key for key in keys if key not in counts]
    if empty:
        raise GuardError(
            "stratum-empty",
            f"抽样框内没有属于“{'、'.join(empty)}”的诉求；未作任何记录，请删去或改正该层。",
            f"the frame holds no petition of '{', '.join(empty)}'; nothing was recorded, leave "
            "that stratum out or correct it.",
        )
    population = sum(counts[key] for key in keys)
    if size > population:
        raise GuardError(
            "stratum-too-small",
            f"层“{name}”只有 {population} 件，不能抽取 {size} 件；未作任何记录，请减少件数。",
            f"stratum '{name}' holds {population} petitions, {size} cannot be drawn; nothing "
            "was recorded, draw fewer.",
        )
    return Stratum(name=name, keys=keys, population=population, size=size)


def _refuse_overlap(orders: Sequence[StratumOrder]) -> None:
    keys = [key for order in orders for key in order.keys]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise GuardError(
            "strata-overlap",
            f"“{'、'.join(twice)}”同时属于多个层；未作任何记录，各层不得重叠，请改正。",
            f"'{', '.join(twice)}' belongs to several strata; nothing was recorded, strata may "
            "not overlap, correct them.",
        )


def _refuse_large(strata: Sequence[Stratum]) -> None:
    if len(strata) > STRATA_MAX:
        raise GuardError(
            "strata-too-many",
            f"共 {len(strata)} 层，超过 {STRATA_MAX} 层；未作任何记录，请用 strata 合并若干层。",
            f"{len(strata)} strata are more than {STRATA_MAX}; nothing was recorded, put several "
            "keys into one with 'strata'.",
        )
    size = sum(stratum.size for stratum in strata)
    if size > SAMPLE_LEN_MAX:
        raise GuardError(
            "sample-too-large",
            f"共 {size} 件，超过 {SAMPLE_LEN_MAX} 件；未作任何记录，请按单位或统计期分次抽样。",
            f"{size} petitions are more than {SAMPLE_LEN_MAX}; nothing was recorded, draw several "
            "samples by unit, type or period.",
        )
