"""Rows in COPY's text format survive every character."""

from ledger.copy_text import copy_row


def test_copy_row_escapes_what_the_format_reserves() -> None:
    """Separators, line ends and backslashes are escaped, null and bytes have their forms."""
    assert copy_row(["a\\b\tc\nd\re\bf\fg\vh", None, b"\x00\\", 12, ""]) == (
        b"a\\\\b\\tc\\nd\\re\\bf\\fg\\vh\t\\N\t\\\\x005c\t12\t"
    )
