"""Without this file all that petitions choose between would be as likely as all else."""

from collections.abc import Mapping
from random import Random
from types import MappingProxyType
from typing import Final, TypeVar

from domain.vocabulary import Channel, Outcome, Satisfaction
from scenarios.course import Course

T = TypeVar("T")

CHANNELS: Final[Mapping[Channel, int]] = MappingProxyType(
    {
        Channel.HOTLINE: 34,
        Channel.WECHAT: 18,
        Channel.WEB: 14,
        Channel.APP: 12,
        Channel.PHONE: 9,
        Channel.VISIT: 6,
        Channel.GROUP_CHAT: 4,
        Channel.LETTER: 3,
    }
)
COURSES: Final[Mapping[Course, int]] = MappingProxyType(
    {
        Course.STRAIGHT: 700,
        Course.LATE: 60,
        Course.EXTENDED: 50,
        Course.RETURNED: 30,
        Course.REWORKED: 30,
        Course.UNREACHABLE: 30,
        Course.SUPPLEMENTED: 25,
        Course.REPLY_RETURNED: 20,
        Course.WITHDRAWN: 15,
        Course.TRANSFERRED: 12,
        Course.REFERRED: 10,
        Course.DECLINED: 7,
        Course.REOPENED: 7,
        Course.RETURN_REJECTED: 4,
    }
)
ANSWERS: Final[Mapping[Satisfaction, int]] = MappingProxyType(
    {
        Satisfaction.SATISFIED: 80,
        Satisfaction.BASICALLY_SATISFIED: 12,
        Satisfaction.DISSATISFIED: 5,
        Satisfaction.NO_ANSWER: 3,
    }
)
OUTCOMES: Final[Mapping[Outcome, int]] = MappingProxyType(
    {
        Outcome.RESOLVED: 84,
        Outcome.PARTLY: 8,
        Outcome.NOT_FEASIBLE_EXPLAINED: 6,
        Outcome.PLANNED: 2,
    }
)


def weighted(rng: Random, weights: Mapping[T, int]) -> T:
    """Return one of some, each as often as its weight says. Changes the generator's state."""
    (chosen,) = rng.choices(list(weights), list(weights.values()))
    return chosen
