"""Without this file nobody could prove which rules were in force when a clock started."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.calendar_editions import NO_CALENDARS
from domain.calendar_stream import CalendarStream
from domain.errors import DomainError
from domain.pack_check import check_pack, invalid_pack
from domain.pack_content import PackContent
from domain.text import Text


class PolicyPack(LedgerAggregate):
    """The versions of one city's rules; old versions stay readable for ever."""

    TOPIC = "policy_pack"

    def __init__(self) -> None:
        """Start without a version; events add them in order."""
        self.versions: dict[int, PackContent] = {}

    class Event(LedgerAggregate.Event):
        """Base of the pack's events."""

        content: PackContent

        def apply(self, aggregate: "PolicyPack") -> None:
            """Keep the version beside the earlier ones."""
            aggregate.versions[self.content.version] = self.content

    class Created(Event, LedgerAggregate.Created):
        """发布: the first version comes into force."""

        TOPIC: ClassVar[str] = "policy_pack.published"

    class Revised(Event):
        """修订: a later version; running clocks keep the one they pinned."""

        TOPIC: ClassVar[str] = "policy_pack.revised"

    @property
    def latest(self) -> PackContent:
        """The newest version."""
        return self.versions[max(self.versions)]

    def in_force(self, on: date) -> PackContent:
        """Return the newest version effective on a day; before all of them, the first.

        Args:
            on: Civil day in the pack's zone.
        """
        effective = [n for n, content in self.versions.items() if content.effective_on <= on]
        return self.versions[max(effective, default=min(self.versions))]

    def pack_at(self, version: int) -> PackContent:
        """Return one version.

        Raises:
            UnknownPackVersionError: it was never published.
        """
        if version not in self.versions:
            known = "、".join(map(str, sorted(self.versions)))
            raise UnknownPackVersionError(
                Text(
                    f"规则包 {self.latest.pack_id} 没有第 {version} 版；已有版本：{known}。",
                    f"policy pack {self.latest.pack_id} has no version {version}; "
                    f"published: {', '.join(map(str, sorted(self.versions)))}.",
                )
            )
        return self.versions[version]


class UnknownPackVersionError(DomainError):
    """A version of a policy pack was asked for that was never published."""

    code = "unknown-pack-version"


def publish_pack(
    pack_uuid: UUID,
    content: PackContent,
    act: Act,
    calendars: Mapping[str, CalendarStream] = NO_CALENDARS,
) -> PolicyPack:
    """Return a new pack with its first version pending.

    Raises:
        InvalidPackError: the content contradicts itself or is not version 1.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is neither built in nor among ``calendars``.
    """
    check_pack(content, calendars)
    _check_version(content, 1)
    return PolicyPack.begin(PolicyPack.Created, pack_uuid, act, content=content)


def revise_pack(
    pack: PolicyPack,
    content: PackContent,
    act: Act,
    calendars: Mapping[str, CalendarStream] = NO_CALENDARS,
) -> None:
    """Add the next version; it moves no running clock.

    Raises:
        InvalidPackError: the content contradicts itself, names another pack or
            skips a version.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is neither built in nor among ``calendars``.
    """
    check_pack(content, calendars)
    if content.pack_id != pack.latest.pack_id:
        raise invalid_pack(
            content,
            f"名称与原规则包 {pack.latest.pack_id} 不同",
            f"it is a revision of {pack.latest.pack_id}",
        )
    _check_version(content, pack.latest.version + 1)
    pack.record(PolicyPack.Revised, act, content=content)


def _check_version(content: PackContent, expected: int) -> None:
    if content.version != expected:
        raise invalid_pack(content, f"版本应为 {expected}", f"its version must be {expected}")
