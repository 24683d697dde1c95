"""Without this file a parent could leave the ledger and take its children with it."""

from domain.errors import GuardError
from domain.petition_facts import PetitionFacts


def refuse_children(facts: PetitionFacts) -> None:
    """Refuse to end a petition that others were merged into.

    Raises:
        GuardError: ``children-joined``.
    """
    if facts.child_ids:
        raise GuardError(
            "children-joined",
            "已有诉求并入本件；未作任何更改，请先拆案。",
            "other petitions were merged into this one; nothing was changed, unmerge them first.",
        )


def refuse_merged(facts: PetitionFacts) -> None:
    """Refuse what has to be asked of the parent instead.

    Raises:
        GuardError: ``ask-the-parent``.
    """
    if facts.parent_id is not None:
        raise GuardError(
            "ask-the-parent",
            f"本件已并入诉求 {facts.parent_id}；未作任何更改，请对该诉求办理。",
            f"this petition is merged into {facts.parent_id}; nothing was changed, turn to that "
            "one.",
        )
