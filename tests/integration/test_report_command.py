"""Without this file a figure could be right in the ledger and wrong on the screen."""

import json
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from commands.failures import Exit
from commands.main import run
from commands.report_cases import CASE_KEYS
from domain.dimension import Dimension
from domain.measures import MEASURES
from domain.metrics import judge
from domain.petition_facts import PetitionFacts
from domain.rate import Rate
from ledger.database import Database, Role
from projections.case_times import CaseKey
from tests.integration.petition_rows import START, insert_petitions, make_facts
from tests.integration.test_unit_score import satisfied

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = "2026-04-15"
DAY_END = START + timedelta(days=104, hours=15, minutes=59, seconds=59, microseconds=999_999)


@pytest.fixture
def petitions() -> list[PetitionFacts]:
    """Return 300 petitions of five units, the same in every run."""
    random = Random(99)  # noqa: S311 - a repeatable case
    return [make_facts(random, number) for number in range(300)]


@pytest.fixture
def environ(database: Database, petitions: list[PetitionFacts]) -> dict[str, str]:
    """Return the environment of a terminal in front of a ledger with those petitions."""
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, petitions, SHANGHAI)
        for number in range(5):
            writer.execute(
                "INSERT INTO unit (unit, name_zh, name_en, tier, kind) "
                "VALUES (%s, %s, %s, 'city', 'department')",
                (f"unit-{number}", f"第{number}局", f"Bureau {number}"),
            )
        writer.commit()
    return connect_by(database)


def connect_by(database: Database) -> dict[str, str]:
    """Return the variables that lead a command to a database."""
    return {
        "TAIZHANG_DSN": database.dsns[Role.APP],
        "TAIZHANG_PROJECTOR_DSN": database.dsns[Role.PROJECTOR],
        "TAIZHANG_OWNER_DSN": database.dsns[Role.OWNER],
        "TAIZHANG_LANG": "en",
    }


def closure(petitions: list[PetitionFacts]) -> Rate:
    """Return the closure rate at the end of the day by definition."""
    vectors = [vector for facts in petitions for vector in judge(facts, DAY_END).values()]
    names = ("closed", "base")
    return Rate(*(sum(vector[MEASURES.index(name)] for vector in vectors) for name in names))


@pytest.mark.parametrize("by", ["total", "unit", "type", "channel", "region"])
def test_closure_report_gives_json_that_adds_up(
    environ: dict[str, str],
    petitions: list[PetitionFacts],
    capsys: pytest.CaptureFixture[str],
    by: str,
) -> None:
    """Stdout is one JSON document with position, instant, definitions and exact integers."""
    arguments = ["report", "closure", "--by", by, "--as-of", DAY, "--json"]
    assert run(arguments, environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "taizhang.report/1"
    assert document["position"] == 300
    assert document["definitions"] == ["closure_rate@1"]
    assert document["zone"] == "Asia/Shanghai"
    assert document["as_of"] == DAY_END.isoformat()
    total = document["total"]["rates"]["closure_rate"]
    rate = closure(petitions)
    assert (total["n"], total["d"], total["percent"]) == (rate.n, rate.d, rate.percent())
    parts = [row["rates"]["closure_rate"] for row in document["rows"]]
    assert (sum(part["n"] for part in parts), sum(part["d"] for part in parts)) == rate


def test_closure_report_is_tabs_and_a_head_in_a_pipe(
    environ: dict[str, str], petitions: list[PetitionFacts], capsys: pytest.CaptureFixture[str]
) -> None:
    """The head names what was computed; every rate stands beside n/d; names are in Chinese."""
    arguments = ["report", "closure", "--by", "unit", "--as-of", DAY]
    assert run(arguments, environ | {"TAIZHANG_LANG": "zh"}, version="0") == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    head = [line for line in lines if line.startswith("# ")]
    assert "# 日志位置: 300" in head
    assert "# 定义: closure_rate@1" in head
    assert "# 截至: 2026-04-15 23:59:59.999999+08:00 [Asia/Shanghai]" in head
    table = [line.split("\t") for line in lines[len(head) :]]
    assert len({len(cells) for cells in table}) == 1
    assert "第1局" in {cells[0] for cells in table}
    rate = closure(petitions)
    assert table[-1][0] == "合计"
    assert table[-1][-3:-1] == [f"{rate.n}/{rate.d}", rate.percent()]


@pytest.mark.parametrize("name", ["ontime", "satisfaction"])
def test_rates_reports_print_every_variant(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Variants stand side by side, each with its definition."""
    assert run(["report", name, "--as-of", DAY, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    rates = document["total"]["rates"]
    assert [f"{rate_id}@1" for rate_id in rates] == document["definitions"]
    assert len(rates) >= 3
    assert all(rate["n"] <= rate["d"] for rate in rates.values())


def test_report_withholds_rates_of_few_cases(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Below --min-cases the two integers stand without rate and interval."""
    arguments = ["report", "closure", "--as-of", DAY, "--min-cases", "100000"]
    assert run(arguments, environ, version="0") == Exit.DONE
    last = capsys.readouterr().out.splitlines()[-1].split("\t")
    assert last[-2:] == ["–", "–"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    rate = json.loads(capsys.readouterr().out)["total"]["rates"]["closure_rate"]
    assert rate["d"] > 10
    assert rate["percent"] is None


def test_report_limits_to_a_cohort_and_a_scope(
    environ: dict[str, str], petitions: list[PetitionFacts], capsys: pytest.CaptureFixture[str]
) -> None:
    """Options cut the figures and are repeated in the head."""
    options = ["--from", "2026-02-01", "--to", "2026-02-28", "--channel", "web", "--unit", "unit-1"]
    assert run(["report", "closure", *options, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    start, end = START + timedelta(days=30, hours=16), START + timedelta(days=58, hours=16)
    chosen = [
        facts
        for facts in petitions
        if facts.accepted_at is not None
        and start <= facts.accepted_at < end
        and facts.channel == "web"
        and facts.assignments[0].unit == "unit-1"
    ]
    assert document["total"]["rates"]["closure_rate"]["d"] == len(chosen) > 0
    assert document["scope"] == {"unit": "unit-1", "channel": "web"}
    assert document["cohort"] == {
        "accepted_from": start.isoformat(),
        "accepted_before": end.isoformat(),
    }
    assert run(["report", "closure", "--from", "2026-02-01"], environ, version="0") == Exit.DONE
    assert "[2026-02-01 00:00:00+08:00, …)" in capsys.readouterr().out


def test_ranking_report_puts_few_cases_in_their_own_list(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """By score 980 of 1,000 leads 22 of 22; by the plain rate it is the other way round."""
    shares = {"small": (22, 22), "large": (980, 1000), "few": (9, 9)}
    with database.connect(Role.PROJECTOR) as writer:
        insert_petitions(writer, satisfied(shares), SHANGHAI)
    environ = connect_by(database)
    assert run(["report", "ranking", "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert [(line["rank"], line["key"]) for line in document["ranked"]] == [
        (1, "large"),
        (2, "small"),
    ]
    assert [line["key"] for line in document["unranked"]] == ["few"]
    assert document["definitions"][0] == "unit_score@2"
    by_rate = ["report", "ranking", "--by", "satisfaction_rate.strict"]
    assert run([*by_rate, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert [line["key"] for line in document["ranked"]] == ["small", "large"]
    assert document["unranked"][0]["percent"] is None
    for arguments in (["report", "ranking"], by_rate):
        assert run(arguments, environ, version="0") == Exit.DONE
        rows = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
        assert len({len(cells) for cells in rows}) == 1
        assert rows[-1][:2] == ["–", "few"]
    assert run(["report", "ranking", "--ranks"], environ, version="0") == Exit.DONE
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines() if "\t" in line]
    assert [cells[:4] for cells in rows[1:]] == [
        ["1", "1", "A", "large"],
        ["2", "1", "B", "small"],
        ["–", "–", "–", "few"],
    ]
    assert rows[1][6] == "96.93–98.70"


def test_handling_time_report_prints_hours(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Count and quantiles stand in hours, for groups and over all, and by flag from acceptance."""
    arguments = ["report", "handling-time", "--by", "region"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    assert sum(row["cases"] for row in document["rows"]) == document["total"]["cases"] > 100
    assert document["definitions"] == ["handling_time.submission@1"]
    assert run([*arguments, "--start", "acceptance"], environ, version="0") == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith("–\ttotal\t")
    assert "handling_time.acceptance@1" in "\n".join(lines)


def test_answered_within_report_ranks_by_share(
    environ: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Groups come best first, the whole last, with the limit and its calendar in the head."""
    arguments = ["report", "answered-within", "15wd", "--by", "unit"]
    assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
    document = json.loads(capsys.readouterr().out)
    shares = [row["n"] / row["d"] for row in document["rows"] if row["rank"]]
    assert shares == sorted(shares, reverse=True)
    assert document["limit"] == {"amount": 15, "unit": "working_day", "calendar": "cn@2026"}
    assert run(arguments, environ, version="0") == Exit.DONE
    assert "15 working days" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["closure", "--unit", "nobody"], Exit.NOT_FOUND, "nobody"),
        (["closure", "--region", "nowhere"], Exit.NOT_FOUND, "nowhere"),
        (["ranking", "--region", "eats"], Exit.NOT_FOUND, "(2 in all): east"),
        (["claim-gap", "--region", "nowhere"], Exit.NOT_FOUND, "east, west"),
        (["closure", "--as-of", "yesterday"], Exit.USAGE, "ISO 8601"),
        (["closure", "--by", "weather"], Exit.USAGE, "weather"),
        (["answered-within", "15"], Exit.USAGE, "15wd"),
        (["answered-within", "0wd"], Exit.USAGE, "0wd"),
        (["answered-within", "5cd", "--calendar", "mars@1"], Exit.NOT_FOUND, "mars@1"),
        (["ranking", "--of", "region"], Exit.USAGE, "--by"),
        (["ranking", "--by", "happiness"], Exit.REFUSED, "happiness"),
        (["closure", "--min-cases", "0"], Exit.USAGE, "min-cases"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_report_refuses_what_it_does_not_know(
    environ: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    exit_code: Exit,
    said: str,
) -> None:
    """A wrong option ends with its exit code, the value named, and nothing on stdout."""
    assert run(["report", *arguments], environ, version="0") == exit_code
    streams = capsys.readouterr()
    assert streams.out == ""
    assert said in streams.err


def test_report_says_when_the_read_model_is_behind(
    environ: dict[str, str], database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure that lacks the newest events comes with a remark on stderr alone."""
    with database.connect(Role.OWNER) as owner:
        owner.execute("UPDATE head SET position = 305")
        owner.commit()
    assert run(["report", "closure", "--json"], environ, version="0") == Exit.DONE
    streams = capsys.readouterr()
    assert json.loads(streams.out)["position"] == 300
    assert "lack the newest 5 events" in streams.err


def test_report_of_a_ledger_without_schema_says_so(
    empty_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database in which nothing was set up is a start-up failure, not an empty report."""
    assert run(["report", "closure"], connect_by(empty_database), version="0") != Exit.DONE
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "Traceback" not in streams.err


def test_cases_report_adds_up_in_every_grouping(
    environ: dict[str, str], petitions: list[PetitionFacts], capsys: pytest.CaptureFixture[str]
) -> None:
    """Groups sum to the total and stand most first; closed and open are the closure rate's."""
    whole = closure(petitions)
    for by in (*(each.value for each in Dimension), *CASE_KEYS):
        arguments = ["report", "cases", "--by", by, "--as-of", DAY_END.isoformat()]
        assert run([*arguments, "--json"], environ, version="0") == Exit.DONE
        document = json.loads(capsys.readouterr().out)
        total = document["total"]
        assert document["by"] == by
        assert (total["closed"], total["cases"]) == whole
        rows = document["rows"]
        if by != "total":
            assert sum(row["cases"] for row in rows) == total["cases"]
            placed = [row["cases"] for row in rows if row["rank"] is not None]
            assert placed == sorted(placed, reverse=True)
    assert run(["report", "cases", "--by", "year"], environ, version="0") == Exit.DONE
    assert "year" in capsys.readouterr().out
    assert run(["report", "cases", "--by", "moon"], environ, version="0") == Exit.USAGE


def test_offered_keys_are_those_of_the_reader() -> None:
    """The help page names them literally, so that it needs no read model."""
    assert tuple(each.value for each in CaseKey) == CASE_KEYS
