"""Without this file an account could be named twice, once with a line end behind it."""

from collections.abc import Iterator

import msgspec
import pytest

from api.body_errors import explain_mismatch
from api.schema_limits import complete_schemas
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Code
from domain.filing import SubmitPetition
from domain.unit_commands import CloseUnit

COMMANDS = (
    SubmitPetition,
    *PETITION_COMMANDS,
    *(kind for each in RESOURCES for kind in (*each.opening, *each.commands)),
)


def _patterns(found: object) -> Iterator[str]:
    """Yield every pattern in a type, however deep."""
    if isinstance(found, msgspec.inspect.StrType) and found.pattern is not None:
        yield found.pattern
    if isinstance(found, msgspec.inspect.Type | msgspec.inspect.Field):
        for name in found.__struct_fields__:
            value = getattr(found, name)
            for each in value if isinstance(value, tuple) else (value,):
                yield from _patterns(each)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda kind: kind.__name__)
def test_pattern_of_a_command_lets_no_line_end_pass(kind: type) -> None:
    """In Python "$" alone matches before a last line end."""
    for pattern in _patterns(msgspec.inspect.type_info(kind)):
        assert pattern == r"\S" or pattern.endswith(r"$(?!\n)"), pattern


def test_code_is_matched_as_a_whole() -> None:
    """Neither a line end nor a space makes another account of one."""
    assert msgspec.convert("st-1", Code) == "st-1"
    for text in ("st-1\n", "st-1 ", "\nst-1", ""):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(text, Code)


def test_clients_and_clerks_read_patterns_without_what_python_needs() -> None:
    """JSON Schema's "$" is the end; a refusal shows what the text must look like."""
    schema: dict[str, object] = {"type": "string", "pattern": r"^[0-9]$(?!\n)"}
    complete_schemas(schema)
    assert schema["pattern"] == "^[0-9]$"
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert({"unit": "a b", "reason": "x"}, CloseUnit)
    pointer, text = explain_mismatch(str(refused.value))
    assert pointer == "/unit"
    assert text.zh == "格式须符合 '^[A-Za-z0-9][A-Za-z0-9_.-]*$'"
    assert text.en == "Expected `str` matching regex '^[A-Za-z0-9][A-Za-z0-9_.-]*$'"
