"""Without this file each figure would read the log to learn how it is to be computed."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, assert_never, cast

import msgspec
from psycopg import Connection

from domain.metric_catalogue import MetricCatalogue, MetricEntry
from domain.metric_definition import MetricDefinition, MetricEvent, MetricState
from domain.rates import RateDefinition
from domain.text import Text
from ledger.codec import DomainEvent
from ledger.queries import load_queries
from projections.model import ReadModel

QUERIES: Final = load_queries("projections", "metric_definitions")


class MetricDefinitions(ReadModel):
    """Table metric_definition."""

    name = "metric_definitions"
    aggregates = (MetricDefinition.TOPIC,)
    tables = ("metric_definition",)

    def apply(self, events: Sequence[DomainEvent]) -> None:
        """Enter definitions and retire them; see the base class."""
        defined: list[dict[str, object]] = []
        retired: list[dict[str, object]] = []
        for event in events:
            # Topics of the aggregate decode to these classes alone.
            metric_event = cast("MetricEvent", event)
            place: dict[str, object] = {"metric_id": event.originator_id}
            match metric_event:
                case MetricDefinition.Created():
                    defined.append(
                        place
                        | {
                            "rate_id": metric_event.rate_id,
                            "number": metric_event.number,
                            "label_zh": metric_event.label.zh,
                            "label_en": metric_event.label.en,
                            "numerator": metric_event.formula.numerator,
                            "denominator": metric_event.formula.denominator,
                            "less": metric_event.formula.less,
                            "effective_on": metric_event.effective_on,
                            "source": metric_event.source,
                        }
                    )
                case MetricDefinition.Retired():
                    retired.append(place)
                case _:
                    assert_never(metric_event)
        for statement, rows in (
            (QUERIES["insert_definitions"], defined),
            (QUERIES["retire_definitions"], retired),
        ):
            if rows:
                self._connection.execute(statement, {"rows": msgspec.json.encode(rows).decode()})


def read_catalogue(connection: Connection[Any]) -> MetricCatalogue:
    """Return every definition there is now. Blocking, one query."""
    return MetricCatalogue(
        MetricEntry(
            RateDefinition(
                rate_id,
                Text(label_zh, label_en),
                tuple(numerator),
                tuple(denominator),
                tuple(less),
                number,
            ),
            MetricState.RETIRED if is_retired else MetricState.DEFINED,
            effective_on,
            source,
        )
        for (
            rate_id, number, label_zh, label_en, numerator, denominator, less,
            effective_on, source, is_retired,
        ) in connection.execute(QUERIES["list_definitions"])
    )  # fmt: skip


def catalogue_of(definitions: Iterable[MetricDefinition]) -> MetricCatalogue:
    """Return the catalogue with some definitions of the ledger; pure."""
    return MetricCatalogue(
        MetricEntry(
            RateDefinition(
                each.rate_id,
                each.label,
                each.formula.numerator,
                each.formula.denominator,
                each.formula.less,
                each.number,
            ),
            each.state,
            each.effective_on,
            each.source,
        )
        for each in definitions
    )
