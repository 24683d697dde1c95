"""Without this file each set of options would be handed to its commands in its own way."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def with_options(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that gives a command several options, in their order on its help page."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)
