"""Without this file nobody could prove which rules were in force when a clock started."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.calendar_cn import find_calendar
from domain.errors import DomainError
from domain.limit import Limit, check_limit
from domain.pack_content import PackContent
from domain.pack_rules import ClockRule, Rule
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


class InvalidPackError(DomainError):
    """The content of a policy pack contradicts itself; it was not published."""

    code = "invalid-pack"


class UnknownPackVersionError(DomainError):
    """A version of a policy pack was asked for that was never published."""

    code = "unknown-pack-version"


def publish_pack(pack_uuid: UUID, content: PackContent, act: Act) -> PolicyPack:
    """Return a new pack with its first version pending.

    Raises:
        InvalidPackError: the content contradicts itself or is not version 1.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is not built in.
    """
    check_pack(content)
    _check_version(content, 1)
    return PolicyPack.begin(PolicyPack.Created, pack_uuid, act, content=content)


def revise_pack(pack: PolicyPack, content: PackContent, act: Act) -> None:
    """Add the next version; it moves no running clock.

    Raises:
        InvalidPackError: the content contradicts itself, names another pack or
            skips a version.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is not built in.
    """
    check_pack(content)
    if content.pack_id != pack.latest.pack_id:
        raise _invalid(
            content,
            f"名称与原规则包 {pack.latest.pack_id} 不同",
            f"it is a revision of {pack.latest.pack_id}",
        )
    _check_version(content, pack.latest.version + 1)
    pack.record(PolicyPack.Revised, act, content=content)


def check_pack(content: PackContent) -> None:
    """Refuse content that contradicts itself; pure.

    Raises:
        InvalidPackError: a type or a clock appears twice, a clock has both or
            neither of a limit and ``per_item``, or a count is below 1.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: the calendar is not built in.
    """
    find_calendar(content.calendar)
    types = [rules.petition_type for rules in content.types]
    _refuse_repeats(content, types)
    for rules in content.types:
        _refuse_repeats(content, [rule.clock for rule in rules.clocks])
    for place, rule in content.rules():
        _check_rule(content, place, rule)


def _check_rule(content: PackContent, place: str, rule: Rule) -> None:
    if isinstance(rule, ClockRule) and (rule.limit is None) != rule.per_item:
        raise _invalid(
            content,
            f"“{place}”须在 limit 与 per_item 中恰选其一",
            f"'{place}' needs exactly one of limit and per_item",
        )
    for field in rule.__struct_fields__:
        match getattr(rule, field):
            case bool():
                pass
            case int(count) if count < 1:
                raise _invalid(
                    content, f"“{place}.{field}”须至少为 1", f"'{place}.{field}' must be at least 1"
                )
            case Limit() as limit:
                check_limit(limit, content.business_hours)


def _refuse_repeats(content: PackContent, names: Sequence[str]) -> None:
    for name in names:
        if list(names).count(name) > 1:
            raise _invalid(content, f"“{name}”出现两次", f"'{name}' appears twice")


def _check_version(content: PackContent, expected: int) -> None:
    if content.version != expected:
        raise _invalid(content, f"版本应为 {expected}", f"its version must be {expected}")


def _invalid(content: PackContent, zh: str, en: str) -> InvalidPackError:
    return InvalidPackError(
        Text(
            f"规则包 {content.reference} 未发布：{zh}；原有版本不变，请修改后重试。",
            f"policy pack {content.reference} was not published: {en}; "
            "earlier versions stay as they are, correct it and try again.",
        )
    )
