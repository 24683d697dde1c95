"""One act on a family of petitions reaches all of them, the new ones too, or none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar
from uuid import UUID, uuid4

import pytest

from domain.command import PetitionCommand, states
from domain.errors import GuardError, LateEntryOrderError
from domain.filing import RegisterPetition
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.several_petitions import born_id
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState, Role
from ledger.application import PetitionLedger
from ledger.database import Database
from ledger.lookup_errors import UnknownPetitionError
from ledger.reference import ROSTER_ID
from tests.api_clients import NOW, START, open_example_ledger
from tests.integration.test_petition_ledger import SUBMISSION

INTAKE = Principal(actor_id="intake-1", role=Role.INTAKE, unit="hub")


class RegisterFamily(PetitionCommand, frozen=True, kw_only=True):
    """Register a petition with others, and file the first one's matter once more."""

    label: ClassVar = Text("合并登记", "register together")
    path: ClassVar = "family"
    roles: ClassVar = frozenset({Role.INTAKE})
    from_states: ClassVar = states(PetitionState.SUBMITTED)

    members: tuple[UUID, ...]

    def others(self, facts: PetitionFacts) -> tuple[UUID, ...]:
        """Return the members."""
        del facts
        return self.members

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Record one event on each, and begin one."""
        del facts
        born = SUBMISSION.begin(born_id(petition, 1), situation)
        for number, each in enumerate((petition, *others.values())):
            each.record(Petition.Registered, situation.act, number=f"N-{number}", similar=())
        return (born,)


@pytest.fixture
def ledger(database: Database) -> Iterator[PetitionLedger]:
    """Return an opened ledger."""
    open_example_ledger(database)
    with PetitionLedger(database, lambda: NOW) as ledger:
        yield ledger


def _file(ledger: PetitionLedger) -> UUID:
    petition_id = uuid4()
    ledger.submit(petition_id, SUBMISSION, INTAKE)
    return petition_id


def test_command_reaches_every_petition_it_names_and_those_it_begins(
    ledger: PetitionLedger,
) -> None:
    """Each has its own event under one correlation id; repeated, it gets the first answer."""
    first, second, third = (_file(ledger) for _ in range(3))
    start = ledger.reader.read_position()
    command = RegisterFamily(members=(second, third))
    receipt = ledger.apply(first, command, INTAKE, idempotency_key="k", expected_version=1)
    events = ledger.reader.read_log(start, 100)
    assert [(each.topic, each.version) for each in events] == [
        *[("petition.registered", 2)] * 3,
        ("petition.submitted", 1),
    ]
    assert [each.originator_id for each in events[:3]] == [first, second, third]
    assert len({each.correlation_id for each in events} - {None}) == 1
    assert isinstance(ledger.load(events[3].originator_id), Petition)
    again = ledger.apply(first, command, INTAKE, idempotency_key="k", expected_version=1)
    assert (again.replayed, again.last_position) == (True, receipt.last_position)
    assert ledger.reader.read_position() == start + 4


def test_command_that_names_an_unknown_petition_changes_none(ledger: PetitionLedger) -> None:
    """What is no petition, be it a roster, is as unknown as what does not exist."""
    first, second = _file(ledger), _file(ledger)
    start = ledger.reader.read_position()
    for stranger in (uuid4(), ROSTER_ID):
        with pytest.raises(UnknownPetitionError):
            ledger.apply(first, RegisterFamily(members=(second, stranger)), INTAKE)
    assert ledger.reader.read_position() == start


def test_command_that_names_a_petition_twice_is_refused(ledger: PetitionLedger) -> None:
    """Neither twice among the others, nor the petition itself."""
    first, second = _file(ledger), _file(ledger)
    for members in ((second, second), (first,)):
        with pytest.raises(GuardError) as refused:
            ledger.apply(first, RegisterFamily(members=members), INTAKE)
        assert refused.value.code == "petition-named-twice"


def test_command_before_the_latest_act_of_another_petition_is_refused(
    ledger: PetitionLedger,
) -> None:
    """No history is entered behind what happened, in any of the streams."""
    first, second = _file(ledger), _file(ledger)
    ledger.apply(second, RegisterPetition(), INTAKE)
    with pytest.raises(LateEntryOrderError):
        ledger.apply(first, RegisterFamily(members=(second,), occurred_at=START), INTAKE)


def test_petition_command_is_never_given_to_something_else(ledger: PetitionLedger) -> None:
    """The stream of a roster is no petition."""
    with pytest.raises(UnknownPetitionError):
        ledger.apply(ROSTER_ID, RegisterPetition(), INTAKE)
