"""Without this file a mapping that contradicts itself would import wrong figures."""

import difflib
import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.calendar_cn import find_calendar
from domain.errors import DomainError
from replay.import_errors import MappingError
from replay.local_time import is_readable
from replay.mapping import FileMapping, Form, TableMapping
from replay.mapping_fields import TIMES, VOCABULARIES, FieldMapping

_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


def check_mapping(mapping: FileMapping) -> None:
    """Refuse a mapping that names what does not exist or contradicts itself; pure.

    Raises:
        MappingError: the text says where.
    """
    check_table(mapping)
    _check_calendar(mapping)
    _check_links(mapping)


def check_table(mapping: TableMapping) -> None:
    """Refuse a source, a zone, a form of table or a field that cannot be; pure.

    Raises:
        MappingError: the text says where.
    """
    _check_source(mapping.source, mapping.zone, mapping.table)
    for name, field in mapping.fields.named().items():
        _check_field(name, field)


def _check_source(source: str, zone: str, table: Form) -> None:
    if not _SOURCE.fullmatch(source):
        raise MappingError(
            "source",
            "须为 1 至 40 位小写字母、数字、点、下划线或短横",
            "must be 1 to 40 of a-z 0-9 . _ -",
        )
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise MappingError("zone", f"没有时区 {zone}", f"there is no zone {zone}") from error
    if len(table.delimiter or ",") != 1 or table.header_row < 1:
        raise MappingError(
            "table",
            "delimiter 须为一个字符，header_row 须不小于 1",
            "delimiter is one character and header_row at least 1",
        )


def _check_calendar(mapping: FileMapping) -> None:
    if mapping.calendar is not None:
        try:
            find_calendar(mapping.calendar)
        except DomainError as error:
            raise MappingError("calendar", error.text.zh, error.text.en) from error


def _check_field(name: str, field: FieldMapping) -> None:
    place = f"fields.{name}"
    if (field.column is None) == (field.fixed is None):
        raise MappingError(
            place, "column 与 fixed 须写且只写一个", "state either column or fixed, not both"
        )
    if field.fixed is not None and name in {"case_key", *TIMES}:
        raise MappingError(place, "须来自一列，不能固定", "comes from a column, never fixed")
    if (name in TIMES) != bool(field.formats):
        raise MappingError(
            place,
            "时间须写明 formats，其他内容不写",
            "a time states its formats, and nothing else does",
        )
    for form in field.formats:
        if not is_readable(form):
            raise MappingError(
                f"{place}.formats",
                f"格式 {form} 缺少年月日，或含有未知的指令",
                f"format {form} lacks year, month or day, or has an unknown directive",
            )
    targets = [*field.values.values(), *filter(None, (field.otherwise, field.fixed))]
    if name in VOCABULARIES:
        _check_words(place, targets, [member.value for member in VOCABULARIES[name]])


def _check_words(place: str, targets: list[str], words: list[str]) -> None:
    for target in targets:
        if target not in words:
            near = difflib.get_close_matches(target, words, n=1)
            known = near or words
            raise MappingError(
                place,
                f"没有“{target}”这一标识；可用：{'、'.join(known)}",
                f"there is no identifier '{target}'; use {', '.join(known)}",
            )


def _check_links(mapping: FileMapping) -> None:
    """Refuse what one part of the mapping asks for and another leaves out."""
    fields, closing = mapping.fields, mapping.closing
    by_status = closing is not None and closing.when == "status"
    both = set(closing.closed) & set(closing.open) if closing else set()
    for is_wrong, place, zh, en in (
        (
            (fields.closed_at is None) != (closing is None),
            "closing",
            "[closing] 与 fields.closed_at 须同时写明",
            "[closing] and fields.closed_at go together",
        ),
        (
            by_status and (fields.status is None or not (closing and closing.closed)),
            "closing",
            'when = "status" 需要 fields.status 与 closing.closed',
            'when = "status" needs fields.status and closing.closed',
        ),
        (
            bool(both),
            "closing",
            f"状态 {'、'.join(sorted(both))} 既算办结又算未办结",
            f"status {', '.join(sorted(both))} is both closed and open",
        ),
        (
            (fields.due_at is None) != (mapping.calendar is None),
            "calendar",
            "calendar 与 fields.due_at 须同时写明",
            "calendar and fields.due_at go together",
        ),
        (
            (fields.unit is None) != (mapping.units is None),
            "units",
            "units 与 fields.unit 须同时写明",
            "units and fields.unit go together",
        ),
        (
            (mapping.units == "create") != (mapping.new_units is not None),
            "new_units",
            '[new_units] 与 units = "create" 须同时写明',
            '[new_units] and units = "create" go together',
        ),
        (
            fields.phone is not None and fields.name is None,
            "fields.phone",
            "有 phone 须有 name",
            "phone needs name",
        ),
        (
            fields.reply is not None and fields.replied_at is None and fields.closed_at is None,
            "fields.reply",
            "有 reply 须有 replied_at 或 closed_at",
            "reply needs replied_at or closed_at",
        ),
    ):
        if is_wrong:
            raise MappingError(place, zh, en)
