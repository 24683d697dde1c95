"""Without this file a city's rules could not be written as a file that people can review.

A pack file is TOML. ``clocks_of_every_type`` stands for clocks that each type gets
after its own; all other keys are those of ``domain.pack_content.PackContent``.
"""

import tomllib
from difflib import get_close_matches
from importlib.resources import files
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from domain.errors import DomainError
from domain.pack_check import check_pack
from domain.pack_content import PackContent
from domain.pack_rules import ClockRule
from domain.text import Text

_SHARED_CLOCKS = "clocks_of_every_type"


class PackFileError(DomainError):
    """A pack file cannot be read as a policy pack."""

    code = "pack-file"


def list_packs() -> list[str]:
    """Return the names of the packs shipped with the program, sorted; reads its own files."""
    names = (entry.name for entry in files("scenarios").joinpath("packs").iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def read_pack(name: str) -> PackContent:
    """Return a pack shipped with the program; reads its own files.

    Raises:
        PackFileError: there is no pack of this name.
    """
    if name not in list_packs():
        raise PackFileError(
            Text(
                f"没有名为“{name}”的规则包；未作任何更改，可选：{'、'.join(list_packs())}。",
                f"there is no policy pack '{name}'; nothing was changed, "
                f"choose one of: {', '.join(list_packs())}.",
            )
        )
    text = files("scenarios").joinpath("packs", f"{name}.toml").read_text(encoding="utf-8")
    return parse_pack(text, f"{name}.toml")


def parse_pack(text: str, file_name: str) -> PackContent:
    """Return the pack that a TOML text describes, checked; pure.

    Args:
        text: Content of the file.
        file_name: Named in errors.

    Raises:
        PackFileError: no TOML, an unknown or missing key, or a value of the wrong form.
        InvalidPackError: the rules contradict each other.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is not built in.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(file_name, "不是有效的 TOML", f"it is not valid TOML ({error})") from error
    shared = raw.pop(_SHARED_CLOCKS, [])
    _refuse_unknown(raw, PackContent, file_name, "")
    _refuse_unknown(shared, tuple[ClockRule, ...], file_name, _SHARED_CLOCKS)
    for rules in raw.get("types", []):
        rules["clocks"] = [*rules.get("clocks", []), *shared]
    try:
        content = msgspec.convert(raw, PackContent)
        ZoneInfo(content.zone)
    except msgspec.ValidationError as error:
        raise _refused(file_name, f"内容不符：{error}", str(error)) from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _refused(file_name, "时区未知", "its zone is no IANA time zone") from error
    check_pack(content)
    return content


# The raw TOML tree is untyped by nature; it becomes PackContent right after this walk.
def _refuse_unknown(raw: Any, kind: Any, file_name: str, place: str) -> None:  # noqa: ANN401 - as TOML
    """Refuse a key that no field has, naming the nearest one."""
    if isinstance(raw, list):
        for item in raw:
            _refuse_unknown(item, kind, file_name, place)
        return
    struct = _struct_within(kind)
    if not isinstance(raw, dict) or struct is None:
        return
    fields = {field.name: field.type for field in msgspec.structs.fields(struct)}
    known = [*fields, _SHARED_CLOCKS] if struct is PackContent else list(fields)
    for key, value in raw.items():
        path = f"{place}.{key}".lstrip(".")
        if key not in fields:
            near = get_close_matches(key, known, n=1, cutoff=0)[0]
            raise _refused(
                file_name,
                f"没有键“{path}”，最接近的是“{near}”",
                f"there is no key '{path}', the nearest is '{near}'",
            )
        _refuse_unknown(value, fields[key], file_name, path)


def _struct_within(kind: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401 - as TOML
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next((found for part in get_args(kind) if (found := _struct_within(part))), None)


def _refused(file_name: str, zh: str, en: str) -> PackFileError:
    return PackFileError(
        Text(
            f"规则包文件 {file_name}：{zh}；未发布，请修改后重试。",
            f"pack file {file_name}: {en}; nothing was published, correct it and try again.",
        )
    )
