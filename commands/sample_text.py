"""Without this file a sample could be drawn and nobody could read whom to call."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.report_document import NO_FIGURE
from commands.table_text import Column, print_head, print_table
from domain.rate import Rate
from domain.sample import Sample
from domain.text import Text
from ledger.database import Database, Role
from projections.unit_score import read_unit_names
from replay.group_labels import group_label

SCHEMA = "taizhang.sample/1"

_STRATUM = Text("层", "stratum")


def print_sample(database: Database, sample: Sample, *, as_json: bool) -> None:
    """Write a sample to stdout: what it is drawn from, its strata, and the list once drawn.

    Blocking.
    """
    if as_json:
        print_json(sample_member(sample))
        return
    names = read_names(database)
    print_head(sample_head(sample))
    print_table(
        [
            Column(_STRATUM, is_number=False),
            Column(Text("总体 N", "N")),
            Column(Text("样本 n", "n")),
            Column(Text("抽取比例 %", "drawn %")),
        ],
        [
            [
                say(stratum_label(sample, stratum.name, names)),
                str(stratum.population),
                str(stratum.size),
                Rate(stratum.size, stratum.population).percent(),
            ]
            for stratum in sample.strata
        ],
    )
    if sample.drawn:
        print_table(
            [
                Column(Text("次序", "rank")),
                Column(_STRATUM, is_number=False),
                Column(Text("诉求", "petition"), is_number=False),
            ],
            [
                [str(rank), say(stratum_label(sample, name, names)), str(petition_id)]
                for name, ids in sample.drawn.items()
                for rank, petition_id in enumerate(ids, 1)
            ],
        )


def print_samples(samples: Sequence[Sample], *, as_json: bool) -> None:
    """Write one line per sample to stdout."""
    if as_json:
        members = [sample_member(sample) for sample in samples]
        print_json({"schema": "taizhang.samples/1", "samples": members})
        return
    columns = [
        Column(Text("编号", "number")),
        Column(Text("用途", "purpose"), is_number=False),
        Column(Text("统计期", "period"), is_number=False),
        Column(Text("承诺时间", "committed at"), is_number=False),
        Column(Text("日志位置", "position")),
        Column(Text("总体 N", "N")),
        Column(Text("样本 n", "n")),
        Column(Text("状态", "state"), is_number=False),
        Column(Text("是否抽取", "drawn"), is_number=False),
    ]
    yes, no = Text("是", "yes"), Text("否", "no")
    print_table(
        columns,
        [
            [
                str(sample.number),
                say(sample.question.purpose.label),
                sample.question.period or NO_FIGURE,
                local_text(sample.created_on, ZoneInfo(sample.question.zone)),
                str(sample.position),
                str(sample.population),
                str(sum(stratum.size for stratum in sample.strata)),
                say(sample.state.label),
                say(no if sample.seed is None else yes),
            ]
            for sample in samples
        ],
    )


def sample_member(sample: Sample) -> dict[str, object]:
    """Return a sample for JSON."""
    return {
        "schema": SCHEMA,
        "number": sample.number,
        "state": sample.state.value,
        "question": msgspec.to_builtins(sample.question),
        "position": sample.position,
        "population": sample.population,
        "frame_sha256": sample.frame_sha256,
        "strata": msgspec.to_builtins(sample.strata),
        "seed_sha256": sample.seed_sha256,
        "committer_id": sample.committer_id,
        "seed": sample.seed,
        "entry_hash": sample.entry_hash,
        "drawn": {name: [str(each) for each in ids] for name, ids in sample.drawn.items()},
        "closed_position": sample.closed_position,
    }


def sample_head(sample: Sample) -> list[tuple[Text, str]]:
    """Return what a table of a sample is about."""
    question, zone = sample.question, ZoneInfo(sample.question.zone)
    head = [
        (Text("抽样", "sample"), str(sample.number)),
        (Text("用途", "purpose"), say(question.purpose.label)),
        (Text("状态", "state"), say(sample.state.label)),
        (Text("承诺时间", "committed at"), f"{local_text(sample.created_on, zone)} [{zone.key}]"),
        (Text("承诺人", "committed by"), sample.committer_id),
        (Text("日志位置", "log position"), str(sample.position)),
        (Text("抽样框 N", "frame N"), str(sample.population)),
        (Text("抽样框 SHA-256", "frame SHA-256"), sample.frame_sha256),
        (Text("种子 SHA-256", "seed SHA-256"), sample.seed_sha256),
    ]
    if question.period is not None:
        head.append((Text("统计期（答复审核）", "period (reply approved)"), question.period))
    head.extend(
        (Text("范围", "scope"), f"{name}={value}")
        for name, value in msgspec.structs.asdict(question.extent).items()
        if value is not None
    )
    if sample.seed is not None:
        head.append((Text("种子", "seed"), sample.seed))
        head.append((Text("承诺条目叶哈希", "leaf of the commitment"), sample.entry_hash or ""))
    return head


def stratum_label(sample: Sample, name: str, names: Mapping[str, Text]) -> Text:
    """Return what people call a stratum."""
    stratum = next(each for each in sample.strata if each.name == name)
    labels = [group_label(sample.question.by, key, names) for key in stratum.keys]
    return Text("+".join(label.zh for label in labels), "+".join(label.en for label in labels))


def read_names(database: Database) -> Mapping[str, Text]:
    """Return the names of the units. Blocking, one query."""
    with database.connect(Role.APP) as connection:
        return read_unit_names(connection)
