"""Without this file no ranking could be asked for from a terminal."""

from typing import TYPE_CHECKING, Any

import click

from commands.file_options import file_options
from commands.invocation import Invocation
from commands.language import say
from commands.report_options import TABLE_ALONE, print_asked, question_options
from domain.dimension import Dimension
from domain.report_kind import ReportKind
from domain.text import Text

if TYPE_CHECKING:
    from commands.reading import Reading
    from commands.report_document import Report
    from commands.report_question import Question
    from replay.rated_report import RatedReport

_SCORE = "score"

_RANKING = Text("单位综合得分排名，或按任一比率排名。", "Rank by score, or by any one rate.")
_RANK_BY = Text("score（综合得分）或比率标识。", "score, or the identifier of a rate.")
_RANKS = Text("除档次外还列名次。", "Show places beside the bands.")
_OPEN = Text(
    "列出某单位得分各项背后的诉求及其事件位置。",
    "List the petitions behind each part of a unit's score, with the positions of their events.",
)
_GROUPS = Text("按比率排名时的分组。", "What to rank when ranking by a rate.")


@click.command("ranking", help=say(_RANKING))
@click.option(
    "--by",
    "rank_by",
    default=_SCORE,
    show_default=True,
    metavar="RATE",
    help=say(_RANK_BY),
)
@click.option(
    "--of",
    "groups",
    type=click.Choice([each.value for each in Dimension if each is not Dimension.TOTAL]),
    default=Dimension.UNIT.value,
    show_default=True,
    help=say(_GROUPS),
)
@click.option("--ranks", "shows_ranks", is_flag=True, help=say(_RANKS))
@click.option("--open", "opened", metavar="UNIT", help=say(_OPEN))
@question_options(is_grouped=False)
@file_options()
@click.pass_obj
def ranking(
    invocation: Invocation,
    /,
    rank_by: str,
    groups: str,
    *,
    shows_ranks: bool,
    opened: str | None,
    **options: Any,  # noqa: ANN401 - click's own
) -> None:
    """Print a ranking."""
    by = Dimension(groups)
    _refuse_score_of(by, rank_by, opened)

    def make(reading: "Reading", question: "Question") -> "Report":
        from commands.report_opened import make_opened_report
        from commands.report_ranking import make_rate_ranking, make_score_report

        if opened is not None:
            return make_opened_report(opened, reading, question)
        if rank_by == _SCORE:
            return make_score_report(reading, question, shows_ranks=shows_ranks)
        return make_rate_ranking(rank_by, reading, question)

    def rate(reading: "Reading", question: "Question") -> "RatedReport":
        from commands.rated_report import rated_kind, rated_ranking

        if opened is not None:
            raise click.UsageError(say(TABLE_ALONE))
        if rank_by == _SCORE:
            return rated_kind(ReportKind.RANKING, reading, question, shows_ranks=shows_ranks)
        return rated_ranking(rank_by, reading, question)

    print_asked(invocation, by, options, make, rate)


def _refuse_score_of(by: Dimension, rank_by: str, opened: str | None) -> None:
    if by is not Dimension.UNIT and (rank_by == _SCORE or opened is not None):
        raise click.UsageError(
            say(
                Text(
                    "综合得分只对单位计算；请用 --by 指定比率。",
                    "Only units have a composite score; name a rate with --by.",
                )
            )
        )
