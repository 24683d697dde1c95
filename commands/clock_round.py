"""Without this file a lost connection would end the clock for good."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from commands.instants import last_instant
from ledger.application import PetitionLedger
from ledger.database import Database, Role
from replay.clock_errors import refuse_wrong_clock
from replay.clock_head import last_act, last_record
from replay.clock_report import ClockReport
from replay.clock_run import run_clock


@dataclass(frozen=True)
class ClockRound:
    """The clock of one ledger; each round has a connection of its own. Blocking.

    Attributes:
        database: Where the ledger is.
        ledger: To record by.
    """

    database: Database
    ledger: PetitionLedger

    @property
    def zone(self) -> ZoneInfo:
        """Zone of the ledger's days.

        Raises:
            LedgerNotOpenedError: the ledger has no roster.
        """
        return ZoneInfo(self.ledger.reference.roster().zone)

    def run(self, at_text: str | None, now: datetime, *, is_dry: bool) -> ClockReport:
        """Run once.

        Args:
            at_text: Instant to act at as a person wrote it, None for now.
            now: The host's clock, aware.
            is_dry: Whether to count alone.

        Raises:
            click.BadParameter: the text is no instant.
            LedgerError: as ``run_clock``.
        """
        at = now if at_text is None else last_instant(at_text, self.zone)
        with self.database.connect(Role.APP, autocommit=True) as connection:
            return run_clock(self.ledger, connection, at, now, is_dry=is_dry)

    def check(self, now: datetime) -> None:
        """Look whether a run at this instant would be refused.

        Raises:
            ClockWentBackError: the host's clock lies before what the ledger has seen.
        """
        with self.database.connect(Role.APP, autocommit=True) as connection:
            refuse_wrong_clock(now, now, last_record(connection), last_act(connection))
