"""Without this file Langfang's members, packages and grants would be constants."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count, islice
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from domain.command import Command
from domain.enterprise_commands import ENTERPRISES
from domain.enterprise_groups import JoinGroup
from domain.enterprise_records import RecordEnterprise
from domain.grant import GRANTS, AwardGrant, PayGrant
from domain.package_items import CompletePackageItem
from domain.package_service import (
    SERVICE_PACKAGES,
    CompleteServicePackage,
    OpenServicePackage,
)
from domain.principal import Principal
from domain.resource import Resource
from domain.service_package import ItemNote
from domain.vocabulary import Role
from ledger.reference import named_stream
from scenarios.act_lines import Acts
from scenarios.acts import play_of_acts
from scenarios.cast import INTAKE, staff
from scenarios.enterprise import Enterprise, make_enterprises
from scenarios.play import Play, city_namespace
from scenarios.scenario_files import Frame, Names, Part, read_part
from scenarios.script import Script, ScriptStep

_FIRST_DAY = timedelta(days=4)
_BETWEEN_ACTS = timedelta(minutes=5)
_PACKAGES_FROM = timedelta(days=31)
_PACKAGE_LASTS = timedelta(days=180)
_GRANTS_FROM = timedelta(days=61)
_FEN_PER_YUAN = 100
_SERVING = staff(Role.HANDLER, "economy")
_AWARDING = staff(Role.DEPARTMENT_HEAD, "economy")


class Packages(Part, frozen=True, kw_only=True):
    """Service packages, one for a firm, numbered from the first on."""

    done: int
    open: int
    items: tuple[str, ...]
    result: str


class GroupFrame(Frame, frozen=True, kw_only=True):
    """Frame of a play of chat groups.

    Attributes:
        enterprises: Distinct enterprises on record.
        industry: Of all of them.
        grant_programme: What grants are awarded under.
        grants_yuan: One grant for each firm, in whole yuan, from the first firm on.
        members: Numbers of the first and last firm in each group.
        packages: Service packages.
    """

    enterprises: int
    industry: str
    grant_programme: str
    grants_yuan: tuple[int, ...]
    members: dict[str, tuple[int, int]]
    packages: Packages


def write_langfang(city: str) -> Play:
    """Return the written acts with members, packages and grants beside them; reads own files."""
    frame = read_part(city, "scenario", GroupFrame)
    namespace = city_namespace(city)
    written = play_of_acts(frame, namespace, read_part(city, "acts", Acts))
    # Not for secrets: a play must come out the same each time.
    rng = Random(frame.seed)  # noqa: S311 - an invented case
    firms = make_enterprises(read_part(city, "names", Names), (), frame.enterprises, rng)
    writer = _Writer(frame, namespace, firms)
    beside = (*writer.members(), *writer.packages(), *writer.grants())
    return Play(frame, written.petitions, (*written.activities, *beside), written.first)


class _Writer:
    """Writes down what is the same for many firms."""

    def __init__(self, frame: GroupFrame, namespace: UUID, firms: list[Enterprise]) -> None:
        self._frame = frame
        self._namespace = namespace
        self._firms = firms
        self._opened = datetime.combine(frame.opened_on, time(9), ZoneInfo(frame.zone))

    def members(self) -> Iterator[Script]:
        """Yield one script per firm: it is recorded and joins its groups."""
        for firm in self._firms:
            recording = RecordEnterprise(
                credit_code=firm.code, name=firm.name, industry=self._frame.industry
            )
            joining = [
                JoinGroup(group=group)
                for group, (first, last) in self._frame.members.items()
                if first <= firm.number <= last
            ]
            acts = [(INTAKE, recording), *((INTAKE, each) for each in joining)]
            target = named_stream(recording.stream_name)
            yield self._script(ENTERPRISES, firm, acts, _FIRST_DAY, target)

    def packages(self) -> Iterator[Script]:
        """Yield one script per package; those that are done come first."""
        packages = self._frame.packages
        due_at = self._opened + _PACKAGES_FROM + _PACKAGE_LASTS
        items = tuple(
            ItemNote(title=title, unit=_SERVING.unit or "", due_at=due_at)
            for title in packages.items
        )
        for firm in islice(self._firms, packages.done + packages.open):
            opening = OpenServicePackage(
                enterprise=firm.code,
                contact_name=f"虚构企业{firm.number}联络人",
                contact_phone=firm.phone,
                items=items,
            )
            acts: list[tuple[Principal, Command]] = [(_SERVING, opening)]
            if firm.number <= packages.done:
                done = (
                    CompletePackageItem(item=number, result=packages.result)
                    for number, _ in enumerate(items, start=1)
                )
                acts += [(_SERVING, each) for each in (*done, CompleteServicePackage())]
            yield self._script(SERVICE_PACKAGES, firm, acts, _PACKAGES_FROM)

    def grants(self) -> Iterator[Script]:
        """Yield one script per grant: awarded by the head, paid by somebody else."""
        for firm, yuan in zip(self._firms, self._frame.grants_yuan, strict=False):
            awarding = AwardGrant(
                programme=self._frame.grant_programme,
                enterprise=firm.code,
                amount_fen=yuan * _FEN_PER_YUAN,
                policy_id=uuid5(self._namespace, "policies/fund"),
            )
            acts = [(_AWARDING, awarding), (_SERVING, PayGrant())]
            yield self._script(GRANTS, firm, acts, _GRANTS_FROM)

    def _script(
        self,
        resource: Resource,
        firm: Enterprise,
        acts: list[tuple[Principal, Command]],
        after: timedelta,
        target: UUID | None = None,
    ) -> Script:
        key = f"{resource.path}/{firm.number:03d}"
        stream = target or uuid5(self._namespace, key)
        begins = self._opened + after + firm.number * timedelta(minutes=1)
        steps = tuple(
            ScriptStep(
                principal,
                replace(command, occurred_at=begins + (number - 1) * _BETWEEN_ACTS),
                f"play:{self._namespace}:{key}:{number:02d}",
                stream,
                resource,
            )
            for number, (principal, command) in zip(count(1), acts, strict=False)
        )
        return Script(key, steps)
