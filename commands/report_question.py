"""Without this file each report would read its options in its own way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commands.failures import CommandError, Exit
from commands.instants import first_instant, last_instant
from commands.reading import Reading
from domain.dimension import Dimension
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from projections.scope import Cohort, Scope


@dataclass(frozen=True)
class Question:
    """What a report is asked for.

    Attributes:
        by: Groups.
        scope: Which petitions are meant.
        cohort: The cohort, or None for all accepted by then.
        as_of: Aware instant, or None for now.
        now: Aware instant of the question.
        cases_min: Below it a rate and a rank are withheld.
        unit_names: Names of the units by code.
    """

    by: Dimension
    scope: Scope
    cohort: Cohort | None
    as_of: datetime | None
    now: datetime
    cases_min: int
    unit_names: dict[str, Text]

    @property
    def instant(self) -> datetime:
        """The instant petitions are judged at."""
        return self.as_of or self.now

    def label(self, key: str, by: Dimension | None = None) -> Text:
        """Return what people call a group."""
        match by or self.by:
            case Dimension.TOTAL:
                return Dimension.TOTAL.label
            case Dimension.UNIT:
                return self.unit_names.get(key, Text(key, key)) if key else _HUB
            case _ if not key:
                return Channel.NOT_RECORDED.label
            case Dimension.TYPE:
                return PetitionType(key).label
            case Dimension.CHANNEL:
                return Channel(key).label
            case Dimension.REGION:
                return Text(key, key)


_HUB = Text("（未派单）", "(not dispatched)")


def make_question(reading: Reading, by: Dimension, options: dict[str, Any]) -> Question:
    """Return the question that the options ask of a ledger.

    Raises:
        click.BadParameter: an instant cannot be read.
        CommandError: the roster has no such unit.
    """
    from projections.unit_score import read_unit_names

    names = read_unit_names(reading.connection)
    unit = options["unit"]
    if unit and unit not in names:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                f"名册中没有单位“{unit}”。请核对代码；不加 --unit 可列出全部单位。",
                f"The roster has no unit '{unit}'. Check the code; without --unit all are listed.",
            ),
        )
    start, end = options["accepted_from"], options["accepted_before"]
    cohort = Cohort.between(
        first_instant(start, reading.zone) if start else None,
        first_instant(end, reading.zone) if end else None,
    )
    as_of = options["as_of"]
    return Question(
        by=Dimension(options.get("by") or by),
        scope=Scope(unit, options["petition_type"], options["channel"], options["region"]),
        cohort=cohort,
        as_of=last_instant(as_of, reading.zone) if as_of else None,
        now=reading.now,
        cases_min=options["cases_min"],
        unit_names=names,
    )
