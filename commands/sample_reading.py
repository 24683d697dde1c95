"""Without this file nobody could check a sample or read its result from a terminal."""

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.language import say
from commands.opening import open_ledger
from domain.rate import PUBLIC_CASES_MIN
from domain.text import Text

_SHOW = Text("显示一次抽样：抽样框、各层件数与名单。", "Show a sample: frame, strata and list.")
_LIST = Text("列出全部抽样，放弃的也在内。", "List every sample, those given up included.")
_VERIFY = Text(
    "按日志重抽并与入账的名单逐件比对；有差异即列出，退出码 1。",
    "Draw a sample again from the log and compare it with the recorded list; differences are "
    "listed and end with 1.",
)
_ESTIMATE = Text(
    "按抽样结果推算满意率与解决率：分层加权，含有限总体修正、标准误与 95 % 区间；"
    "未回答的按原因列出。",
    "Estimate satisfaction and resolution from a sample: weighted by stratum, with "
    "finite-population correction, standard error and 95 % interval; those who did not answer "
    "are listed by reason.",
)
_MIN = Text(
    "有效回答少于此数只列件数。", "Below this many valid answers counts stand without a rate."
)
_JSON = Text("输出 JSON。", "Print JSON.")


@click.command("show", help=say(_SHOW))
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def show(invocation: Invocation, *, number: int, as_json: bool) -> Exit:
    """Print a sample."""
    from commands.sample_order import take_sample
    from commands.sample_text import print_sample
    from replay.published import LoggedFigures

    with open_ledger(invocation) as database:
        sample = take_sample(LoggedFigures(database), number)
        print_sample(database, sample, as_json=as_json)
    return Exit.DONE


@click.command("list", help=say(_LIST))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def list_samples(invocation: Invocation, *, as_json: bool) -> Exit:
    """Print one line per sample, oldest first."""
    from commands.sample_text import print_samples
    from ledger.database import Role
    from replay.samples import read_samples

    with open_ledger(invocation) as database, database.connect(Role.APP) as connection:
        samples = list(read_samples(connection))
    print_samples(samples, as_json=as_json)
    return Exit.DONE


@click.command("verify", help=say(_VERIFY))
@click.argument("number", type=click.IntRange(1))
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def verify(invocation: Invocation, *, number: int, as_json: bool) -> Exit:
    """Draw a sample again and say whether the list is the same."""
    from commands.json_text import print_json
    from commands.sample_order import take_sample
    from ledger.database import Role
    from replay.published import LoggedFigures
    from replay.samples import verify_sample

    with open_ledger(invocation) as database:
        sample = take_sample(LoggedFigures(database), number)
        with database.connect(Role.APP) as connection:
            faults = verify_sample(connection, sample)
    size = sum(map(len, sample.drawn.values()))
    if as_json:
        print_json(
            {
                "schema": "taizhang.sample_verification/1",
                "number": number,
                "position": sample.position,
                "drawn": size,
                "faults": [fault._asdict() for fault in faults],
            }
        )
    for fault in faults:
        click.echo(say(fault), err=as_json)
    if faults:
        return Exit.FINDING
    same = Text(
        f"第 {number} 号抽样按日志位置 {sample.position} 重抽：{size} 件全部相同。",
        f"Sample {number}, drawn again at log position {sample.position}: all {size} petitions "
        "are the same.",
    )
    click.echo(say(same), err=as_json)
    return Exit.DONE


@click.command("estimate", help=say(_ESTIMATE))
@click.argument("number", type=click.IntRange(1))
@click.option(
    "--min-cases",
    "cases_min",
    type=click.IntRange(1),
    default=PUBLIC_CASES_MIN,
    show_default=True,
    help=say(_MIN),
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def estimate(invocation: Invocation, *, number: int, cases_min: int, as_json: bool) -> Exit:
    """Print what a sample says of its frame."""
    from commands.sample_estimate import print_estimate
    from commands.sample_order import take_sample
    from ledger.database import Role
    from replay.published import LoggedFigures
    from replay.samples import evaluate_sample

    with open_ledger(invocation) as database:
        sample = take_sample(LoggedFigures(database), number)
        with database.connect(Role.APP) as connection:
            report = evaluate_sample(connection, sample)
        print_estimate(database, sample, report, cases_min, as_json=as_json)
    return Exit.DONE
