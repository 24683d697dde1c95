"""Without this file a survey could be recorded twice, in part, or as somebody else's answer."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from commands.failures import Exit
from commands.main import run
from domain.callbacks import CompleteCallback
from domain.closing import ClosePetition
from domain.confidentiality import MarkConfidential
from domain.cycle_facts import Answer
from domain.petition import Petition
from domain.petition_fold import fold_all
from domain.vocabulary import CallbackBasis, Resolution, Role, Satisfaction
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from replay.figures import head_position
from tests.conftest import ServerUnderTest, _new_database
from tests.integration.test_report_command import connect_by
from tests.integration.test_sample_command import SAID
from tests.integration.waiting_petitions import acting_on, fill, key_of, number_of, person

MAPPING = """
schema = "taizhang.survey/1"
source = "2026q3"
zone = "Asia/Shanghai"

[table]
encoding = "utf-8"

[fields]
petition = "工单"
comment = "意见"

[fields.answered_at]
column = "时间"
formats = ["%Y-%m-%d %H:%M"]

[fields.resolution]
column = "解决"
values = { "是" = "resolved", "否" = "unresolved" }
otherwise = "no_answer"

[fields.satisfaction]
column = "满意度"
values = { "满意" = "satisfied", "基本" = "basically_satisfied", "不满" = "dissatisfied" }
"""
HEADER = ("工单", "时间", "解决", "满意度", "意见")
AT = "2026-09-20 10:00"
Import = Callable[..., dict[str, object]]


@pytest.fixture(scope="module")
def filled_name(server_under_test: ServerUnderTest, template_name: str) -> Iterator[str]:
    """Yield a database in which nine petitions wait, for copying."""
    with _new_database(server_under_test, template_name) as name:
        fill(server_under_test.get_database(name))
        yield name


@pytest.fixture
def database(server_under_test: ServerUnderTest, filled_name: str) -> Iterator[Database]:
    """Yield a ledger of the test's own with nine petitions that wait."""
    with _new_database(server_under_test, filled_name) as name:
        yield server_under_test.get_database(name)


@pytest.fixture
def environ(database: Database) -> dict[str, str]:
    """Return the environment of the assessor's terminal."""
    assessor = person(Role.THIRD_PARTY, "assessor")
    return connect_by(database) | {"TAIZHANG_KEY": key_of(database, assessor)}


@pytest.fixture
def survey(environ: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Return a function that imports rows and returns the printed result."""
    (tmp_path / "m.toml").write_text(MAPPING, encoding="utf-8")

    def imported(*rows: tuple[str, ...], options: tuple[str, ...] = ()) -> dict[str, object]:
        file = tmp_path / "answers.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADER, *rows])
        arguments = ["import-survey", str(file), "--mapping", str(tmp_path / "m.toml"), "--json"]
        arguments += ["--rejects", str(tmp_path / "rejects.csv"), *options]
        capsys.readouterr()
        assert run(arguments, environ, version="0") == Exit.DONE
        result = json.loads(capsys.readouterr().out)
        assert isinstance(result, dict)
        return result

    return imported


def row(place: int, *, at: str = AT, solved: str = "是", pleased: str = "满意") -> tuple[str, ...]:
    """Return the row of the petition at a place."""
    return (number_of(place), at, solved, pleased, "")


def head(database: Database) -> int:
    """Return the last position of the log."""
    with database.connect(DatabaseRole.APP) as connection:
        return head_position(connection)


def answers(database: Database, place: int) -> list[Answer]:
    """Return what was answered about the petition at a place."""
    with acting_on(database) as ledger:
        petition = ledger.load(UUID(int=place + 1, version=4))
    assert isinstance(petition, Petition)
    return fold_all(petition.history).cycle.answers


def rejects(tmp_path: Path) -> list[tuple[str, str, str]]:
    """Return row, column and reason of each reject."""
    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [(each["row"], each["column"], each["reason"]) for each in csv.DictReader(stream)]


def test_answers_are_recorded_as_third_party_callbacks(survey: Import, database: Database) -> None:
    """By number or id, at the time of the visit, beside the office's own callback."""
    with acting_on(database) as ledger:
        own = CompleteCallback(
            resolution=Resolution.RESOLVED, satisfaction=Satisfaction.SATISFIED, occurred_at=SAID
        )
        ledger.apply(UUID(int=1, version=4), own, person(Role.CALLBACK))
    by_id = (str(UUID(int=2, version=4)), AT, "弃答", "", "有待改进")
    result = survey(row(0, solved="否", pleased="不满"), by_id)
    assert (result["rows"], result["recorded"], result["rejected"]) == (2, 2, 0)
    official, assessed = answers(database, 0)
    assert (official.third_party, assessed.third_party) == (False, True)
    assert assessed.resolution is Resolution.UNRESOLVED
    assert assessed.satisfaction is Satisfaction.DISSATISFIED
    assert assessed.answered_at.isoformat() == "2026-09-20T02:00:00+00:00"
    (silent,) = answers(database, 1)
    assert silent.resolution is Resolution.NO_ANSWER
    assert silent.satisfaction is Satisfaction.NO_ANSWER


def test_repeated_import_adds_nothing(survey: Import, database: Database) -> None:
    """The same file again: every row is there already, and the log ends where it did."""
    rows = [row(place) for place in range(5)]
    assert survey(*rows)["recorded"] == 5
    end = head(database)
    result = survey(*rows)
    assert (result["recorded"], result["already_there"], result["rejected"]) == (0, 5, 0)
    assert survey(*rows, options=("--dry-run",))["already_there"] == 5
    assert head(database) == end


def test_dry_run_records_nothing_and_says_what_would_be(survey: Import, database: Database) -> None:
    """Counts and rejects are those of the real run."""
    end = head(database)
    rows = (row(0), row(1), row(1), ("nobody", AT, "是", "满意", ""))
    dry = survey(*rows, options=("--dry-run",))
    assert head(database) == end
    real = survey(*rows)
    for name in ("rows", "recorded", "already_there", "rejected", "rejected_by_reason"):
        assert dry[name] == real[name]
    assert dry["rejected_by_reason"] == {"answered-twice": 1, "unknown-petition": 1}
    assert head(database) == end + 2


def test_bad_rows_go_to_the_rejects_file_and_the_others_are_recorded(
    survey: Import, database: Database, tmp_path: Path
) -> None:
    """Row, column and reason of each; a bad row costs only itself."""
    with acting_on(database) as ledger:
        own = CompleteCallback(
            resolution=Resolution.RESOLVED, satisfaction=Satisfaction.SATISFIED, occurred_at=SAID
        )
        for command, role in (
            (own, Role.CALLBACK),
            (ClosePetition(basis=CallbackBasis.COMPLETED, occurred_at=SAID), Role.REVIEWER),
        ):
            ledger.apply(UUID(int=1, version=4), command, person(role))
        mark = MarkConfidential(accused_unit="assessor", reason="涉及举报。", occurred_at=SAID)
        ledger.apply(UUID(int=2, version=4), mark, person(Role.INTAKE))
    survey(row(2))
    result = survey(
        row(0),
        row(1),
        row(2, at="2026-09-20 11:00"),
        row(2, pleased="不满"),
        row(3, at="2026-09-17 10:00"),
        row(4, at="2099-01-01 10:00"),
        row(5, at="soon"),
        row(6, pleased="很好"),
        ("", AT, "是", "满意", ""),
        (str(UUID(int=77)), AT, "是", "满意", ""),
        ("x\x00", AT, "是", "满意", ""),
        row(7),
        row(8),
        row(8),
    )
    assert (result["recorded"], result["rejected"]) == (2, 12)
    assert rejects(tmp_path) == [
        ("1", "工单", "not-awaited"),
        ("2", "工单", "unknown-petition"),
        ("3", "工单", "answered-before"),
        ("4", "工单", "answered-twice"),
        ("5", "工单", "before-reply"),
        ("6", "时间", "in-future"),
        ("7", "时间", "unreadable-time"),
        ("8", "满意度", "unmapped-value"),
        ("9", "工单", "missing"),
        ("10", "工单", "unknown-petition"),
        ("11", "工单", "nul"),
        ("14", "工单", "answered-twice"),
    ]


def test_unit_does_not_survey_its_own_work(
    survey: Import, database: Database, environ: dict[str, str], tmp_path: Path
) -> None:
    """A third party that is bound to a handling unit answers for other units' petitions alone."""
    environ["TAIZHANG_KEY"] = key_of(database, person(Role.THIRD_PARTY, "roads"))
    assert survey(row(5), row(6))["recorded"] == 1
    assert rejects(tmp_path) == [("2", "工单", "not-permitted")]


def test_changed_answer_does_not_replace_the_first(
    survey: Import, database: Database, tmp_path: Path
) -> None:
    """The same visit with other words is refused; the first answer stands."""
    survey(row(0))
    survey(row(0, pleased="不满"))
    assert rejects(tmp_path) == [("1", "工单", "changed-answer")]
    (answer,) = answers(database, 0)
    assert answer.satisfaction is Satisfaction.SATISFIED


def test_survey_of_a_sample_takes_its_petitions_alone(
    survey: Import, database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever was not drawn cannot be slipped in; the estimate is of those who were."""
    statistician = connect_by(database) | {
        "TAIZHANG_KEY": key_of(database, person(Role.STATISTICIAN, None))
    }
    reviewer = connect_by(database) | {"TAIZHANG_KEY": key_of(database, person(Role.REVIEWER))}
    seed = ("--seed-file", str(tmp_path / "seed"))
    commit = ("sample", "commit", "--purpose", "survey", "--each", "2", *seed)
    assert run(commit, statistician, version="0") == Exit.DONE
    capsys.readouterr()
    assert run(("sample", "draw", "1", "--json", *seed), reviewer, version="0") == Exit.DONE
    drawn = json.loads(capsys.readouterr().out)["drawn"]
    result = survey(*(row(place) for place in range(9)), options=("--sample", "1"))
    assert result["recorded"] == 4
    assert result["rejected_by_reason"] == {"not-in-sample": 5}
    assert sorted(each for ids in drawn.values() for each in ids) == sorted(
        str(UUID(int=place + 1, version=4)) for place in range(9) if answers(database, place)
    )
    arguments = ("sample", "estimate", "1", "--min-cases", "1", "--json")
    assert run(arguments, statistician, version="0") == Exit.DONE
    report = json.loads(capsys.readouterr().out)
    assert [each["rate_id"] for each in report["questions"]] == [
        "satisfaction_rate.third_party",
        "resolution_rate.third_party",
    ]
    assert report["questions"][0]["estimate_percent"] == "100.00"
    assert report["answered"] == 4


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("taizhang.survey/1", "taizhang.mapping/1"), "schema"),
        (('zone = "Asia/Shanghai"', 'zone = "Mars/Olympus"'), "there is no zone"),
        (('source = "2026q3"', 'source = "Q 3"'), "source"),
        (('"是" = "resolved"', '"是" = "solved"'), "there is no identifier 'solved'"),
        (('comment = "意见"', 'coment = "意见"'), "did you mean comment"),
        (('formats = ["%Y-%m-%d %H:%M"]', ""), "a time states its formats"),
        (("[fields.satisfaction]\ncolumn", "[fields.satisfaction]\nfixed"), "never fixed"),
        (('values = { "满意" =', 'blank = ["x"] #'), "state the table of values"),
        (("[fields]", "[fields"), "syntax error"),
    ],
)
def test_mapping_that_contradicts_itself_is_refused(
    environ: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, str],
    says: str,
) -> None:
    """Before anything is recorded, with the place of the mistake."""
    assert change[0] in MAPPING
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING.replace(*change), encoding="utf-8")
    arguments = ["import-survey", str(tmp_path / "answers.csv"), "--mapping", str(mapping)]
    assert run(arguments, environ, version="0") == Exit.USAGE
    assert says in capsys.readouterr().err


def test_survey_is_refused_when_the_key_is_not_a_third_partys(
    database: Database, environ: dict[str, str], tmp_path: Path
) -> None:
    """The office cannot record its own answers as a third party's; nor without file or sample."""
    mapping, file = tmp_path / "m.toml", tmp_path / "answers.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    file.write_text(",".join(HEADER), encoding="utf-8")
    arguments = ["import-survey", str(file), "--mapping", str(mapping)]
    office = environ | {"TAIZHANG_KEY": key_of(database, person(Role.CALLBACK))}
    end = head(database)
    assert run(arguments, office, version="0") == Exit.NOT_ALLOWED
    assert run([*arguments, "--sample", "1"], environ, version="0") == Exit.NOT_FOUND
    missing = [*arguments[:1], str(tmp_path / "none.csv"), *arguments[2:]]
    assert run(missing, environ, version="0") == Exit.NOT_FOUND
    file.write_text("工单,时间\n", encoding="utf-8")
    assert run(arguments, environ, version="0") == Exit.REFUSED
    assert head(database) == end
