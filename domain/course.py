"""Without this file every aggregate would word a command out of turn in its own way."""

from domain.errors import ImpossibleTransitionError
from domain.text import Text
from domain.vocabulary import Labelled


def refuse_state(label: Text, state: Labelled, *allowed: Labelled) -> None:
    """Refuse a command in a state that does not lead on.

    Raises:
        ImpossibleTransitionError: ``state`` is none of ``allowed``.
    """
    if state in allowed:
        return
    zh = "、".join(other.label.zh for other in allowed)
    en = ", ".join(other.label.en for other in allowed)
    raise ImpossibleTransitionError(
        Text(
            f"当前为“{state.label.zh}”，不能“{label.zh}”；未作任何更改，须处于：{zh}。",
            f"it is '{state.label.en}', so one cannot {label.en}; nothing was changed, "
            f"it must be: {en}.",
        )
    )
