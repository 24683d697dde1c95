"""Without this file a process log would leave the ledger without the rules it is to be held to."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from psycopg import Connection

from domain.declare import RULES
from domain.errors import GuardError
from domain.event_labels import EVENT_LABELS
from domain.pack_content import PackContent
from domain.temporal_profile import temporal_profile
from domain.text import Text
from ledger.pinned_hours import PinnedHours
from replay.file_digest import file_digest
from replay.ocel_json import write_ocel_json
from replay.ocel_sqlite import write_ocel_sqlite
from replay.process_case import ProcessCase
from replay.process_log import read_process
from replay.process_objects import ObjectType, Pseudonyms, Qualifier
from replay.process_rules import counting, rules_with
from replay.small_units import POOLED
from replay.xes import write_xes

_REPEATED: Final = Text(
    "XES 以诉求为案例：涉及多件诉求的环节（如并案、活动）在每件中各记一次，事件数多于环节数；"
    "OCEL 不重复。",
    "XES has one trace a petition: an act that concerns several, such as a merger or a session, "
    "stands in each, so that there are more events than acts; OCEL repeats none.",
)
PETITIONS_MIN: Final = 10
"""Below this many petitions a unit is not named; the rule of public tables."""
_MODELS: Final = ("lifecycle.pnml", "lifecycle.bpmn")


class ProcessExport(NamedTuple):
    """What a process export wrote.

    Attributes:
        folder: Where.
        position: Last position of the log in it.
        events: Events of the object-centric log.
        objects: Objects of it.
        traces: Petitions, each a trace of the log with one case notion.
        withheld: Confidential petitions that were left out.
        broken: Acts that break each rule; rules that none breaks are left out.
    """

    folder: Path
    position: int
    events: int
    objects: int
    traces: int
    withheld: int
    broken: dict[str, int]


class ProcessOrder(NamedTuple):
    """What a process log is to hold.

    Attributes:
        connection: Of the role tz_app, one snapshot.
        position: Last position to write.
        pseudonyms: Names of enterprises.
        office: Working hours of petitions; None where the ledger has adopted no pack.
        petitions_min: Units with fewer petitions stand in it as one; 0 names every unit.
    """

    connection: Connection[Any]
    position: int
    pseudonyms: Pseudonyms
    office: PinnedHours | None
    petitions_min: int = PETITIONS_MIN

    def read(self) -> Iterator[ProcessCase]:
        """Yield every stream; see ``read_process``."""
        return read_process(self.connection, self.position, self.pseudonyms, self.office)


def export_process(
    folder: Path, order: ProcessOrder, packs: Sequence[PackContent]
) -> ProcessExport:
    """Write the log up to a position for tools of process mining.

    Blocking; reads the log twice in the caller's snapshot. Files are written beside the
    folder and moved there at the end, so that a folder that is there is complete: OCEL 2.0 as
    SQLite and JSON, XES, the life cycle as PNML and BPMN, the rules with how often each is
    broken, what the packs allow between acts, and a manifest with the digest of each file.

    Args:
        folder: A folder that does not exist.
        order: What it is to hold.
        packs: Versions of policy packs whose limits belong to the log.

    Raises:
        GuardError: ``folder-exists``.
        OSError: the disk refused.
    """
    if folder.exists():
        raise GuardError(
            "folder-exists",
            f"{folder} 已存在；未作任何更改，请另选文件夹。",
            f"{folder} is there already; nothing was changed, name another folder.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        beside = Path(name) / "export"
        beside.mkdir()
        done = _write(beside, order, packs)
        beside.rename(folder)
    return done._replace(folder=folder)


def _write(folder: Path, order: ProcessOrder, packs: Sequence[PackContent]) -> ProcessExport:
    position = order.position
    written = write_ocel_sqlite(
        folder / "log.ocel.sqlite", order.read(), petitions_min=order.petitions_min
    )
    write_ocel_json(folder / "log.ocel.sqlite", folder / "log.ocel.json")
    broken = dict.fromkeys((rule.rule_id for rule in RULES), 0)
    traces = write_xes(folder / "log.xes", counting(order.read(), broken), written.pooled)
    for name in _MODELS:
        (folder / name).write_bytes(files("replay").joinpath("process", name).read_bytes())
    _dump(folder / "rules.json", {"rules": rules_with(broken)})
    limits = [limit for pack in packs for limit in temporal_profile(pack)]
    _dump(folder / "allowed_times.json", {"allowed_times": msgspec.to_builtins(limits)})
    _dump(
        folder / "manifest.json",
        {
            "schema": "taizhang.process_export/1",
            "position": position,
            "events": written.events,
            "objects": written.objects,
            "traces": traces,
            "confidential_left_out": written.withheld,
            "event_types": {topic: label._asdict() for topic, label in EVENT_LABELS.items()},
            "object_types": {each.value: each.label._asdict() for each in ObjectType},
            "qualifiers": {each.value: each.label._asdict() for each in Qualifier},
            "small_units": {
                "petitions_min": order.petitions_min,
                "pooled": len(written.pooled),
                "object": POOLED,
            },
            "notes": [_REPEATED._asdict()],
            "files": {each.name: file_digest(each) for each in sorted(folder.iterdir())},
        },
    )
    return ProcessExport(
        folder,
        position,
        written.events,
        written.objects,
        traces,
        written.withheld,
        {rule: found for rule, found in broken.items() if found},
    )


def _dump(path: Path, document: dict[str, object]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
