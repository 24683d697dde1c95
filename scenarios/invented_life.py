"""Without this file an invented petition would have a subject and no history."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.calendar import Calendar
from domain.command import AttachmentNote, PetitionCommand
from domain.deadlines import midnight_after
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition, SubmitPetition
from domain.principal import Principal
from domain.reasons import DeclineReason
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.spot_answers import AnswerNow
from domain.supplements import RequestSupplement, SupplyMaterial
from domain.vocabulary import Channel, Role
from domain.withdrawals import VerifyWithdrawal, WithdrawPetition
from scenarios.cast import CALLER, INTAKE, petitioner, staff
from scenarios.closing_scenes import ClosingScenes
from scenarios.course import Course
from scenarios.dealing import PetitionPlan
from scenarios.handling_scenes import HandlingScenes
from scenarios.invented_entries import Acts, entered
from scenarios.invented_shares import CHANNELS, weighted
from scenarios.office_clock import OfficeClock
from scenarios.script import ScriptStep

_BY_ITSELF: Final = frozenset({Channel.WECHAT, Channel.WEB, Channel.APP})
_DAY_MIN = (7 * 60, 22 * 60)
_ASKED_BY_UNIT_SHARE = 0.1
_DOCUMENT = AttachmentNote(
    name="延期申请.pdf", sha256="0" * 64, media_type="application/pdf", size_bytes=48_000
)


def write_invented_life(
    plan: PetitionPlan, petition_id: UUID, calendar: Calendar, zone: ZoneInfo, rng: Random
) -> list[tuple[ScriptStep, datetime]]:
    """Return all acts of an invented petition with the instants they are entered at.

    Changes the generator's state alone.

    Args:
        plan: What it is about and the turn it takes; ``session_on`` is the day of filing.
        petition_id: Its stream.
        calendar: Working days.
        zone: Of the ledger.
        rng: Decides the minutes.
    """
    opens = datetime.combine(plan.session_on, time(), zone)
    start = opens + timedelta(minutes=rng.randint(*_DAY_MIN))
    life = _InventedLife(plan, OfficeClock(start, calendar, zone, rng), zone, rng)
    life.play()
    instants = entered(life.acts, plan.course, rng)
    timed = enumerate(zip(life.acts, instants, strict=True), 1)
    return [
        (ScriptStep(principal, command, f"gen:{petition_id}:{number:02d}", petition_id), at)
        for number, ((principal, command), at) in timed
    ]


class _InventedLife(HandlingScenes, ClosingScenes):
    """Writes down one petition's acts, one after the other."""

    def __init__(self, plan: PetitionPlan, clock: OfficeClock, zone: ZoneInfo, rng: Random) -> None:
        self.plan = plan
        self.clock = clock
        self.zone = zone
        self.rng = rng
        self.owner = petitioner(plan.enterprise.account)
        self.acts: Acts = []

    def act(
        self, principal: Principal, command: SubmitPetition | PetitionCommand, at: datetime
    ) -> None:
        """Write down an act."""
        self.acts.append((principal, replace(command, occurred_at=at)))

    def play(self) -> None:
        """Write down the whole life."""
        self._submit()
        match self.plan.course:
            case Course.DECLINED:
                self._decline()
            case Course.REFERRED:
                notice = "该事项请依法向人民法院提出。"
                referral = ReferPetitionOut(target="人民法院", notice=notice)
                self.act(INTAKE, referral, self.clock.soon())
            case Course.ON_SPOT:
                self._accept()
                head = staff(Role.DEPARTMENT_HEAD, self.plan.matter.lead)
                self.act(head, AnswerNow(text=self.plan.matter.reply), self.clock.soon())
                self.close()
            case Course.WITHDRAWN:
                self._accept()
                self.handle()
                self._withdraw()
            case _:
                self._accept()
                self.handle()
                self.close()

    def work(self) -> None:
        """Write down what the units do before the reply, an extension included."""
        super().work()
        if self.plan.course is not Course.EXTENDED or self.clock.now >= self.due_at:
            return
        lead = self.plan.matter.lead
        handler = staff(Role.HANDLER, lead)
        request = RequestExtension(amount=10, reason="需协调多个单位。", document=_DOCUMENT)
        self.act(handler, request, self.clock.soon())
        self.act(staff(Role.DEPARTMENT_HEAD, lead), GrantExtension(), self.clock.soon(20, 90))
        self.act(handler, InformOfDelay(medium="电话"), self.clock.soon(10, 60))

    def rate_and_close(self) -> None:
        """Call back: the pack leaves nobody out."""
        self.call_back()

    def _submit(self) -> None:
        plan, matter, clock = self.plan, self.plan.matter, self.clock
        channel = weighted(self.rng, CHANNELS)
        by_itself = channel in _BY_ITSELF
        submission = SubmitPetition(
            channel=channel,
            petition_type=matter.petition_type,
            type_label=matter.petition_type.label.zh,
            region=plan.region,
            enterprise=plan.enterprise.code,
            medium=None if by_itself else channel.label.zh,
            on_behalf_of=None if by_itself else plan.enterprise.account,
            subject=matter.subject,
            text=matter.text,
            petitioner_name=f"{plan.enterprise.name}联络人",
            petitioner_phone=plan.enterprise.phone,
        )
        self.act(self.owner if by_itself else INTAKE, submission, clock.now)
        # A number is given as soon as the office is open.
        self.act(INTAKE, RegisterPetition(number=plan.key), clock.on(clock.workday(0)))

    def _accept(self) -> None:
        plan, matter, clock = self.plan, self.plan.matter, self.clock
        if plan.course is Course.SUPPLEMENTED:
            items = ("营业执照复印件", "现场照片或位置说明")
            self.act(INTAKE, RequestSupplement(items=items), clock.soon())
            supplement = SupplyMaterial(text="材料已补齐, 见附送的照片和位置说明。")
            self.act(self.owner, supplement, clock.later(self.rng.randint(1, 3)))
        at = clock.later(plan.accept_days) if plan.accept_days else clock.soon()
        acceptance = AcceptPetition(petition_type=matter.petition_type, category=matter.category)
        self.act(INTAKE, acceptance, at)
        self.due_at = midnight_after(clock.workday(plan.due_days), self.zone)
        self.reply_on = clock.workday(plan.reply_days)

    def _decline(self) -> None:
        refusal = DeclinePetition(
            reason=DeclineReason.STATUTORY_CHANNEL,
            reviewer_id="hub-reviewer-2",
            notice="该事项应通过法定途径解决, 不予受理。",
            remedy="可依法申请行政复议或者提起诉讼。",
        )
        self.act(INTAKE, refusal, self.clock.soon(20, 90))

    def _withdraw(self) -> None:
        asked = self.rng.random() < _ASKED_BY_UNIT_SHARE
        withdrawal = WithdrawPetition(asked_by_unit=asked, reason="问题已自行解决。")
        self.act(self.owner, withdrawal, self.clock.later(1))
        check = VerifyWithdrawal(note="已电话核实, 系本人自愿。")
        self.act(CALLER, check, self.clock.later(self.rng.randint(1, 3)))
