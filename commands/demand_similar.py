"""Without this file no similar petitions could be asked for from a terminal."""

from typing import Any

import click

from commands.demand_options import (
    json_option,
)
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_SIMILAR = Text(
    "与一件诉求（标识或编号）或一段文字最相似的既往诉求及其答复。",
    "The past petitions most like a petition (its id or number) or a text, with their replies.",
)
_TEXT = Text("以此文件的文字查找，- 为标准输入。", "Search by the text of a file; - is stdin.")
_MATCHES_MAX = Text("最多列出的件数。", "Petitions to list.")
_OPEN = Text("显示答复与共有词（个人信息）。", "Show replies and words in common (personal data).")


@click.command(help=say(_SIMILAR))
@click.argument("reference", metavar="[PETITION]", required=False)
@click.option("--text", type=click.File(encoding="utf-8"), help=say(_TEXT))
@click.option(
    "--top",
    "matches_max",
    type=click.IntRange(1, 50),
    default=10,
    show_default=True,
    help=say(_MATCHES_MAX),
)
@click.option("--open-personal", "is_open", is_flag=True, help=say(_OPEN))
@json_option("taizhang.demand_similar/1")
@click.pass_obj
def similar(invocation: Invocation, /, **options: Any) -> None:  # noqa: ANN401 - click's own
    """Print similar petitions."""
    from commands.demand_reading import open_words
    from commands.demand_similar_text import print_similar

    if (options["reference"] is None) == (options["text"] is None):
        raise click.UsageError(
            say(
                Text(
                    "请给出一件诉求，或用 --text 给出文字，二者取一。",
                    "Name a petition or give --text, one of the two.",
                )
            )
        )
    with open_words(invocation) as (reading, _):
        print_similar(reading, options)
