"""Without this file the shipped process models would soon show another program."""

from xml.etree import ElementTree as ET

import pytest

from domain.vocabulary import PetitionState
from tests.unit.given_when_then import given
from tests.unit.petition_stories import STORIES
from tests.write_lifecycle import BPMN, PNML, START, bpmn_text, pnml_text

_NET = "{http://www.pnml.org/version-2009/grammar/pnml}"


def test_process_models_are_current() -> None:
    """A changed course shows in the diff; write them anew with tests/write_lifecycle.py."""
    assert PNML.read_text("utf-8") == pnml_text()
    assert BPMN.read_text("utf-8") == bpmn_text()
    assert ET.fromstring(bpmn_text()).tag.endswith("definitions")  # noqa: S314 - our own text


@pytest.mark.parametrize("state", list(PetitionState))
def test_net_replays_every_told_petition(state: PetitionState) -> None:
    """The token goes through the net as the petition goes through its states."""
    root = ET.fromstring(PNML.read_text("utf-8"))  # noqa: S314 - our own file
    names = {
        each.get("id"): each.findtext(f"{_NET}name/{_NET}text")
        for each in root.iter(f"{_NET}transition")
    }
    arcs = [(each.get("source"), each.get("target")) for each in root.iter(f"{_NET}arc")]
    places: set[str | None] = {START}
    for event in given(*STORIES[state]).history:
        fired = {
            target
            for transition, target in arcs
            if names.get(transition) == event.TOPIC
            and any(source in places for source, into in arcs if into == transition)
        }
        # An act that keeps the state has no transition.
        places = fired or places
    assert state.value in places
