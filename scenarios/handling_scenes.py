"""Without this file no unit of a play would do anything."""

from datetime import datetime, time

from domain.deadlines import midnight_after
from domain.dispatching import DispatchPetition, SignAssignment
from domain.handling import CommitToPlan, ContactPetitioner, RecordProgress, ReportAsCoHandler
from domain.replying import ReturnReply, SubmitReply
from domain.returns import ApproveReturn, RejectReturn, RequestReturn
from domain.transfers import TransferAssignment
from domain.vocabulary import Role
from scenarios.cast import DISPATCHER, REVIEWER, staff
from scenarios.course import Course
from scenarios.office_clock import AFTERNOON
from scenarios.scenes import Scenes

_NIGHT_WORK = (time(8, 30), time(9, 30))
_LATE_SIGNING_SHARE = 0.06
_NEXT_DAY_SHARE = 0.35
_CO_CONTACT_SHARE = 0.9
# Only where there is time enough is an assignment left lying.
_LONG_DAYS = 3


class HandlingScenes(Scenes):
    """From dispatch to reply."""

    def handle(self) -> None:
        """Write down everything up to the last reply, where there is one."""
        self._dispatch()
        self._sign(self.plan.matter.lead)
        self.work()
        if self.plan.course.is_answered:
            self.reply()
            if self.plan.course is Course.REPLY_RETURNED:
                reason = "答复未说明完成时间，请补充后重新报送。"
                self.act(REVIEWER, ReturnReply(reason=reason), self.clock.later(1))
                self.reply()

    def reply(self) -> None:
        """Write down the lead's reply, on its planned day or now if that has passed."""
        matter = self.plan.matter
        promise_due_at = None
        if matter.promise_due_on is not None:
            promise_due_at = midnight_after(matter.promise_due_on, self.zone)
        reply = SubmitReply(
            head_id=f"{matter.lead}-head",
            text=matter.reply,
            outcome=matter.outcome,
            promise=matter.promise,
            promise_due_at=promise_due_at,
        )
        self.act(staff(Role.HANDLER, matter.lead), reply, self.clock.on(self.reply_on, AFTERNOON))

    def _dispatch(self) -> None:
        plan, matter, course = self.plan, self.plan.matter, self.plan.course
        first = self._elsewhere or matter.lead
        order = DispatchPetition(
            lead=first,
            co_handlers=() if course is Course.RETURNED else self._co_handlers,
            catalogue=f"诉求分类派单目录·{matter.category}",
        )
        least_min, most_min = (5, 15) if plan.accept_days == 0 else (20, 60)
        self.act(DISPATCHER, order, self.clock.soon(least_min, most_min))
        if course is Course.RETURNED:
            self._request_return(first)
            self.act(DISPATCHER, ApproveReturn(reason="职责核实无误，同意退单。"), self._today())
            right = DispatchPetition(lead=matter.lead, co_handlers=self._co_handlers)
            self.act(DISPATCHER, right, self._today())
        elif course is Course.RETURN_REJECTED:
            self._request_return(first)
            rejection = RejectReturn(reason="属本单位职责目录事项，请继续办理。")
            self.act(DISPATCHER, rejection, self._today())
        elif course is Course.TRANSFERRED:
            self._sign(first)
            transfer = TransferAssignment(to_unit=matter.lead, reason="主要职责在后者，转办。")
            self.act(DISPATCHER, transfer, self.clock.later(1))

    def _request_return(self, unit: str) -> None:
        request = RequestReturn(
            duty_item="部门职责目录第 3 条", reason="经核对职责目录，该事项主要由其他部门负责。"
        )
        self.act(staff(Role.DEPARTMENT_HEAD, unit), request, self.clock.later(1))

    def _sign(self, unit: str) -> None:
        clock, chance = self.clock, self.rng.random()
        quick = self.plan.accept_days == 0 or self.plan.course is Course.OPEN
        if chance < _LATE_SIGNING_SHARE and not quick and self.plan.reply_days > _LONG_DAYS:
            at = clock.later(2)
        elif chance < _NEXT_DAY_SHARE and not quick:
            at = clock.later(1)
        else:
            at = clock.soon(10, 90)
        signature = SignAssignment(handler_id=f"{unit}-handler", handler_name=f"{unit} 承办专员")
        self.act(staff(Role.HANDLER, unit), signature, at)
        contact = ContactPetitioner(medium="电话")
        self.act(staff(Role.HANDLER, unit), contact, clock.soon(10, 60))

    def work(self) -> None:
        """Write down what the units do before the reply."""
        matter, lead = self.plan.matter, staff(Role.HANDLER, self.plan.matter.lead)
        # A plan may not end after the due; units whose due has passed make none.
        if matter.plan and self.clock.now < self.due_at:
            owner = f"{matter.lead}-handler"
            plan = CommitToPlan(owner_id=owner, plan=matter.plan, due_at=self.due_at)
            self.act(lead, plan, self.clock.soon(10, 40))
        for unit in self._co_handlers:
            handler = staff(Role.HANDLER, unit)
            signature = SignAssignment(
                handler_id=f"{unit}-handler", handler_name=f"{unit} 承办专员"
            )
            self.act(handler, signature, self._today())
            if self.rng.random() < _CO_CONTACT_SHARE:
                self.act(handler, ContactPetitioner(medium="会同主办单位现场"), self._today())
            self.act(handler, ReportAsCoHandler(text=matter.co_report), self._today())
        for number, text in enumerate(matter.progress):
            # What is accepted at the session is looked at on the same day.
            at_once = number == 0 and self.plan.accept_days == 0
            at = self._today() if at_once else self._between()
            self.act(lead, RecordProgress(text=text), at)

    @property
    def _elsewhere(self) -> str | None:
        """The unit that the petition goes to first and that does not keep it."""
        return self.plan.matter.wrong if self.plan.course.begins_elsewhere else None

    @property
    def _co_handlers(self) -> tuple[str, ...]:
        return tuple(unit for unit in self.plan.matter.co_handlers if unit != self._elsewhere)

    def _today(self) -> datetime:
        return self.clock.soon(8, 30)

    def _between(self) -> datetime:
        """Return a time on the next working day, unless the reply is due to come before."""
        next_on = self.clock.workday(1)
        if self.plan.course is Course.OPEN or next_on <= self.reply_on:
            return self.clock.later(1, _NIGHT_WORK)
        return self._today()
