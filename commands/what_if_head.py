"""Without this file a supposed figure would not say what was supposed."""

from collections.abc import Iterator

from commands.language import say
from domain.supposition import Supposition
from domain.text import Text
from replay.what_if import WhatIf

_SCHEMA = "taizhang.what_if/1"
_OWN = Text("各件所绑定的规则包", "the pack that each petition pinned")
_PACKS_OWN = Text("规则包的日历", "the pack's own")


def what_if_head(told: WhatIf, supposition: Supposition) -> dict[str, object]:
    """Return for JSON what was supposed, and how many dues it moved."""
    return {
        "schema": _SCHEMA,
        "supposed": {
            "pack": supposition.pack and supposition.pack.reference,
            "calendar": supposition.calendar and supposition.calendar.reference,
        },
        "petitions": told.petitions,
        "dues_moved": told.dues_moved,
        "imported": told.imported,
    }


def what_if_notes(told: WhatIf, supposition: Supposition) -> Iterator[tuple[Text, str]]:
    """Yield the same for the head of a table."""
    pack, calendar = supposition.pack, supposition.calendar
    yield Text("假设规则包", "supposed pack"), say(_OWN) if pack is None else pack.reference
    counted = say(_PACKS_OWN) if calendar is None else calendar.reference
    yield Text("假设日历", "supposed calendar"), counted
    moved = Text(
        f"{told.dues_moved}/{told.petitions} 件（其中导入 {told.imported} 件）",
        f"{told.dues_moved} of {told.petitions} petitions ({told.imported} of all imported)",
    )
    yield Text("时限有变", "dues that differ"), say(moved)
