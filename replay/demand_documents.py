"""Without this file each question about words would cut every text of the ledger again.

The words are a read model of the application's role: the projector may not read personal
values. Each row hangs on the values it was made from, so an erasure takes its words along.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.text import Text
from ledger.errors import LedgerError
from ledger.queries import load_queries
from replay.demand_words import count_words, words_method
from replay.figures import head_position

QUERIES: Final = load_queries("replay", "demand_documents")

STRETCH_LEN: Final = 20_000
"""Positions read in one transaction, so that an interrupted refresh keeps what it did."""

_COUNT_MAX: Final = 32_767


class WordsPlace(NamedTuple):
    """How far the words have come.

    Attributes:
        method: What they depend on besides the texts.
        position: Last position read.
        documents: How many petitions have words on record.
    """

    method: str
    position: int
    documents: int


class NoWordsError(LedgerError):
    """The words of petitions were never read, or by another method."""

    code = "words-not-read"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "诉求用词尚未建立，或由旧方法建立；未返回任何结果，"
                "请运行 taizhang demand refresh。",
                "the words of petitions were not read yet, or by an older method; nothing was "
                "returned, run: taizhang demand refresh",
            )
        )


class _Sealed(msgspec.Struct):
    commitment: str | None = None


class _Birth(msgspec.Struct):
    """What a birth event says of its texts in the log itself."""

    confidential: bool = False
    subject: _Sealed | None = None
    text: _Sealed | None = None


def refresh_words(
    connection: Connection[Any],
    *,
    is_rebuild: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> WordsPlace:
    """Read the texts that came in since the last time, and return how far the words are.

    Blocking; commits after each stretch of the log. All is read anew where the method is
    another one. A petition is left out if it is confidential, or if any of the texts it
    came with is erased.

    Args:
        connection: Of the role tz_app, in no transaction.
        is_rebuild: Throw the words away first; the same rows come out.
        progress: Told positions done and in all.
    """
    method, whole = words_method(), 0
    while True:
        with connection.transaction():
            connection.execute(QUERIES["lock_refresh"])
            done = _start(connection, method, is_rebuild=is_rebuild)
            whole = max(whole, head_position(connection))
            upto = min(done + STRETCH_LEN, whole)
            _read_stretch(connection, done, upto)
            _note(connection, method, upto)
        is_rebuild = False
        progress(upto, whole)
        if upto >= whole:
            return _place(connection, method, upto)


def read_place(connection: Connection[Any]) -> WordsPlace:
    """Return how far the words have come. Blocking.

    Raises:
        NoWordsError: they were never read, or by another method.
    """
    row = connection.execute(QUERIES["read_refresh"]).fetchone()
    if row is None or row[0] != words_method():
        raise NoWordsError
    return _place(connection, row[0], row[1])


def _place(connection: Connection[Any], method: str, position: int) -> WordsPlace:
    (documents,) = cast("tuple[int]", connection.execute(QUERIES["count_documents"]).fetchone())
    return WordsPlace(method, position, documents)


def _start(connection: Connection[Any], method: str, *, is_rebuild: bool) -> int:
    row = connection.execute(QUERIES["read_refresh"]).fetchone()
    if row is not None and row[0] == method and not is_rebuild:
        return int(row[1])
    connection.execute(QUERIES["delete_documents"])
    return 0


def _note(connection: Connection[Any], method: str, position: int) -> None:
    connection.execute(QUERIES["delete_refresh"])
    connection.execute(QUERIES["insert_refresh"], {"method": method, "position": position})


def _read_stretch(connection: Connection[Any], after: int, upto: int) -> None:
    stretch = {"after": after, "upto": upto}
    births = connection.execute(QUERIES["read_births"], stretch).fetchall()
    with connection.cursor() as cursor, cursor.copy(QUERIES["copy_documents"]) as copy:
        copy.set_types(["uuid", "int4", "text", "text", "text[]", "int2[]"])
        for petition_id, version, payload, subject, text in births:
            row = _document(petition_id, version, payload, {"/subject": subject, "/text": text})
            if row is not None:
                copy.write_row(row)
    connection.execute(QUERIES["delete_confidential"], stretch)


def _document(
    petition_id: UUID, version: int, payload: bytes, values: Mapping[str, bytes | None]
) -> tuple[object, ...] | None:
    birth = msgspec.json.decode(payload, type=_Birth)
    sealed = {"/subject": birth.subject, "/text": birth.text}
    given = [path for path, each in sealed.items() if each is not None and each.commitment]
    texts = [value for path in given if (value := values[path]) is not None]
    if birth.confidential or not given or len(texts) < len(given):
        return None
    counts = count_words(msgspec.json.decode(each, type=str) for each in texts)
    paths = [path if path in given else None for path in sealed]
    return (
        petition_id,
        version,
        *paths,
        list(counts),
        [min(count, _COUNT_MAX) for count in counts.values()],
    )
