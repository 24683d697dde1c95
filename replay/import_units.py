"""Without this file cases of a file would count for units that nobody registered."""

import re
from hashlib import sha256

from domain.roster import RosterState, Unit
from domain.text import Text
from replay.mapping import NewUnits
from replay.reject_reasons import Reason, RowRejectedError

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CODE_DIGITS = 12


class ImportUnits:
    """Finds the unit a file's label means, and collects those the roster lacks.

    Pure; registering what ``take_new`` returns is the caller's.

    Args:
        state: The roster as it stands.
        new_units: What to register of unknown units, or null to refuse them.
        column: Header of the unit column, for rejects.

    Raises:
        UnknownUnitError, UnitClosedError: the parent for new units is not on the roster.
    """

    def __init__(self, state: RosterState, new_units: NewUnits | None, column: str | None) -> None:
        if new_units is not None and new_units.parent is not None:
            state.open_unit(new_units.parent)
        self._closed = state.closed
        self._column = column
        self._new_units = new_units
        self._codes = {code: code for code in state.units}
        for unit in state.units.values():
            for name in set(unit.name):
                # A name that two units share decides nothing.
                self._codes[name] = unit.unit_id if name not in self._codes else ""
        self._pending: dict[str, Unit] = {}

    def find(self, label: str, *, is_open: bool) -> str:
        """Return the code of a unit by its code or its one name.

        Args:
            label: What the row states.
            is_open: Whether the case is still to be handled.

        Raises:
            RowRejectedError: the unit is unknown, or closed and the case is open.
        """
        code = self._codes.get(label)
        if not code:
            if self._new_units is None:
                raise RowRejectedError(Reason.UNKNOWN_UNIT, self._column)
            code = self._codes[label] = self._add(label, self._new_units)
        if is_open and code in self._closed:
            raise RowRejectedError(Reason.UNIT_CLOSED, self._column)
        return code

    def take_new(self) -> list[Unit]:
        """Return the units met since the last call that the roster lacks."""
        units = list(self._pending.values())
        self._pending.clear()
        return units

    def _add(self, label: str, new_units: NewUnits) -> str:
        code = label if _CODE.fullmatch(label) else generated_code(label)
        name = new_units.names.get(code) or new_units.names.get(label) or label
        self._pending[code] = Unit(
            unit_id=code,
            name=Text(name, name),
            tier=new_units.tier,
            parent=new_units.parent,
            kind=new_units.kind,
        )
        self._codes[code] = code
        return code


def generated_code(label: str) -> str:
    """Return the code of a unit that the file knows by name alone; the same name, the same code."""
    return f"u-{sha256(label.encode()).hexdigest()[:_CODE_DIGITS]}"
