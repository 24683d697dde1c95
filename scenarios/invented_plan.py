"""Without this file every invented petition would come in, and go, in the same way."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from types import MappingProxyType
from typing import Final, TypeVar

from msgspec.structs import replace

from domain.pack_content import PackContent
from domain.vocabulary import Channel, Clock, Outcome, PetitionType, Satisfaction
from scenarios.course import Course
from scenarios.dealing import PetitionPlan, fill_matter
from scenarios.enterprise import Enterprise, firm_code
from scenarios.scenario_files import Matter, Names

T = TypeVar("T")

FIRMS: Final = 20_000
"""Fictional firms that petitions come from, so that a firm comes again."""

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
_COURSES: Final[Mapping[Course, int]] = MappingProxyType(
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
_ANSWERS: Final[Mapping[Satisfaction, int]] = MappingProxyType(
    {
        Satisfaction.SATISFIED: 80,
        Satisfaction.BASICALLY_SATISFIED: 12,
        Satisfaction.DISSATISFIED: 5,
        Satisfaction.NO_ANSWER: 3,
    }
)
_OUTCOMES: Final[Mapping[Outcome, int]] = MappingProxyType(
    {
        Outcome.RESOLVED: 84,
        Outcome.PARTLY: 8,
        Outcome.NOT_FEASIBLE_EXPLAINED: 6,
        Outcome.PLANNED: 2,
    }
)
_ON_SPOT_SHARE = 0.6
_LATE_BY_DAYS = (1, 1, 1, 2, 2, 3, 4, 6, 9, 14)
_EXTENDED_BY_DAYS = (2, 3, 5, 8)
_PROMISED_DAYS = (90, 180, 365)
# A busy unit gets many times the petitions of a quiet one.
_BUSIEST = 12


def deal_plan(
    key: str,
    filed_on: date,
    place: int,
    rng: Random,
    matters: tuple[Matter, ...],
    names: Names,
    content: PackContent,
) -> PetitionPlan:
    """Return what a petition is about and the turn it takes. Changes the generator's state.

    Args:
        key: Its name.
        filed_on: Local day of filing.
        place: From 1, among those of the day.
        rng: Decides everything.
        matters: To choose from; the first ones are chosen most.
        names: Parts of fictional names.
        content: Policy pack; says by when it is due.
    """
    weights = [max(1, _BUSIEST - number // 3) for number in range(len(matters))]
    (matter,) = rng.choices(matters, weights)
    course = _course(matter, rng)
    due_days = reply_period_days(content, matter.petition_type)
    return PetitionPlan(
        key=key,
        session_on=filed_on,
        place=place,
        enterprise=firm(rng.randint(1, FIRMS)),
        region=rng.choice(names.regions),
        matter=_with_outcome(fill_matter(matter, names, rng), filed_on, rng),
        course=course,
        accept_days=rng.choice((0, 0, 1)),
        reply_days=_reply_days(course, due_days, rng),
        due_days=due_days,
        satisfaction=weighted(rng, _ANSWERS),
        called_back=True,
    )


def firm(number: int) -> Enterprise:
    """Return a fictional firm, 1 to ``FIRMS``; pure."""
    return Enterprise(f"虚构企业{number}", firm_code(number), number)


def weighted(rng: Random, weights: Mapping[T, int]) -> T:
    """Return one of some, each as often as its weight says. Changes the generator's state."""
    (chosen,) = rng.choices(list(weights), list(weights.values()))
    return chosen


def reply_period_days(content: PackContent, petition_type: PetitionType) -> int:
    """Return the working days that a pack gives for a reply; pure.

    Raises:
        ValueError: the pack states no such limit.
    """
    rule = content.clock_rule(petition_type, Clock.REPLY)
    if rule is None or rule.limit is None:
        raise ValueError(f"pack {content.pack_id} states no time to reply to a {petition_type}")
    return rule.limit.amount


def _with_outcome(matter: Matter, filed_on: date, rng: Random) -> Matter:
    outcome = weighted(rng, _OUTCOMES)
    if outcome is not Outcome.PLANNED:
        return replace(matter, outcome=outcome)
    due_on = filed_on + timedelta(days=rng.choice(_PROMISED_DAYS))
    return replace(matter, outcome=outcome, promise="列入下一年度计划。", promise_due_on=due_on)


def _course(matter: Matter, rng: Random) -> Course:
    if matter.petition_type is PetitionType.CONSULTATION and rng.random() < _ON_SPOT_SHARE:
        return Course.ON_SPOT
    course = weighted(rng, _COURSES)
    if course.begins_elsewhere and matter.wrong is None:
        return Course.STRAIGHT
    return course


def _reply_days(course: Course, due_days: int, rng: Random) -> int:
    if course is Course.LATE:
        return due_days + rng.choice(_LATE_BY_DAYS)
    if course is Course.EXTENDED:
        return due_days + rng.choice(_EXTENDED_BY_DAYS) - 1
    return rng.randint(1, due_days)
