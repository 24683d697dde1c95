"""Without this file a move that cannot be made would end in a traceback."""

from domain.text import Text
from ledger.errors import LedgerError
from ledger.head_state import HeadPlace


class MoveBusyError(LedgerError):
    """Another process moves the same ledger."""

    code = "move-busy"

    def __init__(self, ledger: str) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} 的另一次迁移正在运行。未作任何更改；请等其结束。",
                f"Another move of ledger {ledger} is running. Nothing was changed; wait for it.",
            )
        )


class NotMovableError(LedgerError):
    """The ledger is not here to be moved."""

    code = "not-movable"

    def __init__(self, ledger: str, place: HeadPlace) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} {place.state.label.zh}（{place.elsewhere}）。未作任何更改；"
                "请在它所在的数据库上操作。",
                f"Ledger {ledger} is {place.state.label.en} ({place.elsewhere}). Nothing was "
                "changed; act on the database it lives in.",
            )
        )


class TargetTakenError(LedgerError):
    """The target holds a ledger of that name which is no copy of this one."""

    code = "target-taken"

    def __init__(self, ledger: str, elsewhere: str) -> None:
        super().__init__(
            Text(
                f"{elsewhere} 上已有台账 {ledger}，且不是本台账的副本。"
                "未作任何更改；请另选数据库。",
                f"{elsewhere} already has a ledger {ledger} that is no copy of this one. Nothing "
                "was changed; choose another database.",
            )
        )


class SamePlaceError(LedgerError):
    """Source and target are one database."""

    code = "same-place"

    def __init__(self, place: str) -> None:
        super().__init__(
            Text(
                f"源与目标是同一个数据库（{place}）。未作任何更改；请检查 TAIZHANG_TARGET_DSN。",
                f"Source and target are one database ({place}). Nothing was changed; correct "
                "TAIZHANG_TARGET_DSN.",
            )
        )


class CopyDiffersError(LedgerError):
    """What arrived is not what was sent."""

    code = "copy-differs"

    def __init__(self, ledger: str, elsewhere: str, what: Text) -> None:
        super().__init__(
            Text(
                f"{elsewhere} 上的副本与台账 {ledger} 不符：{what.zh}。副本不启用，原台账完好；"
                "请再次迁移，或用 taizhang ledger move --take-back 恢复使用。",
                f"The copy of ledger {ledger} at {elsewhere} differs: {what.en}. It stays closed "
                "and the ledger here is whole; move again, or reopen this one with "
                "'taizhang ledger move --take-back'.",
            )
        )
