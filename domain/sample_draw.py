"""Without this file nobody could draw a sample again and find the same petitions.

The key of a draw is the committed seed followed by the SHA-256 leaf of the commitment's own
entry in the log. Whoever commits a seed cannot know that leaf, since it holds the instant
that the ledger gives the entry; whoever could know the leaf does not know the seed. So
nobody can try seeds until the draw is to their liking.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from hmac import digest
from uuid import UUID


def seed_digest(seed: str) -> str:
    """Return the commitment to a seed: SHA-256 of its bytes; pure.

    Args:
        seed: 64 hex digits.
    """
    return sha256(bytes.fromhex(seed)).hexdigest()


def frame_digest(strata: Mapping[str, Sequence[UUID]]) -> str:
    """Return the SHA-256 of a frame; pure.

    Args:
        strata: Petitions by name of stratum, in the order of the plan; hashed as one line
            ``name``, tab, ``id`` each, ids in ascending order of their text.
    """
    lines = (
        f"{name}\t{petition_id}\n"
        for name, petition_ids in strata.items()
        for petition_id in sorted(petition_ids, key=str)
    )
    return sha256("".join(lines).encode()).hexdigest()


def draw(seed: str, entry_hash: str, frame: Iterable[UUID], size: int) -> tuple[UUID, ...]:
    """Return the petitions drawn from one stratum, the first drawn first; pure.

    Every petition gets the rank HMAC-SHA256(seed ‖ entry hash, id as text); the ``size``
    lowest ranks are drawn. A rank depends on nothing but key and id, so that every subset
    of the frame is as likely as any other of its size.

    Args:
        seed: 64 hex digits, as revealed.
        entry_hash: Leaf hash of the commitment's entry, 64 hex digits.
        frame: Petitions of the stratum.
        size: How many to draw, at most as many as there are.
    """
    key = bytes.fromhex(seed) + bytes.fromhex(entry_hash)

    def rank(petition_id: UUID) -> bytes:
        return digest(key, str(petition_id).encode(), sha256)

    return tuple(sorted(frame, key=rank)[:size])
