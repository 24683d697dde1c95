"""Without this file a command would have to read the environment itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from commands.language import Language


@dataclass(frozen=True)
class Invocation:
    """What a command may know of the process that runs it; click's ``obj``.

    Args:
        environ: The process environment, for the ``from_env`` of settings.
        language: The language of the terminal.
    """

    environ: Mapping[str, str]
    language: Language
