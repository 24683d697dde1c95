"""Figures asked for as people do: by a command, from what it prints as JSON."""

import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from commands.failures import Exit
from commands.main import run
from ledger.database import Database
from tests.acceptance.imported_ledger import real_file, truth
from tests.integration.test_report_command import connect_by

SHIPPED = Path(__file__).parents[2] / "replay" / "mappings"

Rows = dict[str, dict[str, Any]]
Figure = Callable[["Asked"], object]


class Asked:
    """What the commands say of one imported file; each is run once.

    Args:
        database: The ledger.
        folder: Where rejects go.
        as_of: Local instant that every report is asked for, or None for now.
    """

    def __init__(self, database: Database, folder: Path, as_of: str | None = None) -> None:
        self._environ = connect_by(database)
        self._folder = folder
        self._as_of = as_of
        self._answers: dict[tuple[str, ...], Any] = {}

    def run(self, *arguments: str) -> Any:  # noqa: ANN401 - JSON
        """Return what a command prints as JSON."""
        if arguments not in self._answers:
            printed = StringIO()
            with redirect_stdout(printed):
                code = run([*arguments, "--json"], self._environ, version="0")
            assert code == Exit.DONE, arguments
            self._answers[arguments] = json.loads(printed.getvalue())
        return self._answers[arguments]

    def bring_in(self, file: str, mapping: str, *options: str) -> Any:  # noqa: ANN401 - JSON
        """Import a real file and return what became of its rows."""
        rejects = str(self._folder / "rejects.csv")
        path = str(real_file(file))
        return self.run("import", path, "--mapping", mapping, "--rejects", rejects, *options)

    def report(self, name: str, *options: str, as_of: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """Return a report at the instant of the source, or at another one."""
        instant = as_of or self._as_of
        return self.run("report", name, *options, *(("--as-of", instant) if instant else ()))

    def rows(self, name: str, *options: str) -> Rows:
        """Return the rows of a report by their keys, in their order."""
        return {row["key"]: row for row in self.report(name, *options)["rows"]}

    @cached_property
    def total(self) -> dict[str, Any]:
        """What all cases come to."""
        return dict(self.report("cases")["total"])


def local(instant: str) -> str:
    """Return an instant as the truth files write it: local, without a zone."""
    return instant.replace("T", " ")[:19]


def four(n: int, d: int) -> float | None:
    """Return a share as the truth files print it: four decimals, half-up, null without cases."""
    if not d:
        return None
    return float((Decimal(n) / Decimal(d)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def numbers(figures: Mapping[str, str | None]) -> dict[str, float | None]:
    """Return printed decimals as numbers."""
    return {name: None if text is None else float(text) for name, text in figures.items()}


def check_every_figure(source: str, figures: Mapping[str, Figure], asked: Asked) -> None:
    """Compare every figure of a truth file, whatever it holds, with what the commands say.

    A figure that nobody asks for fails, and so does a question whose figure is gone.
    """
    expected = truth(source)
    assert sorted(figures) == sorted(expected)
    found = {name: ask(asked) for name, ask in figures.items()}
    wrong = [name for name in expected if found[name] != expected[name]]
    assert {name: found[name] for name in wrong} == {name: expected[name] for name in wrong}
