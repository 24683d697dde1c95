"""Without this file nobody would have sat at the tables where petitions were raised."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.attendance_duty import SetDutyToAttend
from domain.command import Command
from domain.deadlines import midnight_after
from domain.principal import Principal
from domain.roster import UnitKind
from domain.roster_commands import ROSTERS
from domain.session_commands import SESSIONS
from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_planning import ConfirmTheme, HoldSession, ScheduleSession
from domain.session_records import FileMinutes, RaisePetition, RecordAttendance
from domain.session_terms import AttendeeRole, SessionFormat, SessionKind
from domain.vocabulary import Role
from ledger.reference import ROSTER_ID
from scenarios.cast import ADMIN, INTAKE, staff
from scenarios.dealing import PetitionPlan
from scenarios.scenario_files import ScenarioFiles, Session
from scenarios.script import Script, ScriptStep

_OPENS_AT, _STARTS_AT, _ENDS_AT = time(9, 30), time(14), time(17, 30)
_HOST, _LEADERS_OF = "hub", "office"
_CONVENING = (UnitKind.HUB, UnitKind.SUPERVISION, UnitKind.OTHER)
_ANNOUNCED, _AGREED = timedelta(days=14), timedelta(days=5)


def write_duty(files: ScenarioFiles, namespace: UUID, zone: ZoneInfo) -> Script:
    """Return the act that binds units to attend, from the first day on. Pure.

    Those who convene sessions or supervise them are not bound.
    """
    opened_on = files.frame.opened_on
    bound = tuple(unit.unit_id for unit in files.units if unit.kind not in _CONVENING)
    duty = SetDutyToAttend(
        units=bound,
        effective_on=opened_on,
        occurred_at=datetime.combine(opened_on, _OPENS_AT, zone),
    )
    key = "duty-to-attend"
    return Script(key, (ScriptStep(ADMIN, duty, f"play:{namespace}:{key}", ROSTER_ID, ROSTERS),))


def write_session(
    session: Session,
    plans: Sequence[PetitionPlan],
    files: ScenarioFiles,
    namespace: UUID,
    zone: ZoneInfo,
) -> Script:
    """Return one session from its announcement to the last follow-up. Pure.

    Args:
        session: When, and how many leaders and department heads came.
        plans: Petitions raised there, in order; their enterprises came.
        files: Of the city.
        namespace: Of the scenario.
        zone: Of the ledger.
    """
    life = _SessionLife(session, namespace, zone)
    life.announce(plans)
    life.attend(plans, _heads(session, plans, files))
    life.hear(plans)
    return Script(life.key, tuple(life.steps))


def _heads(session: Session, plans: Sequence[PetitionPlan], files: ScenarioFiles) -> list[str]:
    """Return the units whose heads came: of what was raised, then those asked most often."""
    kinds = {unit.unit_id: unit.kind for unit in files.units}
    by_volume = sorted(files.frame.volumes, key=lambda unit: -files.frame.volumes[unit])
    wanted = dict.fromkeys([*(plan.matter.lead for plan in plans), *by_volume])
    return [unit for unit in wanted if kinds[unit] is UnitKind.DEPARTMENT][: session.heads]


class _SessionLife:
    """Writes down one session's acts."""

    def __init__(self, session: Session, namespace: UUID, zone: ZoneInfo) -> None:
        self.key = f"main-{session.on}"
        self.steps: list[ScriptStep] = []
        self._session = session
        self._namespace = namespace
        self._zone = zone
        self._id = uuid5(namespace, f"{SESSIONS.path}/{self.key}")
        self._now = self._at(session.on, _STARTS_AT)

    def announce(self, plans: Sequence[PetitionPlan]) -> None:
        """Announce it, with a theme taken from what enterprises had asked for."""
        on = self._session.on
        scheduling = ScheduleSession(
            kind=SessionKind.MAIN,
            format=SessionFormat.LEADER_RECEPTION,
            host_unit=_HOST,
            planned_on=on,
            place="区政务服务大厅咖啡角",
        )
        self._act(INTAKE, scheduling, self._at(on - _ANNOUNCED, _OPENS_AT))
        demands = tuple(dict.fromkeys(plan.matter.subject for plan in plans[:3]))
        theme = ConfirmTheme(theme=f"企业集中反映：{demands[0]}", demands=demands)
        self._act(INTAKE, theme, self._at(on - _AGREED, _OPENS_AT))

    def attend(self, plans: Sequence[PetitionPlan], heads: Sequence[str]) -> None:
        """Count leaders, department heads and enterprises, and begin."""
        for number in range(1, self._session.leaders + 1):
            person, name = f"leader-{number:02d}", f"区领导{number}"
            self._count(person, name, AttendeeRole.LEADER_AS_SERVER, unit=_LEADERS_OF)
        for unit in heads:
            self._count(f"{unit}-head", f"{unit} 负责人", AttendeeRole.DEPARTMENT_HEAD, unit=unit)
        for firm in dict.fromkeys(plan.enterprise for plan in plans):
            self._count(
                firm.account,
                f"{firm.name}代表",
                AttendeeRole.ENTERPRISE_REPRESENTATIVE,
                enterprise=firm.code,
            )
        self._next(INTAKE, HoldSession())

    def hear(self, plans: Sequence[PetitionPlan]) -> None:
        """Link petitions, record promises, file the minutes, and follow promises up."""
        promised = [plan for plan in plans if plan.matter.promise_due_on is not None]
        for plan in plans:
            self._next(INTAKE, RaisePetition(petition_id=uuid5(self._namespace, plan.key)))
        for plan in promised:
            due_on, text = plan.matter.promise_due_on, plan.matter.promise
            if due_on is not None and text is not None:
                commitment = MakeCommitment(
                    owner_unit=plan.matter.lead,
                    text=text,
                    due_at=midnight_after(due_on, self._zone),
                    petition_id=uuid5(self._namespace, plan.key),
                )
                self._next(INTAKE, commitment)
        text = f"本场收集诉求 {len(plans)} 件，均已登记。"
        digest = sha256(f"{self.key} {text}".encode()).hexdigest()
        minutes = FileMinutes(text=text, document_sha256=digest)
        self._act(INTAKE, minutes, self._at(self._session.on, _ENDS_AT))
        for number, plan in enumerate(promised, start=1):
            for each in plan.matter.follow_ups:
                follow_up = FollowUpCommitment(number=number, done=each.done, note=each.note)
                handler = staff(Role.HANDLER, plan.matter.lead)
                self._act(handler, follow_up, self._at(each.on, _OPENS_AT))

    def _count(
        self,
        person_id: str,
        name: str,
        role: AttendeeRole,
        *,
        unit: str | None = None,
        enterprise: str | None = None,
    ) -> None:
        attendance = RecordAttendance(
            person_id=person_id, name=name, role=role, unit=unit, enterprise=enterprise
        )
        self._next(INTAKE, attendance)

    def _next(self, principal: Principal, command: Command) -> None:
        self._now += timedelta(minutes=1)
        self._act(principal, command, self._now)

    def _act(self, principal: Principal, command: Command, at: datetime) -> None:
        key = f"play:{self._namespace}:{self.key}:{len(self.steps) + 1:02d}"
        dated = replace(command, occurred_at=at)
        self.steps.append(ScriptStep(principal, dated, key, self._id, SESSIONS))

    def _at(self, on: date, hour: time) -> datetime:
        return datetime.combine(on, hour, self._zone)
