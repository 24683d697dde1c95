"""Without this file a scenario would have to write out every one of its petitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random

from msgspec.structs import replace

from domain.vocabulary import PetitionType, Satisfaction
from scenarios.course import Course
from scenarios.enterprise import Enterprise, make_enterprises
from scenarios.scenario_files import Matter, Names, ScenarioFiles, WrittenCase

_REPLY_DAYS = (2, 3, 3, 4, 5, 5, 6, 8, 10, 12, 15)
_DUE_DAYS = (5, 10, 15, 20, 30)
_LATE_DAYS = (3, 5, 10)
_LAST_SESSION_REPLY_DAYS = 2
# In sessions this near to the end a turn would not be over by then.
_SESSIONS_WITHOUT_TURNS = 2
_CALLED_BACK_SHARE = 0.4
_SATISFIED_SHARE = 0.95


@dataclass(frozen=True)
class PetitionPlan:
    """One petition before its acts are written; days are working days.

    Attributes:
        key: Its name in the scenario.
        session_on: Day of the session where it was raised.
        place: From 1, in the order of the session.
        accept_days, reply_days, due_days: From the session to acceptance, and from
            acceptance to the reply and to the due.
        called_back: Whether it is drawn for the month's callbacks.
    """

    key: str
    session_on: date
    place: int
    enterprise: Enterprise
    region: str
    matter: Matter
    course: Course
    accept_days: int
    reply_days: int
    due_days: int
    satisfaction: Satisfaction
    called_back: bool


def deal_petitions(scenario: ScenarioFiles) -> list[PetitionPlan]:
    """Return all petitions of a scenario in the order of their sessions. Pure.

    The same files give the same petitions: chance is seeded by the scenario.

    Raises:
        ValueError: the scenario's totals contradict each other.
    """
    frame = scenario.frame
    # Not for secrets: a play must come out the same each time.
    rng = Random(frame.seed)  # noqa: S311 - an invented case
    written = tuple(case.enterprise for case in scenario.cases)
    firms = make_enterprises(scenario.names, written, frame.enterprises, rng)
    by_name = {firm.name: firm for firm in firms}
    places = [
        (session.on, place) for session in frame.sessions for place in range(1, session.raised + 1)
    ]
    cases = _place_cases(scenario)
    open_places = [place for place in places if place not in cases]
    matters = dict(zip(open_places, _deal_matters(scenario, rng), strict=True))
    turns = _deal_courses(scenario, matters, rng)
    raisers = _deal_firms(firms[len(written) :], open_places, rng)
    last_on = frame.sessions[-1].on
    plans = []
    for on, place in places:
        if case := cases.get((on, place)):
            plans.append(_plan_of_case(case, place, by_name[case.enterprise]))
            continue
        course = turns[on, place]
        reply_days, due_days = _days(course, is_last=on == last_on, rng=rng)
        called_back = course in {Course.UNREACHABLE, Course.REWORKED}
        plans.append(
            PetitionPlan(
                key=f"{on:%Y%m%d}-{place:02d}",
                session_on=on,
                place=place,
                enterprise=raisers[on, place],
                region=rng.choice(scenario.names.regions),
                matter=fill_matter(matters[on, place], scenario.names, rng),
                course=course,
                accept_days=0 if course is Course.ON_SPOT else 1,
                reply_days=reply_days,
                due_days=due_days,
                satisfaction=_satisfaction(rng),
                called_back=rng.random() < _CALLED_BACK_SHARE or called_back,
            )
        )
    return plans


_Place = tuple[date, int]


def _place_cases(scenario: ScenarioFiles) -> dict[_Place, WrittenCase]:
    taken: dict[date, int] = {}
    placed = {}
    for case in scenario.cases:
        taken[case.session] = place = taken.get(case.session, 0) + 1
        placed[case.session, place] = case
    return placed


def _deal_matters(scenario: ScenarioFiles, rng: Random) -> Iterator[Matter]:
    left = dict(scenario.frame.volumes)
    for case in scenario.cases:
        left[case.lead] -= 1
    leads = [unit for unit, volume in left.items() for _ in range(volume)]
    rng.shuffle(leads)
    supply = {
        unit: cycle([matter for matter in scenario.matters if matter.lead == unit]) for unit in left
    }
    return (next(supply[lead]) for lead in leads)


def _deal_courses(
    scenario: ScenarioFiles, matters: dict[_Place, Matter], rng: Random
) -> dict[_Place, Course]:
    dealt = {
        place: Course.ON_SPOT
        if matter.petition_type is PetitionType.CONSULTATION
        else Course.STRAIGHT
        for place, matter in matters.items()
    }
    late_on = scenario.frame.sessions[-_SESSIONS_WITHOUT_TURNS].on
    able = [at for at, course in dealt.items() if course is Course.STRAIGHT and at[0] < late_on]
    turns = [course for course, amount in scenario.frame.courses.items() for _ in range(amount)]
    return dealt | dict(zip(rng.sample(able, len(turns)), turns, strict=True))


def _deal_firms(
    firms: list[Enterprise], places: list[_Place], rng: Random
) -> dict[_Place, Enterprise]:
    """Give each firm a petition, and the petitions that remain to firms seen before."""
    again = len(places) - len(firms)
    half = len(places) // 2
    repeated = set(rng.sample(range(half, len(places)), again))
    fresh = iter(firms)
    first_half = firms[:half]
    rng.shuffle(first_half)
    seen = iter(first_half)
    return {
        place: next(seen) if number in repeated else next(fresh)
        for number, place in enumerate(places)
    }


def _plan_of_case(case: WrittenCase, place: int, firm: Enterprise) -> PetitionPlan:
    return PetitionPlan(
        key=case.key,
        session_on=case.session,
        place=place,
        enterprise=firm,
        region=case.region,
        matter=case,
        course=case.course,
        accept_days=case.accept_days,
        reply_days=case.reply_days,
        due_days=case.due_days,
        satisfaction=case.satisfaction,
        called_back=case.called_back,
    )


def _days(course: Course, *, is_last: bool, rng: Random) -> tuple[int, int]:
    """Return working days from acceptance to the reply and to the due."""
    if course is Course.ON_SPOT:
        return 0, _DUE_DAYS[0]
    if course is Course.LATE:
        reply_days = rng.choice([days for days in _REPLY_DAYS if days > _LATE_DAYS[0] + 1])
        return reply_days, max(days for days in _LATE_DAYS if days < reply_days)
    reply_days = _LAST_SESSION_REPLY_DAYS if is_last else rng.choice(_REPLY_DAYS)
    return reply_days, min(days for days in _DUE_DAYS if days >= reply_days + 4)


def _satisfaction(rng: Random) -> Satisfaction:
    if rng.random() < _SATISFIED_SHARE:
        return Satisfaction.SATISFIED
    return Satisfaction.BASICALLY_SATISFIED


def fill_matter(matter: Matter, names: Names, rng: Random) -> Matter:
    """Return a matter with road, region and number in its texts; changes the rng's state."""
    parts = {
        "road": rng.choice(names.roads),
        "region": rng.choice(names.regions),
        "count": rng.choice(names.counts),
    }
    return replace(
        matter,
        subject=matter.subject.format(**parts),
        text=matter.text.format(**parts),
        plan=matter.plan.format(**parts),
        reply=matter.reply.format(**parts),
    )
