"""A history that lies in the log is supposed like one in memory, whoever was merged or split."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from domain.mergers import UnmergePetition
from domain.supposition import Supposition
from domain.vocabulary import Role as Actor
from ledger.database import Database, Role
from replay.figures import head_position
from replay.known_rules import read_rules
from replay.streams import UnreplayableEventError
from replay.twins import read_twins
from scenarios.pack_files import read_pack
from tests.integration.logged_petitions import append_events, open_recorder
from tests.unit.family_stories import CHILD_ID, closed, merged
from tests.unit.given_when_then import DAY, Deed, Story, given, packs
from tests.unit.petition_stories import ACCEPTED, SPLIT
from tests.unit.twins import logged, tell

STORIES: Mapping[str, Callable[[], Story]] = {
    "closed together": closed,
    "parted": lambda: merged().and_then(
        Deed(UnmergePetition(child=CHILD_ID, reason="事实不同。"), Actor.DISPATCHER, after=DAY)
    ),
    "split": lambda: given(*ACCEPTED).and_then(Deed(SPLIT, Actor.DISPATCHER, after=2 * DAY)),
    "alone": lambda: given(*ACCEPTED),
}


def record(database: Database, events: list[Any]) -> None:
    """Append events to the log in their order."""
    recorder = open_recorder(database)
    append_events(recorder, events)
    recorder.close()


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("pack", ["plain", "xinfang", "s4_langfang"])
def test_the_log_is_supposed_as_the_acts_were_in_memory(
    database: Database, name: str, pack: str
) -> None:
    """The same facts of the same petitions, real and supposed; under its own pack they agree."""
    story = STORIES[name]()
    record(database, list(logged(story)))
    supposition = Supposition(packs(), read_pack(pack))
    with database.connect(Role.APP) as connection:
        position = head_position(connection)
        rules = read_rules(connection, position)
        found = list(read_twins(connection, supposition, rules, position))
    expected = tell(story, supposition)
    assert {real.petition_id: (real, supposed) for real, supposed in found} == {
        each: (twin.real, twin.supposed) for each, twin in expected.items()
    }
    assert len(found) == len(expected)
    assert (pack == "plain") == all(real == supposed for real, supposed in found)


def test_an_event_that_cannot_be_supposed_is_named(database: Database) -> None:
    """A stream without its birth stops the what-if, and the error says at which position."""
    record(database, list(given(*ACCEPTED).history))
    with database.connect(Role.OWNER) as connection:
        connection.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        connection.execute("DELETE FROM event WHERE version = 1")
        connection.commit()
    supposition = Supposition(packs(), read_pack("xinfang"))
    with database.connect(Role.APP) as connection:
        rules = read_rules(connection, 3)
        with pytest.raises(UnreplayableEventError) as caught:
            list(read_twins(connection, supposition, rules, 3))
    assert caught.value.position == 2
