"""Writes the life cycle as a Petri net and as BPMN: ``.venv/bin/python -m tests.write_lifecycle``.

Both hold what the state diagram shows, for tools of process mining: a state is a place, or
a gateway; an act that leads from one state to another is a transition, or a task.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from domain.event_labels import EVENT_LABELS
from domain.vocabulary import PetitionState
from tests.write_states import Move, moves

FOLDER = Path(__file__).resolve().parents[1] / "replay" / "process"
PNML, BPMN = FOLDER / "lifecycle.pnml", FOLDER / "lifecycle.bpmn"
START = "start"


def pnml_text() -> str:
    """Return the life cycle as a Petri net in PNML: one token, in the state of the petition."""
    return "\n".join(_pnml(sorted(moves()))) + "\n"


def bpmn_text() -> str:
    """Return the life cycle as a BPMN 2.0 process without a drawing."""
    return "\n".join(_bpmn(sorted(moves()))) + "\n"


def _pnml(found: list[Move]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">'
    yield '<net id="lifecycle" type="http://www.pnml.org/version-2009/grammar/ptnet"><page id="p">'
    for state in ("", *PetitionState):
        mark = "" if state else "<initialMarking><text>1</text></initialMarking>"
        yield f"<place id={quoteattr(state or START)}>{_named(state or START)}{mark}</place>"
    for number, (_, topic, _after) in enumerate(found):
        yield f'<transition id="t{number}">{_named(topic)}</transition>'
    for number, (before, _, after) in enumerate(found):
        yield f'<arc id="i{number}" source={quoteattr(before or START)} target="t{number}"/>'
        yield f'<arc id="o{number}" source="t{number}" target={quoteattr(after)}/>'
    yield "</page></net></pnml>"


def _named(text: str) -> str:
    return f"<name><text>{text}</text></name>"


def _bpmn(found: list[Move]) -> Iterator[str]:
    ends = {state.value for state in PetitionState} - {before for before, _, _ in found}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="lifecycle"'
        ' targetNamespace="urn:taizhang:lifecycle">'
    )
    yield '<process id="petition" isExecutable="false">'
    yield f'<startEvent id="{START}"/>'
    for state in PetitionState:
        tag = "endEvent" if state in ends else "exclusiveGateway"
        name = quoteattr(f"{state.label.zh} {state.value}")
        yield f'<{tag} id="{state.value}" name={name}/>'
    for number, (_, topic, _after) in enumerate(found):
        name = quoteattr(f"{EVENT_LABELS[topic].zh} {topic}")
        yield f'<task id="t{number}" name={name}/>'
    for number, (before, _, after) in enumerate(found):
        yield (
            f'<sequenceFlow id="i{number}" sourceRef="{before or START}" targetRef="t{number}"/>'
        )
        yield f'<sequenceFlow id="o{number}" sourceRef="t{number}" targetRef="{after}"/>'
    yield "</process></definitions>"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    PNML.write_text(pnml_text(), encoding="utf-8")
    BPMN.write_text(bpmn_text(), encoding="utf-8")
