"""Without this file a change of a field could make events of years ago unreadable."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest

from domain.aggregate import LedgerAggregate
from domain.catalogue import RESOURCES
from domain.petition import PetitionEvent
from domain.policy_pack import PolicyPack
from domain.roster import Roster
from ledger.canonical import to_bytes, to_plain
from ledger.codec import EventCodec

GOLDEN = Path(__file__).parents[1] / "golden"
FILES = sorted(GOLDEN.glob("*.v*.json"))


def event_classes() -> list[type[LedgerAggregate.Event]]:
    """Return the class of every event of every aggregate."""
    found: list[type[LedgerAggregate.Event]] = list(get_args(PetitionEvent))
    given = (resource.aggregate for resource in RESOURCES)
    for aggregate in dict.fromkeys((Roster, PolicyPack, *given)):
        for member in vars(aggregate).values():
            named = isinstance(member, type) and issubclass(member, LedgerAggregate.Event)
            if named and "TOPIC" in vars(member):
                found.append(member)
    return found


def test_golden_files_hold_every_version_of_every_topic() -> None:
    """Each version ever stored has one file, and no file stands for nothing."""
    assert {path.name for path in FILES} == {
        f"{vars(event)['TOPIC']}.v{version}.json"
        for event in event_classes()
        for version in range(1, event.class_version + 1)
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_event_decodes_to_what_was_stored(path: Path) -> None:
    """A stored payload is read without loss; parts may have got fields, the event has not."""
    golden: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    payload = golden["payload"].encode()
    event = EventCodec().decode(
        golden["topic"],
        golden["schema_version"],
        UUID(golden["originator_id"]),
        golden["version"],
        datetime.fromisoformat(golden["occurred_at"]),
        payload,
    )
    event_class = next(cls for cls in event_classes() if vars(cls)["TOPIC"] == golden["topic"])
    assert type(event) is event_class
    if golden["schema_version"] < event_class.class_version:
        return
    header = {"originator_id", "originator_version", "timestamp"}
    fields = {name: value for name, value in vars(event).items() if name not in header}
    sealed = {
        name: to_plain(value, f"/{name}", lambda _, personal: {"commitment": personal.commitment})
        for name, value in fields.items()
    }
    written, stored = json.loads(to_bytes(sealed)), json.loads(payload)
    assert written.keys() == stored.keys()
    assert _keeps(stored, written)


def test_golden_comparison_sees_what_was_lost() -> None:
    """A changed value, a lost field and a lost item are each seen; an added field is not."""
    stored = {"a": [{"b": 1}], "c": "x"}
    assert _keeps(stored, {"a": [{"b": 1, "new": None}], "c": "x"})
    for written in ({"a": [{"b": 2}], "c": "x"}, {"a": [], "c": "x"}, {"a": [{"b": 1}]}):
        assert not _keeps(stored, written)


def _keeps(stored: Any, written: Any) -> bool:  # noqa: ANN401 - JSON
    """Whether everything stored stands in what is written now."""
    if isinstance(stored, dict) and isinstance(written, dict):
        return all(key in written and _keeps(stored[key], written[key]) for key in stored)
    if isinstance(stored, list) and isinstance(written, list):
        same = len(stored) == len(written)
        return same and all(map(_keeps, stored, written))
    return type(stored) is type(written) and bool(stored == written)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_event_holds_no_open_personal_value(path: Path) -> None:
    """What is stored for a personal field is its commitment alone."""
    assert '"value"' not in json.loads(path.read_text(encoding="utf-8"))["payload"]
