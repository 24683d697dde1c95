"""Without this file nothing could be asked of a petitioner while the accept clock stands still."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.closing_events import Withdrawn
from domain.command import AttachmentNote, Line, PetitionCommand, Prose, attachments, states
from domain.deadline_change import resumed
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.intake_events import SupplementReceived, SupplementRequested
from domain.limit import TimeUnit
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import Clock, PetitionState


class RequestSupplement(PetitionCommand, frozen=True, kw_only=True):
    """Ask the petitioner for what is missing, all of it in one request."""

    label: ClassVar = Text("要求补正", "request a supplement")
    path: ClassVar = "supplement-requests"
    roles: ClassVar = who_may("RequestSupplement")
    from_states: ClassVar = states(PetitionState.REGISTERED)

    items: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=50)]

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the request once; its itemised list cannot grow afterwards."""
        if facts.supplement_requested_at is not None:
            raise GuardError(
                "supplement-already-requested",
                "补正只能一次性告知；未作任何更改，请按已有材料决定是否受理。",
                "a supplement is requested once, with all items; nothing was changed, decide on "
                "what has been received.",
            )
        items = tuple(Personal(item) for item in self.items)
        petition.record(
            SupplementRequested,
            situation.act,
            items=items,
            deadlines=answer_deadlines(situation.pack, situation.timing),
        )


class SupplyMaterial(PetitionCommand, frozen=True, kw_only=True):
    """Supply what was asked for; the accept clock goes on, moved by the time it stood still."""

    label: ClassVar = Text("补正材料", "supply material")
    path: ClassVar = "supplements"
    roles: ClassVar = who_may("SupplyMaterial")
    from_states: ClassVar = states(PetitionState.NEEDS_SUPPLEMENT)

    text: Prose
    attachments: Annotated[tuple[AttachmentNote, ...], Meta(max_length=200)] = ()

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the material and the accept deadline after the pause."""
        deadline = accept_after_supplement(facts, situation.pack, situation.timing)
        petition.record(
            SupplementReceived,
            situation.act,
            text=Personal(self.text),
            attachments=attachments(self.attachments),
            deadlines=() if deadline is None else (deadline,),
        )


class LapseSupplement(PetitionCommand, frozen=True, kw_only=True):
    """Take silence after a request as a withdrawal, which is then checked like any other."""

    label: ClassVar = Text("逾期未补正", "lapse the unanswered supplement request")
    path: ClassVar = "supplement-lapses"
    roles: ClassVar = who_may("LapseSupplement")
    from_states: ClassVar = states(PetitionState.NEEDS_SUPPLEMENT)

    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the withdrawal by silence once the petitioner's own deadline is over."""
        due_at = facts.supplement_due_at
        if due_at is None:
            raise GuardError(
                "no-supplement-limit",
                "规则包未规定补正期限，不得视为撤回；未作任何更改，请等待补正或决定是否受理。",
                "the pack sets no limit for a supplement, so silence is no withdrawal; nothing "
                "was changed, wait for the material.",
            )
        if situation.act.occurred_at <= due_at:
            raise GuardError(
                "supplement-not-overdue",
                f"补正期限至 {due_at.isoformat()}，尚未届满；未作任何更改，请等待。",
                f"the petitioner has until {due_at.isoformat()}; nothing was changed, wait for "
                "the material.",
            )
        petition.record(
            Withdrawn,
            situation.act,
            asked_by_unit=False,
            by_silence=True,
            reason=Personal(self.note),
        )


def accept_after_supplement(
    facts: PetitionFacts, pack: PackContent, timing: Timing
) -> Deadline | None:
    """Return the accept deadline once the petitioner has answered, or None; pure."""
    deadline, asked_at = facts.accept_deadline, facts.supplement_requested_at
    if deadline is None or asked_at is None or asked_at > deadline.due_at:
        return deadline
    rule = pack.clock_rule(timing.type_under(pack, facts), Clock.ACCEPT)
    unit = rule.limit.unit if rule and rule.limit else TimeUnit.WORKING_DAY
    calendar, zone = timing.calendar(pack), timing.zone(pack)
    return resumed(deadline, asked_at, timing.at, unit, calendar, zone, pack.business_hours)


def answer_deadlines(pack: PackContent, timing: Timing) -> tuple[Deadline, ...]:
    """Return the petitioner's own deadline, where the pack knows one; pure."""
    if pack.supplement is None:
        return ()
    limit = pack.supplement.answer_within
    return (timing.limited(pack, Clock.SUPPLEMENT, limit, "supplement"),)
