"""Tests of the sentences a failed start speaks, and of what a server's refusal means."""

import string
import tomllib
from importlib.resources import files

import psycopg
import pytest

from ledger.startup import StartupCode, connection_failure, server_name

CONNINFO = "postgresql://clerk:Geheim-42@db.local:6432/ledger"


def places(text: str) -> set[str]:
    """Return the places of a text that values go to."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_code_has_texts_with_the_same_places_in_both_languages() -> None:
    """A value that is shown in one language is shown in the other."""
    texts = tomllib.loads(files("ledger").joinpath("startup.toml").read_text("utf-8"))
    assert set(texts) == set(StartupCode)
    for code, table in texts.items():
        assert table["exit_code"] in {2, 6}, code
        for line in ("what", "why", "do"):
            zh, en = table[f"{line}_zh"], table[f"{line}_en"]
            strip = str.maketrans("", "", string.digits)
            assert {name.removesuffix("_zh").translate(strip) for name in places(zh)} == {
                name.removesuffix("_en").translate(strip) for name in places(en)
            }, (code, line)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('FATAL:  password authentication failed for user "clerk"', StartupCode.WRONG_PASSWORD),
        ("fe_sendauth: no password supplied", StartupCode.WRONG_PASSWORD),
        ('致命错误:  用户 "clerk" Password 认证失败', StartupCode.WRONG_PASSWORD),
        ('FATAL:  Peer authentication failed for user "clerk"', StartupCode.LOGIN_REFUSED),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', StartupCode.LOGIN_REFUSED),
        ('FATAL:  database "ledger" does not exist', StartupCode.DATABASE_MISSING),
        ('致命错误:  数据库 "ledger" 不存在', StartupCode.DATABASE_MISSING),
        ("Connection refused", StartupCode.SERVER_DOWN),
        ("could not translate host name", StartupCode.SERVER_DOWN),
        ("odd words that repeat Geheim-42", StartupCode.SERVER_DOWN),
    ],
)
def test_refused_connection_is_understood(said: str, code: StartupCode) -> None:
    """The server's sentence decides the code, in English and Chinese; no secret passes."""
    error = connection_failure(psycopg.OperationalError(said), CONNINFO)
    assert error.code is code
    assert not any("Geheim-42" in line for line in (*error.lines("zh"), *error.lines("en")))


def test_server_name_has_no_login_in_it() -> None:
    """People read where the server is, not who logs in to it."""
    assert server_name(CONNINFO) == "db.local:6432/ledger"


def test_server_that_is_down_can_be_looked_at() -> None:
    """The line to copy names host and port, for a socket's folder too."""
    error = connection_failure(psycopg.OperationalError("x"), "host=/run/pg port=1 dbname=a")
    assert error.do.en.endswith("pg_isready -h /run/pg -p 1")
