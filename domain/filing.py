"""Without this file nobody could bring a petition in or give it its number."""

from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import (
    AttachmentNote,
    Code,
    Command,
    Line,
    PetitionCommand,
    Prose,
    attachments,
    states,
)
from domain.credit_code import validate_credit_code
from domain.errors import GuardError
from domain.guards import refuse_future, refuse_role
from domain.intake_events import Registered, Submitted
from domain.pack_rules import ClockStart
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import Petitioner
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Channel, PetitionState, PetitionType, Role


class SubmitPetition(Command, frozen=True, kw_only=True):
    """Bring a matter before the government; the accept clock starts."""

    label: ClassVar = Text("提交诉求", "submit a petition")
    path: ClassVar = ""
    roles: ClassVar = who_may("SubmitPetition")

    channel: Channel
    petition_type: PetitionType | None = None
    type_label: Line | None = None
    region: Line | None = None
    enterprise: Line | None = None
    session_id: Code | None = None
    medium: Line | None = None
    owner_id: Code | None = None
    subject: Line
    text: Prose
    petitioner_name: Line
    petitioner_phone: Annotated[str, Meta(pattern=r"^[0-9+*() -]{3,32}$(?!\n)")] | None = None
    attachments: Annotated[tuple[AttachmentNote, ...], Meta(max_length=200)] = ()
    confidential: bool = False
    accused_unit: Code | None = None

    def begin(self, petition_id: UUID, situation: Situation) -> Petition:
        """Return a new petition with its first event pending; pure.

        Raises:
            NotPermittedError: the role may not file.
            UnknownUnitError: the roster has no unit of the accused one's code.
            InvalidCreditCodeError: the enterprise is no valid credit code.
            TypeNotInPackError: the pack does not handle the type.
            GuardError: ``channel-not-in-pack``, ``medium-missing``, ``session-missing`` or
                ``date-in-future``.
        """
        refuse_role(self.label, self.roles, situation)
        act, pack = situation.act, situation.pack
        refuse_future(act.occurred_at, situation)
        if act.actor_role is Role.HANDLER and self.session_id is None:
            raise GuardError(
                "session-missing",
                "承办人只能在活动现场代为登记；未作任何记录，请填写 session_id。",
                "a handler files at a session only; nothing was recorded, fill in 'session_id'.",
            )
        if self.channel not in pack.channels:
            known = "、".join(channel.label.zh for channel in pack.channels)
            raise GuardError(
                "channel-not-in-pack",
                f"渠道“{self.channel.label.zh}”不在规则包 {pack.reference} 中；未作任何记录，"
                f"可选：{known}。",
                f"channel '{self.channel}' is not in pack {pack.reference}; nothing was recorded, "
                f"choose one of: {', '.join(pack.channels)}.",
            )
        if act.on_behalf_of is not None and self.medium is None:
            raise GuardError(
                "medium-missing",
                "代为提交须注明诉求人表达的方式（如电话、面谈）；未作任何记录，请填写 medium。",
                "filing on somebody's behalf needs the medium they spoke through; nothing was "
                "recorded, fill in 'medium'.",
            )
        if self.enterprise is not None:
            validate_credit_code(self.enterprise)
        if self.accused_unit is not None:
            situation.roster.state.unit(self.accused_unit)
        claimed = self.petition_type or pack.types[0].petition_type
        return Petition.begin(
            Submitted,
            petition_id,
            act,
            owner_id=self._owner(situation),
            channel=self.channel,
            petition_type=self.petition_type,
            type_label=self.type_label,
            region=self.region,
            enterprise=self.enterprise,
            session_id=self.session_id,
            medium=self.medium,
            subject=Personal(self.subject),
            text=Personal(self.text),
            petitioner=Petitioner(
                Personal(self.petitioner_name),
                None if self.petitioner_phone is None else Personal(self.petitioner_phone),
            ),
            attachments=attachments(self.attachments),
            deadlines=situation.clocks(pack, claimed, ClockStart.SUBMITTED),
            confidential=self.confidential,
            accused_unit=self.accused_unit,
        )

    def _owner(self, situation: Situation) -> str:
        """Return the account that may act as petitioner later; petitioners own what they file."""
        act = situation.act
        if act.actor_role is Role.PETITIONER:
            return act.actor_id
        return act.on_behalf_of or self.owner_id or act.actor_id


class RegisterPetition(PetitionCommand, frozen=True, kw_only=True):
    """Give the petition its number; left out, the ledger's next one is taken."""

    label: ClassVar = Text("登记编号", "register the petition")
    path: ClassVar = "registration"
    roles: ClassVar = who_may("RegisterPetition")
    from_states: ClassVar = states(PetitionState.SUBMITTED)

    number: Code | None = None
    similar: Annotated[tuple[UUID, ...], Meta(max_length=50)] = ()

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the number and the similar petitions that were looked at."""
        del facts
        number = self.number or situation.fresh_number
        petition.record(Registered, situation.act, number=number, similar=self.similar)
