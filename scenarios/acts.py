"""Without this file an act that follows no pattern would have to be written as code.

``acts.toml`` of a city holds scripts, each a list of acts in the order of time::

    [[scripts]]
    key = "power-line"       # its name; a petition's id follows from it
    resource = "petitions"   # the default, or a path such as "sessions"
    first = false            # whether it is played before all others

    [[scripts.steps]]
    at = 2024-03-01T09:00:00 # local time of the scenario's zone
    by = "intake@hub"        # role@unit, role@unit/2; petitioner@account; admin
    do = ""                  # the command's path; "" begins the stream
    with = { channel = "phone" }

In ``with``, ``"$id:KEY"`` is the petition of another script, ``"$id:PATH/KEY"`` its stream
of another resource, ``"$event:KEY:N"`` the N-th event of a petition, and ``"$firm:N"`` the
credit code of the N-th fictional firm, and ``"$liaisons:N:M"`` the accounts of the liaisons of
firms N to M. Instants are local. A step may name another script's
stream with ``resource`` and ``key``. Petitions of an ordinary course may stand as ``[[cases]]``,
see ``act_lines.TimedCase``.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from domain.calendar_cn import find_calendar
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Command
from domain.filing import SubmitPetition
from domain.principal import Principal
from domain.resource import OpeningCommand, Resource
from domain.roster import Roster
from domain.vocabulary import Role
from ledger.reference import ROSTER_ID, named_stream
from scenarios.act_lines import PETITIONS, ActLine, Acts, ActScript
from scenarios.cast import ADMIN, liaison, petitioner, staff
from scenarios.enterprise import firm_code
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import Frame, read_part
from scenarios.script import PetitionScript, Script, ScriptStep
from scenarios.timed_cases import script_of_case

_RESOURCES: Mapping[str, Resource] = {each.path: each for each in RESOURCES}
_PETITION_COMMANDS: Mapping[str, type[Command]] = {
    "": SubmitPetition,
    **{each.path: each for each in PETITION_COMMANDS},
}


def write_acts(city: str) -> Play:
    """Return the play of a city that is written out act by act; reads the program's own files.

    Raises:
        FileNotFoundError: the city has no ``acts.toml``.
        msgspec.ValidationError: an act does not have the fields of its command.
        ValueError: an act names a command, role or resource that there is none of.
    """
    frame = read_part(city, "scenario", Frame)
    return play_of_acts(frame, city_namespace(city), read_part(city, "acts", Acts))


def play_of_acts(frame: Frame, namespace: UUID, acts: Acts) -> Play:
    """Return the play that written acts make. Pure.

    Raises:
        msgspec.ValidationError: an act does not have the fields of its command.
        ValueError: an act names a command, role or resource that there is none of.
    """
    writer = _ActWriter(namespace, ZoneInfo(frame.zone))
    petitions: list[PetitionScript] = []
    others: list[Script] = []
    first: list[Script] = []
    calendar = find_calendar(frame.calendar)
    ordinary = tuple(script_of_case(case, calendar) for case in acts.cases)
    for script in (*acts.scripts, *ordinary):
        steps = writer.steps(script)
        if script.first:
            first.append(Script(script.key, steps))
        elif script.resource == PETITIONS:
            petitions.append(PetitionScript(script.key, steps))
        else:
            others.append(Script(script.key, steps))
    return Play(frame, tuple(petitions), tuple(others), tuple(first))


class _ActWriter:
    """Turns lines into commands of the catalogue."""

    def __init__(self, namespace: UUID, zone: ZoneInfo) -> None:
        self._namespace = namespace
        self._zone = zone
        self._named: dict[str, UUID] = {}

    def steps(self, script: ActScript) -> tuple[ScriptStep, ...]:
        """Return the acts of a script."""
        prefix = f"play:{self._namespace}:{script.resource}/{script.key}"
        return tuple(
            self._step(script, line, f"{prefix}:{number:02d}")
            for number, line in enumerate(script.steps, start=1)
        )

    def _step(self, script: ActScript, line: ActLine, idempotency_key: str) -> ScriptStep:
        path, key = line.resource or script.resource, line.key or script.key
        resource = None if path == PETITIONS else _RESOURCES[path]
        fields = {"occurred_at": line.at, **line.fields}
        command = msgspec.convert(self._filled(fields), _command_class(resource, line.do))
        if isinstance(command, OpeningCommand) and command.stream_name is not None:
            self._named[f"{path}/{key}"] = named_stream(command.stream_name)
        target = self._target(path, key)
        return ScriptStep(_principal(line.by), command, idempotency_key, target, resource)

    def _target(self, path: str, key: str) -> UUID:
        if path == PETITIONS:
            return uuid5(self._namespace, key)
        if _RESOURCES[path].aggregate is Roster:
            return ROSTER_ID
        name = f"{path}/{key}"
        return self._named.get(name) or uuid5(self._namespace, name)

    # A TOML tree is untyped by nature; it becomes a command right after this walk.
    def _filled(self, value: Any) -> Any:  # noqa: ANN401 - as TOML
        match value:
            case dict():
                return {name: self._filled(part) for name, part in value.items()}
            case list():
                return [self._filled(part) for part in value]
            case datetime() if value.tzinfo is None:
                return value.replace(tzinfo=self._zone)
            case str():
                return self._looked_up(value)
            case _:
                return value

    def _looked_up(self, text: str) -> UUID | str | list[str]:
        """Return what a text stands for; the text itself unless it begins with a known word."""
        word, _, name = text.partition(":")
        match word:
            case "$id":
                path, _, key = f"{PETITIONS}/{name}".rpartition("/")
                return self._target(path.removeprefix(f"{PETITIONS}/"), key)
            case "$event":
                key, _, version = name.rpartition(":")
                return f"{self._target(PETITIONS, key)}:{version}"
            case "$firm":
                return firm_code(int(name))
            case "$liaisons":
                first, _, last = name.partition(":")
                return [liaison(number) for number in range(int(first), int(last) + 1)]
            case _:
                return text


def _command_class(resource: Resource | None, path: str) -> type[Command]:
    known = _PETITION_COMMANDS
    if resource is not None:
        known = {each.path: each for each in (*resource.opening, *resource.commands)}
    if path not in known:
        raise ValueError(f"no command '{path}', choose one of: {', '.join(known)}")
    return known[path]


def _principal(text: str) -> Principal:
    role, _, place = text.partition("@")
    if role == Role.ADMIN:
        return ADMIN
    if role == Role.PETITIONER:
        return petitioner(place)
    unit, _, person = place.partition("/")
    return staff(Role(role), unit, person)
