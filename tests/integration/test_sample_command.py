"""Without this file a sample could be drawn on screen otherwise than in the log."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from commands.failures import Exit
from commands.main import run
from domain.callbacks import CompleteCallback, RecordCallbackAttempt
from domain.confidentiality import MarkConfidential
from domain.sample_commands import SAMPLES
from domain.sample_commitment import CommitSample
from domain.sample_draw import seed_digest
from domain.sampling_frame import SamplePurpose
from domain.vocabulary import CallbackResult, Resolution, Role, Satisfaction
from ledger.database import Database
from ledger.database import Role as DatabaseRole
from ledger.errors import ClaimTakenError
from replay.samples import evaluate_sample, find_sample, verify_sample
from replay.streams import read_named_petitions, read_petitions
from tests.api_clients import START
from tests.conftest import ServerUnderTest, _new_database
from tests.integration.test_report_command import connect_by
from tests.integration.waiting_petitions import acting_on, fill, key_of, person

SAID = START + timedelta(days=1)
Environ = Mapping[Role, dict[str, str]]


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
def environ(database: Database) -> Environ:
    """Return the environments of a statistician's and a reviewer's terminal."""
    return {
        role: connect_by(database) | {"TAIZHANG_KEY": key_of(database, person(role, unit))}
        for role, unit in ((Role.STATISTICIAN, None), (Role.REVIEWER, "hub"))
    }


@pytest.fixture
def taizhang(
    environ: Environ, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Return a function that runs one command for a role; it returns exit code and stdout."""

    def sample(*arguments: str, role: Role = Role.STATISTICIAN) -> tuple[int, str]:
        code = run(["sample", *arguments], environ[role], version="0")
        return code, capsys.readouterr().out

    return sample


@pytest.fixture
def seed(tmp_path: Path) -> str:
    """Return the name of a new seed file."""
    return str(tmp_path / "seed.txt")


def test_sample_is_committed_drawn_verified_and_estimated(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """From a sealed seed to an estimate with its error, every petition accounted for."""
    code, out = taizhang("commit", "--each", "2", "--seed-file", seed)
    assert code == Exit.DONE
    assert out.splitlines()[-2:] == ["bureau\t6\t2\t33.33", "roads\t3\t2\t66.67"]
    assert Path(seed).stat().st_mode & 0o777 == 0o600
    assert Path(seed).read_text().strip() not in out
    assert taizhang("verify", "1")[0] == Exit.REFUSED
    assert taizhang("draw", "1", "--seed-file", seed)[0] == Exit.NOT_ALLOWED
    code, out = taizhang("draw", "1", "--seed-file", seed, "--json", role=Role.REVIEWER)
    assert code == Exit.DONE
    drawn = json.loads(out)["drawn"]
    assert {name: len(ids) for name, ids in drawn.items()} == {"bureau": 2, "roads": 2}
    code, out = taizhang("verify", "1")
    assert (code, "all 4 petitions are the same" in out) == (Exit.DONE, True)
    answer(database, drawn)
    code, out = taizhang("estimate", "1", "--min-cases", "1", "--json")
    assert code == Exit.DONE
    report = json.loads(out)
    assert (report["answered"], report["drawn"], report["population"]) == (3, 4, 9)
    assert report["silences"]["unreachable"] == 1
    strict, lenient, resolution = report["questions"]
    # bureau: 1 of 2 out of 6; roads: 1 of 1 out of 3: 6/9 · 1/2 + 3/9 · 1 = 2/3.
    assert strict["estimate_percent"] == "66.67"
    assert strict["interval_percent"] is None
    assert (strict["answers"], strict["hits"], strict["covered"]) == (3, 2, 9)
    assert lenient["estimate_percent"] == "100.00"
    assert resolution["estimate_percent"] == "66.67"
    code, out = taizhang("estimate", "1")
    assert code == Exit.DONE
    assert "satisfaction rate satisfaction_rate.strict\t2/3\t–\t–\t3/4 = 75.00 %\t9/9" in out


def answer(database: Database, drawn: Mapping[str, list[str]]) -> None:
    """Call back about four petitions: three answer and one cannot be reached."""
    caller = person(Role.CALLBACK)
    first, second = map(UUID, drawn["bureau"])
    third, fourth = map(UUID, drawn["roads"])
    given = (
        (first, Satisfaction.SATISFIED, Resolution.UNRESOLVED),
        (second, Satisfaction.BASICALLY_SATISFIED, Resolution.RESOLVED),
        (third, Satisfaction.SATISFIED, Resolution.RESOLVED),
    )
    with acting_on(database) as ledger:
        for petition_id, satisfaction, resolution in given:
            command = CompleteCallback(
                satisfaction=satisfaction, resolution=resolution, occurred_at=SAID
            )
            ledger.apply(petition_id, command, caller)
        miss = RecordCallbackAttempt(result=CallbackResult.NO_REPLY, occurred_at=SAID)
        ledger.apply(fourth, miss, caller)


def test_closed_sample_takes_no_later_answers(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """The estimate of a closed sample stays what it was; the sample is listed with its state."""
    taizhang("commit", "--share", "34", "--seed-file", seed)
    _, out = taizhang("draw", "1", "--seed-file", seed, "--json", role=Role.REVIEWER)
    drawn = json.loads(out)["drawn"]
    assert {name: len(ids) for name, ids in drawn.items()} == {"bureau": 3, "roads": 2}
    assert taizhang("close", "1", "--reason", "callback period over")[0] == Exit.DONE
    answer(database, {"bureau": drawn["bureau"][:2], "roads": drawn["roads"]})
    _, out = taizhang("estimate", "1", "--json")
    report = json.loads(out)
    assert (report["answered"], report["silences"]["not_asked"]) == (0, 5)
    assert report["questions"][0]["estimate_percent"] is None
    _, out = taizhang("list")
    assert out.splitlines()[-1].split("\t")[-2:] == ["closed", "yes"]


def test_second_sample_has_the_next_number_and_another_frame(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """Whoever was asked is not asked again; strata may be put together."""
    taizhang("commit", "--each", "2", "--seed-file", seed)
    _, out = taizhang("draw", "1", "--seed-file", seed, "--json", role=Role.REVIEWER)
    answer(database, json.loads(out)["drawn"])
    code, out = taizhang("commit", "--stratum", "bureau+roads=3", "--dry-run", "--json")
    assert code == Exit.DONE
    rehearsed = json.loads(out)
    assert (rehearsed["number"], rehearsed["population"]) == (2, 6)
    assert rehearsed["strata"][0] == {
        "name": "bureau+roads",
        "keys": ["bureau", "roads"],
        "population": 6,
        "size": 3,
    }
    assert taizhang("show", "2")[0] == Exit.NOT_FOUND


def test_petition_that_becomes_confidential_is_on_no_list(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """The draw is refused, and nobody is named."""
    taizhang("commit", "--share", "100", "--seed-file", seed)
    with database.connect(DatabaseRole.APP) as connection:
        first = next(iter(read_petitions(connection, 10_000)))
    with acting_on(database) as ledger:
        mark = MarkConfidential(accused_unit="roads", reason="涉及举报。", occurred_at=SAID)
        ledger.apply(first.petition_id, mark, person(Role.INTAKE))
    assert taizhang("draw", "1", "--seed-file", seed, role=Role.REVIEWER)[0] == Exit.REFUSED
    with database.connect(DatabaseRole.APP) as connection:
        sample = find_sample(connection, 1)
    assert sample is not None
    assert (sample.seed, sample.drawn) == (None, {})


def test_sample_with_a_petition_exchanged_in_the_log_is_found(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """Even the owner of the tables who rewrites a list cannot hide it from the draw."""
    taizhang("commit", "--each", "2", "--seed-file", seed)
    taizhang("draw", "1", "--seed-file", seed, role=Role.REVIEWER)
    with database.connect(DatabaseRole.APP) as connection:
        sample = find_sample(connection, 1)
        assert sample is not None
        assert verify_sample(connection, sample) == ()
        everybody = {facts.petition_id for facts in read_petitions(connection, sample.position)}
    drawn = {each for ids in sample.drawn.values() for each in ids}
    victim, friend = str(sample.drawn["bureau"][0]), str(min(everybody - drawn))
    with psycopg.connect(database.admin_conninfo(), autocommit=True) as admin:
        admin.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        admin.execute(
            "UPDATE event SET payload = convert_to(replace("
            "convert_from(payload, 'UTF8'), %s, %s), 'UTF8') "
            "WHERE topic = 'sample.stratum_drawn'",
            (victim, friend),
        )
    code, out = taizhang("verify", "1")
    assert code == Exit.FINDING
    assert "should not have been drawn" in out


def test_seed_seals_one_sample_alone(database: Database) -> None:
    """A seed that was revealed would tell the next draw beforehand."""
    digest = seed_digest("17" * 32)
    with acting_on(database) as ledger:
        for number in (1, 2):
            command = CommitSample(
                number=number, purpose=SamplePurpose.CALLBACK, seed_sha256=digest, size_each=1
            )
            if number == 1:
                ledger.open(SAMPLES, UUID(int=1), command, person(Role.STATISTICIAN, None))
            else:
                with pytest.raises(ClaimTakenError):
                    ledger.open(SAMPLES, UUID(int=2), command, person(Role.STATISTICIAN, None))


def test_named_petitions_are_what_the_whole_log_says_of_them(database: Database) -> None:
    """Some petitions or all of them: the same facts."""
    with database.connect(DatabaseRole.APP) as connection:
        everybody = {facts.petition_id: facts for facts in read_petitions(connection, 40)}
        some = sorted(everybody)[2:5]
        named = list(read_named_petitions(connection, 40, [*some, UUID(int=99)]))
    assert named == [everybody[each] for each in some]


def test_estimate_follows_the_log_alone(
    taizhang: Callable[..., tuple[int, str]], database: Database, seed: str
) -> None:
    """No read model was ever filled here, and every answer is in the estimate."""
    taizhang("commit", "--each", "2", "--seed-file", seed)
    _, out = taizhang("draw", "1", "--seed-file", seed, "--json", role=Role.REVIEWER)
    answer(database, json.loads(out)["drawn"])
    with database.connect(DatabaseRole.APP) as connection:
        assert connection.execute("SELECT count(*) FROM petition_facts").fetchone() == (0,)
        sample = find_sample(connection, 1)
        assert sample is not None
        assert evaluate_sample(connection, sample).answered == 3


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("commit", "--each", "2"), Exit.USAGE),
        (("commit", "--dry-run"), Exit.REFUSED),
        (("commit", "--each", "2", "--share", "5", "--dry-run"), Exit.REFUSED),
        (("commit", "--each", "4", "--dry-run"), Exit.REFUSED),
        (("commit", "--share", "26.025", "--dry-run"), Exit.USAGE),
        (("commit", "--share", "0", "--dry-run"), Exit.USAGE),
        (("commit", "--share", "many", "--dry-run"), Exit.USAGE),
        (("commit", "--stratum", "bureau", "--dry-run"), Exit.USAGE),
        (("commit", "--stratum", "bureau=0", "--dry-run"), Exit.USAGE),
        (("commit", "--stratum", "water=1", "--dry-run"), Exit.REFUSED),
        (("commit", "--each", "1", "--period", "2025", "--dry-run"), Exit.REFUSED),
        (("commit", "--each", "1", "--unit", "nowhere", "--dry-run"), Exit.NOT_FOUND),
        (("show", "7"), Exit.NOT_FOUND),
        (("estimate", "7"), Exit.NOT_FOUND),
        (("verify", "7"), Exit.NOT_FOUND),
        (("close", "7", "--reason", "x"), Exit.NOT_FOUND),
    ],
)
def test_sample_that_cannot_be_is_refused(
    taizhang: Callable[..., tuple[int, str]], arguments: tuple[str, ...], exit_code: Exit
) -> None:
    """Each mistake ends with the code of its kind."""
    assert taizhang(*arguments)[0] == exit_code


def test_refused_commitment_leaves_no_seed_and_touches_no_file(
    taizhang: Callable[..., tuple[int, str]], seed: str
) -> None:
    """A seed file is there for a recorded commitment alone, and none is overwritten."""
    assert taizhang("commit", "--each", "4", "--seed-file", seed)[0] == Exit.REFUSED
    assert not Path(seed).exists()
    Path(seed).write_text("mine")
    assert taizhang("commit", "--each", "1", "--seed-file", seed)[0] == Exit.UNAVAILABLE
    assert Path(seed).read_text() == "mine"
    assert taizhang("list")[1].splitlines() == [
        "number\tpurpose\tperiod\tcommitted at\tposition\tN\tn\tstate\tdrawn"
    ]


def test_draw_with_something_else_than_a_seed_is_refused(
    taizhang: Callable[..., tuple[int, str]], seed: str
) -> None:
    """A file without a seed, and a seed that was not sealed."""
    taizhang("commit", "--each", "1", "--seed-file", seed)
    for text, code in (("hello", Exit.USAGE), ("00" * 32, Exit.REFUSED), ("AB" * 32, Exit.USAGE)):
        Path(seed).write_text(text)
        assert taizhang("draw", "1", "--seed-file", seed, role=Role.REVIEWER)[0] == code
