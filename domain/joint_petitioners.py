"""Without this file of several petitioners one alone would ever be asked."""

from typing import Annotated, ClassVar

from msgspec import Meta

from domain.command import OPEN_STATES, Code, Line, PetitionCommand
from domain.errors import GuardError
from domain.joining_events import JointPetitionerAdded
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import Petitioner
from domain.petition_facts import PetitionFacts
from domain.role_table import who_may
from domain.situation import Situation
from domain.text import Text


class AddJointPetitioner(PetitionCommand, frozen=True, kw_only=True):
    """Add one more person behind the petition; one of all speaks for them."""

    label: ClassVar = Text("联名", "add a joint petitioner")
    path: ClassVar = "joint-petitioners"
    roles: ClassVar = who_may("AddJointPetitioner")
    from_states: ClassVar = OPEN_STATES

    account: Code
    petitioner_name: Line
    petitioner_phone: Annotated[str, Meta(pattern=r"^[0-9+*() -]{3,32}$(?!\n)")] | None = None
    contact: bool = False

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the person; as contact, in place of whoever was it."""
        if facts.speaks(self.account):
            raise GuardError(
                "already-petitioner",
                "该账号已是本件诉求人；未作任何更改，无须重复登记。",
                "that account is a petitioner here already; nothing was changed, once is enough.",
            )
        phone = self.petitioner_phone
        petition.record(
            JointPetitionerAdded,
            situation.act,
            account=self.account,
            petitioner=Petitioner(
                Personal(self.petitioner_name), None if phone is None else Personal(phone)
            ),
            contact=self.contact,
        )
