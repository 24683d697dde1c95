"""Without this file the log could be checked only from its beginning, and by one process."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final, NamedTuple

from psycopg import Connection

from ledger.database import Database, Role
from ledger.queries import load_queries
from replay.ahead import ahead
from replay.collection import no_collection
from replay.log_page import Checked, Page, check_page

QUERIES: Final = load_queries("replay", "log_stretch")

PAGE_LEN: Final = 5_000
"""Events in memory at a time, twice over: one page is checked while the next one is read."""


class Stretch(NamedTuple):
    """Events of the log that are checked in one go; all of it can be sent to a process.

    Attributes:
        database: The ledger; its server, if it is embedded, stays the caller's.
        ledger: Its name as the head of the log says it.
        after: Last position before the stretch, 0 at the beginning.
        upto: Last position of the stretch.
    """

    database: Database
    ledger: str
    after: int
    upto: int

    def check(self) -> Checked:
        """Read the events as an outsider would, believing no row, up to the first fault.

        Blocking; memory is bounded by two pages. That the first event was not recorded before
        the one in front of it is part of the check.
        """
        with self.database.connect(Role.APP, autocommit=True) as connection, no_collection():
            place = {"after": self.after}
            found = connection.execute(QUERIES["read_recorded_at"], place).fetchone()
            checked = Checked(self.after, None if found is None else found[0], None)
            with closing(ahead(self._read(connection))) as pages:
                for page in pages:
                    checked = check_page(page, checked, self.ledger)
                    if checked.finding is not None:
                        break
        return checked

    def _read(self, connection: Connection[Any]) -> Iterator[Page]:
        for after in range(self.after, self.upto, PAGE_LEN):
            upto = min(after + PAGE_LEN, self.upto)
            place = {"after": after, "upto": upto}
            with connection.cursor(binary=True) as cursor:
                rows = cursor.execute(QUERIES["read_page"], place).fetchall()
                values = cursor.execute(QUERIES["read_personal_values"], place).fetchall()
            yield Page(upto, rows, values)
