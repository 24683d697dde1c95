"""Without this file a missing petition, roster or pack would look like a broken program."""

from uuid import UUID

from domain.text import Text
from ledger.errors import LedgerError


class UnknownPetitionError(LedgerError):
    """No petition has this id."""

    code = "unknown-petition"

    def __init__(self, petition_id: UUID | str) -> None:
        super().__init__(
            Text(
                f"没有编号为 {petition_id} 的诉求；未作任何记录，请核对编号。",
                f"there is no petition {petition_id}; nothing was recorded, check its id.",
            )
        )


class LedgerNotOpenedError(LedgerError):
    """The ledger has no roster or no policy pack in force yet."""

    code = "ledger-not-opened"

    def __init__(self) -> None:
        super().__init__(
            Text(
                "台账尚未建册：没有名册或没有采用规则包；未作任何记录，"
                "请先运行 taizhang demo shuangliu，或导入数据。",
                "the ledger is not opened: it has no roster or no policy pack in force; nothing "
                "was recorded, run 'taizhang demo shuangliu' or an import first.",
            )
        )


class UnknownPackError(LedgerError):
    """No policy pack of this id was published in the ledger."""

    code = "unknown-pack"

    def __init__(self, pack_id: str) -> None:
        super().__init__(
            Text(
                f"台账中没有发布规则包“{pack_id}”；未作任何更改，请先发布。",
                f"no policy pack '{pack_id}' is published in this ledger; nothing was changed, "
                "publish it first.",
            )
        )
