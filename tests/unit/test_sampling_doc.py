"""Without this file the document could teach another draw than the program makes."""

import re
from pathlib import Path
from typing import Any

from domain.sample_draw import draw, frame_digest, seed_digest
from tests.unit.drawable_petitions import SEED, waiting

DOC = Path(__file__).parents[2] / "docs" / "SAMPLING.md"


def taught() -> dict[str, Any]:
    """Return the functions that the document shows."""
    (block,) = re.findall(r"```python\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
    functions: dict[str, Any] = {}
    exec(block, functions)  # noqa: S102 - our own document
    return functions


def test_document_teaches_the_draw_that_the_program_makes() -> None:
    """The code block of the document, run as it stands, draws the same petitions."""
    functions, leaf = taught(), "0b" * 32
    ids = [waiting(number).petition_id for number in range(1, 60)]
    texts = [str(each) for each in ids]
    assert functions["draw"](SEED, leaf, texts, 17) == list(map(str, draw(SEED, leaf, ids, 17)))
    assert functions["is_sealed"](SEED, seed_digest(SEED))
    assert not functions["is_sealed"]("00" * 32, seed_digest(SEED))
    frame = {"bureau": ids[30:], "roads": ids[:30]}
    shown = {name: list(map(str, members)) for name, members in frame.items()}
    assert functions["frame_hash"](shown) == frame_digest(frame)
