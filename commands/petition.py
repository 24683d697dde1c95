"""Without this file nobody could look at one petition from a terminal."""

import click

from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

_ABOUT = Text("一件诉求及其时间线。", "A petition and its timeline.")
_SHOW = Text(
    "显示一件诉求的全部事件及当时的时限。\n\nREFERENCE 为标识（UUID）或编号。",
    "Show every event of a petition with the deadlines that then ran.\n\n"
    "REFERENCE is its id (a UUID) or its number.",
)
_OPEN = Text("显示姓名、电话与正文（个人信息）。", "Show names, phones and texts (personal data).")
_JSON = Text("输出 JSON（taizhang.petition/1）。", "Print JSON (taizhang.petition/1).")


@click.group(help=say(_ABOUT))
def petition() -> None:
    """Group what can be asked about one petition."""


@petition.command("show", help=say(_SHOW))
@click.argument("reference")
@click.option("--open-personal", "is_open", is_flag=True, help=say(_OPEN))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def show(invocation: Invocation, /, reference: str, *, is_open: bool, as_json: bool) -> None:
    """Print one timeline."""
    from commands.json_text import print_json
    from commands.reading import open_reading
    from commands.timeline_text import print_timeline, timeline_document
    from projections.timeline import find_petition, read_timeline

    with open_reading(invocation) as reading:
        petition_id = find_petition(reading.connection, reference)
        timeline = read_timeline(reading.connection, petition_id, open_personal=is_open)
        if as_json:
            print_json(timeline_document(timeline))
        else:
            print_timeline(timeline, reading.zone)
