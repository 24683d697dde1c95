"""Without this file every invented petition would come in, and go, in the same way."""

from datetime import date, timedelta
from random import Random
from typing import Final

from msgspec.structs import replace

from domain.pack_content import PackContent
from domain.vocabulary import Clock, Outcome, PetitionType
from scenarios.course import Course
from scenarios.dealing import PetitionPlan, fill_matter
from scenarios.enterprise import Enterprise, firm_code
from scenarios.invented_shares import ANSWERS, COURSES, OUTCOMES, weighted
from scenarios.scenario_files import Matter, Names

FIRMS: Final = 20_000
"""Fictional firms that petitions come from, so that a firm comes again."""

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
        satisfaction=weighted(rng, ANSWERS),
        called_back=True,
    )


def firm(number: int) -> Enterprise:
    """Return a fictional firm, 1 to ``FIRMS``; pure."""
    return Enterprise(f"虚构企业{number}", firm_code(number), number)


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
    outcome = weighted(rng, OUTCOMES)
    if outcome is not Outcome.PLANNED:
        return replace(matter, outcome=outcome)
    due_on = filed_on + timedelta(days=rng.choice(_PROMISED_DAYS))
    return replace(matter, outcome=outcome, promise="列入下一年度计划。", promise_due_on=due_on)


def _course(matter: Matter, rng: Random) -> Course:
    if matter.petition_type is PetitionType.CONSULTATION and rng.random() < _ON_SPOT_SHARE:
        return Course.ON_SPOT
    course = weighted(rng, COURSES)
    if course.begins_elsewhere and matter.wrong is None:
        return Course.STRAIGHT
    return course


def _reply_days(course: Course, due_days: int, rng: Random) -> int:
    if course is Course.LATE:
        return due_days + rng.choice(_LATE_BY_DAYS)
    if course is Course.EXTENDED:
        return due_days + rng.choice(_EXTENDED_BY_DAYS) - 1
    return rng.randint(1, due_days)
