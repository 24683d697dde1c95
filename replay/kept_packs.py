"""Without this file a run over many petitions would read the same pack from the log for each."""

from collections.abc import Iterator, Mapping

from domain.policy_pack import PolicyPack
from ledger.reference import PublishedPacks


class KeptPacks(Mapping[str, PolicyPack]):
    """Packs read once for a whole run, which asks for them with every petition. Blocking.

    Args:
        published: Where they are read from.
    """

    def __init__(self, published: PublishedPacks) -> None:
        self._published = published
        self._kept: dict[str, PolicyPack | None] = {}

    def __getitem__(self, pack_id: str) -> PolicyPack:
        """Return a published pack.

        Raises:
            KeyError: it was never published.
        """
        if pack_id not in self._kept:
            self._kept[pack_id] = self._published.get(pack_id)
        pack = self._kept[pack_id]
        if pack is None:
            raise KeyError(pack_id)
        return pack

    def __iter__(self) -> Iterator[str]:
        """Yield the id of the pack in force."""
        return iter(self._published)

    def __len__(self) -> int:
        """Return 1, as ``PublishedPacks`` does."""
        return len(self._published)
