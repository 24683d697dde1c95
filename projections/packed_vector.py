"""Without this file the server would add up seventy columns where it can add up one number.

A vector is packed into one integer, 32 bits for each measure, the first measure lowest:
the packed sum of vectors is the sum of the packed vectors. A measure added at the end
leaves numbers as they are.
"""

from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from typing import Final

from domain.measures import MEASURES, Vector

_LANES: Final = Struct(f"<{len(MEASURES)}i")
_HALF: Final = sum(1 << (32 * place + 31) for place in range(len(MEASURES)))
"""The sign bit of every measure: adding it keeps one measure's minus out of the next one."""
_CHANGE: Final = Struct("!bh")


def pack(vector: Iterable[int]) -> int:
    """Return a vector as one number; pure.

    Args:
        vector: In the order of ``MEASURES``, each from -2³¹ to below 2³¹; so must be every
            sum that is unpacked again, which two thousand million petitions would reach.
    """
    return (int.from_bytes(_LANES.pack(*vector), "little") ^ _HALF) - _HALF


def unpack(number: int) -> Vector:
    """Return the vector that was packed; pure.

    Raises:
        OverflowError: the number is none of a vector.
    """
    return _LANES.unpack(((number + _HALF) ^ _HALF).to_bytes(_LANES.size, "little"))


@lru_cache(maxsize=10_000)
def as_changes(delta: Vector) -> bytes:
    """Return the few measures that a step changes, each with its place and by how much; pure.

    A few hundred of them recur for ever: a petition is received, signed, closed.
    """
    return b"".join(_CHANGE.pack(place, change) for place, change in enumerate(delta) if change)


@lru_cache(maxsize=10_000)
def pack_changes(changes: bytes) -> int:
    """Return a step's changes as one number; pure."""
    return sum(change << (32 * place) for place, change in _CHANGE.iter_unpack(changes))
