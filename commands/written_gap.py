"""Without this file a claim gap could be read on a terminal but not handed in."""

from typing import TYPE_CHECKING

from commands.language import say
from commands.rated_report import asked_question
from commands.reading import Reading
from commands.report_question import Question
from domain.claim_gap import PAIRINGS
from domain.report_kind import ReportKind
from replay.catalogue import catalogue_known_at
from replay.export_gap import TITLE, gap_document
from replay.jurisdiction import jurisdiction
from replay.rated_report import RatedReport

if TYPE_CHECKING:
    from commands.file_order import FileOrder


def write_gap(order: "FileOrder", reading: Reading, question: Question) -> None:
    """Write the claim gaps by group into a file. Blocking.

    Args:
        order: How.
        reading: The ledger.
        question: What is asked.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing is written.
    """
    answer = question.counts(reading)
    references = [each.reference for each in PAIRINGS]
    references += [rate.reference for each in PAIRINGS for rate in each.rates]
    asked = RatedReport(
        "claim-gap",
        TITLE,
        asked_question(ReportKind.RATES, reading, question),
        tuple(references),
        answer.position,
        (),
        catalogue_known_at(reading.connection, answer.position, question.known_at),
    )
    document = gap_document(
        answer,
        asked.origin,
        question.unit_names,
        order.read_letterhead(),
        say,
        total_first=order.total_first,
    )
    order.write(document, jurisdiction(reading.connection), reading.now)
