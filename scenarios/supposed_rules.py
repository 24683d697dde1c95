"""Without this file nobody could name the rules that a history is tried under."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from domain.calendar_editions import resolve_calendar
from domain.errors import DomainError
from domain.pack_content import PackContent
from domain.score_weights import InvalidWeightsError, read_weights
from domain.supposition import Supposition, refuse_pack_without_clocks
from domain.text import Text
from replay.known_rules import KnownRules
from scenarios.pack_files import list_packs, read_pack

_TABLE = "weights"


class UnknownPackError(DomainError):
    """Neither the ledger nor the program has a policy pack of this name and version."""

    code = "unknown-pack"

    def __init__(self, name: str, known: list[str]) -> None:
        """Name those there are."""
        super().__init__(
            Text(
                f"没有规则包“{name}”；台账未改动，可选：{'、'.join(known)}。",
                f"there is no policy pack '{name}'; the ledger is unchanged, choose one of: "
                f"{', '.join(known)}.",
            )
        )


def make_supposition(
    pack: str | None, calendar: str | None, rules: KnownRules, *, needs_clocks: bool
) -> Supposition:
    """Return the rules that were named.

    Args:
        pack: ``s4_langfang`` or ``s4_langfang@1``; the ledger's own packs come first.
        calendar: ``cn@2026`` or an edition that the ledger has published.
        rules: What the log says of packs and calendars.
        needs_clocks: Whether a figure asks who was on time.

    Raises:
        UnknownPackError: there is no such pack, or the shipped one has another version.
        UnknownPackVersionError: the ledger's pack has no such version.
        UnknownCalendarError: there is no such calendar.
        GuardError: ``pack-without-clocks``.
    """
    content = None if pack is None else _find_pack(pack.lower(), rules)
    if content is not None and needs_clocks:
        refuse_pack_without_clocks(content)
    counted_by = None if calendar is None else resolve_calendar(calendar, rules.calendars[-1])
    return Supposition(rules.packs, content, counted_by)


def read_weights_file(path: Path) -> dict[str, Decimal]:
    """Return the weights that a TOML file states below ``[weights]``, or at its top. Blocking.

    Raises:
        InvalidWeightsError: it is no TOML, or its weights cannot be used.
        OSError: it cannot be read.
    """
    try:
        # As exact decimals: in binary 0.1 and 0.2 do not add up to 0.3.
        stated = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidWeightsError("文件不是有效的 TOML", f"it is no TOML ({error})") from error
    table = stated.get(_TABLE, stated)
    return read_weights(_flat(table) if isinstance(table, Mapping) else {_TABLE: table})


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return a table in which ``ontime_rate.original`` is one key, quoted or not."""
    found: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


def _find_pack(name: str, rules: KnownRules) -> PackContent:
    pack_id, _, version = name.partition("@")
    published = rules.packs.get(pack_id)
    if published is not None:
        found = published.latest
        if version:
            found = published.pack_at(int(version) if version.isdecimal() else 0)
        return found
    if pack_id in list_packs():
        shipped = read_pack(pack_id)
        if version in {"", str(shipped.version)}:
            return shipped
    known = sorted(
        {
            *(read_pack(each).reference for each in list_packs() if each not in rules.packs),
            *(each.reference for pack in rules.packs.values() for each in pack.versions.values()),
        }
    )
    raise UnknownPackError(name, known)
