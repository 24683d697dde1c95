"""Without this file what a city's acts look like on file would be known to their reader alone."""

from datetime import datetime
from typing import Any

import msgspec

from domain.vocabulary import Channel, Outcome, PetitionType, Satisfaction
from scenarios.scenario_files import Part

PETITIONS = "petitions"


class ActLine(Part, frozen=True, kw_only=True):
    """One act as the file has it."""

    at: datetime
    by: str
    do: str = ""
    fields: dict[str, Any] = msgspec.field(name="with", default_factory=dict)
    resource: str | None = None
    key: str | None = None


class ActScript(Part, frozen=True, kw_only=True):
    """One script as the file has it."""

    key: str
    resource: str = PETITIONS
    first: bool = False
    steps: tuple[ActLine, ...]


class GroupMessage(Part, frozen=True, kw_only=True):
    """A message in a chat group, which is evidence: who wrote it, when, and what it says."""

    sender: str
    sent_at: datetime
    group: str


class TimedCase(Part, frozen=True, kw_only=True):
    """A petition that takes the ordinary course, of which only the instants matter.

    Attributes:
        number: Its registered number.
        firm: Number of the fictional firm it comes from.
        medium: How the petitioner spoke to the clerk who files it; left out, the
            petitioner files it, or the message is filed.
        message: The group message that is filed as it was written.
        lead: Unit that it is dispatched to at once; needed unless answered on the spot.
        spot: ``role@unit`` that answers on the spot.
        accepted_at: Local instant of the acceptance, from which the reply's limit runs.
        replied_at: Local instant of the reply; left out, it stays with the unit.
        replier: Unit that replies where it is no longer the lead of the dispatch.
        promise, promise_due_at: What a reply that only plans promises, and until when.
        acts: What else happens between signature and closing, in any order.
    """

    key: str
    number: str
    channel: Channel
    petition_type: PetitionType
    type_label: str
    category: str
    firm: int
    medium: str | None = None
    message: GroupMessage | None = None
    lead: str | None = None
    spot: str | None = None
    subject: str
    text: str
    accepted_at: datetime
    replied_at: datetime | None = None
    replier: str | None = None
    reply: str = ""
    outcome: Outcome = Outcome.RESOLVED
    promise: str | None = None
    promise_due_at: datetime | None = None
    satisfaction: Satisfaction = Satisfaction.SATISFIED
    acts: tuple[ActLine, ...] = ()


class Acts(Part, frozen=True, kw_only=True):
    """``acts.toml``."""

    scripts: tuple[ActScript, ...] = ()
    cases: tuple[TimedCase, ...] = ()
