"""Writes docs/STATES.md anew: ``.venv/bin/python -m tests.write_states``.

The diagram is what the program does: every command is given in every state that a told
petition can be in, and each move between two states that happened is drawn.
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from domain.errors import DomainError
from domain.event_labels import EVENT_LABELS
from domain.petition import PetitionEvent
from domain.petition_fold import fold_all
from domain.replying import ApproveReply
from domain.reviews import DecideReview, RequestReview
from domain.spot_answers import AnswerNow
from domain.vocabulary import PetitionState, PetitionType, ReviewResult, Role
from domain.withdrawals import ContestWithdrawal
from tests.unit.family_stories import CHILD_ID, MERGE, UNMERGE, closed
from tests.unit.given_when_then import DAY, Attempt, Deed, Story, given
from tests.unit.petition_stories import (
    ARCHIVE,
    CALLBACK_PENDING,
    CLOSE,
    DECLINE,
    DISPATCHED,
    IN_PROGRESS,
    REGISTERED,
    REOPEN,
    RETURN,
    SAMPLES,
    SOLVED,
    STORIES,
    SUBMISSION,
    UNSOLVED,
    WITHDRAW,
    imported,
)

PATH = Path(__file__).resolve().parents[1] / "docs" / "STATES.md"
HEAD = """# 状态图 · States

由程序生成：`.venv/bin/python -m tests.write_states`；
`tests/unit/test_states_doc.py` 核对其是否最新。
Generated from the program and tested to be current. Events that keep the state are in
[EVENTS.md](EVENTS.md).

```mermaid
stateDiagram-v2
"""

Move = tuple[str, str, str]


def moves() -> set[Move]:
    """Return every move seen: state before, topic, state after."""
    seen: set[Move] = set()
    for history in _histories():
        before = ""
        for length in range(1, len(history) + 1):
            after = fold_all(history[:length]).state.value
            if after != before:
                seen.add((before, history[length - 1].TOPIC, after))
            before = after
    return seen


def document_text() -> str:
    """Return the document as the file holds it."""
    lines = [f"    {state.value} : {state.label.zh} {state.value}" for state in PetitionState]
    labels: dict[tuple[str, str], list[str]] = {}
    for before, topic, after in sorted(moves(), key=_order):
        labels.setdefault((before, after), []).append(EVENT_LABELS[topic].zh)
    lines += [
        f"    {before or '[*]'} --> {after} : {'、'.join(dict.fromkeys(names))}"
        for (before, after), names in labels.items()
    ]
    return HEAD + "\n".join(lines) + "\n```\n"


def _histories() -> Iterator[tuple[PetitionEvent, ...]]:
    for story in (*(given(*STORIES[state]) for state in PetitionState), *_told()):
        yield story.history
        yield from _after_each_command(story)
    yield from _doubted()
    yield from _merged()


def _told() -> Iterator[Story]:
    """Yield petitions that stand elsewhere than the shortest way to their state leads."""
    yield given(*DISPATCHED, Deed(RETURN, Role.DEPARTMENT_HEAD))
    yield from (given(imported(None)), given(imported()))
    yield given(*CALLBACK_PENDING, Deed(UNSOLVED, Role.CALLBACK))
    yield given(*REGISTERED).and_then(
        Deed(DECLINE, Role.INTAKE), Deed(RequestReview(reason="不服。"), Role.PETITIONER)
    )
    asked = replace(SUBMISSION, petition_type=PetitionType.CONSULTATION)
    spot = given(Deed(asked, Role.PETITIONER), *REGISTERED[1:]).and_then(
        Deed(AnswerNow(text="可在窗口办理。"), Role.INTAKE)
    )
    approved = spot.and_then(Deed(ApproveReply(), Role.REVIEWER))
    ended = approved.and_then(Deed(SOLVED, Role.CALLBACK), Deed(CLOSE, Role.REVIEWER))
    yield from (spot, approved, ended)
    yield approved.and_then(Deed(UNSOLVED, Role.CALLBACK))
    yield given(*IN_PROGRESS)
    yield ended.and_then(Deed(ARCHIVE, Role.SYSTEM, after=40 * DAY))


def _after_each_command(story: Story) -> Iterator[tuple[PetitionEvent, ...]]:
    overturn = DecideReview(result=ReviewResult.OVERTURNED, reason="事实不清。")
    for command in (*SAMPLES, overturn):
        for role in sorted(command.roles):
            for days, unit in ((0, None), (40, None), (0, "province")):
                deed = Deed(command, role, unit, after=days * DAY)
                try:
                    yield Attempt(story, deed, None).decide().history
                except DomainError:
                    continue


def _doubted() -> Iterator[tuple[PetitionEvent, ...]]:
    """Yield petitions that were withdrawn in each state and found to be withdrawn under duress."""
    doubt = Deed(ContestWithdrawal(note="受单位要求。"), Role.CALLBACK)
    for state in PetitionState:
        if state.is_open:
            story = given(*STORIES[state]).and_then(Deed(WITHDRAW, Role.PETITIONER), doubt)
            yield story.history


def _merged() -> Iterator[tuple[PetitionEvent, ...]]:
    """Yield petitions that were merged in each state, then let go, closed or reopened."""
    for state in PetitionState:
        if not state.is_open or state is PetitionState.SUBMITTED:
            continue
        child = given(*STORIES[state], petition_id=CHILD_ID)
        both = given(*IN_PROGRESS).beside(child).and_then(Deed(MERGE, Role.DISPATCHER))
        yield both.and_then(Deed(UNMERGE, Role.DISPATCHER)).turn_to(CHILD_ID).history
    yield closed().turn_to(CHILD_ID).history
    yield closed().and_then(Deed(REOPEN, Role.SUPERVISION)).turn_to(CHILD_ID).history


def _order(move: Move) -> tuple[int, int, str]:
    states = ["", *(state.value for state in PetitionState)]
    return states.index(move[0]), states.index(move[2]), move[1]


if __name__ == "__main__":
    PATH.write_text(document_text(), encoding="utf-8")
