"""Without this file callers could not tell a lost race from a lost connection."""

from uuid import UUID

from eventsourcing.persistence import DataError, IntegrityError, OperationalError

from domain.text import Text


class LedgerError(Exception):
    """The store refused or could not do something; the text says what was kept.

    Subclasses set ``code``, a stable kebab-case identifier that clients test for.
    """

    code: str = "ledger-error"

    def __init__(self, text: Text) -> None:
        """Keep the text; ``str(error)`` is its English form."""
        super().__init__(text.en)
        self.text = text


class StaleVersionError(LedgerError):
    """The caller decided on an older version of the stream than the log holds."""

    code = "stale-version"

    def __init__(self, originator_id: UUID, expected_version: int, version: int) -> None:
        super().__init__(
            Text(
                f"{originator_id} 已是第 {version} 版，而请求依据第 {expected_version} 版。"
                "未作任何记录；请重新读取后再提交。",
                f"{originator_id} is at version {version}, the request was made on version "
                f"{expected_version}. Nothing was recorded; read it again and repeat.",
            )
        )
        self.originator_id = originator_id
        self.expected_version = expected_version
        self.version = version


class VersionConflictError(LedgerError, IntegrityError):
    """Somebody else appended to the stream between reading and writing."""

    code = "version-conflict"

    def __init__(self, originator_id: UUID, expected_version: int, version: int) -> None:
        super().__init__(
            Text(
                f"{originator_id} 的第 {expected_version} 版不能写入：日志已到第 {version} 版。"
                "未作任何记录；请重新读取后再提交。",
                f"Version {expected_version} of {originator_id} cannot be written: the log is at "
                f"version {version}. Nothing was recorded; read it again and repeat.",
            )
        )
        self.originator_id = originator_id
        self.expected_version = expected_version
        self.version = version


class ClaimTakenError(LedgerError, IntegrityError):
    """A value that is unique in the ledger belongs to another stream."""

    code = "claim-taken"

    def __init__(self, value: str) -> None:
        super().__init__(
            Text(
                f"“{value}”已被占用。未作任何记录；请换一个值。",
                f"“{value}” is already taken. Nothing was recorded; use another value.",
            )
        )
        self.value = value


class KeyTakenError(LedgerError, IntegrityError):
    """The idempotency key already has an answer; ``execute`` returns that answer."""

    code = "key-taken"

    def __init__(self, actor_id: str, key: str) -> None:
        super().__init__(
            Text(
                f"{actor_id} 的幂等键 {key} 已有结果。未再作记录；请查询该结果。",
                f"The idempotency key {key} of {actor_id} already has an answer. Nothing was "
                "recorded again; look the answer up.",
            )
        )
        self.actor_id = actor_id
        self.key = key


class KeyReusedError(LedgerError):
    """The idempotency key was used before with another request."""

    code = "key-reused"

    def __init__(self, key: str) -> None:
        super().__init__(
            Text(
                f"幂等键 {key} 已用于另一请求。未作任何记录，先前的结果保留；请换一个键。",
                f"The idempotency key {key} was used for another request. Nothing was recorded "
                "and the earlier answer stands; use a new key.",
            )
        )
        self.key = key


class EventTooLargeError(LedgerError, DataError):
    """Header and payload of an event exceed what a leaf may hold."""

    code = "event-too-large"

    def __init__(self, topic: str, length: int, length_max: int) -> None:
        super().__init__(
            Text(
                f"事件 {topic} 共 {length} 字节，上限为 {length_max}。"
                "未作任何记录；请缩短内容，或改用附件。",
                f"Event {topic} has {length} bytes, the limit is {length_max}. Nothing was "
                "recorded; shorten it or attach the text.",
            )
        )
        self.length = length


class UnstorableTextError(LedgerError, DataError):
    """A text of the header holds what the database cannot store."""

    code = "unstorable-text"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"{name} 含有不可存储的字符（NUL 或孤立代理项）。未作任何记录；请删除后再提交。",
                f"{name} holds a character that cannot be stored (NUL or a lone surrogate). "
                "Nothing was recorded; remove it and repeat.",
            )
        )
        self.name = name


class AppendRefusedError(LedgerError, IntegrityError):
    """The database refused the rows of one append by a constraint or as ill-formed."""

    code = "append-refused"

    def __init__(self, why: str) -> None:
        super().__init__(
            Text(
                f"数据库拒绝写入：{why}。未作任何记录。",
                f"The database refused the append: {why}. Nothing was recorded.",
            )
        )


class LedgerUnavailableError(LedgerError, OperationalError):
    """The database could not be reached or did not answer in time; nothing was recorded."""

    code = "ledger-unavailable"

    def __init__(self, why: str) -> None:
        super().__init__(
            Text(
                f"台账暂不可用：{why}。未作任何记录；请稍后重试。",
                f"The ledger is not available: {why}. Nothing was recorded; try again later.",
            )
        )


class LedgerClosedError(LedgerUnavailableError):
    """The program is shutting down and takes no more appends."""

    code = "ledger-closed"

    def __init__(self) -> None:
        super().__init__("the program is shutting down")


class OutcomeUnknownError(LedgerError, OperationalError):
    """The connection broke while the commit was under way: it may or may not be recorded."""

    code = "outcome-unknown"

    def __init__(self, why: str) -> None:
        super().__init__(
            Text(
                f"提交过程中连接中断（{why}），是否已记录尚不清楚。"
                "请用同一幂等键重试，重试不会重复记录。",
                f"The connection broke during the commit ({why}); whether it was recorded is not "
                "known. Repeat with the same idempotency key: it is never recorded twice.",
            )
        )
