"""Without this file a policy would be pushed to everybody or to nobody."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.vocabulary import PetitionType


class PolicyTerms(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a policy is for, and when.

    Attributes:
        industries: Industry codes; none means every industry.
        petition_types: Types of petition it answers; none means all.
        valid_from: First civil day it holds.
        valid_until: Last civil day it holds, or null.
    """

    industries: tuple[str, ...]
    petition_types: tuple[PetitionType, ...]
    valid_from: date
    valid_until: date | None


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """What a subscriber wants to hear of.

    Attributes:
        industries: Industry codes; none means every industry.
        petition_types: Types of petition; none means all.
    """

    industries: tuple[str, ...]
    petition_types: tuple[PetitionType, ...]


def matches(
    terms: PolicyTerms, on: date, industry: str | None, petition_type: PetitionType | None
) -> bool:
    """Return whether a policy is for an enterprise and its petition; pure.

    Args:
        terms: Of the policy.
        on: Civil day of the question.
        industry: Industry code of the enterprise, None where it is unknown: then only
            policies for every industry match.
        petition_type: What it asks for, None for anything.
    """
    if on < terms.valid_from or (terms.valid_until is not None and on > terms.valid_until):
        return False
    if terms.industries and industry not in terms.industries:
        return False
    return petition_type is None or _meet(terms.petition_types, (petition_type,))


def interests(terms: PolicyTerms, interest: Interest) -> bool:
    """Return whether a subscriber wants to hear of a policy; pure.

    The validity is not asked for: what comes into force later is news today.
    """
    return _meet(terms.industries, interest.industries) and _meet(
        terms.petition_types, interest.petition_types
    )


def _meet(offered: Sequence[str], wanted: Sequence[str]) -> bool:
    return not offered or not wanted or not set(offered).isdisjoint(wanted)
