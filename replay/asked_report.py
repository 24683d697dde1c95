"""Without this file terminal and API could export other figures for one question."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from psycopg import Connection

from domain.counts import Counts, check_identities
from domain.report_cells import Figures, report_cells
from domain.report_kind import ReportKind
from domain.report_question import ReportQuestion
from domain.score_rules import SCORE_RULES
from domain.text import Text
from projections.scope import Cohort, Scope
from replay.catalogue import catalogue_known_at
from replay.exclusions import excluded_known_at
from replay.figures import counts_known_at
from replay.rated_report import RatedReport


def read_report(
    connection: Connection[Any], asked: ReportQuestion, *, shows_ranks: bool = False
) -> RatedReport:
    """Return one of the reports of ``ReportKind``, of the present figures.

    Blocking; with ``known_at`` the whole log is folded.

    Args:
        connection: One snapshot of the role tz_app.
        asked: What is asked.
        shows_ranks: Whether a ranking's form has the places beside the bands.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: one of the rates was retired.
    """
    extent, known_at = asked.extent, asked.known_at
    counts = counts_known_at(
        connection,
        asked.by,
        as_of=asked.as_of,
        zone=ZoneInfo(asked.zone),
        scope=Scope(
            extent.unit,
            extent.petition_type,
            extent.channel,
            extent.region,
            as_dispatched=asked.as_dispatched,
        ),
        cohort=Cohort.between(asked.accepted_from, asked.accepted_before),
        known_at=known_at,
    )
    for each in counts.rows.values():
        check_identities(each)
    catalogue = catalogue_known_at(connection, counts.position, known_at)
    definitions = asked.kind.definitions(catalogue, asked.as_of_day, asked.metrics)
    reasons = {key: counts.withheld(key) for key in (*counts.rows, None)}
    withheld = {key: reason for key, reason in reasons.items() if reason is not None}
    excluded: Mapping[str, Counts] = {}
    if asked.kind is ReportKind.RANKING:
        excluded = excluded_known_at(connection, counts, known_at)
    figures = Figures(counts.position, counts.rows, withheld, excluded, catalogue)
    return RatedReport(
        asked.kind.value,
        asked.kind.label,
        asked,
        definitions,
        counts.position,
        report_cells(asked, definitions, figures),
        catalogue,
        rank_by=next((each for each in definitions if each in SCORE_RULES), None),
        shows_ranks=shows_ranks,
        withheld=tuple(dict.fromkeys(withheld.values())),
    )


def read_ranking(connection: Connection[Any], asked: ReportQuestion, rate_id: str) -> RatedReport:
    """Return groups ranked by one rate. Blocking.

    Args:
        connection: One snapshot of the role tz_app.
        asked: What is asked, of whichever kind.
        rate_id: What to rank by.

    Raises:
        CountsDisagreeError: the counts do not add up; nothing may be exported.
        NoSuchMetricError: there is no such rate.
        RetiredDefinitionError: it was retired.
    """
    of_rate = msgspec.structs.replace(asked, kind=ReportKind.RATES, metrics=(rate_id,))
    rated = read_report(connection, of_rate, shows_ranks=True)
    (reference,) = rated.definitions
    label = rated.catalogue.find(reference).label
    title = Text(f"{label.zh}排名", f"Ranking by {label.en}")
    return replace(rated, name="ranking", title=title, rank_by=reference)
