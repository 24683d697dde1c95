"""Without this file the documentation would show types where people look for a body to copy."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from msgspec.inspect import (
    BoolType,
    DateTimeType,
    DateType,
    EnumType,
    Field,
    IntType,
    ListType,
    LiteralType,
    NamedTupleType,
    NoneType,
    StrType,
    StructType,
    Type,
    UnionType,
    UUIDType,
    VarTupleType,
    type_info,
)

from api.schema_limits import LINE_END_GUARD
from domain.command import Command

EXAMPLE_ID: Final = UUID("0b6f3c9a-5d0e-4f5a-9a8e-2f6f0c7d1e42")
EXAMPLE_AT: Final = "2026-09-01T10:43:00+08:00"

# What a field of this name would hold in the case of the left-turn lane.
_BY_NAME: Final[Mapping[str, object]] = {
    "amount": 5,
    "basis": "completed",
    "category": "traffic",
    "channel": "one_click_letter",
    "credit_code": "91510100MA0000001L",
    "due_at": "2026-09-18T18:00:00+08:00",
    "enterprise": "91510100MA0000001L",
    "handler_id": "handler-7",
    "handler_name": "示例承办人",
    "head_id": "head-2",
    "lead": "transport",
    "medium": "电话",
    "number": "20260901000042",
    "outcome": "resolved",
    "owner_id": "petitioner-42",
    "petition_type": "appeal",
    "petitioner_name": "示例诉求人",
    "petitioner_phone": "028-0000-0000",
    "region": "示例镇",
    "resolution": "resolved",
    "satisfaction": "satisfied",
    "sha256": "0" * 64,
    "media_type": "application/pdf",
    "subject": "园区路口左转车道不足",
    "text": "早高峰左转排队过长，建议增设一条左转车道。",
    "unit": "transport",
}
# What a text of this shape would hold, where its name does not say it.
_BY_TYPE: Final[Mapping[type[Type], object]] = {
    DateTimeType: EXAMPLE_AT,
    DateType: EXAMPLE_AT[:10],
    UUIDType: str(EXAMPLE_ID),
    BoolType: True,
}
_BY_PATTERN: Final[Mapping[str, str]] = {
    "": "说明理由的一句话。",
    r"\S": "说明理由的一句话。",
    r"^[0-9+*() -]{3,32}$": "028-0000-0000",
    r"^[0-9a-f]{64}$": "0" * 64,
    r"^[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})?$": "closure_rate",
    r"^[a-z][a-z0-9_-]{0,39}@[0-9]{1,4}(\.[0-9]{1,4})?$": "cn@2026",
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[1-9][0-9]*$": f"{EXAMPLE_ID}:4",
}
_SHOWN: Final = frozenset({"petition_type", "category", "petitioner_phone", "region"})
"""Optional fields worth showing."""


def example_body(kind: type[Command]) -> dict[str, object]:
    """Return a body that the command accepts. Pure.

    Required fields are always there, optional ones where people usually fill them in.
    """
    info = type_info(kind)
    if not isinstance(info, StructType):
        raise TypeError(f"{kind.__name__} is no struct")
    return _example_fields(info)


def _example_fields(info: StructType) -> dict[str, object]:
    return {
        field.name: _example(field) for field in info.fields if field.required or _is_shown(field)
    }


def _is_shown(field: Field) -> bool:
    return field.name in _SHOWN and field.name in _BY_NAME


def _example(field: Field) -> object:
    known = _BY_NAME.get(field.name)
    # One name may stand for a number in one command and for a text in another.
    if known is None or isinstance(field.type, IntType) is not isinstance(known, int):
        return _of_type(field.type)
    return known


def _of_type(kind: Type) -> object:
    match kind:
        case UnionType():
            return _of_type(next(each for each in kind.types if not isinstance(each, NoneType)))
        case NamedTupleType():
            return [_example(field) for field in kind.fields]
        case ListType() | VarTupleType():
            return [_of_type(kind.item_type)] * (kind.min_length or 0)
        case StructType():
            return _example_fields(kind)
        case _:
            return _of_value(kind)


def _of_value(kind: Type) -> object:
    if type(kind) in _BY_TYPE:
        return _BY_TYPE[type(kind)]
    match kind:
        case EnumType():
            return str(next(iter(kind.cls)).value)
        case LiteralType():
            return kind.values[0]
        case StrType():
            return _BY_PATTERN.get((kind.pattern or "").removesuffix(LINE_END_GUARD), "example-1")
        case IntType():
            return kind.ge or 1
        case _:
            raise TypeError(f"no example for {kind}")


def example_instant() -> datetime:
    """Return the instant of the examples."""
    return datetime.fromisoformat(EXAMPLE_AT)


def as_plain(value: object) -> object:
    """Return a struct as the JSON a client gets. Pure."""
    return msgspec.to_builtins(value, str_keys=True)
