"""Without this module nobody would know what keeps a ledger from being changed."""

from enum import StrEnum
from typing import Any, Final, NamedTuple

from psycopg import Connection

from domain.text import Text
from ledger.queries import load_queries
from ledger.startup import StartupCode, StartupError

QUERIES: Final = load_queries("ledger", "append_guard")


class AppendGuard(StrEnum):
    """What refuses a change of recorded events; stable, for scripts."""

    TRIGGER = "grants-and-trigger"
    GRANTS = "grants"
    NONE = "none"

    @property
    def label(self) -> Text:
        """What people are told holds."""
        return _LABELS[self]


_LABELS: Final = {
    AppendGuard.TRIGGER: Text("授权与触发器", "grants and a trigger"),
    AppendGuard.GRANTS: Text(
        "仅授权（Citus 上没有触发器）", "grants alone (there are no triggers on Citus)"
    ),
    AppendGuard.NONE: Text("无", "nothing"),
}


class GuardState(NamedTuple):
    """What holds on the event table of a ledger.

    Attributes:
        is_sharded: Whether the server has Citus, which refuses triggers on sharded tables.
        has_trigger: Whether the trigger stands, also for sessions that skip ordinary ones.
        loose_roles: Roles but the owner that a grant lets change, remove or guard events.
    """

    is_sharded: bool
    has_trigger: bool
    loose_roles: list[str]

    @property
    def guard(self) -> AppendGuard:
        """What keeps the log append-only, ``NONE`` where something is missing; pure."""
        if self.loose_roles or not (self.has_trigger or self.is_sharded):
            return AppendGuard.NONE
        return AppendGuard.TRIGGER if self.has_trigger else AppendGuard.GRANTS

    @property
    def fault(self) -> Text:
        """What is missing, for people; pure."""
        if self.loose_roles:
            names = ", ".join(self.loose_roles)
            return Text(f"可改动事件的角色：{names}", f"roles that may change events: {names}")
        return Text("触发器缺失或已停用", "the trigger is missing or disabled")


def read_guard(connection: Connection[Any]) -> GuardState:
    """Return what holds on the event table; blocking, one query, for any role of the ledger."""
    row = connection.execute(QUERIES["read_guards"]).fetchone()
    if row is None:
        raise LookupError("read_guards returns one row")
    return GuardState(*row)


def check_guard(connection: Connection[Any]) -> AppendGuard:
    """Return what keeps the log append-only. Blocking, one query.

    Raises:
        StartupError: ``not_append_only``.
    """
    state = read_guard(connection)
    if state.guard is AppendGuard.NONE:
        raise StartupError(
            StartupCode.NOT_APPEND_ONLY, fault_zh=state.fault.zh, fault_en=state.fault.en
        )
    return state.guard
