"""Without this file several matters in one letter would share one due and one answer."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta, Struct

from domain.command import Line, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.intake_events import Accepted, Registered, Submitted
from domain.joined_petitions import refuse_children
from domain.joining_events import Split
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import Petitioner
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.several_petitions import born_id
from domain.situation import Situation
from domain.standing import latest_deadlines
from domain.text import Text
from domain.vocabulary import PetitionState

PARTS_MAX = 20


class SplitPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the matters."""

    subject: Line
    text: Prose


class SplitPetition(PetitionCommand, frozen=True, kw_only=True):
    """Let each matter of a petition go on by itself, on the clock that runs; this one ends.

    ``number`` repeats the petition's own, so that nothing else is split by mistake; the
    parts are numbered ``<number>-1``, ``<number>-2`` …
    """

    label: ClassVar = Text("分拆", "split the petition")
    path: ClassVar = "splits"
    roles: ClassVar = who_may("SplitPetition")
    from_states: ClassVar = states(PetitionState.REGISTERED, PetitionState.ACCEPTED)

    number: Annotated[str, Meta(max_length=58, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)")]
    parts: Annotated[tuple[SplitPart, ...], Meta(min_length=2, max_length=PARTS_MAX)]
    petitioner_name: Line
    petitioner_phone: Annotated[str, Meta(pattern=r"^[0-9+*() -]{3,32}$(?!\n)")] | None = None
    reason: Prose

    @property
    def claims(self) -> tuple[str, ...]:
        """The numbers of the parts."""
        return tuple(f"number:{self.number}-{n}" for n in range(1, len(self.parts) + 1))

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Record the end of this petition and the beginning of its parts."""
        del others
        if self.number != facts.number:
            raise GuardError(
                "number-differs",
                f"本诉求编号为 {facts.number}；未作任何更改，请核对后填写 number。",
                f"this petition's number is {facts.number}; nothing was changed, check it and "
                "give it as 'number'.",
            )
        refuse_children(facts)
        born = [self._begin(petition, facts, n, situation) for n in range(1, len(self.parts) + 1)]
        petition.record(
            Split,
            situation.act,
            children=tuple(part.id for part in born),
            reason=Personal(self.reason),
        )
        return born

    def _begin(
        self, petition: Petition, facts: PetitionFacts, n: int, situation: Situation
    ) -> Petition:
        act, part = situation.act, self.parts[n - 1]
        accept_by = facts.accept_deadline
        born = Petition.begin(
            Submitted,
            born_id(petition, n),
            act,
            owner_id=facts.contact or act.actor_id,
            channel=facts.channel,
            petition_type=facts.petition_type,
            type_label=facts.type_label,
            region=facts.region,
            enterprise=facts.enterprise,
            session_id=None,
            medium=None,
            subject=Personal(part.subject),
            text=Personal(part.text),
            petitioner=Petitioner(
                Personal(self.petitioner_name),
                None if self.petitioner_phone is None else Personal(self.petitioner_phone),
            ),
            attachments=(),
            deadlines=() if accept_by is None else (accept_by,),
            confidential=facts.confidential,
            accused_unit=facts.accused_unit,
            split_from=petition.id,
        )
        number = f"{self.number}-{n}"
        born.record(Registered, act, number=number, similar=(petition.id,))
        if facts.state is PetitionState.ACCEPTED:
            _accept(born, facts, situation)
        return born


def _accept(born: Petition, facts: PetitionFacts, situation: Situation) -> None:
    """Record the acceptance that was the whole petition's, with the due that it is under."""
    pack = situation.pinned_pack(facts)
    due = latest_deadlines(facts.cycle).effective
    born.record(
        Accepted,
        situation.act,
        petition_type=situation.type_under(pack, facts),
        category=facts.category or "",
        policy_pack=pack.pack_id,
        policy_version=pack.version,
        calendar=facts.calendar or situation.calendar(pack).reference,
        deadlines=() if due is None else (due,),
        complexity=facts.complexity,
    )
