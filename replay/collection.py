"""Without this file a sixth of a rebuild would go into a search for cycles that nothing makes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from searching for cycles meanwhile, in all threads of the process.

    Events, facts and rows refer to nothing that refers back: counting references frees them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
