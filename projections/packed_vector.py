"""Without this file the server would add up seventy columns where it can add up one number.

A vector is packed into one integer, 32 bits for each measure, the first measure lowest:
the packed sum of vectors is the sum of the packed vectors. A measure added at the end
leaves numbers as they are.
"""

from functools import lru_cache
from struct import Struct
from typing import Final

from domain.measures import MEASURES, Delta, Vector

_LANES: Final = Struct(f"<{len(MEASURES)}i")
_HALF: Final = sum(1 << (32 * place + 31) for place in range(len(MEASURES)))
"""The sign bit of every measure: adding it keeps one measure's minus out of the next one."""
_CHANGE: Final = Struct("!bh")


def unpack(number: int) -> Vector:
    """Return the vector that was packed, each measure from -2³¹ to below 2³¹; pure.

    Raises:
        OverflowError: the number is none of a vector.
    """
    return _LANES.unpack(((number + _HALF) ^ _HALF).to_bytes(_LANES.size, "little"))


@lru_cache(maxsize=10_000)
def as_changes(delta: Delta) -> bytes:
    """Return what a step changes as it is stored: a byte for each place, two for the change; pure.

    A few hundred of them recur for ever: a petition is received, signed, closed.
    """
    return b"".join(_CHANGE.pack(place, change) for place, change in delta)


@lru_cache(maxsize=10_000)
def pack_changes(changes: bytes) -> int:
    """Return what a step changes, as it is stored, as one number; pure."""
    return sum(change << (32 * place) for place, change in _CHANGE.iter_unpack(changes))
