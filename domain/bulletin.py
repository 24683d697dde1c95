"""Without this file a report to the leadership could be renumbered or vanish."""

from typing import ClassVar
from uuid import UUID

from domain.aggregate import LedgerAggregate
from domain.personal import Personal
from domain.vocabulary import Labelled


class BulletinSeries(Labelled):
    """Series of reports, each numbered for itself within a year (domain.md §1.3)."""

    SPECIAL_REPORT = "special_report", "专报", "special report"
    KEY_PROJECT_REPORT = "key_project_report", "重点项目专报", "key-project report"
    WEEKLY_REPORT = "weekly_report", "周报", "weekly report"
    CIRCULAR = "circular", "通报", "circular"


class BulletinState(Labelled):
    """Whether a bulletin stands."""

    ISSUED = "issued", "已印发", "issued"
    WITHDRAWN = "withdrawn", "已撤销", "withdrawn"


class Bulletin(LedgerAggregate):
    """One numbered report or circular."""

    TOPIC = "bulletin"

    def __init__(self, series: BulletinSeries) -> None:
        """Start issued."""
        self.series = series
        self.state = BulletinState.ISSUED

    class Event(LedgerAggregate.Event):
        """Base of the bulletin's events."""

    class Created(Event, LedgerAggregate.Created):
        """印发: a unit issues it under its number."""

        TOPIC: ClassVar[str] = "bulletin.issued"
        series: BulletinSeries
        year: int
        number: int
        unit: str
        title: Personal[str]
        sha256: str
        units: tuple[str, ...]
        petitions: tuple[UUID, ...]

    class Endorsed(Event):
        """专报批示: a leader wrote on it what is to be done."""

        TOPIC: ClassVar[str] = "bulletin.endorsed"
        text: Personal[str]

        def apply(self, aggregate: "Bulletin") -> None:
            """Change nothing that a decision reads."""

    class Withdrawn(Event):
        """专报撤销: it was issued in error; its number stays used."""

        TOPIC: ClassVar[str] = "bulletin.withdrawn"
        series: BulletinSeries
        reason: Personal[str]

        def apply(self, aggregate: "Bulletin") -> None:
            """Note the end."""
            aggregate.state = BulletinState.WITHDRAWN
