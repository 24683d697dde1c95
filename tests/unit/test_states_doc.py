"""Without this file the state diagram would soon show another program."""

from domain.vocabulary import PetitionState
from tests.write_states import PATH, document_text


def test_state_diagram_is_current() -> None:
    """A changed course shows in the diff; write it anew with tests/write_states.py."""
    text = PATH.read_text("utf-8")
    assert text == document_text()
    for state in PetitionState:
        assert f"--> {state.value} :" in text
