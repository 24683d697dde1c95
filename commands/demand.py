"""Without this file nobody could ask from a terminal what is demanded, or will be."""

import click

from commands.demand_forecast import forecast
from commands.demand_similar import similar
from commands.demand_topics import topics
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_ABOUT = Text(
    "热点词、相似诉求与件数预测。\n\n"
    "正文属于个人信息：用词随正文一并删除，保密诉求不参与，少于 5 件诉求的词不列出。"
    "每个结果的表头都写明方法、参数、日志位置与所依据的件数。",
    "Hot topics, similar petitions and forecasts of volume.\n\n"
    "Texts are personal: words are erased with their text, confidential petitions take no part, "
    "and words of fewer than 5 petitions are not listed. Every head names method, parameters, "
    "log position and how many petitions the answer rests on.",
)
_REFRESH = Text(
    "读取新到诉求的用词；topics 与 similar 会自动先做。",
    "Read the words of new petitions; topics and similar do so first by themselves.",
)
_REBUILD = Text("丢弃后全部重读。", "Throw the words away and read all anew.")


@click.group(help=say(_ABOUT))
def demand() -> None:
    """Group what can be asked about demand."""


@demand.command(help=say(_REFRESH))
@click.option("--rebuild", "is_rebuild", is_flag=True, help=say(_REBUILD))
@click.pass_obj
def refresh(invocation: Invocation, *, is_rebuild: bool) -> None:
    """Read the words of petitions."""
    from commands.demand_reading import refresh_now, tell_place
    from commands.opening import open_ledger

    with open_ledger(invocation) as database:
        tell_place(refresh_now(database, is_rebuild=is_rebuild))


for _command in (topics, similar, forecast):
    demand.add_command(_command)
