"""Without this file Chaoyang's figures would be constants."""

from collections.abc import Iterator
from datetime import datetime, time
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.bulletin import BulletinSeries
from domain.bulletin_issuing import BULLETINS, IssueBulletin
from domain.calendar_cn import find_calendar
from domain.coordination import COORDINATIONS, HoldCoordination
from domain.dossier import DOSSIERS, OpenDossier
from domain.field_visit import FIELD_VISITS, HoldFieldVisit
from domain.resource import OpeningCommand, Resource
from domain.scope import SCOPES, DeclareScope
from domain.vocabulary import Role
from ledger.reference import named_stream
from scenarios.cast import ADMIN, DISPATCHER, staff
from scenarios.enterprise import firm_code
from scenarios.obstacle_life import Obstacle, write_problem
from scenarios.office_clock import OfficeClock
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import Frame, read_part
from scenarios.script import Script, ScriptStep

_DAYS_TO_SOLVE_MAX = 15
_DIGEST = "{number:064x}"


class ExpressFrame(Frame, frozen=True, kw_only=True):
    """Frame of a play that knows solved problems and counts everything else.

    Attributes:
        problems: Problems, all solved.
        enterprises: Distinct enterprises that raised them and were visited.
        coordinated: Person-times of departments over one coordination for each problem.
        dossiers, visits: Park dossiers and field visits.
        incomplete_reason: Why no rate may be given.
        bulletins: Reports and circulars by series.
        obstacles: Problems are dealt from these in turn.
    """

    problems: int
    enterprises: int
    coordinated: int
    dossiers: int
    visits: int
    incomplete_reason: str
    bulletins: dict[BulletinSeries, int]
    obstacles: tuple[Obstacle, ...]


def write_chaoyang(city: str) -> Play:
    """Return problems, coordinations, reports, dossiers and visits; reads own files."""
    frame = read_part(city, "scenario", ExpressFrame)
    namespace = city_namespace(city)
    writer = _ActivityWriter(frame, namespace)
    obstacles = cycle(frame.obstacles)
    petitions = tuple(
        write_problem(next(obstacles), number, firm_number(number, frame), clock, namespace)
        for number, clock in writer.clocks(frame.problems)
    )
    return Play(frame, petitions, tuple(writer.activities()), (writer.scope(),))


def firm_number(number: int, frame: ExpressFrame) -> int:
    """Return the firm that raised a problem; the first ones raise another at the end. Pure."""
    return (number - 1) % frame.enterprises + 1


class _ActivityWriter:
    """Writes down what is done beside petitions, spread over the whole time."""

    def __init__(self, frame: ExpressFrame, namespace: UUID) -> None:
        self._frame = frame
        self._namespace = namespace
        self._zone = ZoneInfo(frame.zone)
        self._calendar = find_calendar(frame.calendar)

    def clocks(self, amount: int) -> Iterator[tuple[int, OfficeClock]]:
        """Yield numbers from 1 and the clocks that they begin at, evenly spread."""
        first, last = self._frame.opened_on, self._frame.as_of_on
        workdays = (last - first).days * 2 // 3 - _DAYS_TO_SOLVE_MAX
        opened = datetime.combine(first, time(9), self._zone)
        for number in range(1, amount + 1):
            # Not for secrets: a play must come out the same each time.
            rng = Random(f"{self._frame.seed}/{amount}/{number}")  # noqa: S311 - an invented case
            clock = OfficeClock(opened, self._calendar, self._zone, rng)
            clock.later(1 + workdays * (number - 1) // amount)
            yield number, clock

    def scope(self) -> Script:
        """Return the declaration that what was not solved is not on record."""
        at = datetime.combine(self._frame.opened_on, time(10), self._zone)
        declaring = DeclareScope(
            intake_complete=False, reason=self._frame.incomplete_reason, occurred_at=at
        )
        key = f"play:{self._namespace}:scope"
        target = named_stream(declaring.stream_name)
        return Script("scope", (ScriptStep(ADMIN, declaring, key, target, SCOPES),))

    def activities(self) -> Iterator[Script]:
        """Yield one script per coordination, bulletin, dossier and visit."""
        yield from self._coordinations()
        yield from self._bulletins()
        for number, clock in self.clocks(self._frame.dossiers):
            opening = OpenDossier(
                park=f"park-{number:02d}",
                name=f"第 {number} 产业园（虚构）",
                text="园区入驻企业、空置厂房与要素情况。",
                occurred_at=clock.now,
            )
            yield self._script(DOSSIERS, number, opening)
        yield from self._visits()

    def _coordinations(self) -> Iterator[Script]:
        frame = self._frame
        more = frame.coordinated - frame.problems
        obstacles = cycle(frame.obstacles)
        for number, clock in self.clocks(frame.problems):
            lead = next(obstacles).lead
            units = (lead, "reform") if number <= more else (lead,)
            holding = HoldCoordination(
                units=units,
                person_times=len(units),
                petition_id=uuid5(self._namespace, f"problem-{number:03d}"),
                text="直通车工作组召集责任单位协调难题。",
                occurred_at=clock.later(2),
            )
            yield self._script(COORDINATIONS, number, holding)

    def _bulletins(self) -> Iterator[Script]:
        for series, amount in self._frame.bulletins.items():
            issued: dict[int, int] = {}
            for number, clock in self.clocks(amount):
                year = clock.today.year
                issued[year] = issued.get(year, 0) + 1
                issuing = IssueBulletin(
                    series=series,
                    year=year,
                    number=issued[year],
                    title=f"{series.label.zh} {year} 年第 {issued[year]} 期",
                    sha256=_DIGEST.format(number=number),
                    occurred_at=clock.now,
                )
                yield self._script(BULLETINS, number, issuing, series.value)

    def _visits(self) -> Iterator[Script]:
        frame = self._frame
        for number, clock in self.clocks(frame.visits):
            firms = range(number, frame.enterprises + 1, frame.visits)
            visiting = HoldFieldVisit(
                units=("reform",),
                visitors=4,
                enterprises=tuple(firm_code(firm) for firm in firms),
                text="到企业听取困难，现场登记难题。",
                occurred_at=clock.now,
            )
            leader = Role.LEADER
            yield self._script(FIELD_VISITS, number, visiting, role=leader)

    def _script(
        self,
        resource: Resource,
        number: int,
        command: OpeningCommand[Any],
        series: str = "",
        role: Role | None = None,
    ) -> Script:
        key = f"{resource.path}/{series}{number:03d}"
        principal = DISPATCHER if role is None else staff(role, "office")
        target = uuid5(self._namespace, key)
        step = ScriptStep(principal, command, f"play:{self._namespace}:{key}", target, resource)
        return Script(key, (step,))
