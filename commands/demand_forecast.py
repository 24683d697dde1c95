"""Without this file no forecast could be asked for from a terminal."""

from typing import Any

import click

from commands.demand_options import (
    MONTH_START_OPTION,
    SCOPE_OPTIONS,
    json_option,
    scope_of,
)
from commands.invocation import Invocation
from commands.language import say
from commands.option_list import with_options
from domain.demand_grouping import DemandGrouping
from domain.text import Text

_FORECAST = Text(
    "按月预测件数，附 95% 预测区间；历史不足 24 个月时不给区间。",
    "Petitions per month to come, with 95 % prediction intervals; without interval where there "
    "are fewer than 24 months of history.",
)
_BY = Text("按什么分组。", "What to group by.")
_MONTHS = Text("预测的月数。", "Months to look ahead.")
_UNTIL = Text(
    "历史截止的月份，如 2019-12（默认上一个整月）。",
    "Last month of the history, such as 2019-12 (the last whole month by default).",
)
_GROUPS_MAX = Text("件数最多的几组。", "The largest groups.")
_JOBS = Text("并行进程数。", "Processes to share the work.")


@click.command(help=say(_FORECAST))
@click.option(
    "--by",
    type=click.Choice([each.value for each in DemandGrouping]),
    default=DemandGrouping.TOTAL.value,
    help=say(_BY),
)
@click.option(
    "--months", type=click.IntRange(1, 24), default=6, show_default=True, help=say(_MONTHS)
)
@click.option("--until", metavar="MONTH", help=say(_UNTIL))
@MONTH_START_OPTION
@click.option(
    "--top",
    "groups_max",
    type=click.IntRange(1, 100),
    default=5,
    show_default=True,
    help=say(_GROUPS_MAX),
)
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help=say(_JOBS))
@with_options(*SCOPE_OPTIONS)
@json_option("taizhang.demand_forecast/1")
@click.pass_obj
def forecast(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print forecasts of volume."""
    from commands.demand_forecast_text import print_forecast
    from commands.reading import open_reading
    from replay.demand_model import LIBRARY
    from replay.extras import require_extra

    require_extra(LIBRARY)
    with open_reading(invocation) as reading:
        print_forecast(reading, scope_of(reading, options), options)
