"""Without this file a published figure could not be taken apart years later."""

from typing import Any, ClassVar

import msgspec

from domain.aggregate import LedgerAggregate
from domain.report_cells import Cell
from domain.report_question import ReportQuestion
from domain.vocabulary import Labelled


class ReportState(Labelled):
    """Whether a published report stands."""

    PUBLISHED = "published", "已发布", "published"
    RETRACTED = "retracted", "已撤回", "retracted"


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """Which report another one stands for, and why."""

    supersedes: int
    reason: str


class PublishedReport(LedgerAggregate):
    """One published report: its question, the log position it was computed at, its figures."""

    TOPIC = "report"

    def __init__(
        self,
        number: int,
        question: ReportQuestion,
        definitions: tuple[str, ...],
        position: int,
        cells: tuple[Cell, ...],
        revision: Revision | None,
    ) -> None:
        """Stand as published; see ``Created``."""
        self.number = number
        self.question = question
        self.definitions = definitions
        self.position = position
        self.cells = cells
        self.revision = revision
        self.state = ReportState.PUBLISHED

    class Event(LedgerAggregate.Event):
        """Base of the report's events."""

    class Created(Event, LedgerAggregate.Created):
        """发布: the figures and everything that is needed to compute them again.

        Attributes:
            number: Its number in the ledger, from 1.
            question: What it answers.
            definitions: What was computed, each with its version.
            position: Last position of the log that counts.
            cells: Every figure.
            approver_id: Account of the second person.
            revision: Which report it stands for, or None.
        """

        TOPIC: ClassVar[str] = "report.published"
        class_version: ClassVar[int] = 2
        number: int
        question: ReportQuestion
        definitions: tuple[str, ...]
        position: int
        cells: tuple[Cell, ...]
        approver_id: str
        revision: Revision | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Say that units kept their codes, as they all did: the same digits come out."""
            state["question"]["as_dispatched"] = True

    class Retracted(Event):
        """撤回: it is not to be relied on any more; the original stays."""

        TOPIC: ClassVar[str] = "report.retracted"
        number: int
        approver_id: str
        reason: str

        def apply(self, aggregate: "PublishedReport") -> None:
            """Note that it does not stand."""
            aggregate.state = ReportState.RETRACTED


ReportEvent = PublishedReport.Created | PublishedReport.Retracted
"""Every event of a report, for dispatch that type checking can close."""
