"""Without this file the peer would have nothing to do that resembles our work."""

from datetime import datetime, timedelta
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

PROGRESS_LEN = 5
"""Progress notes of a whole life, so that it has about as many events as ours."""


class PeerPetition(Aggregate):
    """A petition as the event-sourcing library's documentation would write it."""

    class Submitted(Aggregate.Created):
        """Birth event."""

        subject: str
        text: str
        region: str
        enterprise: str

    @event(Submitted)
    def __init__(self, subject: str, text: str, region: str, enterprise: str) -> None:
        self.subject = subject
        self.text = text
        self.region = region
        self.enterprise = enterprise
        self.state = "submitted"
        self.number = ""
        self.unit = ""
        self.due_at: datetime | None = None
        self.progress: list[str] = []

    class Registered(Aggregate.Event):
        """It has a number."""

        number: str

    class Accepted(Aggregate.Event):
        """The reply clock runs."""

        petition_type: str
        category: str
        due_at: datetime

    class Dispatched(Aggregate.Event):
        """A unit is to handle it."""

        unit: str

    class Signed(Aggregate.Event):
        """The unit has taken it."""

        handler_id: str
        handler_name: str

    class ProgressRecorded(Aggregate.Event):
        """A step on the way."""

        unit: str
        text: str

    class Replied(Aggregate.Event):
        """The unit has answered."""

        unit: str
        text: str
        outcome: str

    class Closed(Aggregate.Event):
        """It is at its end."""

        basis: str

    @event(Registered)
    def register(self, number: str) -> None:
        """Give it a number."""
        self.number, self.state = number, "registered"

    @event(Accepted)
    def accept(self, petition_type: str, category: str, due_at: datetime) -> None:
        """Take it on."""
        self.petition_type, self.category = petition_type, category
        self.due_at, self.state = due_at, "accepted"

    @event(Dispatched)
    def dispatch(self, unit: str) -> None:
        """Order a unit to act."""
        self.unit, self.state = unit, "dispatched"

    @event(Signed)
    def sign(self, handler_id: str, handler_name: str) -> None:
        """Take the order."""
        self.handler_id, self.handler_name = handler_id, handler_name
        self.state = "in_progress"

    def record_progress(self, unit: str, text: str) -> None:
        """Record a step, if it may be."""
        if self.state != "in_progress" or unit != self.unit:
            raise ValueError(f"{unit} may not record progress of a petition that is {self.state}")
        self.trigger_event(self.ProgressRecorded, unit=unit, text=text)

    @event(ProgressRecorded)
    def _record_progress(self, unit: str, text: str) -> None:
        self.progress.append(f"{unit}: {text}")

    @event(Replied)
    def reply(self, unit: str, text: str, outcome: str) -> None:
        """Answer it."""
        self.replied_unit, self.reply_text = unit, text
        self.outcome, self.state = outcome, "replied"

    @event(Closed)
    def close(self, basis: str) -> None:
        """End it."""
        self.basis, self.state = basis, "closed"


class PeerPetitions(Application[UUID]):
    """The peer's application, with the library's defaults."""

    def begin(self, number: str) -> PeerPetition:
        """Return a petition in progress, five events long, not yet saved."""
        petition = PeerPetition(
            subject="厂区门口停车位不足",
            text="员工停车困难, 请协调增设车位。",
            region="east",
            enterprise="91510122MA6C00000X",
        )
        petition.register(number)
        due_at = petition.created_on + timedelta(days=10)
        petition.accept("appeal", "parking", due_at)
        petition.dispatch("bureau")
        petition.sign("h-1", "示例承办人")
        return petition

    def live(self, number: str) -> PeerPetition:
        """Return a petition with a whole life, not yet saved."""
        petition = self.begin(number)
        for step in range(PROGRESS_LEN):
            petition.record_progress("bureau", f"第 {step + 1} 次现场协调, 已核实情况。")
        petition.reply("bureau", "已增设车位。", "resolved")
        petition.close("callback")
        return petition

    def record_progress(self, petition_id: UUID, text: str) -> None:
        """Load a petition, record a step, save it."""
        petition: PeerPetition = self.repository.get(petition_id)
        petition.record_progress("bureau", text)
        self.save(petition)
