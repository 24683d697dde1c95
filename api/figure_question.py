"""Without this file each figure would read instants, days and scopes in its own way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from pydantic import AwareDatetime
from starlette.requests import Request

from api.errors import RequestRefusedError
from api.known_parameters import refuse_unknown_parameters
from api.services import Serving
from domain.dimension import Dimension
from domain.guards import CLOCK_TOLERANCE
from domain.metric_catalogue import MetricCatalogue, NoSuchMetricError
from domain.rates import RateDefinition
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from domain.workday_table import YEARS
from projections.scope import Cohort, Scope

KEY_LEN_MAX: Final = 200

AsDispatched = Annotated[
    bool, Query(description="按派单时的单位 / merged units keep what they were dispatched")
]
Code = Annotated[str | None, Query(max_length=KEY_LEN_MAX, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True)
class FigureQuestion:
    """Which petitions are counted, how they are grouped, and at what instant.

    Attributes:
        by: Groups.
        as_of: Aware instant the petitions are judged at.
        minute: What stands for ``as_of`` in a cache: itself, or the present minute.
        scope: Which petitions are meant.
        accepted_from: First civil day of the cohort, or None.
        accepted_to: Its last civil day, or None.
        known_at: Aware instant up to which the ledger's knowledge counts, or None for all.
    """

    by: Dimension
    as_of: datetime
    minute: datetime
    scope: Scope
    accepted_from: date | None
    accepted_to: date | None
    known_at: datetime | None = None

    def cohort(self, zone: ZoneInfo) -> Cohort | None:
        """Return the petitions accepted in these days of the ledger's zone, or None for all."""
        if self.accepted_from is None and self.accepted_to is None:
            return None
        first = self.accepted_from or date(YEARS[0], 1, 1)
        last = self.accepted_to or self.as_of.astimezone(zone).date()
        return Cohort(
            datetime.combine(first, time.min, zone),
            datetime.combine(last + timedelta(days=1), time.min, zone),
        )


async def ask_figures(  # noqa: PLR0913 - each is a query parameter
    serving: Serving,
    request: Request,
    *,
    by: Annotated[Dimension, Query(description="分组 / groups")] = Dimension.UNIT,
    as_of: Annotated[
        AwareDatetime | None, Query(description="时点，缺省为现在 / instant, now by default")
    ] = None,
    accepted_from: Annotated[
        date | None, Query(alias="from", description="批次首日 / first day of acceptance")
    ] = None,
    accepted_to: Annotated[
        date | None, Query(alias="to", description="批次末日 / last day of acceptance")
    ] = None,
    known_at: Annotated[
        AwareDatetime | None,
        Query(description="按此时已知 / only what was on record at this instant"),
    ] = None,
    unit: Code = None,
    petition_type: PetitionType | None = None,
    channel: Channel | None = None,
    region: Code = None,
    as_dispatched: AsDispatched = False,
) -> FigureQuestion:
    """Return the question that the query parameters ask.

    Raises:
        RequestRefusedError: ``invalid-request``; one is unknown, or what they say cannot be.
    """
    refuse_unknown_parameters(request)
    now = serving.get_now()
    refuse_years(as_of, accepted_from, accepted_to, known_at)
    refuse_future(now, as_of, known_at)
    refuse_reversed(accepted_from, accepted_to)
    return FigureQuestion(
        by=by,
        as_of=as_of or now,
        minute=as_of or now.replace(second=0, microsecond=0),
        scope=Scope(unit, petition_type, channel, region, as_dispatched=as_dispatched),
        accepted_from=accepted_from,
        accepted_to=accepted_to,
        known_at=known_at,
    )


Question = Annotated[FigureQuestion, Depends(ask_figures)]


def refuse_years(*given: date | None) -> None:
    """Refuse dates that no zone or calendar can be applied to.

    Raises:
        RequestRefusedError: ``invalid-request``.
    """
    for each in given:
        if each is not None and each.year not in YEARS:
            raise _refused(
                f"日期须在 {YEARS[0]} 至 {YEARS[-1]} 年之间",
                f"a date lies in {YEARS[0]} to {YEARS[-1]}",
            )


def refuse_future(now: datetime, *given: datetime | None) -> None:
    """Refuse instants that are still to come: nobody knows what will have happened by then.

    Raises:
        RequestRefusedError: ``invalid-request``.
    """
    if max(each or now for each in given) > now + CLOCK_TOLERANCE:
        raise _refused("as_of 与 known_at 须已过去", "'as_of' and 'known_at' must be past")


def refuse_reversed(first: date | None, last: date | None) -> None:
    """Refuse a period that ends before it begins.

    Raises:
        RequestRefusedError: ``invalid-request``.
    """
    if first and last and last < first:
        raise _refused("to 早于 from", "'to' lies before 'from'")


def find_definition(metric: str, catalogue: MetricCatalogue, on: date) -> RateDefinition:
    """Return the definition of a rate, by its identifier or one of its versions.

    Raises:
        RequestRefusedError: ``invalid-request``, with the identifiers there are.
        RetiredDefinitionError: it was retired.
    """
    try:
        return catalogue.take(metric, on)
    except NoSuchMetricError:
        known = ", ".join(catalogue.rate_ids)
        raise _refused(
            f"没有指标“{metric}”，可选：{known}", f"no metric '{metric}', choose {known}"
        ) from None


def refuse_groups(question: FigureQuestion, *, only_units: bool) -> None:
    """Refuse to put into places what is no list of groups.

    Raises:
        RequestRefusedError: ``invalid-request``.
    """
    if question.by is Dimension.TOTAL:
        raise _refused("合计只有一行，不能排名", "the total is one row and has no ranking")
    if only_units and question.by is not Dimension.UNIT:
        raise _refused(
            "综合得分只排单位；其他分组请指定 metric",
            "the composite score ranks units alone; name a metric for other groups",
        )


def _refused(zh: str, en: str) -> RequestRefusedError:
    text = Text(f"{zh}；未返回任何结果。", f"{en}; nothing was returned.")
    return RequestRefusedError("invalid-request", text)
