"""Without this file every command would check roles, states and order in its own way."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct

from domain.guards import (
    refuse_accused,
    refuse_disorder,
    refuse_role,
    refuse_strangers,
    wrong_state,
)
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import Attachment
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.several_petitions import NO_OTHERS, refuse_repeats
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState, Role

Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
"""One line of text, 1 to 200 characters, not blank."""
Prose = Annotated[str, Meta(min_length=1, max_length=20_000, pattern=r"\S")]
"""Free text, 1 to 20,000 characters, not blank."""
# In Python "$" lets one line end pass: "account\n" would be another name for the same account.
Code = Annotated[
    str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)")
]
"""An identifier of a unit, an account, a category: 1 to 64 of letters, digits and ``_ . -``."""

OPEN_STATES = frozenset(state for state in PetitionState if state.is_open)
STANDING_STATES = frozenset(PetitionState) - {PetitionState.VOIDED, PetitionState.SPLIT}
"""Of a petition that counts, open or not: neither declared void nor gone into its parts."""

Instant = Annotated[datetime, Meta(tz=True)]
"""An instant with its offset from UTC; a text without one is refused."""


class AttachmentNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document named in a command; the bytes are kept elsewhere, the digest here."""

    name: Line
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    media_type: Annotated[str, Meta(pattern=r"^[a-z]+/[a-z0-9.+-]{1,80}$(?!\n)")]
    size_bytes: Annotated[int, Meta(ge=0, le=2**40)]


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing a person may ask of a petition: its fields are the request body.

    Attributes:
        occurred_at: When it happened, as claimed; left out, the host's clock is taken.
        on_behalf_of: Account of the person spoken for, where that is somebody else.
        label: What people call it.
        path: Its resource below ``/v1/petitions/{id}``, a plural or verbal noun.
        roles: Roles that may give it: its row in ``role_table``.
        is_delegable: Whether somebody may give it in a role lent to them.
    """

    label: ClassVar[Text]
    path: ClassVar[str]
    roles: ClassVar[frozenset[Role]]
    is_delegable: ClassVar[bool] = True

    occurred_at: Instant | None = None
    on_behalf_of: Code | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """Values that nobody else in the ledger may have once this is recorded; pure."""
        return ()


class PetitionCommand(Command, frozen=True, kw_only=True):
    """A command on a petition that exists.

    Attributes:
        from_states: States it may be given in (domain.md §4, column From).
        joint: Whether every joint petitioner may give it, and not the contact person alone.
    """

    from_states: ClassVar[frozenset[PetitionState]]
    joint: ClassVar[bool] = False

    def others(self, facts: PetitionFacts) -> tuple[UUID, ...]:
        """Return the other petitions this command concerns, given the petition's own facts; pure.

        They are recorded on together with the petition, or not at all.
        """
        del facts
        return ()

    def apply(
        self,
        petition: Petition,
        situation: Situation,
        others: Mapping[UUID, Petition] = NO_OTHERS,
        facts: PetitionFacts | None = None,
    ) -> Sequence[Petition]:
        """Check what every command needs, then decide; pending events are added on success.

        Pure: the petitions are changed in memory only.

        Args:
            petition: The one it is given to.
            situation: What else may be looked at.
            others: Exactly the petitions that ``others(facts)`` names.
            facts: Those of the petition, where they were folded already.

        Returns:
            Petitions that it begins.

        Raises:
            NotPermittedError: role, unit or separation of duties forbids it.
            WithheldPetitionError: it, or another one named, accuses the actor's office.
            ImpossibleTransitionError: the state does not allow it.
            LateEntryOrderError: the claimed time precedes the latest act or is in the future.
            GuardError: ``petition-named-twice``, or a guard of this command failed.
        """
        facts = facts or fold_all(petition.history)
        refuse_role(self.label, self.roles, situation)
        refuse_strangers(facts, situation, joint=self.joint)
        if facts.state not in self.from_states:
            raise wrong_state(self.label, facts.state, self.from_states)
        refuse_disorder(facts.changed_at, situation)
        refuse_repeats((petition.id, *self.others(facts)))
        for other in others.values():
            beside = fold_all(other.history)
            refuse_accused(beside, situation)
            refuse_disorder(beside.changed_at, situation)
        return self.decide_together(petition, facts, others, situation)

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Check this command's own guards and record its events, on the others too.

        Returns:
            Petitions that it begins; their ids are ``born_id`` of the petition.
        """
        del others
        self.decide(petition, facts, situation)
        return ()

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Check this command's own guards and record its events on the petition.

        Raises:
            NotImplementedError: the command decides on several petitions together.
        """
        raise NotImplementedError


def personal(value: str | None) -> Personal[str] | None:
    """Return the value wrapped as personal, or None."""
    return None if value is None else Personal(value)


def attachments(notes: tuple[AttachmentNote, ...]) -> tuple[Attachment, ...]:
    """Return the documents as an event records them."""
    return tuple(
        Attachment(Personal(note.name), Personal(note.sha256), note.media_type, note.size_bytes)
        for note in notes
    )


def states(*allowed: PetitionState) -> frozenset[PetitionState]:
    """Return a set of states; short, since every command names one."""
    return frozenset(allowed)


PetitionId = UUID
"""Id of a petition's stream."""
