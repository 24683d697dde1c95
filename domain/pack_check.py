"""Without this file a pack that contradicts itself could come into force."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

from domain.calendar_editions import NO_CALENDARS, resolve_calendar
from domain.calendar_stream import CalendarStream
from domain.errors import DomainError
from domain.limit import Limit, TimeUnit, check_limit
from domain.pack_content import PackContent
from domain.pack_delays import SuspensionRule
from domain.pack_oversight import RetentionClass, RetentionRule, SupervisionRule
from domain.pack_rules import ClockRule, Rule, TypeRules
from domain.text import Text
from domain.vocabulary import Complexity, SupervisionLevel

_PERCENT_MAX = 99
_BREACH_MIN = 2
_LADDER_UNITS = frozenset({TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY, TimeUnit.WALL_HOUR})


class InvalidPackError(DomainError):
    """The content of a policy pack contradicts itself; it was not published."""

    code = "invalid-pack"


def check_pack(
    content: PackContent, calendars: Mapping[str, CalendarStream] = NO_CALENDARS
) -> None:
    """Refuse content that contradicts itself; pure.

    Args:
        content: What is to be published.
        calendars: Calendars of the ledger, by id, beside those built in.

    Raises:
        InvalidPackError: a type or a clock appears twice, a clock has not exactly one of
            limit, ``per_item`` and ``unlimited``, a clock exists for complex petitions
            only, a count is below 1, or reminders and colours do not rise.
        InvalidLimitError: a limit is unusable.
        UnknownCalendarError: there is no such calendar.
    """
    resolve_calendar(content.calendar, calendars)
    _refuse_repeats(content, [rules.petition_type for rules in content.types])
    for rules in content.types:
        _check_clocks(content, rules)
    for place, rule in content.rules():
        _check_rule(content, place, rule)
        for limit in _limits(rule):
            check_limit(limit, content.business_hours)


def invalid_pack(content: PackContent, zh: str, en: str) -> InvalidPackError:
    """Return the refusal of a content; both texts say what is wrong with it."""
    return InvalidPackError(
        Text(
            f"规则包 {content.reference} 未发布：{zh}；原有版本不变，请修改后重试。",
            f"policy pack {content.reference} was not published: {en}; "
            "earlier versions stay as they are, correct it and try again.",
        )
    )


def _check_clocks(content: PackContent, rules: TypeRules) -> None:
    _refuse_repeats(content, [(r.clock, r.starts_at, r.complexity) for r in rules.clocks])
    ordinary = {(r.clock, r.starts_at) for r in rules.clocks if r.complexity is Complexity.ORDINARY}
    for rule in rules.clocks:
        if (rule.clock, rule.starts_at) not in ordinary:
            name = f"{rules.petition_type}.{rule.clock}"
            raise invalid_pack(
                content, f"“{name}”缺少一般件的规则", f"'{name}' has no rule for ordinary petitions"
            )


def _check_rule(content: PackContent, place: str, rule: Rule) -> None:
    for field in rule.__struct_fields__:
        match getattr(rule, field):
            case bool():
                pass
            case int(count) if count < 1:
                raise invalid_pack(
                    content, f"“{place}.{field}”须至少为 1", f"'{place}.{field}' must be at least 1"
                )
    match rule:
        case ClockRule() if (rule.limit is not None) + rule.per_item + rule.unlimited != 1:
            raise invalid_pack(
                content,
                f"“{place}”须在 limit、per_item 与 unlimited 中恰选其一",
                f"'{place}' needs exactly one of limit, per_item and unlimited",
            )
        case RetentionRule() if (rule.years is None) != (
            rule.retention_class is RetentionClass.PERMANENT
        ):
            raise invalid_pack(
                content,
                f"“{place}”：仅永久保管不写 years",
                f"'{place}' states years unless it is permanent",
            )
        case SuspensionRule():
            _refuse_repeats(content, rule.reasons)
        case SupervisionRule():
            _check_ladder(content, rule)


def _check_ladder(content: PackContent, rule: SupervisionRule) -> None:
    colours = list(SupervisionLevel)
    levels = [colours.index(step.level) for step in rule.steps]
    percents = [0, *rule.reminder_percents, _PERCENT_MAX + 1]
    units = {limit.unit for limit in _limits(rule)}
    sound = _rises(levels) and _rises(percents) and units <= _LADDER_UNITS
    if not sound or rule.red_on_breach < _BREACH_MIN:
        raise invalid_pack(
            content,
            "督办须由轻到重、提醒须为 1 至 99 递增、时间须以日或不停表的小时计、"
            "red_on_breach 须至少为 2",
            "supervision needs rising colours, rising reminders of 1 to 99 percent, times in "
            "days or wall hours, and red_on_breach of at least 2",
        )


def _rises(numbers: Sequence[int]) -> bool:
    return all(lower < higher for lower, higher in pairwise(numbers))


def _limits(rule: Rule) -> Iterator[Limit]:
    for field in rule.__struct_fields__:
        found = getattr(rule, field)
        if isinstance(found, Limit):
            yield found
    if isinstance(rule, SupervisionRule):
        yield from (step.after_due for step in rule.steps)


def _refuse_repeats(content: PackContent, names: Sequence[Hashable]) -> None:
    for name in names:
        if names.count(name) > 1:
            said = "/".join(map(str, name)) if isinstance(name, tuple) else name
            raise invalid_pack(content, f"“{said}”出现两次", f"'{said}' appears twice")
