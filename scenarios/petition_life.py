"""Without this file a dealt petition would have a subject and no history."""

from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.calendar import Calendar
from domain.command import PetitionCommand
from domain.deadlines import midnight_after
from domain.filing import RegisterPetition, SubmitPetition
from domain.principal import Principal
from domain.spot_answers import AnswerNow
from domain.supplements import RequestSupplement, SupplyMaterial
from domain.vocabulary import Channel, Role
from scenarios.cast import INTAKE, petitioner, staff
from scenarios.closing_scenes import ClosingScenes
from scenarios.course import Course
from scenarios.dealing import PetitionPlan
from scenarios.handling_scenes import HandlingScenes
from scenarios.office_clock import AFTERNOON, OfficeClock
from scenarios.script import PetitionScript, ScriptStep

_SESSION_STARTS_AT = time(14, 30)
_TURN_MIN = 6


def write_life(
    plan: PetitionPlan, namespace: UUID, seed: int, calendar: Calendar, zone: ZoneInfo
) -> PetitionScript:
    """Return all acts of a dealt petition. Pure: the same plan gives the same acts.

    Args:
        plan: What it is about and the turn it takes.
        namespace: Of the scenario's petition ids and keys.
        seed: Of the scenario; decides the minutes.
        calendar: Working days.
        zone: Of the ledger.
    """
    start = datetime.combine(plan.session_on, _SESSION_STARTS_AT, zone)
    # Not for secrets: a play must come out the same each time.
    rng = Random(f"{seed}/{plan.key}")  # noqa: S311 - an invented case
    clock = OfficeClock(
        start + timedelta(minutes=_TURN_MIN * (plan.place - 1)), calendar, zone, rng
    )
    life = _Life(plan, clock, zone, rng)
    life.play()
    petition_id = uuid5(namespace, plan.key)
    steps = tuple(
        ScriptStep(principal, command, f"play:{namespace}:{plan.key}:{number:02d}", petition_id)
        for number, (principal, command) in enumerate(life.acts, start=1)
    )
    return PetitionScript(plan.key, steps)


class _Life(HandlingScenes, ClosingScenes):
    """Writes down one petition's acts, one after the other."""

    def __init__(self, plan: PetitionPlan, clock: OfficeClock, zone: ZoneInfo, rng: Random) -> None:
        self.plan = plan
        self.clock = clock
        self.zone = zone
        self.rng = rng
        self.owner = petitioner(plan.enterprise.account)
        self.acts: list[tuple[Principal, SubmitPetition | PetitionCommand]] = []

    def act(
        self, principal: Principal, command: SubmitPetition | PetitionCommand, at: datetime
    ) -> None:
        """Write down an act."""
        self.acts.append((principal, replace(command, occurred_at=at)))

    def play(self) -> None:
        """Write down the whole life."""
        self._bring_in()
        if self.plan.course is Course.ON_SPOT:
            self._answer_on_spot()
        else:
            self.handle()
            if self.plan.course is Course.OPEN:
                return
        self.close()

    def _bring_in(self) -> None:
        plan, matter, clock = self.plan, self.plan.matter, self.clock
        submission = SubmitPetition(
            channel=Channel.MAIN_SESSION,
            petition_type=matter.petition_type,
            type_label=matter.petition_type.label.zh,
            region=plan.region,
            enterprise=plan.enterprise.code,
            session_id=f"main-{plan.session_on}",
            medium="主活动现场口述",
            on_behalf_of=plan.enterprise.account,
            subject=matter.subject,
            text=matter.text,
            petitioner_name=f"{plan.enterprise.name}固定联络人",
            petitioner_phone=plan.enterprise.phone,
        )
        self.act(INTAKE, submission, clock.now)
        number = f"SL-{plan.session_on:%Y%m%d}-{plan.place:02d}"
        self.act(INTAKE, RegisterPetition(number=number), clock.soon())
        if plan.course is Course.SUPPLEMENTED:
            items = ("营业执照复印件", "现场照片或位置说明")
            self.act(INTAKE, RequestSupplement(items=items), clock.soon())
            supplement = SupplyMaterial(text="材料已补齐, 见附送的照片和位置说明。")
            self.act(self.owner, supplement, clock.later(1))
        accepted_at = clock.later(plan.accept_days) if plan.accept_days else clock.soon()
        due_on = clock.workday(plan.due_days)
        self.due_at = midnight_after(due_on, self.zone).astimezone(self.zone)
        self.reply_on = clock.workday(plan.reply_days)
        acceptance = AcceptPetition(
            petition_type=matter.petition_type,
            category=matter.category,
            proposed_due_at=self.due_at,
        )
        self.act(INTAKE, acceptance, accepted_at)

    def _answer_on_spot(self) -> None:
        head = staff(Role.DEPARTMENT_HEAD, self.plan.matter.lead)
        self.act(head, AnswerNow(text=self.plan.matter.reply), self.clock.soon())
        self.clock.later(1, AFTERNOON)
