"""Without this file docs/EVENTS.md would soon describe another program."""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec
import pytest

from domain.aggregate import LedgerAggregate
from domain.catalogue import PETITION_COMMANDS
from domain.command import Command
from domain.event_labels import EVENT_LABELS
from domain.filing import SubmitPetition
from domain.personal import Personal
from domain.petition_fold import fold_all
from domain.vocabulary import PetitionState, Role
from tests.unit.command_driver import drive
from tests.unit.given_when_then import Story, given
from tests.unit.petition_stories import STORIES
from tests.unit.test_golden_events import event_classes

DOC = Path(__file__).parents[2] / "docs" / "EVENTS.md"
HEADER = {"originator_id", "originator_version", "timestamp", "originator_topic"}
EVENTS = {vars(event)["TOPIC"]: event for event in event_classes()}
OPEN = {state.value for state in PetitionState if state.is_open}
GROUPS = {"open": OPEN, "any": {state.value for state in PetitionState}}
ROLES = {role.value for role in Role}


class Row(NamedTuple):
    """One event as the document describes it."""

    topic: str
    zh: str
    en: str
    fields: str
    who: str
    course: str
    since: str


@cache
def rows() -> dict[str, Row]:
    """Return the rows of every table in the document, by topic."""
    found: dict[str, Row] = {}
    for line in DOC.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `") and len(cells) == len(Row._fields):
            row = Row(cells[0].strip("`"), *cells[1:])
            assert row.topic not in found
            found[row.topic] = row
    return found


def _holds_personal(kind: Any) -> bool:  # noqa: ANN401 - a type as typing knows it
    if kind is Personal or getattr(kind, "__origin__", None) is Personal:
        return True
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return any(_holds_personal(hint) for hint in get_type_hints(kind).values())
    return any(_holds_personal(part) for part in get_args(kind))


def _fields_of(event: type[LedgerAggregate.Event]) -> str:
    hints = get_type_hints(event)
    names = [field.name for field in fields(event) if field.name not in HEADER]
    marked = [f"`{name}`" + ("＊" if _holds_personal(hints[name]) else "") for name in names]
    return ", ".join(marked) or "–"


def _expand(states: str) -> set[str]:
    names = [name.strip(" `") for name in states.split(",")]
    return set().union(*(GROUPS.get(name, {name}) for name in names))


def _allows(course: str, before: str, after: str) -> bool:
    for way in course.split(";"):
        start, _, end = way.partition("→")
        if before not in _expand(start):
            continue
        if end.strip() in {"same", "before"}:
            return end.strip() == "before" or before == after
        return after in _expand(end)
    return False


def _stories() -> list[Story]:
    random = [drive(Random(seed)) for seed in range(60)]  # noqa: S311 - repeatable, no secret
    return [*random, *(given(*deeds) for deeds in STORIES.values())]


def test_events_doc_has_every_topic_of_the_code_and_no_other() -> None:
    """A row for each event, an event for each row."""
    assert set(rows()) == set(EVENTS)


@pytest.mark.parametrize("topic", sorted(EVENTS))
def test_events_doc_describes_the_event_as_it_is(topic: str) -> None:
    """Labels, fields, personal marks, roles and version are those of the code."""
    row, event = rows()[topic], EVENTS[topic]
    if topic in EVENT_LABELS:
        assert (row.zh, row.en) == EVENT_LABELS[topic]
    else:
        assert re.split(r"[:.]", event.__doc__ or "")[0] == row.zh
        assert row.en
    assert row.fields == _fields_of(event)
    assert row.since == f"v{event.class_version}"
    assert set(row.who.split(", ")) <= ROLES


def test_events_doc_names_states_that_exist() -> None:
    """Every state in the column of courses is one."""
    for row in rows().values():
        for state in re.findall(r"`(\w+)`", row.course):
            assert state in GROUPS["any"], row


def test_events_doc_allows_every_course_a_petition_takes() -> None:
    """No petition, told or random, moves between states in a way the document leaves out."""
    for story in _stories():
        for length in range(2, len(story.history) + 1):
            before = fold_all(story.history[: length - 1]).state
            after = fold_all(story.history[:length]).state
            course = rows()[story.history[length - 1].TOPIC].course
            assert _allows(course, before.value, after.value), (course, before, after)


def test_events_doc_names_the_roles_of_every_command() -> None:
    """Whoever may give a command appears beside some event."""
    told = {role for row in rows().values() for role in row.who.split(", ")}
    commands: list[type[Command]] = [SubmitPetition, *PETITION_COMMANDS]
    assert {role.value for command in commands for role in command.roles} <= told
