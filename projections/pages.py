"""Without this file each list would end its pages at a length of its own."""

from typing import Final

PAGE_LEN_MAX: Final = 500
"""Most items of one page, whatever is listed."""


def refuse_page_len(limit: int) -> None:
    """Refuse a page that is empty or too long; pure.

    Raises:
        ValueError: ``limit`` is not within 1 to ``PAGE_LEN_MAX``.
    """
    if not 1 <= limit <= PAGE_LEN_MAX:
        raise ValueError(f"limit {limit} is not within 1 to {PAGE_LEN_MAX}")
