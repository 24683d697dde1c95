"""Without this file no sample could be committed to or drawn from a terminal."""

from typing import IO, Any

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.option_list import with_options
from commands.report_options import PERIOD_OPTIONS, SCOPE_OPTIONS
from commands.sample_reading import estimate, list_samples, show, verify
from domain.dimension import Dimension
from domain.sample_strata import SAMPLE_LEN_MAX
from domain.sampling_frame import SamplePurpose
from domain.text import Text

_ABOUT = Text(
    "可核验的抽样：先封存种子并固定抽样框，再由他人揭示种子抽取；任何人都能重抽并得到同一名单。",
    "Samples that anybody can check: the seed is sealed and the frame fixed first, somebody else "
    "reveals the seed and draws, and anybody can draw again and get the same list.",
)
_COMMIT = Text(
    "承诺抽样（统计员）：从日志读取待回访的诉求作为抽样框，生成种子写入 --seed-file，"
    "只把种子的 SHA-256 入账。种子文件交给抽取人，并妥善保存。",
    "Commit to a sample (statistician): the petitions that wait for a callback are read from the "
    "log, a seed is made and written to --seed-file, and only its SHA-256 is recorded. Hand the "
    "file to whoever draws, and keep it safe.",
)
_DRAW = Text(
    "揭示种子并抽取（审核员或回访员，不能是承诺人）；名单随即入账。",
    "Reveal the seed and draw (a reviewer or callback clerk, not whoever committed).",
)
_CLOSE = Text(
    "结束抽样：此后的回答不再计入；未抽取的即作放弃，仍留在账上。",
    "Close a sample: later answers do not count. Undrawn, it is given up and stays on record.",
)
_NEW_SEED = Text("写入种子的新文件，不得已存在。", "New file for the seed; it may not exist.")
_SEED = Text(
    "承诺时写入的种子文件，- 为标准输入。", "The seed file of the commitment, - for stdin."
)
_PURPOSE = Text("谁来询问。", "Who will ask.")
_BY = Text("按什么分层。", "What the strata are.")
_EACH = Text("每层抽取的件数。", "Petitions to draw from every stratum.")
_SHARE = Text(
    "每层抽取的百分比，至多两位小数，件数进一。", "Per cent of every stratum, rounded up."
)
_STRATUM = Text(
    "一层及其件数，如 roads+water=5；可重复；未列出的不抽。",
    "A stratum and its size, such as roads+water=5; may be repeated; the rest is not drawn from.",
)
_REASON = Text("理由。", "Why.")
_DRY = Text(
    "只计算并显示，不入账，也不生成种子。", "Compute and show; record nothing, make no seed."
)
_JSON = Text("输出 JSON（taizhang.sample/1）。", "Print JSON (taizhang.sample/1).")


@click.group(help=say(_ABOUT))
def sample() -> None:
    """Group what is done with samples."""


@sample.command("commit", help=say(_COMMIT))
@with_options(
    click.option("--seed-file", "seed_path", metavar="FILE", help=say(_NEW_SEED)),
    click.option(
        "--purpose",
        type=click.Choice([each.value for each in SamplePurpose]),
        default=SamplePurpose.CALLBACK.value,
        show_default=True,
        help=say(_PURPOSE),
    ),
    click.option(
        "--by",
        type=click.Choice([each.value for each in Dimension]),
        default=Dimension.UNIT.value,
        show_default=True,
        help=say(_BY),
    ),
    click.option("--each", "size_each", type=click.IntRange(1, SAMPLE_LEN_MAX), help=say(_EACH)),
    click.option("--share", metavar="PERCENT", help=say(_SHARE)),
    click.option("--stratum", "strata", metavar="KEYS=N", multiple=True, help=say(_STRATUM)),
    *PERIOD_OPTIONS,
    *SCOPE_OPTIONS,
    click.option("--dry-run", is_flag=True, help=say(_DRY)),
    click.option("--json", "as_json", is_flag=True, help=say(_JSON)),
)
@click.pass_obj
def commit(
    invocation: Invocation,
    /,
    seed_path: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401 - click's own
) -> Exit:
    """Commit to a sample and print its plan."""
    from commands.acting import open_acting
    from commands.sample_order import commit_order
    from commands.sample_text import print_sample

    if seed_path is None and not dry_run:
        raise click.UsageError(
            say(Text("须用 --seed-file 写明种子文件。", "Name a file for the seed: --seed-file"))
        )
    with open_acting(invocation) as acting:
        committed = commit_order(acting, options, None if dry_run else seed_path)
        print_sample(acting.database, committed, as_json=as_json)
    return Exit.DONE


@sample.command("draw", help=say(_DRAW))
@click.argument("number", type=click.IntRange(1))
@click.option("--seed-file", type=click.File("r"), required=True, help=say(_SEED))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def draw(invocation: Invocation, *, number: int, seed_file: IO[str], as_json: bool) -> Exit:
    """Draw a sample and print the list."""
    from commands.acting import open_acting
    from commands.sample_order import draw_order
    from commands.sample_text import print_sample

    with open_acting(invocation) as acting:
        drawn = draw_order(acting, number, seed_file.read())
        print_sample(acting.database, drawn, as_json=as_json)
    return Exit.DONE


@sample.command("close", help=say(_CLOSE))
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", required=True, help=say(_REASON))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def close(invocation: Invocation, *, number: int, reason: str, as_json: bool) -> Exit:
    """Close a sample and print it as it stands then."""
    from commands.acting import open_acting
    from commands.sample_order import close_order
    from commands.sample_text import print_sample

    with open_acting(invocation) as acting:
        closed = close_order(acting, number, reason)
        print_sample(acting.database, closed, as_json=as_json)
    return Exit.DONE


for _command in (show, list_samples, verify, estimate):
    sample.add_command(_command)
