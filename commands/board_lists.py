"""Without this file the terminal would list other things than the API."""

from collections.abc import Mapping
from typing import Final

from commands.board_cases import CASES
from commands.board_offices import OFFICES
from commands.board_services import SERVICES
from commands.board_text import BoardList

LISTS: Final[Mapping[str, BoardList]] = {**CASES, **OFFICES, **SERVICES}
"""Every list of ``commands.board``, by its name."""
