"""What Shuangliu's enterprises ask for, what was answered before, and how many will come."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg import Connection
from psycopg.errors import InsufficientPrivilege

from commands.failures import Exit
from commands.main import run
from domain.act import Act
from domain.aftercare_events import MarkedConfidential
from domain.demand_grouping import DemandGrouping
from domain.likeness import compare
from domain.period import Period, read_period
from domain.personal import Personal
from domain.vocabulary import Role as Actor
from ledger.append import prepare_append
from ledger.codec import EventCodec
from ledger.database import Database, Role
from projections.petition_facts import read_facts
from replay.demand_documents import NoWordsError, read_place, refresh_words
from replay.demand_nearest import weigh_words
from replay.demand_similar import find_similar, read_question
from replay.demand_topics import Topics, read_topics
from replay.demand_volume import read_volume
from replay.demand_words import count_words
from tests.acceptance.played_ledger import project
from tests.integration.logged_petitions import open_recorder
from tests.integration.test_report_command import connect_by

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR = read_period("2019")


@pytest.fixture
def connection(shuangliu: Database) -> Iterator[Connection[Any]]:
    """Yield a connection to the played ledger once its words were read."""
    with shuangliu.connect(Role.APP, autocommit=True) as connection:
        refresh_words(connection)
        yield connection


def topics_of(connection: Connection[Any], **options: Any) -> Topics:  # noqa: ANN401 - passed on
    """Return the topics of 2019 against 2018, all of them."""
    now, before = YEAR.bounds(SHANGHAI), YEAR.previous.bounds(SHANGHAI)
    return read_topics(connection, now, before, terms_max=1000, **options)


def petition_ids(connection: Connection[Any], period: Period) -> list[UUID]:
    """Return the petitions filed in a period, oldest first."""
    rows = connection.execute(
        "SELECT petition_id FROM petition_facts WHERE submitted_at >= %s AND submitted_at < %s "
        "ORDER BY submitted_at, petition_id",
        period.bounds(SHANGHAI),
    )
    return [row[0] for row in rows]


def documents(connection: Connection[Any]) -> list[tuple[Any, ...]]:
    """Return every stored row of words."""
    return connection.execute("SELECT * FROM demand_document ORDER BY petition_id").fetchall()


def erase(database: Database, petition_id: UUID, path: str) -> None:
    """Erase a text as an erasure would: the row that it stands in."""
    with database.connect(Role.OWNER, autocommit=True) as owner:
        owner.execute(
            "DELETE FROM personal WHERE originator_id = %s AND version = 1 AND path = %s",
            (petition_id, path),
        )


def mark_confidential(database: Database, petition_id: UUID) -> None:
    """Record that a petition is confidential, as its command would."""
    recorder = open_recorder(database)
    with database.connect(Role.APP) as connection:
        facts = read_facts(connection, [petition_id])[petition_id]
    act = Act(actor_id="intake-1", actor_role=Actor.INTAKE, occurred_at=facts.changed_at)
    make: Callable[..., MarkedConfidential] = MarkedConfidential
    event = make(
        originator_id=petition_id,
        originator_version=facts.version + 1,
        timestamp=facts.changed_at,
        accused_unit=None,
        reason=Personal("涉及举报人"),
    )
    recorder.append(prepare_append(recorder.ledger, [EventCodec().encode(event)], act=act))
    recorder.close()


def test_topics_are_those_of_the_texts_themselves(connection: Connection[Any]) -> None:
    """Every word of 5 or more petitions is listed with the count that the texts give."""
    expected: Counter[str] = Counter()
    petitions = petition_ids(connection, YEAR)
    for petition_id in petitions:
        expected.update(count_words(read_question(connection, petition_id)[1]).keys())
    topics = topics_of(connection)
    (group,) = topics.groups
    found = {term.term: term.now.n for term in group.terms}
    assert found == {word: count for word, count in expected.items() if count >= 5}
    assert len(found) > 10
    assert topics.now.with_text == group.now_len == len(petitions)
    assert all(set(term.examples) <= set(petitions) for term in group.terms)


def test_rebuilt_words_are_the_same_rows(connection: Connection[Any]) -> None:
    """Throwing the words away and reading them anew changes no byte, and nothing is added twice."""
    before = documents(connection)
    assert len(before) > 100
    assert refresh_words(connection) == refresh_words(connection, is_rebuild=True)
    assert documents(connection) == before


def test_words_of_another_method_are_read_anew(connection: Connection[Any]) -> None:
    """A new dictionary or list makes old words unusable until they are read again."""
    before = documents(connection)
    connection.execute("DELETE FROM demand_refresh")
    connection.execute("INSERT INTO demand_refresh VALUES ('words@0', 1)")
    with pytest.raises(NoWordsError):
        read_place(connection)
    refresh_words(connection)
    assert documents(connection) == before


@pytest.mark.parametrize("path", ["/subject", "/text"])
def test_erased_text_takes_its_words_along(
    shuangliu: Database, connection: Connection[Any], path: str
) -> None:
    """The words go in the same statement, the counts fall, and no rebuild brings them back."""
    topics = topics_of(connection)
    (petition_id, *_) = petition_ids(connection, YEAR)
    words = set(count_words(read_question(connection, petition_id)[1]))
    erase(shuangliu, petition_id, path)
    for _ in range(2):
        assert petition_id not in {row[0] for row in documents(connection)}
        after = topics_of(connection)
        assert after.now.with_text == topics.now.with_text - 1
        assert after.now.without_text == topics.now.without_text + 1
        counts = {term.term: term.now.n for term in after.groups[0].terms}
        for term in topics.groups[0].terms:
            expected = term.now.n - (term.term in words)
            assert counts.get(term.term, expected if expected < 5 else None) == expected
        refresh_words(connection, is_rebuild=True)


def test_confidential_petition_is_in_no_answer(
    shuangliu: Database, connection: Connection[Any]
) -> None:
    """From the mark on it is not shown as similar; then it leaves topics, then the words."""
    (asked, *_) = petition_ids(connection, YEAR)
    words = count_words(read_question(connection, asked)[1])
    hidden = find_similar(connection, words, petition_id=asked).matches[0].facts.petition_id
    before = topics_of(connection).now
    mark_confidential(shuangliu, hidden)
    shown = find_similar(connection, words, petition_id=asked, matches_max=50).matches
    assert hidden not in {match.facts.petition_id for match in shown}
    project(shuangliu)
    after = topics_of(connection).now
    assert before.with_text + before.left_out == after.with_text + after.left_out
    assert after.left_out == before.left_out + (hidden in petition_ids(connection, YEAR))
    refresh_words(connection)
    assert hidden not in {row[0] for row in documents(connection)}


def test_similar_petitions_are_those_of_a_comparison_with_every_one(
    connection: Connection[Any],
) -> None:
    """The index narrows down, and finds the same ten as looking at all of them."""
    stored = {row[0]: dict(zip(row[4], row[5], strict=True)) for row in documents(connection)}
    replies: list[str | None] = []
    for asked in petition_ids(connection, YEAR)[::20]:
        words = count_words(read_question(connection, asked)[1])
        question = weigh_words(connection, words, len(stored))
        scores = {
            each: compare(question, counts).score
            for each, counts in stored.items()
            if each != asked
        }
        expected = sorted(scores, key=lambda each: (-scores[each], each))[:10]
        similar = find_similar(connection, words, petition_id=asked, open_personal=True)
        found = [match.facts.petition_id for match in similar.matches]
        assert found == [each for each in expected if scores[each] > 0]
        assert all(match.likeness.shared for match in similar.matches)
        replies += [match.reply for match in similar.matches if match.outcome]
    assert any(replies)


def test_replies_and_words_stay_closed_to_who_may_open_no_text(connection: Connection[Any]) -> None:
    """Without the right the ranking is the same, and holds no word of anybody's text."""
    (asked, *_) = petition_ids(connection, YEAR)
    words = count_words(read_question(connection, asked)[1])
    closed = find_similar(connection, words, petition_id=asked).matches
    opened = find_similar(connection, words, petition_id=asked, open_personal=True).matches
    assert [match.facts for match in closed] == [match.facts for match in opened]
    assert {(match.likeness.shared, match.reply) for match in closed} == {((), None)}


def test_projector_may_not_read_words(shuangliu: Database) -> None:
    """What is derived from personal values is closed to the role that may not read those."""
    with (
        shuangliu.connect(Role.PROJECTOR) as projector,
        pytest.raises(InsufficientPrivilege),
    ):
        projector.execute("SELECT count(*) FROM demand_document")


def test_volume_adds_up_to_the_measure_received(connection: Connection[Any]) -> None:
    """Months of the facts are those of the roll-up, for every grouping that it has."""
    rows = connection.execute(
        "SELECT mod(sum(counts), 4294967296) FROM rate"
        " WHERE grouping = 'channel' AND day < '2020-01-01'"
    ).fetchone()
    assert rows is not None
    for by in DemandGrouping:
        volume = read_volume(connection, by, Period(2019, 12, 1), SHANGHAI)
        assert sum(sum(each.counts) for each in volume.values()) == rows[0] > 100


def test_topics_command_prints_the_same_bytes_twice(
    shuangliu: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Head and table are stable, in a pipe and as JSON, in both languages."""
    environ = connect_by(shuangliu)
    for language, head in (
        ("zh", "# 方法: hot_terms@1; words@1"),
        ("en", "# method: hot_terms@1;"),
    ):
        arguments = ["demand", "topics", "--period", "2019", "--compare", "year-before"]
        outputs = []
        for _ in range(2):
            assert run(arguments, environ | {"TAIZHANG_LANG": language}, version="0") == Exit.DONE
            outputs.append(capsys.readouterr().out)
        assert outputs[0] == outputs[1]
        lines = outputs[0].splitlines()
        assert any(line.startswith(head) for line in lines)
        assert len({len(line.split("\t")) for line in lines if not line.startswith("# ")}) == 1
    arguments = ["demand", "topics", "--period", "2019", "--by", "type", "--top", "3", "--json"]
    assert run(arguments, environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.demand_topics/1"
    assert document["words_position"] == document["position"]
    assert all(term["now"]["n"] >= 5 for group in document["groups"] for term in group["terms"])
    assert (
        sum(group["petitions"] for group in document["groups"])
        == (document["petitions"]["with_text"])
    )


def test_similar_command_opens_texts_on_demand(
    shuangliu: Database,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Replies are printed with --open-personal alone; a text without words says so."""
    environ = connect_by(shuangliu)
    text = tmp_path / "text.txt"
    text.write_text("园区门口道路破损，货车颠簸，请尽快修补", "utf-8")
    arguments = ["demand", "similar", "--text", str(text), "--json"]
    assert run(arguments, environ, version="0") == Exit.DONE
    closed = json.loads(capsys.readouterr().out)
    assert run([*arguments, "--open-personal"], environ, version="0") == Exit.DONE
    opened = json.loads(capsys.readouterr().out)
    assert len(closed["matches"]) == 10
    assert {match["reply"] for match in closed["matches"]} == {None}
    assert any(match["reply"] for match in opened["matches"])
    text.write_text("您好，谢谢", "utf-8")
    assert run(arguments[:-1], environ, version="0") == Exit.DONE
    assert "no word to compare by" in capsys.readouterr().err


def test_forecast_command_gives_no_interval_of_sixteen_months(
    shuangliu: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year of Shuangliu is carried on, with the spread of what was seen and the reason."""
    environ = connect_by(shuangliu)
    arguments = ["demand", "forecast", "--until", "2019-11", "--months", "2", "--json"]
    assert run(arguments, environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    (group,) = document["groups"]
    assert group["why_no_model"] == "short"
    assert len(group["history"]["counts"]) < 24
    assert sum(group["history"]["counts"]) == document["petitions"]
    assert [month["month"] for month in group["months"]] == ["2019-12", "2020-01"]
    assert all(month["lower"] is None for month in group["months"])
    assert group["spread"][0] <= group["months"][0]["expected"] <= group["spread"][1]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["topics", "--period", "2999"], Exit.USAGE, "has not begun"),
        (["topics", "--period", "September"], Exit.REFUSED, "no-period"),
        (["topics", "--period", "2019", "--region", "Atlantis"], Exit.NOT_FOUND, "Atlantis"),
        (["topics", "--period", "2019", "--min-petitions", "4"], Exit.USAGE, "min-petitions"),
        (["similar"], Exit.USAGE, "--text"),
        (["similar", "nobody"], Exit.NOT_FOUND, "nobody"),
        (["forecast", "--until", "2999-01"], Exit.USAGE, "over"),
        (["forecast", "--until", "2019"], Exit.USAGE, "no month"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_demand_refuses_what_it_cannot_answer(
    shuangliu: Database,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: Exit,
    said: str,
) -> None:
    """A wrong question ends with its exit code, the value named, and nothing on stdout."""
    assert run(["demand", *arguments], connect_by(shuangliu), version="0") == exit_code
    streams = capsys.readouterr()
    assert streams.out == ""
    assert said in streams.err


def test_empty_period_says_so(shuangliu: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """A period without petitions prints its head, no row, and a remark."""
    arguments = ["demand", "topics", "--period", "2015"]
    assert run(arguments, connect_by(shuangliu), version="0") == Exit.DONE
    streams = capsys.readouterr()
    assert "# petitions now: 0 with text" in streams.out
    assert "No word stands in at least 5 petitions" in streams.err
