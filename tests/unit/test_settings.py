"""Tests of what an environment means for the database."""

import os
from pathlib import Path

import pytest

from ledger.settings import DatabaseSettings, default_data_dir
from ledger.startup import StartupCode, StartupError

DSN = "postgresql://clerk:Geheim-42@db.local/ledger"


def test_settings_of_an_empty_environment_mean_the_embedded_server() -> None:
    """Without a connection string the program brings its own server."""
    settings = DatabaseSettings.from_env({})
    assert settings.dsn is None
    assert settings.ledger == "main"
    assert settings.data_dir.is_absolute()


def test_settings_read_a_connection_string_from_a_file(tmp_path: Path) -> None:
    """A secret may come from a file, as container secrets do."""
    secret = tmp_path / "dsn"
    secret.write_text(f"{DSN}\n")
    settings = DatabaseSettings.from_env({"TAIZHANG_DSN_FILE": os.fspath(secret)})
    assert settings.dsn == DSN
    assert "Geheim" not in repr(settings)


def test_settings_do_not_heed_the_variables_of_other_programs() -> None:
    """Variables of libpq and of hosting platforms are named, never used."""
    environ = {"PGHOST": "a", "DATABASE_URL": "b", "PGPASSWORD": "c", "PAGER": "d", "pgx": "e"}
    settings = DatabaseSettings.from_env(environ)
    assert settings.ignored == ("DATABASE_URL", "PGHOST", "PGPASSWORD")
    assert settings.dsn is None


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"TAIZHANG_LEDGER": "Main"}, "TAIZHANG_LEDGER"),
        ({"TAIZHANG_LEDGER": "a" * 32}, "TAIZHANG_LEDGER"),
        ({"TAIZHANG_LEDGER": 'a"; DROP'}, "TAIZHANG_LEDGER"),
        ({"TAIZHANG_DSN": "Geheim-42"}, "TAIZHANG_DSN"),
        ({"TAIZHANG_DSN": DSN, "TAIZHANG_DSN_FILE": "/x"}, "TAIZHANG_DSN_FILE"),
        ({"TAIZHANG_DSN_FILE": "/no/such/file"}, "TAIZHANG_DSN_FILE"),
        ({"TAIZHANG_OWNER_DSN": DSN}, "TAIZHANG_DSN"),
    ],
)
def test_setting_is_refused_by_name_and_never_by_value(environ: dict[str, str], name: str) -> None:
    """The error says which variable is wrong; what it holds may be a secret."""
    with pytest.raises(StartupError) as caught:
        DatabaseSettings.from_env(environ)
    assert caught.value.code is StartupCode.SETTING_INVALID
    assert caught.value.exit_code == 2
    assert name in str(caught.value)
    assert "Geheim" not in str(caught.value)


def test_data_directory_follows_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's data lie where the server's account can reach them, others' in their home."""
    monkeypatch.setattr("ledger.settings.geteuid", lambda: 0)
    assert default_data_dir({"HOME": "/root"}) == Path("/var/lib/taizhang")
    monkeypatch.setattr("ledger.settings.geteuid", lambda: 1)
    assert default_data_dir({"HOME": "/h"}) == Path("/h/.local/share/taizhang")
    assert default_data_dir({"HOME": "/h", "XDG_DATA_HOME": "/x"}) == Path("/x/taizhang")
    assert default_data_dir({"HOME": "/h", "XDG_DATA_HOME": "rel"}).is_relative_to("/h")
    assert default_data_dir({}).name == "taizhang"
    monkeypatch.setattr("ledger.settings.geteuid", lambda: 54_321)
    with pytest.raises(StartupError):
        default_data_dir({})
