"""Without this file no petition of a play would come to an end."""

from datetime import datetime

from domain.callbacks import CompleteCallback, OrderRework, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition
from domain.handling import RecordProgress
from domain.reasons import ReopenReason
from domain.reopening import ReopenPetition
from domain.replying import ApproveReply
from domain.vocabulary import CallbackBasis, CallbackResult, Outcome, Resolution, Role, Satisfaction
from scenarios.cast import CALLER, REVIEWER, staff
from scenarios.course import Course
from scenarios.office_clock import AFTERNOON
from scenarios.scenes import Scenes

_RESOLUTIONS = {
    Outcome.RESOLVED: Resolution.RESOLVED,
    Outcome.PARTLY: Resolution.PARTLY,
    Outcome.PLANNED: Resolution.PARTLY,
    Outcome.NOT_FEASIBLE_EXPLAINED: Resolution.UNRESOLVED,
}
_DAYS_UNTIL_REOPENED = 6
_ATTEMPT_DAYS = (1, 0, 1)


class ClosingScenes(Scenes):
    """From the review of the reply to the end."""

    def close(self) -> None:
        """Write down review, callback or rating, closing, and what comes after it."""
        called_back = self.plan.called_back
        self._approve(sampled=called_back)
        match self.plan.course:
            case Course.UNREACHABLE:
                self._call_in_vain()
            case Course.REWORKED:
                self._rework()
                self.call_back()
            case _ if called_back:
                self.call_back()
            case _:
                self.rate_and_close()
        if self.plan.course is Course.REOPENED:
            self._reopen()

    def _approve(self, *, sampled: bool) -> None:
        self.act(REVIEWER, ApproveReply(sampled_for_callback=sampled), self.clock.later(1))

    def call_back(self) -> None:
        """Write down a callback that is answered, and the closing."""
        answer = CompleteCallback(
            resolution=_RESOLUTIONS[self.plan.matter.outcome],
            satisfaction=self.plan.satisfaction,
        )
        self.act(CALLER, answer, self.clock.later(1))
        self._close_as(CallbackBasis.COMPLETED)

    def rate_and_close(self) -> None:
        """Write down a rating and the closing of what was not drawn for a callback."""
        self.act(self.owner, RatePetition(satisfaction=self.plan.satisfaction), self._soon())
        self._close_as(CallbackBasis.SAMPLED_OUT)

    def _call_in_vain(self) -> None:
        for days in _ATTEMPT_DAYS:
            attempt = RecordCallbackAttempt(result=CallbackResult.NO_REPLY)
            self.act(CALLER, attempt, self.clock.later(days, AFTERNOON) if days else self._soon())
        self._close_as(CallbackBasis.UNREACHABLE)
        rating = RatePetition(
            satisfaction=self.plan.satisfaction, comment="出差未接到电话，已解决。"
        )
        self.act(self.owner, rating, self.clock.later(1))

    def _rework(self) -> None:
        complaint = CompleteCallback(
            resolution=Resolution.UNRESOLVED,
            satisfaction=Satisfaction.DISSATISFIED,
            comment="现场与答复不符，问题仍在。",
        )
        self.act(CALLER, complaint, self.clock.later(1))
        self.act(REVIEWER, OrderRework(reason="回访反映未解决，请复核后重新答复。"), self._soon())
        self._answer_again("已到现场复核，遗漏部分已整改。")
        self._approve(sampled=True)

    def _reopen(self) -> None:
        reopening = ReopenPetition(reason=ReopenReason.RECURRED, note="问题又出现，希望彻底解决。")
        self.act(self.owner, reopening, self.clock.later(_DAYS_UNTIL_REOPENED))
        self._answer_again("已重新排查原因，采取长效措施。")
        self._approve(sampled=False)
        self.rate_and_close()

    def _answer_again(self, progress: str) -> None:
        lead = staff(Role.HANDLER, self.plan.matter.lead)
        self.act(lead, RecordProgress(text=progress), self.clock.later(1))
        self.reply()

    def _close_as(self, basis: CallbackBasis) -> None:
        self.act(REVIEWER, ClosePetition(basis=basis), self._soon())

    def _soon(self) -> datetime:
        return self.clock.soon(20, 90)
