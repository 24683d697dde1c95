"""Without this file terminal and API could fill one form in two ways."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from domain.period import Period
from domain.principal import Principal
from domain.text import Text
from ledger.errors import LedgerError
from ledger.zone import ledger_zone
from projections.unit_score import read_unit_names
from replay.export_document import Document, Say
from replay.letterhead import NOBODY, Letterhead
from replay.template_frame import Frame
from replay.template_kinds import Template
from replay.template_ranking import ranking_form
from replay.template_rates import closure_monthly, satisfaction_report
from replay.template_sessions import session_form
from replay.template_supervision import supervision_form

_TICK: Final = timedelta(microseconds=1)
_MAKERS: Final[Mapping[Template, Callable[[Frame], Document]]] = {
    Template.CLOSURE_MONTHLY: closure_monthly,
    Template.UNIT_RANKING: ranking_form,
    Template.SATISFACTION: satisfaction_report,
    Template.SUPERVISION: supervision_form,
    Template.SESSIONS: session_form,
}


@dataclass(frozen=True)
class FormOrder:
    """Which form is to be filled, and how.

    Attributes:
        template: Which.
        period: Of which time.
        now: Aware instant of the question.
        cases_min: Below this denominator no digits are given.
        say: Language of its texts.
        as_of: Aware instant the petitions are judged at, or None for the period's end.
        known_at: Aware instant up to which the ledger's knowledge counts, or None for all.
        letterhead: Who hands it in.
        total_first: Whether the total stands above its parts.
        reader: Who is to read it, or None for an operator, who may know of everything.
    """

    template: Template
    period: Period
    now: datetime
    cases_min: int
    say: Say
    as_of: datetime | None = None
    known_at: datetime | None = None
    letterhead: Letterhead = NOBODY
    total_first: bool = False
    reader: Principal | None = None


class PeriodNotBegunError(LedgerError):
    """A form of a time that has not come would be empty, and look as if nothing had happened."""

    code = "period-not-begun"

    def __init__(self, period: Period) -> None:
        label = period.label
        super().__init__(
            Text(
                f"统计期 {label.zh} 尚未开始；未生成文件。请改用已开始的统计期。",
                f"The period {label.en} has not begun; no file was made. Name one that has.",
            )
        )


class PresentFormError(LedgerError):
    """A form of a board stands for now alone."""

    code = "present-form"

    def __init__(self, template: Template) -> None:
        super().__init__(
            Text(
                f"{template.label.zh}只按现状生成；未生成文件。请去掉截至时点和已知时点。",
                f"The form '{template.label.en}' shows what stands now; no file was made. Leave "
                "out the instants.",
            )
        )


def fill_form(connection: Connection[Any], order: FormOrder) -> Document:
    """Return a filled form. Blocking; with ``known_at`` the whole log is folded.

    Args:
        connection: One snapshot of the role tz_app.
        order: Which.

    Raises:
        PeriodNotBegunError: its time has not come.
        PresentFormError: an instant was given for a form of a board.
        CountsDisagreeError: the counts do not add up; nothing may be printed.
        RetiredDefinitionError: one of its rates was retired.
    """
    template = order.template
    if not template.is_of_rates and (order.as_of or order.known_at):
        raise PresentFormError(template)
    zone = ledger_zone(connection)
    begin, end = order.period.bounds(zone)
    if begin > order.now:
        raise PeriodNotBegunError(order.period)
    instant = order.as_of or min(end - _TICK, order.now)
    frame = Frame(
        connection,
        template,
        order.period,
        instant if template.is_of_rates else order.now,
        order.known_at,
        zone,
        order.cases_min,
        read_unit_names(connection),
        order.letterhead,
        order.say,
        order.total_first,
        order.reader,
    )
    return _MAKERS[template](frame)
