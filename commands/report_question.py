"""Without this file each report would read its options in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from commands.failures import CommandError, Exit
from commands.instants import end_instant, first_instant, last_instant
from commands.language import say
from commands.reading import Reading
from domain.dimension import Dimension
from domain.period import Period, read_period
from domain.rates import RateDefinition
from domain.report_kind import ReportKind
from domain.text import Text
from domain.vocabulary import Channel, Labelled
from projections.scope import Cohort, Scope
from replay.group_labels import group_label

if TYPE_CHECKING:
    from projections.case_times import CaseKey
    from projections.rate_queries import CountsAnswer


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
        known_at: Aware instant up to which the ledger's knowledge counts, or None for all.
        period: The statistical period that the cohort is, or None.
        case_key: What cases are grouped by instead, or None.
    """

    by: Dimension
    scope: Scope
    cohort: Cohort | None
    as_of: datetime | None
    now: datetime
    cases_min: int
    unit_names: dict[str, Text]
    known_at: datetime | None = None
    period: Period | None = None
    case_key: "CaseKey | None" = None

    @property
    def grouping(self) -> Labelled:
        """What the rows are grouped by."""
        return self.case_key or self.by

    @property
    def instant(self) -> datetime:
        """The instant petitions are judged at."""
        return self.as_of or self.now

    def counts(self, reading: Reading) -> "CountsAnswer":
        """Return the counts: of the read models now, or of the log as it was known then.

        Blocking; the latter folds the whole log.
        """
        from replay.figures import counts_known_at

        return counts_known_at(
            reading.connection,
            self.by,
            as_of=self.instant,
            zone=reading.zone,
            scope=self.scope,
            cohort=self.cohort,
            known_at=self.known_at,
        )

    def rates(
        self,
        reading: Reading,
        answer: "CountsAnswer",
        kind: ReportKind,
        metrics: Sequence[str] = (),
    ) -> tuple[RateDefinition, ...]:
        """Return the rates a report prints, by the definitions of its day. Blocking.

        Raises:
            RetiredDefinitionError: one of them was retired.
            NoSuchMetricError: there is no such rate.
        """
        from replay.catalogue import catalogue_known_at

        catalogue = catalogue_known_at(reading.connection, answer.position, self.known_at)
        day = self.instant.astimezone(reading.zone).date()
        return kind.rates(catalogue, day, metrics)

    def label(self, key: str, by: Dimension | None = None) -> Text:
        """Return what people call a group."""
        if by is None and self.case_key is not None:
            return Text(key, key) if key else Channel.NOT_RECORDED.label
        return group_label(by or self.by, key, self.unit_names)


def make_question(reading: Reading, by: Dimension, options: dict[str, Any]) -> Question:
    """Return the question that the options ask of a ledger.

    Raises:
        click.BadParameter: an instant cannot be read.
        CommandError: the roster has no such unit.
        UnknownRegionError: no petition has that region.
    """
    from projections.case_times import CaseKey
    from projections.regions import refuse_unknown_region

    unit, region, case_key = options["unit"], options["region"], options.get("case_key")
    names = take_unit_names(reading, unit)
    refuse_unknown_region(reading.connection, region)
    as_of = past_instant(options["as_of"], "--as-of", reading)
    period = options["period"] and read_period(options["period"], options["month_start_day"])
    return Question(
        by=Dimension(options.get("by") or by),
        scope=Scope(
            unit,
            options["petition_type"],
            options["channel"],
            region,
            as_dispatched=options["as_dispatched"],
        ),
        cohort=_cohort(options, period, reading),
        as_of=as_of,
        now=reading.now,
        cases_min=options["cases_min"],
        unit_names=names,
        known_at=past_instant(options.get("known_at"), "--known-at", reading),
        period=period,
        case_key=None if case_key is None else CaseKey(case_key),
    )


def take_unit_names(reading: Reading, unit: str | None) -> dict[str, Text]:
    """Return the names of all units by code. Blocking, one query.

    Raises:
        CommandError: the roster has no such unit as the reader named.
    """
    from projections.unit_score import read_unit_names

    names = read_unit_names(reading.connection)
    if unit and unit not in names:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                f"名册中没有单位“{unit}”。全部单位见 taizhang report closure --by unit。",
                f"The roster has no unit '{unit}'. Check the code; all units: "
                "taizhang report closure --by unit",
            ),
        )
    return names


def _cohort(options: dict[str, Any], period: Period | None, reading: Reading) -> Cohort | None:
    start, end = (options[name] for name in ("accepted_from", "accepted_before"))
    if period is None:
        first = first_instant(start, reading.zone) if start else None
        before = end_instant(end, reading.zone) if end else None
        if first is not None and before is not None and first >= before:
            raise click.UsageError(
                say(
                    Text(
                        f"--from {start} 与 --to {end} 之间没有任何时刻；请核对起止。",
                        f"No instant lies from {start} to {end}; check --from and --to.",
                    )
                )
            )
        return Cohort.between(first, before)
    if start or end:
        raise click.UsageError(
            say(
                Text(
                    "--period 已含起止，不能再写 --from 或 --to。",
                    "--period says from when to when; leave out --from and --to.",
                )
            )
        )
    return Cohort(*period.bounds(reading.zone))


def past_instant(text: str | None, option: str, reading: Reading) -> datetime | None:
    """Return the instant an option names; a day that is not over yet stands for now."""
    if text is None:
        return None
    first, last = first_instant(text, reading.zone), last_instant(text, reading.zone)
    if first > reading.now:
        raise click.BadParameter(
            say(
                Text(
                    f"{text} 尚未到来；账上只有已发生的事，请用过去的时点。",
                    f"{text} has not come; the ledger holds what happened, name a past instant.",
                )
            ),
            param_hint=option,
        )
    return min(last, reading.now)
