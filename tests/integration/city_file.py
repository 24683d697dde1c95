"""A city's file of cases and its mapping, imported row by row as a test likes."""

from datetime import UTC, datetime
from pathlib import Path

from domain.roster import Roster
from domain.vocabulary import Labelled
from ledger.application import PetitionLedger
from ledger.database import Database
from replay.import_file import import_file
from replay.import_summary import ImportSummary
from replay.mapping_reader import read_mapping
from replay.rejects import Reject

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MAPPING = """
schema = "taizhang.mapping/1"
source = "city"
zone = "Asia/Shanghai"
calendar = "cn@2026"
units = "create"

[table]
encoding = "utf-8"

[fields]
case_key = "编号"
unit = "单位"
name = "姓名"
type_label = "类别"
created_at = { column = "提交", formats = ["%Y-%m-%d"] }
closed_at = { column = "办结", formats = ["%Y-%m-%d"] }
due_at = { column = "时限", formats = ["%Y-%m-%d"], bare_date = "end" }

[closing]
when = "closed_at"

[new_units]
tier = "county"
names = { jtj = "交通局" }
"""
MUST_EXIST = MAPPING.replace('units = "create"', 'units = "must_exist"').split("[new_units]")[0]
HEADER = "编号,单位,姓名,类别,提交,办结,时限"
ROWS = (
    "1,jtj,甲,道路,2026-03-02,2026-03-04,2026-03-05",
    "2,住建局,乙,供水,2026-03-02,,2026-03-05",
    "3,jtj,丙,道路,2026-03-03,2026-03-09,2026-03-05",
)


class Imports:
    """Imports files of a test's rows into one ledger."""

    def __init__(self, ledger: PetitionLedger, database: Database, folder: Path) -> None:
        self.ledger = ledger
        self.database = database
        self.folder = folder
        self.rejects: list[Reject] = []

    def run(
        self, *rows: str, mapping: str = MAPPING, is_dry: bool = False, header: str = HEADER
    ) -> ImportSummary:
        """Import rows and return what became of them; rejects are in ``rejects``."""
        path = self.folder / "cases.csv"
        path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
        self.rejects.clear()
        return import_file(
            self.ledger,
            self.database,
            path,
            read_mapping(mapping),
            now=NOW,
            is_dry=is_dry,
            on_reject=lambda _, reject: self.rejects.append(reject),
        )

    def reasons(self) -> list[tuple[int, Labelled, str | None]]:
        """Return row, reason and column of each reject."""
        return [(reject.row, reject.reason, reject.column) for reject in self.rejects]

    def roster(self) -> Roster:
        """Return the ledger's roster."""
        return self.ledger.reference.roster()

    @property
    def position(self) -> int:
        """The end of the log."""
        return self.ledger.reader.read_position()
