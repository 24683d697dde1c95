"""Without this file each template would find its period and its names for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from psycopg import Connection

from domain.counts import check_identities
from domain.dimension import Dimension
from domain.metric_catalogue import MetricCatalogue
from domain.period import Period
from domain.principal import Principal
from domain.rates import RateDefinition
from domain.text import Text
from projections.positions import statuses
from projections.rate_queries import CountsAnswer
from projections.scope import Cohort
from replay.catalogue import catalogue_known_at
from replay.export_definitions import define
from replay.export_document import Document, Origin, Say, Table
from replay.figures import counts_known_at
from replay.letterhead import Letterhead
from replay.template_kinds import Template


@dataclass(frozen=True)
class Frame:
    """What every template is filled from.

    Attributes:
        connection: One snapshot of the role tz_app.
        template: Which form.
        period: Of which time.
        as_of: Aware instant the petitions are judged at.
        known_at: Aware instant up to which the ledger's knowledge counts, or None for all.
        zone: Zone of the ledger's days.
        cases_min: Below this denominator no digits are given.
        names: Names of the units by code.
        letterhead: Who hands it in.
        say: Language of its texts.
        total_first: Whether the total stands above its parts.
        reader: Who is to read it, or None for an operator.
    """

    connection: Connection[Any]
    template: Template
    period: Period
    as_of: datetime
    known_at: datetime | None
    zone: ZoneInfo
    cases_min: int
    names: Mapping[str, Text]
    letterhead: Letterhead
    say: Say
    total_first: bool
    reader: Principal | None = None

    def counts(self, period: Period) -> CountsAnswer:
        """Return the counts by unit of what was accepted in a period. Blocking.

        Raises:
            CountsDisagreeError: they do not add up; nothing may be printed.
        """
        answer = counts_known_at(
            self.connection,
            Dimension.UNIT,
            as_of=self.as_of,
            zone=self.zone,
            cohort=Cohort(*period.bounds(self.zone)),
            known_at=self.known_at,
        )
        for counts in answer.rows.values():
            check_identities(counts)
        return answer

    def catalogue(self, position: int) -> MetricCatalogue:
        """Return the definitions there are, or were at a position. Blocking."""
        return catalogue_known_at(self.connection, position, self.known_at)

    def take_rates(self, position: int, *rate_ids: str) -> tuple[RateDefinition, ...]:
        """Return rates by the definitions of the form's day. Blocking.

        Raises:
            RetiredDefinitionError: one of them was retired.
        """
        catalogue, day = self.catalogue(position), self.as_of.astimezone(self.zone).date()
        return tuple(catalogue.take(rate_id, day) for rate_id in rate_ids)

    def position_of(self, model: str) -> int:
        """Return the log position up to which a read model is. Blocking."""
        return next(each.position for each in statuses(self.connection) if each.model == model)

    def document(
        self,
        table: Table,
        position: int,
        rates: Sequence[RateDefinition] = (),
        **more: Any,  # noqa: ANN401 - further fields of a document
    ) -> Document:
        """Return the filled form; pure."""
        accepted_from, accepted_before = self.period.bounds(self.zone)
        references = [each.reference for each in rates]
        origin = Origin(
            position,
            self.as_of,
            self.zone,
            known_at=self.known_at,
            definitions=define(references, self.catalogue(position)) if rates else (),
            period=self.period.label,
            accepted_from=accepted_from,
            accepted_before=accepted_before,
            cases_min=self.cases_min if rates else None,
            withheld=more.pop("withheld", ()),
        )
        return Document(
            self.template.value,
            self.template.label,
            table,
            origin,
            self.letterhead,
            total_first=self.total_first,
            **more,
        )
