"""Tests of how far a long command says it is."""

import pytest

from commands import progress
from commands.progress import show_progress


def test_time_left_is_that_of_this_run_when_an_earlier_one_had_done_most(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A run that goes on at 100 of 200 and makes 10 in 20 s needs 180 s for the other 90."""
    clock = iter([0.0, 0.0, 20.0])
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    with show_progress("Rebuilding") as show:
        show(100, 200)
        show(110, 200)
    assert "110/200" in (told := capsys.readouterr().err)
    assert "180" in told
