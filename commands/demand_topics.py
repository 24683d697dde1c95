"""Without this file no hot topics could be asked for from a terminal."""

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
from domain.hot_terms import PETITIONS_MIN, TopicOrder
from domain.text import Text

_TOPICS = Text("一段时期的热点词。", "What petitions of a period are about.")
_PERIOD = Text("统计期：2019、2019-Q4 或 2019-09。", "Period: 2019, 2019-Q4 or 2019-09.")
_COMPARE = Text("与哪一期比较。", "Which period to compare with.")
_BY = Text("按什么分组；各组与自身比较。", "What to group by; each group against itself.")
_ORDER = Text("排序依据。", "What to order by.")
_MIN = Text("少于此件数的词不列出。", "Words of fewer petitions are not listed.")
_TERMS_MAX = Text("每组最多列出的词数。", "Words per group.")


@click.command(help=say(_TOPICS))
@click.option("--period", required=True, metavar="PERIOD", help=say(_PERIOD))
@MONTH_START_OPTION
@click.option(
    "--compare",
    type=click.Choice(["previous", "year-before", "none"]),
    default="previous",
    show_default=True,
    help=say(_COMPARE),
)
@click.option(
    "--by",
    type=click.Choice([each.value for each in DemandGrouping]),
    default=DemandGrouping.TOTAL.value,
    help=say(_BY),
)
@click.option(
    "--order",
    type=click.Choice([each.value for each in TopicOrder]),
    default=TopicOrder.LOG_ODDS.value,
    show_default=True,
    help=say(_ORDER),
)
@click.option(
    "--min-petitions",
    "petitions_min",
    type=click.IntRange(min=PETITIONS_MIN),
    default=PETITIONS_MIN,
    show_default=True,
    help=say(_MIN),
)
@click.option(
    "--top",
    "terms_max",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help=say(_TERMS_MAX),
)
@with_options(*SCOPE_OPTIONS)
@json_option("taizhang.demand_topics/1")
@click.pass_obj
def topics(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print hot topics."""
    from commands.demand_reading import open_words
    from commands.demand_topics_text import print_topics

    with open_words(invocation) as (reading, place):
        print_topics(reading, place, scope_of(reading, options), options)
