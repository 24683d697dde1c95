"""Without this file similar petitions could be found and never printed."""

from typing import Any
from uuid import UUID

import click

from commands.instants import local_text
from commands.json_text import print_json
from commands.language import say
from commands.reading import Reading
from commands.table_text import Column, print_head, print_table
from domain.likeness import LIKENESS_VERSION
from domain.text import Text
from projections.timeline import find_petition
from replay.demand_nearest import HEAVY_TERMS_LEN
from replay.demand_similar import Match, Similar, days_printed, find_similar, read_question
from replay.demand_words import count_words

_NONE = "–"
_COLUMNS = (
    Column(Text("名次", "rank")),
    Column(Text("相似度", "score")),
    Column(Text("诉求", "petition"), is_number=False, is_whole=True),
    Column(Text("提交", "filed"), is_number=False),
    Column(Text("状态", "state"), is_number=False),
    Column(Text("结果", "outcome"), is_number=False),
    Column(Text("答复用时（日）", "days to reply")),
)
_OPENED = (
    Column(Text("共有词", "words in common"), is_number=False),
    Column(Text("答复", "reply"), is_number=False),
)


def print_similar(reading: Reading, options: dict[str, Any]) -> None:
    """Write the petitions most like a petition or a text to stdout. Blocking.

    Raises:
        PetitionNotFoundError: there is no such petition.
    """
    petition_id, texts = _question(reading, options)
    similar = find_similar(
        reading.connection,
        count_words(texts),
        petition_id=petition_id,
        open_personal=options["is_open"],
        matches_max=options["matches_max"],
    )
    if not similar.terms_len:
        text = Text(
            "所给内容没有可供比较的词（正文为空、已删除，或只有常用语）。",
            "The question has no word to compare by: no text, an erased one, or set phrases alone.",
        )
        click.echo(say(text), err=True)
    if options["as_json"]:
        print_json(_document(similar, petition_id, options["matches_max"]))
    else:
        _print_table(reading, similar, options)


def _question(reading: Reading, options: dict[str, Any]) -> tuple[UUID | None, list[str]]:
    if options["text"] is not None:
        return None, [options["text"].read()]
    petition_id = find_petition(reading.connection, options["reference"])
    return petition_id, read_question(reading.connection, petition_id)[1]


def _print_table(reading: Reading, similar: Similar, options: dict[str, Any]) -> None:
    place = similar.place
    asked = options["reference"] or Text("所给文字", "the text given")
    parameters = Text(
        f"问题有 {similar.terms_len} 个可区分的词；候选须含最重的 {HEAVY_TERMS_LEN} 个词之一",
        f"{similar.terms_len} words tell petitions apart; a candidate has one of the heaviest "
        f"{HEAVY_TERMS_LEN}",
    )
    print_head(
        [
            (Text("分析", "analysis"), say(Text("相似诉求", "similar petitions"))),
            (Text("问题", "question"), asked if isinstance(asked, str) else say(asked)),
            (Text("方法", "method"), f"likeness@{LIKENESS_VERSION} (lnc.ltc); {place.method}"),
            (Text("参数", "parameters"), say(parameters)),
            (Text("用词位置", "words position"), str(place.position)),
            (Text("有正文的诉求", "petitions with text"), str(place.documents)),
        ]
    )
    columns = (*_COLUMNS, *_OPENED) if options["is_open"] else _COLUMNS
    rows = [
        [
            str(rank),
            f"{match.likeness.score:.3f}",
            match.facts.number or str(match.facts.petition_id),
            local_text(match.facts.submitted_at, reading.zone)[:10],
            say(match.facts.state.label),
            _NONE if match.outcome is None else say(match.outcome.label),
            days_printed(match.time_to_reply) or _NONE,
            *(
                [" ".join(match.likeness.shared), match.reply or _NONE]
                if options["is_open"]
                else ()
            ),
        ]
        for rank, match in enumerate(similar.matches, 1)
    ]
    print_table(columns, rows)


def _document(similar: Similar, petition_id: UUID | None, matches_max: int) -> dict[str, object]:
    return {
        "schema": "taizhang.demand_similar/1",
        "method": f"likeness@{LIKENESS_VERSION}",
        "words_method": similar.place.method,
        "words_position": similar.place.position,
        "petitions_with_text": similar.place.documents,
        "petition_id": None if petition_id is None else str(petition_id),
        "terms": similar.terms_len,
        "heavy_terms": HEAVY_TERMS_LEN,
        "top": matches_max,
        "matches": [_member(rank, match) for rank, match in enumerate(similar.matches, 1)],
    }


def _member(rank: int, match: Match) -> dict[str, object]:
    facts = match.facts
    return {
        "rank": rank,
        "petition_id": str(facts.petition_id),
        "number": facts.number,
        "score": match.likeness.score,
        "shared": list(match.likeness.shared),
        "submitted_at": facts.submitted_at.isoformat(),
        "state": facts.state.value,
        "outcome": None if match.outcome is None else match.outcome.value,
        "days_to_reply": days_printed(match.time_to_reply),
        "reply": match.reply,
    }
