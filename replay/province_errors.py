"""Without this file a sum that means nothing would be refused in no words."""

from domain.text import Text
from ledger.errors import LedgerError


class NotSummableError(LedgerError):
    """Figures of several ledgers do not mean the same, so their sum would mean nothing."""

    code = "not-summable"

    def __init__(self, first: str, other: str, what: Text) -> None:
        super().__init__(
            Text(
                f"台账 {first} 与 {other} 的{what.zh}不同，数字不能相加；未生成报表。"
                "请统一口径后重试。",
                f"The {what.en} of ledgers {first} and {other} differ, so their figures cannot be "
                "added; no report was made. Settle on one and try again.",
            )
        )


class ReportNotStandingError(LedgerError):
    """There is no such report, or it was retracted."""

    code = "unknown-report"

    def __init__(self, ledger: str, number: int) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} 没有有效的第 {number} 号报表；未生成汇总。"
                "编号见该台账的 taizhang report list。",
                f"Ledger {ledger} has no report {number} that stands; no sum was made. See "
                "'taizhang report list' of that ledger.",
            )
        )


class PublicCellsError(LedgerError):
    """A table for the public has suppressed cells, and what is suppressed adds up to nothing."""

    code = "public-cells"

    def __init__(self, ledger: str) -> None:
        super().__init__(
            Text(
                f"台账 {ledger} 的该报表是公开表，含不列的数字，不能相加；未生成报表。"
                "请选用非公开的报表。",
                f"That report of ledger {ledger} is for the public and suppresses cells, which "
                "cannot be added; no report was made. Name one that is not.",
            )
        )
