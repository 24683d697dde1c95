"""Without this file JSON could break on a terminal that knows no Chinese."""

import io
import json

import pytest

from commands.json_text import print_json


@pytest.mark.parametrize(("encoding", "plain"), [("utf-8", True), ("ascii", False)])
def test_json_is_valid_on_a_stdout_of_any_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str, *, plain: bool
) -> None:
    """Chinese and astral characters stand as they are, or as JSON escapes."""
    content = io.BytesIO()
    stdout = io.TextIOWrapper(content, encoding=encoding)
    monkeypatch.setattr("sys.stdout", stdout)
    document = {"schema": "test/1", "label": "办结率 𠮷"}
    print_json(document)
    stdout.flush()
    text = content.getvalue().decode(encoding)
    assert json.loads(text) == document
    assert ("办结率" in text) is plain
