"""Without this file the questions about demand would not all understand the same options."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from commands.language import say
from commands.option_list import F
from domain.period import MONTH_START_MAX
from domain.text import Text
from domain.vocabulary import Channel, PetitionType

if TYPE_CHECKING:
    from commands.reading import Reading
    from replay.demand_scope import DemandScope

_MONTH_START = Text("统计月的起始日，如 26。", "Day a statistical month begins on, such as 26.")
_TYPE = Text("只看此类型。", "Only this type.")
_CATEGORY = Text("只看此类别。", "Only this category.")
_CHANNEL = Text("只看此渠道。", "Only this channel.")
_REGION = Text("只看此区域。", "Only this region.")

MONTH_START_OPTION = click.option(
    "--month-start",
    "month_start_day",
    type=click.IntRange(1, MONTH_START_MAX),
    default=1,
    show_default=True,
    help=say(_MONTH_START),
)
SCOPE_OPTIONS = (
    click.option(
        "--type",
        "petition_type",
        type=click.Choice([each.value for each in PetitionType]),
        help=say(_TYPE),
    ),
    click.option("--category", metavar="CODE", help=say(_CATEGORY)),
    click.option(
        "--channel", type=click.Choice([each.value for each in Channel]), help=say(_CHANNEL)
    ),
    click.option("--region", metavar="NAME", help=say(_REGION)),
)


def json_option(schema: str) -> Callable[[F], F]:
    """Return the option that asks for JSON and names its schema."""
    about = Text(f"输出 JSON（{schema}）。", f"Print JSON ({schema}).")
    return click.option("--json", "as_json", is_flag=True, help=say(about))


def scope_of(reading: "Reading", options: dict[str, Any]) -> "DemandScope":
    """Return the scope that options ask for. Blocking.

    Raises:
        UnknownRegionError: no petition has that region.
        UnknownCategoryError: no petition has that category.
    """
    from replay.demand_scope import DemandScope, check_scope

    names = ("petition_type", "category", "channel", "region")
    scope = DemandScope(*(options[name] for name in names))
    check_scope(reading.connection, scope)
    return scope
