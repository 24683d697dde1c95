"""Without this file an export of a million petitions would have to fit in memory."""

import pickle
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final, cast

from replay.export_document import Row

_BATCH_LEN: Final = 1_000


class SpooledRows(Collection[Row]):
    """Records in a file of this process's own, read as often as they are needed.

    Memory holds one batch. The file is the caller's to remove.

    Args:
        file: Where to write them; nobody else may write there.
        rows: The records; taken once, at once. Blocking.
    """

    def __init__(self, file: Path, rows: Iterable[Row]) -> None:
        self._file = file
        self._len = 0
        with file.open("xb") as stream:
            batch: list[Row] = []
            for row in rows:
                batch.append(row)
                if len(batch) == _BATCH_LEN:
                    self._len += len(batch)
                    pickle.dump(batch, stream)
                    batch = []
            self._len += len(batch)
            pickle.dump(batch, stream)

    def __len__(self) -> int:
        return self._len

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(self._batches())

    def __contains__(self, row: object) -> bool:
        return any(each == row for each in self)

    def _batches(self) -> Iterator[list[Row]]:
        with self._file.open("rb") as stream:
            for _ in range(self._len // _BATCH_LEN + 1):
                yield cast("list[Row]", pickle.load(stream))  # noqa: S301 - what this object wrote
