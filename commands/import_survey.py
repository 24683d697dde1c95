"""Without this file a third party's answers could not be brought in from a terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import CommandError, Exit
from commands.import_options import import_options, read_mapping, rejects_file
from commands.invocation import Invocation
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from uuid import UUID

    from commands.acting import Acting
    from replay.survey import SurveySummary
    from replay.survey_mapping import SurveyMapping

_ABOUT = Text(
    "导入第三方测评的回答（CSV、TSV 或 XLSX），逐行登记为第三方回访。\n\n"
    "列的含义写在映射文件中，格式见 docs/SAMPLING.md。密钥 TAIZHANG_KEY 的角色须为第三方。"
    "重复导入不会增加任何内容；无法登记的行写入拒绝清单，其余照常登记。",
    "Import a third party's answers (CSV, TSV or XLSX), each row as a third-party callback.\n\n"
    "What the columns mean stands in the mapping file, see docs/SAMPLING.md. The key TAIZHANG_KEY "
    "must be a third party's. Repeating adds nothing; rows that cannot be recorded go to a rejects "
    "file, the others are recorded.",
)
_MAPPING = Text("映射文件（TOML）。", "The mapping file (TOML).")
_SAMPLE = Text("只收此次抽样名单内的诉求。", "Take answers for petitions of this sample alone.")
_DRY_RUN = Text("只核对，不写入任何事件。", "Check only; record nothing.")

SCHEMA = "taizhang.survey_import/1"


@click.command("import-survey", help=say(_ABOUT))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "mapping_path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="M.toml",
    help=say(_MAPPING),
)
@click.option("--sample", "number", type=click.IntRange(1), metavar="N", help=say(_SAMPLE))
@import_options(_DRY_RUN)
@click.pass_obj
def import_survey(
    invocation: Invocation,
    *,
    file: Path,
    mapping_path: Path,
    number: int | None,
    is_dry: bool,
    rejects_path: Path | None,
    is_strict: bool,
    as_json: bool,
) -> Exit:
    """Import one survey and print what became of its rows."""
    from commands.acting import open_acting
    from commands.row_text import print_summary
    from replay.survey_mapping import load_survey_mapping

    mapping = read_mapping(lambda: load_survey_mapping(mapping_path))
    rejects = rejects_file(file, rejects_path)
    with open_acting(invocation) as acting:
        summary = _import(acting, file, mapping, number, rejects, is_dry=is_dry)
    recorded = Text("将登记", "to be recorded") if is_dry else Text("已登记", "recorded")
    print_summary(
        SCHEMA,
        summary,
        (recorded, summary.recorded),
        is_dry=is_dry,
        rejects=rejects,
        as_json=as_json,
    )
    return Exit.FINDING if is_strict and summary.rejected else Exit.DONE


def _import(
    acting: "Acting",
    file: Path,
    mapping: "SurveyMapping",
    number: int | None,
    rejects: Path,
    *,
    is_dry: bool,
) -> "SurveySummary":
    from datetime import UTC, datetime

    from commands.import_text import RejectsOnDemand
    from domain.vocabulary import Role
    from replay.survey import Surveyor

    if acting.principal.role is not Role.THIRD_PARTY:
        raise CommandError(
            Exit.NOT_ALLOWED,
            Text(
                "该密钥的角色不是第三方；未作任何记录，请用测评机构的密钥。",
                "the key is no third party's; nothing was recorded, use the key of the assessor.",
            ),
        )
    drawn = None if number is None else _drawn(acting, number)
    surveyor = Surveyor(acting.ledger, acting.principal, mapping, drawn, is_dry=is_dry)
    with RejectsOnDemand(rejects) as on_demand:
        return surveyor.run(acting.database, file, datetime.now(UTC), on_demand.write)


def _drawn(acting: "Acting", number: int) -> "frozenset[UUID]":
    from commands.sample_order import take_sample
    from domain.sampling_frame import SamplePurpose
    from replay.published import LoggedFigures
    from replay.samples import NotDrawnError

    sample = take_sample(LoggedFigures(acting.database), number)
    if sample.seed is None:
        raise NotDrawnError(number)
    if sample.question.purpose is not SamplePurpose.SURVEY:
        raise CommandError(
            Exit.REFUSED,
            Text(
                f"第 {number} 号抽样供本机关回访，不是第三方测评；未作任何记录，请核对编号。",
                f"sample {number} is for the office's own callbacks, not for a survey; nothing "
                "was recorded, check the number.",
            ),
        )
    return frozenset(each for ids in sample.drawn.values() for each in ids)
