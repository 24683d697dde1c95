"""Without this file nobody could be reminded, and no petition be seen to be supervised."""

from typing import ClassVar
from uuid import UUID

from domain.command import OPEN_STATES, STANDING_STATES, Code, PetitionCommand, Prose, personal
from domain.errors import GuardError
from domain.leadership_events import ReminderIssued, Supervised
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.running_clocks import RunningClock, running_clocks
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Clock, SupervisionLevel


class IssueReminder(PetitionCommand, frozen=True, kw_only=True):
    """Remind whoever is under a clock that runs; of several units, by default the first due."""

    label: ClassVar = Text("催办", "issue a reminder")
    path: ClassVar = "reminders"
    roles: ClassVar = who_may("IssueReminder")
    from_states: ClassVar = OPEN_STATES

    clock: Clock
    unit: Code | None = None
    note: Prose | None = None

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the reminder of the clock's earliest due, once for each instant and unit."""
        running = next((each for each in running_clocks(facts) if self._means(each)), None)
        if running is None:
            raise GuardError(
                "clock-not-running",
                f"“{self.clock.label.zh}”当前不在计时；未作任何更改，请核对诉求状态。",
                f"the clock '{self.clock}' does not run; nothing was changed, look at the "
                "petition's state.",
            )
        at = situation.act.occurred_at
        sent = [(past.issued_at, past.clock, past.unit) for past in facts.reminders]
        if (at, self.clock, running.unit) in sent:
            raise GuardError(
                "reminder-repeated",
                "同一时刻已就该时限催办；未作任何更改，无须重复。",
                "a reminder of this clock went out at this instant; nothing was changed, one is "
                "enough.",
            )
        petition.record(
            ReminderIssued,
            situation.act,
            clock=self.clock,
            due_at=running.due_at,
            unit=running.unit,
            note=personal(self.note),
        )

    def _means(self, running: RunningClock) -> bool:
        return running.clock is self.clock and self.unit in {None, running.unit}


class NoteSupervision(PetitionCommand, frozen=True, kw_only=True):
    """Note on the petition that a supervision order was opened or raised on it."""

    label: ClassVar = Text("列入督办", "note a supervision order")
    path: ClassVar = "supervision-notes"
    roles: ClassVar = who_may("NoteSupervision")
    from_states: ClassVar = STANDING_STATES

    order_id: UUID
    level: SupervisionLevel

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record order and colour once."""
        known = [(past.order_id, past.level) for past in facts.supervisions]
        if (self.order_id, self.level) in known:
            raise GuardError(
                "supervision-noted",
                "该督办已记录；未作任何更改，无须重复。",
                "this supervision is noted already; nothing was changed, once is enough.",
            )
        petition.record(Supervised, situation.act, order_id=self.order_id, level=self.level)
