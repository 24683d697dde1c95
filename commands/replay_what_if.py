"""Without this file no history could be told under other rules from a terminal."""

from pathlib import Path
from typing import Any

import click

from commands.failures import CommandError, Exit
from commands.invocation import Invocation
from commands.language import say
from commands.report_options import question_options
from domain.dimension import Dimension
from domain.report_kind import ReportKind
from domain.text import Text

_ABOUT = Text(
    "假设重放：同一历史，换一个规则包、工作日历或评分权重，实际数字与假设数字并列；台账不变。\n\n"
    "行为照旧，时限重算：各件自原起算时点按所设规则重新计时。"
    "若规则真的不同，各方会如何行动，无从得知。",
    "One history under another policy pack, calendar or scoring rule, beside the real figures; "
    "the ledger stays as it is.\n\n"
    "Acts stay, limits are counted again from the instants they started at. What people would "
    "have done under those rules nobody knows.",
)
_PACK = Text(
    "规则包，如 S4_langfang 或 s2_quanzhou@1；不写则各件仍按其受理时所绑定的规则包。",
    "Policy pack, such as S4_langfang or s2_quanzhou@1; left out, each petition stays under "
    "the pack it pinned.",
)
_CALENDAR = Text(
    "工作日历，如 cn@2026 或 weekdays@1；不写则用规则包的日历。",
    "Calendar, such as cn@2026 or weekdays@1; left out, the pack's own.",
)
_WEIGHTS = Text(
    "综合得分的权重（TOML，合计为 1），仅用于 ranking。",
    "Weights of the score (TOML, 1 in all), for 'ranking' alone.",
)
_REPORT = Text("哪份报表。", "Which report.")
_KINDS = (ReportKind.CLOSURE, ReportKind.ONTIME, ReportKind.RANKING)


@click.command("what-if", help=say(_ABOUT))
@click.option("--pack", metavar="NAME", help=say(_PACK))
@click.option("--calendar", metavar="NAME", help=say(_CALENDAR))
@click.option(
    "--weights", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help=say(_WEIGHTS)
)
@click.option(
    "--report",
    "report",
    type=click.Choice([each.value for each in _KINDS]),
    default=ReportKind.ONTIME.value,
    show_default=True,
    help=say(_REPORT),
)
@question_options()
@click.pass_obj
def what_if(
    invocation: Invocation,
    /,
    pack: str | None,
    calendar: str | None,
    weights: Path | None,
    report: str,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print real and supposed figures side by side."""
    from commands.reading import open_reading
    from commands.report_document import print_report
    from commands.report_question import make_question
    from commands.what_if_ranking import make_ranking
    from commands.what_if_report import make_rates
    from domain.score_rules import CURRENT_SCORE
    from domain.score_weights import weighed
    from replay.figures import NothingKnownError, head_position, position_known_at
    from replay.known_rules import read_rules
    from replay.what_if import tell_what_if
    from scenarios.supposed_rules import make_supposition, read_weights_file

    kind = ReportKind(report)
    _refuse_nonsense(pack, calendar, weights, kind, options["by"])
    chosen = CURRENT_SCORE if weights is None else weighed(read_weights_file(weights))
    as_json = options.pop("as_json")
    groups = Dimension.UNIT if kind is ReportKind.RANKING else Dimension.TOTAL
    with open_reading(invocation) as reading:
        question = make_question(reading, groups, options)
        known_at = question.known_at
        position = (
            head_position(reading.connection)
            if known_at is None
            else position_known_at(reading.connection, known_at)
        )
        if position == 0:
            raise NothingKnownError
        rules = read_rules(reading.connection, position)
        supposition = make_supposition(
            pack, calendar, rules, needs_clocks=kind is not ReportKind.CLOSURE
        )
        told = tell_what_if(
            reading.connection,
            supposition,
            rules,
            question.by,
            as_of=question.instant,
            position=position,
            scope=question.scope,
            cohort=question.cohort,
        )
        if not told.real.rows:
            raise CommandError(Exit.NOT_FOUND, _NOBODY)
        if kind is ReportKind.RANKING:
            made = make_ranking(told, supposition, chosen, question)
        else:
            definitions = question.rates(reading, told.real, kind)
            made = make_rates(kind, definitions, told, supposition, question)
        print_report(made, question, reading.zone, as_json=as_json)


_NOBODY = Text(
    "该期间和范围内没有诉求，无可比较；台账未改动，请放宽 --period、--from/--to 或范围。",
    "No petition lies in this period and scope, so there is nothing to compare; the ledger is "
    "unchanged, widen --period, --from/--to or the scope.",
)


def _refuse_nonsense(
    pack: str | None, calendar: str | None, weights: Path | None, kind: ReportKind, by: str | None
) -> None:
    if pack is None and calendar is None and weights is None:
        raise click.UsageError(
            say(
                Text(
                    "请用 --pack、--calendar 或 --weights 说明假设什么。",
                    "Say what to suppose: --pack, --calendar or --weights.",
                )
            )
        )
    if weights is not None and kind is not ReportKind.RANKING:
        raise click.UsageError(
            say(
                Text(
                    "--weights 只用于 --report ranking。",
                    "--weights is for --report ranking alone.",
                )
            )
        )
    if kind is ReportKind.RANKING and by not in {None, Dimension.UNIT.value}:
        raise click.UsageError(
            say(Text("只有单位有综合得分。", "Only units have a composite score."))
        )
