"""Without this file no figure could say which petitions it is about."""

import msgspec


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """Which petitions are meant; null stands for all.

    Attributes:
        unit: Code of the unit a petition counts for.
        petition_type: Its type.
        channel: How it came in.
        region: Region as recorded.
    """

    unit: str | None = None
    petition_type: str | None = None
    channel: str | None = None
    region: str | None = None

    def meets(self, other: "Extent") -> bool:
        """Return whether a petition may belong to both; pure."""
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)
