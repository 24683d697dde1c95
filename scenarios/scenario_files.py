"""Without this file a city's play would have to be written as code.

A scenario is a folder of TOML files: ``scenario`` says when and how much, ``roster`` which
units there are, ``names`` what fictional firms and places are called, ``cases`` holds the
petitions that are written out and ``matters`` those that are dealt out by a seed; ``acts``
holds acts of any kind, one by one.
"""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TypeVar

import msgspec

from domain.errors import DomainError
from domain.roster import Tier, Unit, UnitKind
from domain.text import Text
from domain.vocabulary import Outcome, PetitionType, Satisfaction
from scenarios.course import Course

F = TypeVar("F", bound=msgspec.Struct)


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a scenario file; an unknown key is an error."""


class Session(Part, frozen=True, kw_only=True):
    """A session that was held: petitions raised, leaders and department heads who came."""

    on: date
    raised: int
    leaders: int
    heads: int


class FollowUp(Part, frozen=True, kw_only=True):
    """What a unit said later of its promise."""

    on: date
    done: bool
    note: str


class Frame(Part, frozen=True, kw_only=True):
    """``scenario.toml``: the frame of the play; a city may add fields of its own.

    Attributes:
        as_of_on: Day at whose end the figures are judged.
        seed: Decides everything that is not written out.
        shown_case: Key of the petition whose timeline is shown.
        groups: What the direct groups of enterprises are called, by code.
    """

    title: Text
    zone: str
    calendar: str
    pack: str
    opened_on: date
    as_of_on: date
    seed: int
    shown_case: str
    groups: dict[str, Text] = {}


class SessionFrame(Frame, frozen=True, kw_only=True):
    """Frame of a play whose petitions are raised at sessions.

    Attributes:
        enterprises: Distinct enterprises that raise the petitions.
        volumes: Petitions by the unit that leads them in the end.
        courses: Generated petitions by the course that they take.
    """

    enterprises: int
    sessions: tuple[Session, ...]
    volumes: dict[str, int]
    courses: dict[Course, int]


class Names(Part, frozen=True, kw_only=True):
    """``names.toml``: parts of fictional names."""

    firm_prefix: str
    firm_words: tuple[str, ...]
    firm_trades: tuple[str, ...]
    firm_form: str
    regions: tuple[str, ...]
    roads: tuple[str, ...]
    counts: tuple[str, ...]


class Matter(Part, frozen=True, kw_only=True):
    """What a petition is about and how it is answered.

    Attributes:
        lead: Unit that answers it.
        wrong: Unit it goes to first when it is returned or transferred.
    """

    lead: str
    wrong: str | None = None
    co_handlers: tuple[str, ...] = ()
    petition_type: PetitionType = PetitionType.APPEAL
    category: str
    subject: str
    text: str
    plan: str = ""
    progress: tuple[str, ...] = ("已到现场核实情况，正在按方案推进。",)
    co_report: str = "相关情况属实，同意主办单位意见并配合落实。"
    reply: str = ""
    outcome: Outcome = Outcome.RESOLVED
    promise: str | None = None
    promise_due_on: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()


class WrittenCase(Matter, frozen=True, kw_only=True):
    """A petition written out; days are working days, ``due_days`` counts from acceptance."""

    key: str
    session: date
    enterprise: str
    region: str
    course: Course = Course.STRAIGHT
    accept_days: int = 1
    reply_days: int = 0
    due_days: int
    satisfaction: Satisfaction = Satisfaction.SATISFIED
    called_back: bool = False


class _UnitEntry(Part, frozen=True, kw_only=True):
    """A unit as the file has it: TOML has no null, so a top unit names no parent."""

    unit_id: str
    name: Text
    tier: Tier
    kind: UnitKind
    parent: str | None = None
    duties: tuple[str, ...] = ()


class _Units(Part, frozen=True, kw_only=True):
    units: tuple[_UnitEntry, ...]


class _Cases(Part, frozen=True, kw_only=True):
    cases: tuple[WrittenCase, ...]


class _Matters(Part, frozen=True, kw_only=True):
    matters: tuple[Matter, ...]


class UnitFileError(DomainError):
    """A file of units cannot be read as one."""

    code = "unit-file"


@dataclass(frozen=True)
class ScenarioFiles:
    """All files of a city."""

    city: str
    frame: SessionFrame
    names: Names
    units: tuple[Unit, ...]
    cases: tuple[WrittenCase, ...]
    matters: tuple[Matter, ...]


def list_cities() -> list[str]:
    """Return the cities that can be played, sorted; reads the program's own files."""
    found = [
        entry.name
        for entry in files("scenarios").iterdir()
        if entry.joinpath("scenario.toml").is_file()
    ]
    return sorted(found)


def read_part(city: str, name: str, kind: type[F]) -> F:
    """Return one file of a city in ``list_cities()``; reads the program's own files.

    Args:
        city: Its folder.
        name: The file's name without its ending.
        kind: The form it has.

    Raises:
        FileNotFoundError: there is no such city, or no such file.
        msgspec.ValidationError: the file does not have the form.
    """
    text = files("scenarios").joinpath(city, f"{name}.toml").read_bytes()
    return msgspec.toml.decode(text, type=kind)


def read_units(city: str) -> tuple[Unit, ...]:
    """Return the units of a city's ``roster.toml``, parents first; see ``read_part``."""
    return _units(read_part(city, "roster", _Units))


def parse_units(text: str, file_name: str) -> tuple[Unit, ...]:
    """Return the units of a file of the form of ``roster.toml``, parents first; pure.

    Args:
        text: Content of the file.
        file_name: Named in errors.

    Raises:
        UnitFileError: it is no TOML, or has an unknown or missing key or a wrong value.
    """
    try:
        return _units(msgspec.toml.decode(text, type=_Units))
    except msgspec.DecodeError as error:
        raise UnitFileError(
            Text(
                f"单位文件 {file_name} 不符：{error}；未作任何记录，请修改后重试。",
                f"the file of units {file_name} does not fit: {error}; nothing was recorded, "
                "correct it and try again.",
            )
        ) from error


def _units(stated: _Units) -> tuple[Unit, ...]:
    return tuple(Unit(**msgspec.structs.asdict(unit)) for unit in stated.units)


def read_files(city: str) -> ScenarioFiles:
    """Return all files of a city whose petitions are dealt out; see ``read_part``."""
    return ScenarioFiles(
        city,
        read_part(city, "scenario", SessionFrame),
        read_part(city, "names", Names),
        read_units(city),
        read_part(city, "cases", _Cases).cases,
        read_part(city, "matters", _Matters).matters,
    )
