"""Tests of how benchmarks compare and report; nothing here is timed."""

import ast
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import msgspec
import pytest

from benchmarks.__main__ import NOTES, read_arguments
from benchmarks.arena import Arena
from benchmarks.bench import Bench
from benchmarks.catalogue import BENCHMARKS, run_benchmark
from benchmarks.chart import draw_chart
from benchmarks.document import BEGIN, END, write_document
from benchmarks.generator import LifeSource, prepare_life
from benchmarks.history import History
from benchmarks.machine import read_machine
from benchmarks.notes import Note, read_notes
from benchmarks.outcome import Outcome
from benchmarks.report_queries import LARGE_LEN, SMALL_LEN
from benchmarks.rounds import Contender, alternate
from benchmarks.rows import Figures, Goal, Row, failed_row
from benchmarks.sizes import FULL, QUICK
from benchmarks.table import write_table
from benchmarks.writers import measure_writers
from domain.petition_fold import fold
from domain.vocabulary import PetitionState
from ledger.binary_fields import as_text
from ledger.codec import EncodedEvent, EventCodec
from ledger.queries import load_queries
from scenarios.decided_life import DecidedEvent, Life, decide_lives, until_in_progress
from scenarios.scenario import read_scenario
from tests.programs import ROOT

DOCS = ROOT / "docs"
ROWS = (
    Row(
        "P1",
        "recorder, 32 writers",
        "commands/s",
        Figures({"ours": [8.0, 9.0], "eventsourcing": [1.0, 1.0]}, {"UmaDB": "no | wheel"}),
        (Goal(1.2, against="UmaDB"),),
    ),
    Row(
        "P2",
        "import",
        "events/s",
        Figures({"ours": [1.0, 5.0, 3.0], "limit": [10.0]}),
        (Goal(0.4, against="limit"),),
    ),
    Row(
        "P3",
        "rebuild",
        "events/s",
        Figures({"ours": [100.0], "ours, 2 processes": [180.0], "eventsourcing": [1.0]}),
        (Goal(50, against="eventsourcing"), Goal(1.7, against="ours", of="ours, 2 processes")),
    ),
    failed_row("P3", "rebuild of more", RuntimeError("disk | full")),
    Row(
        "P4",
        "ranking of 1,000,000 petitions, p99",
        "ms",
        Figures({"ours": [9.0, 12.0, 9.5], "ours, 10,000 petitions": [6.0, 6.0, 6.0]}),
        (Goal(10), Goal(1.5, against="ours, 10,000 petitions")),
        size=1_000_000,
        series="ranking",
        charted=("ours", "limit"),
    ),
)
NOTE = Note("P2", "imp", "Hashing is slow.", "散列较慢。")


@pytest.fixture(scope="module")
def lives() -> list[Life]:
    """Return the decided petitions of a city."""
    return decide_lives(read_scenario("shuangliu"))


def _outcome() -> Outcome:
    return Outcome(
        datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        12.5,
        read_machine(),
        {"fsync": "on", "synchronous_commit": "on"},
        {"eventsourcing": {"POSTGRES_SCHEMA": "peer"}},
        7,
        QUICK,
        ROWS,
    )


def test_contenders_alternate_round_by_round() -> None:
    """A noisy minute is shared by all: A B A B, each turn prepared for."""
    turns: list[str] = []

    def take(name: str, number: int) -> float:
        turns.append(f"{name}{number}")
        return float(number)

    figures = alternate(
        [Contender("a", lambda n: take("a", n)), Contender("b", lambda n: take("b", n))],
        3,
        title="test",
        before_turn=lambda: turns.append("-"),
    )
    assert turns == ["-", "a0", "-", "b0", "-", "a1", "-", "b1", "-", "a2", "-", "b2"]
    assert figures == Figures({"a": [0.0, 1.0, 2.0], "b": [0.0, 1.0, 2.0]})


def test_contender_that_cannot_run_is_absent_with_its_reason() -> None:
    """Its figures are dropped, it takes no further turn, and the others go on."""
    turns: list[int] = []

    def fail_later(number: int) -> float:
        turns.append(number)
        if number:
            raise OSError("no node here")
        return 1.0

    contenders = [Contender("ours", float), Contender("Emmett", fail_later)]
    figures = alternate(contenders, 3, title="test", before_turn=lambda: None)
    assert figures.rounds == {"ours": [0.0, 1.0, 2.0]}
    assert figures.absent == {"Emmett": "OSError: no node here"}
    assert turns == [0, 1]


def test_failure_of_ours_is_not_an_absence() -> None:
    """A row without our figure would say nothing."""

    def fail(_: int) -> float:
        raise OSError("planted")

    for name in ("ours", "ours, 2 processes"):
        with pytest.raises(OSError, match="planted"):
            alternate([Contender(name, fail)], 1, title="test", before_turn=lambda: None)


def test_no_round_begins_once_the_time_is_up() -> None:
    """The first round is run all the same, and every contender has its turn in it."""
    figures = alternate(
        [Contender("ours", float), Contender("limit", float)],
        5,
        title="test",
        before_turn=lambda: None,
        stop_at_s=0.0,
    )
    assert figures.rounds == {"ours": [0.0], "limit": [0.0]}


def test_goal_is_judged_by_the_ratio_of_medians() -> None:
    """One lucky round decides nothing."""
    assert ROWS[1].median("ours") == 3.0
    assert ROWS[1].ratio("ours", "limit") == 0.3
    assert [[row.is_met(goal) for goal in row.goals] for row in ROWS] == [
        [None],
        [False],
        [True, True],
        [],
        [True, False],
    ]


def test_writers_count_what_each_of_them_wrote_after_the_clock_began() -> None:
    """The first write of each, which opens its connection, is not counted."""
    written: list[int] = []
    assert measure_writers([lambda: written.append(1)] * 3, 0.0) == 0.0
    assert len(written) == 3


def test_writers_fail_together_when_one_fails() -> None:
    """A figure without some of its writers would be another figure."""

    def fail() -> None:
        raise LookupError("planted")

    with pytest.raises(LookupError, match="planted"):
        measure_writers([lambda: None, fail, lambda: None], 60.0)


def test_benchmark_that_cannot_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row names the cause and holds no figure."""

    def refuse(_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("benchmarks.catalogue.BENCHMARKS", {"P2": (("import", refuse),)})
    history = History(None, None, None)  # type: ignore[arg-type]
    bench = Bench(None, QUICK, 1, None, (), history, Path())  # type: ignore[arg-type]
    (row,) = run_benchmark("P2", bench)
    assert row.failure == "OSError: no space left"
    assert row.figures == Figures({})


def test_table_has_a_row_per_measurement_and_states_its_circumstances() -> None:
    """Rows start with their benchmark; goals, failures and settings are spelled out."""
    table = write_table([_outcome()], [NOTE])
    rows = [line for line in table.splitlines() if line.startswith("| P")]
    assert [row[:4] for row in rows] == ["| P1", "| P2", "| P3", "| P3", "| P4"]
    assert len({line.replace("\\|", "").count("|") for line in rows}) == 1
    assert "eventsourcing 1 (8.50 ×)<br>UmaDB could not run 未能运行: no \\| wheel" in rows[0]
    assert "≥ 1.2 × UmaDB: not met 未达标, no figure" in rows[0]
    assert "2 of 3 rounds" in rows[0]
    assert "≥ 0.4 × limit: not met 未达标 (0.30)" in rows[1]
    assert rows[1].endswith("| Hashing is slow. 散列较慢。 |")
    assert "100<br>2 processes 180 (1.80 × one)" in rows[2]
    assert "2 processes ≥ 1.7 × ours: met 达标 (1.80)" in rows[2]
    assert "could not run" in rows[3]
    assert "≤ 10 ms: met 达标 (9.50)" in rows[4]
    assert "≤ 1.5 × ours, 10,000 petitions: not met 未达标 (1.58)" in rows[4]
    assert "Goals met 达标: 3 / 6." in table
    assert "fsync on" in table
    assert "eventsourcing: POSTGRES_SCHEMA peer" in table
    assert "seed 7" in table


def test_every_note_is_about_a_benchmark_that_there_is() -> None:
    """A note nobody would ever see is a reason that got lost."""
    assert {note.benchmark for note in read_notes(NOTES)} <= set(BENCHMARKS)


def test_json_holds_every_round(tmp_path: Path) -> None:
    """Whoever doubts a median can look at what it is the median of."""
    path = tmp_path / "run.json"
    _outcome().write_json(path)
    kept = msgspec.json.decode(path.read_bytes())
    assert kept["rows"][1]["figures"]["rounds"] == {"ours": [1.0, 5.0, 3.0], "limit": [10.0]}
    assert kept["rows"][0]["figures"]["absent"] == {"UmaDB": "no | wheel"}
    assert kept["machine"]["cpus"] >= 1
    assert kept["seed"] == 7


def test_document_keeps_the_text_around_the_table(tmp_path: Path) -> None:
    """The program writes between the marks alone, as often as it is asked to."""
    path = tmp_path / "BENCHMARKS.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for _ in range(2):
        write_document(path, write_table([_outcome()]), ROWS)
    text = path.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert text.count("| P2 |") == 1
    assert text.count("(BENCHMARKS.svg)") == 1
    assert (tmp_path / "BENCHMARKS.svg").read_text("utf-8").startswith("<svg")
    path.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="put"):
        write_document(path, write_table([_outcome()]), ROWS)


def test_chart_draws_every_point_and_fails_where_one_is_lost(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Rows of another unit have a panel of their own; no row means no chart."""
    rebuilt = [
        Row("P3", "rebuild", "events/s", Figures({"ours": [1e5]}), size=10**n, series="rebuild")
        for n in range(3, 8)
    ]
    assert draw_chart(ROWS[:4]) is None
    one, both = draw_chart(rebuilt) or "", draw_chart([*rebuilt, *ROWS]) or ""
    assert 0 < len(one) < len(both)
    (tmp_path / "lossy.typ").write_text("#metadata((4,)) <points>", "utf-8")
    monkeypatch.setattr("benchmarks.chart.files", lambda _: tmp_path)
    monkeypatch.setattr("benchmarks.chart.TEMPLATE", "lossy.typ")
    with pytest.raises(ValueError, match="point"):
        draw_chart(rebuilt)


@pytest.mark.parametrize("name", ["BENCHMARKS.md", "GROWTH.md"])
def test_shipped_documents_have_a_place_for_figures(name: str) -> None:
    """What is to be published can be written there."""
    text = (DOCS / name).read_text("utf-8")
    assert text.index(BEGIN) < text.index(END)


def test_command_line_knows_every_benchmark() -> None:
    """Each run takes its own parts alone, and the full one goes on to a million petitions."""
    assert sorted(BENCHMARKS) == [f"P{number}" for number in range(1, 9)]
    for arguments in (["--full", "--only", "waits"], ["--only", "P2"]):
        asked = read_arguments([*arguments, "--json", "x.json"])
        assert (asked.full, asked.only, asked.json) == (
            "--full" in arguments,
            arguments[-1],
            Path("x.json"),
        )
    for arguments in (["--full", "--only", "P5"], ["--only", "waits"]):
        with pytest.raises(SystemExit):
            read_arguments(arguments)
    assert QUICK.writers == (1, 8, 32, 128)
    assert QUICK.rounds_len >= 3
    assert FULL.petitions_lens == (SMALL_LEN, 100_000, LARGE_LEN)
    assert set(BENCHMARKS) <= set(QUICK.budgets_s)
    assert sum(QUICK.budgets_s.values()) <= 9.5 * 60


def test_lives_are_decided_as_the_scenario_says(lives: list[Life]) -> None:
    """Every step of every script led to an event with the act that caused it."""
    scripts = read_scenario("shuangliu").petitions
    assert len(lives) == len(scripts)
    for life, script in zip(lives, scripts, strict=True):
        keys = dict.fromkeys(decided.act.idempotency_key for decided in life)
        assert list(keys) == [step.idempotency_key for step in script.steps]
        versions = [decided.event.originator_version for decided in life]
        assert versions == list(range(1, len(life) + 1))


def test_drawn_petitions_repeat_with_the_seed(lives: list[Life]) -> None:
    """The same seed gives the same ids, numbers and instants; another one does not."""
    first, again, other = (LifeSource(lives, seed) for seed in (1, 1, 2))
    drawn = [first.draw() for _ in range(20)]
    assert [again.draw() for _ in range(20)] == drawn
    assert other.draw()[0].event.originator_id != drawn[0][0].event.originator_id
    assert len({life[0].event.originator_id for life in drawn}) == 20


def test_drawn_petition_is_a_decided_one_some_weeks_later(lives: list[Life]) -> None:
    """Acts and limits move by the same whole weeks, so that limits are met as they were."""
    drawn = LifeSource(lives[3:4], 3).draw()
    delays = {
        later - earlier
        for moved, decided in zip(drawn, lives[3], strict=True)
        for later, earlier in zip(_instants(moved), _instants(decided), strict=True)
    }
    (delay,) = delays
    assert delay > timedelta()
    assert delay % timedelta(weeks=1) == timedelta()
    facts = None
    for decided in drawn:
        facts = fold(facts, decided.event)
    assert facts is not None


def _instants(decided: DecidedEvent) -> list[datetime]:
    deadlines = getattr(decided.event, "deadlines", ())
    due = [deadline.due_at for deadline in deadlines]
    return [decided.act.occurred_at, decided.event.timestamp, *due]


def test_beginnings_of_lives_end_in_progress(lives: list[Life]) -> None:
    """The application benchmark records progress on petitions that may have it."""
    beginnings = [life for life in map(until_in_progress, lives) if life]
    assert len(beginnings) > len(lives) / 2
    for beginning in beginnings:
        facts = None
        for decided in beginning:
            facts = fold(facts, decided.event)
        assert facts is not None
        assert facts.state is PetitionState.IN_PROGRESS


def test_prepared_life_is_one_append_with_each_event_under_its_own_act(lives: list[Life]) -> None:
    """As an import does: one key, one number, and the header of each event its own."""
    life = LifeSource(lives, 5).draw_encoded()
    append = prepare_life("bench", life)
    assert [event.version for event in append.events] == list(range(1, len(life.events) + 1))
    assert len(append.steps) == 1
    assert append.claims == (f"number:{life.number}",)
    assert append.command is not None
    actors = [as_text(act.actor_id) for _, act, _ in life.events]
    assert [next(v for v in row if v in actors) for row in append.columns] == actors


def test_payloads_are_those_of_the_drawn_events(lives: list[Life]) -> None:
    """What is encoded once for many petitions is what each would be encoded to, but for salts."""
    codec = EventCodec()
    events, payloads = LifeSource(lives, 6), LifeSource(lives, 6)
    for _ in range(60):
        drawn, encoded = events.draw(), payloads.draw_encoded()
        for decided, (event, act, policy) in zip(drawn, encoded.events, strict=True):
            assert _without_salts(event) == _without_salts(codec.encode(decided.event))
            assert (act, policy) == (decided.act, decided.policy)


def _without_salts(event: EncodedEvent) -> tuple[object, ...]:
    payload = re.sub(rb"[0-9a-f]{64}", b"-", event.payload)
    values = tuple((value.path, value.value) for value in event.personal)
    return event.originator_id, event.version, event.topic, event.occurred_at, payload, values


def test_rows_share_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first of three rows may take a third of it, the last all of it."""
    shares: list[float] = []

    def keep_share(*_: object, stop_at_s: float, **__: object) -> Figures:
        shares.append(stop_at_s - perf_counter())
        return Figures({})

    monkeypatch.setattr("benchmarks.bench.alternate", keep_share)
    arena = Arena(None, Path())  # type: ignore[arg-type]
    bench = Bench(
        arena,
        QUICK,
        1,
        None,  # type: ignore[arg-type]
        (),
        None,  # type: ignore[arg-type]
        Path(),
        stop_at_s=perf_counter() + 900,
    )
    for rows_left in (3, 1):
        bench.alternate([], title="test", rows_left=rows_left)
    assert shares == pytest.approx([300, 900], abs=30)


def test_every_named_statement_is_used() -> None:
    """A statement nobody asks for measures nothing."""
    asked = {
        str(node.slice.value)
        for path in (ROOT / "benchmarks").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
    }
    for file in (ROOT / "benchmarks").rglob("*.sql"):
        package = ".".join(file.parent.relative_to(ROOT).parts)
        assert set(load_queries(package, file.stem)) <= asked
