"""Without this file nobody would notice that a figure does not follow from the log."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, LiteralString

from psycopg import Connection

from domain.text import Text
from ledger.queries import load_queries
from replay.finding import Fault, Finding

QUERIES: Final = load_queries("replay", "row_check")

TABLES: Final[Mapping[str, LiteralString]] = {
    "petition_facts": QUERIES["hash_petition_facts"],
    "petition_step": QUERIES["hash_petition_step"],
    "rate": QUERIES["hash_rate"],
    "worklist": QUERIES["hash_worklist"],
    "deadline_board": QUERIES["hash_deadline_board"],
    "promise": QUERIES["hash_promise"],
    "backlog": QUERIES["hash_backlog"],
    "backlog_term": QUERIES["hash_backlog_term"],
    "upward_report": QUERIES["hash_upward_report"],
    "confidential_petition": QUERIES["hash_confidential_petition"],
    "public_list": QUERIES["hash_public_list"],
    "unit": QUERIES["hash_unit"],
    "attendance_duty": QUERIES["hash_attendance_duty"],
    "session_board": QUERIES["hash_session_board"],
    "session_attendance": QUERIES["hash_session_attendance"],
    "session_petition": QUERIES["hash_session_petition"],
    "session_commitment": QUERIES["hash_session_commitment"],
    "supervision_ledger": QUERIES["hash_supervision_ledger"],
    "supervision_petition": QUERIES["hash_supervision_petition"],
    "assessment_appeal": QUERIES["hash_assessment_appeal"],
    "enterprise_profile": QUERIES["hash_enterprise_profile"],
    "enterprise_group": QUERIES["hash_enterprise_group"],
    "policy": QUERIES["hash_policy"],
    "subscription": QUERIES["hash_subscription"],
    "policy_inbox": QUERIES["hash_policy_inbox"],
    "outbox": QUERIES["hash_outbox"],
    "activity_count": QUERIES["hash_activity_count"],
    "activity_enterprise": QUERIES["hash_activity_enterprise"],
    "scope_declaration": QUERIES["hash_scope_declaration"],
    "metric_definition": QUERIES["hash_metric_definition"],
}
"""Every table of a read model, and the query that hashes its rows in order of their keys."""

_FETCH_LEN: Final = 5_000
_END: Final = ("\U0010ffff", "")
"""Greater than every key: what a stream that has ended would give next."""

Hashed = tuple[str, str]


def compare_table(live: Connection[Any], shadowed: Connection[Any], table: str) -> Finding | None:
    """Return the first row in which a live table differs from the rebuilt one, or None.

    Blocking; both are streamed in the order of their keys, so memory is bounded.

    Args:
        live: In a transaction that sees the live table at one position.
        shadowed: In a transaction that sees the rebuilt table at the same position.
        table: One of ``TABLES``.
    """
    stored, rebuilt = _stream(live, table), _stream(shadowed, table)
    row, expected = next(stored, _END), next(rebuilt, _END)
    while row == expected:
        if row == _END:
            return None
        row, expected = next(stored, _END), next(rebuilt, _END)
    if row[0] == expected[0]:
        return _differs(table, row[0])
    return _extra(table, row[0]) if row[0] < expected[0] else _missing(table, expected[0])


def _stream(connection: Connection[Any], table: str) -> Iterator[Hashed]:
    with connection.cursor(f"hash_{table}") as cursor:
        cursor.itersize = _FETCH_LEN
        yield from cursor.execute(TABLES[table])


def _differs(table: str, key: str) -> Finding:
    text = Text(
        f"{table} 的行 {key} 与由日志重建的不同。",
        f"Row {key} of {table} differs from the one rebuilt from the log.",
    )
    return Finding(Fault.ROW_DIFFERS, text, table=table, key=key)


def _extra(table: str, key: str) -> Finding:
    text = Text(
        f"{table} 多出行 {key}，日志中没有依据。",
        f"{table} has a row {key} that the log gives no reason for.",
    )
    return Finding(Fault.ROW_EXTRA, text, table=table, key=key)


def _missing(table: str, key: str) -> Finding:
    text = Text(
        f"{table} 缺少由日志重建所得的行 {key}。",
        f"{table} lacks the row {key} that follows from the log.",
    )
    return Finding(Fault.ROW_MISSING, text, table=table, key=key)
