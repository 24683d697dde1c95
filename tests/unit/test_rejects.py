"""Rejected rows go to a file that a clerk can open, mend and import again."""

import csv
from io import StringIO

import pytest

from replay.reject_reasons import Reason
from replay.rejects import Reject, RejectsFile, inert


def test_rejects_file_has_place_reason_and_the_cells_as_they_were() -> None:
    """Each line says where, why in both languages, and what the row held."""
    stream = StringIO()
    file = RejectsFile(stream, ("编号", "内容"))
    file.write(Reject(3, 5, "内容", Reason.NUL, ("7", "x\ny")))
    header, line = csv.reader(StringIO(stream.getvalue()))
    assert header == ["row", "line", "column", "reason", "原因", "explanation", "编号", "内容"]
    assert line == ["3", "5", "内容", "nul", *Reason.NUL.label, "7", "x\ny"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd", "'+cmd"),
        ("-1+2", "'-1+2"),
        ("\tx", "'\tx"),
        ("-1.5", "-1.5"),
        ("+8613800000000", "+8613800000000"),
        ("a=b", "a=b"),
        ("a\ud800", "a\\ud800"),
    ],
)
def test_rejects_never_run_as_a_formula(cell: str, shown: str) -> None:
    """What a spreadsheet program would run is made inert; numbers stay numbers."""
    assert inert(cell) == shown


def test_reasons_say_what_to_do_in_both_languages() -> None:
    """Every reason has a stable code and two texts."""
    codes = [reason.value for reason in Reason]
    assert len(set(codes)) == len(codes)
    assert all(reason.label.zh and reason.label.en for reason in Reason)
