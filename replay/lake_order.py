"""Without this file an offline copy would not say what it holds, and what it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.dimension import Dimension
from domain.metric_catalogue import MetricCatalogue
from domain.petition_facts import PetitionFacts
from domain.succession import Succession
from ledger.zone import ledger_zone
from projections.scope import EVERYTHING
from replay.catalogue import replay_catalogue
from replay.confidentiality import confidential_since
from replay.export_codebook import Resource
from replay.export_definitions import define
from replay.export_document import Origin
from replay.export_manifest import origin_member, write_json
from replay.file_digest import file_digest
from replay.succession import replay_succession

SCHEMA: Final = "taizhang.lake/1"
TIER: Final = "supervision"
"""Whose sight an operator's export has: all but what is asked to stay out."""


@dataclass(frozen=True)
class Lake:
    """A finished offline copy.

    Attributes:
        folder: Where it is.
        rows: Records by table, counted in its files.
        withheld: Confidential petitions that were left out.
    """

    folder: Path
    rows: dict[str, int]
    withheld: int


@dataclass(frozen=True)
class LakeOrder:
    """What an offline copy is to hold.

    Attributes:
        position: Last position of the log that counts.
        as_of: Aware instant the petitions are judged at.
        known_at: Aware instant that the position stands for, or None for now.
        zone: Zone of the ledger's days.
        catalogue: Definitions of rates that there were at the position, retired ones too.
        succession: Under which units figures are reported.
        with_confidential: Whether confidential petitions are in it.
        marked_since: Petitions that became confidential after the position.
    """

    position: int
    as_of: datetime
    known_at: datetime | None
    zone: ZoneInfo
    catalogue: MetricCatalogue
    succession: Succession
    with_confidential: bool = False
    marked_since: frozenset[UUID] = frozenset()

    def withholds(self, facts: PetitionFacts) -> bool:
        """Whether a petition stays out, since it is confidential now or was by then; pure."""
        is_confidential = facts.confidential or facts.petition_id in self.marked_since
        return is_confidential and not self.with_confidential

    @property
    def origin(self) -> Origin:
        """What its figures are computed from."""
        references = (entry.definition.reference for entry in self.catalogue.entries)
        definitions = define(references, self.catalogue)
        return Origin(
            self.position, self.as_of, self.zone, known_at=self.known_at, definitions=definitions
        )


def make_order(
    connection: Connection[Any],
    position: int,
    as_of: datetime,
    *,
    known_at: datetime | None = None,
    with_confidential: bool = False,
) -> LakeOrder:
    """Return an order with the definitions and the units there were at its position.

    Blocking, a few queries; without the confidential ones it also folds every petition that
    anything happened to after the position.

    Args:
        connection: One snapshot of the role tz_app.
        position: Last position of the log that counts.
        as_of: Aware instant the petitions are judged at.
        known_at: Aware instant that the position stands for, or None for now.
        with_confidential: Whether confidential petitions are in it.

    Raises:
        UnreplayableEventError: an event cannot be read or applied.
    """
    succession = replay_succession(
        connection, Dimension.UNIT, EVERYTHING, as_of=as_of, position=position
    )
    return LakeOrder(
        position,
        as_of,
        known_at,
        ledger_zone(connection),
        replay_catalogue(connection, position),
        succession,
        with_confidential,
        frozenset() if with_confidential else confidential_since(connection, position),
    )


def seal_lake(
    folder: Path, order: LakeOrder, resources: Sequence[Resource], withheld: int, mentions: int
) -> None:
    """Write the manifest: every file with its hash, and what was left out. Blocking.

    Args:
        folder: Of the copy.
        order: What it holds.
        resources: Its tables.
        withheld: Confidential petitions that were left out.
        mentions: Events of anything else that were left out since they name one of those.
    """
    files = sorted(folder.rglob("*.parquet"))
    write_json(
        folder / "manifest.json",
        {
            "schema": SCHEMA,
            "tables": {
                each.name: {"rows_expected": each.rows, "rows_written": each.rows}
                for each in resources
            },
            "sha256": {str(file.relative_to(folder)): file_digest(file) for file in files},
            "visibility": {
                "tier": TIER,
                "with_confidential": order.with_confidential,
                "confidential_petitions_left_out": withheld,
                "events_naming_them_left_out": mentions,
                "personal_values": False,
            },
        }
        | origin_member(order.origin),
    )
