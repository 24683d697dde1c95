"""Without this file reading, folding and writing would wait for one another."""

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def ahead(source: Iterable[T]) -> Generator[T, None, None]:
    """Yield what a source yields, while a thread of its own makes the next item.

    Blocking; holds one item besides the caller's. What the source raises is raised here,
    in its place. A caller that stops early waits for the item in the making.

    Args:
        source: Nobody else may use it meanwhile.
    """
    items = iter(source)
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(_take, items)
        while item := coming.result():
            coming = maker.submit(_take, items)
            yield from item


def _take(items: Iterator[T]) -> list[T]:
    return list(islice(items, 1))
