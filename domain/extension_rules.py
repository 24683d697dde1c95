"""Without this file requests, decisions and corrections would move a due instant differently."""

from datetime import datetime

from msgspec.structs import replace

from domain.cycle_facts import Extension
from domain.deadline_change import capped, extended
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.pack_content import PackContent
from domain.pack_rules import ExtensionRule
from domain.petition_facts import PetitionFacts
from domain.situation import Situation
from domain.standing import latest_deadlines
from domain.timing import Timing


def extension_rule(facts: PetitionFacts, situation: Situation) -> ExtensionRule:
    """Return the pinned pack's rule.

    Raises:
        GuardError: ``no-extension-rule``; the pack knows none.
    """
    pack = situation.pinned_pack(facts)
    if pack.extension is None:
        raise GuardError(
            "no-extension-rule",
            f"规则包 {pack.reference} 没有延期规定；未作任何更改，请按原时限答复。",
            f"pack {pack.reference} knows no extension; nothing was changed, reply by the due.",
        )
    return pack.extension


def undecided(facts: PetitionFacts) -> Extension | None:
    """Return the request that waits for its decision, if any."""
    for extension in facts.cycle.extensions:
        if extension.granted_at is None and extension.refused_at is None:
            return extension
    return None


def require_undecided(facts: PetitionFacts) -> Extension:
    """Return the request that waits for its decision.

    Raises:
        GuardError: ``no-extension-pending``.
    """
    request = undecided(facts)
    if request is None:
        raise GuardError(
            "no-extension-pending",
            "没有待审的延期申请；未作任何更改，须先由承办人申请延期。",
            "no extension request is pending; nothing was changed, the handler requests one first.",
        )
    return request


def move_on(
    deadline: Deadline, amount: int, start: datetime, pack: PackContent, timing: Timing
) -> Deadline:
    """Return a deadline moved on by an amount in the unit of the pack's cap; pure.

    It ends no later than the pack's total allowance from ``start``, where it states one.
    A pack that knows no extension moves nothing.
    """
    rule = pack.extension
    if rule is None:
        return deadline
    limit = replace(rule.cap, amount=amount)
    calendar, zone = timing.calendar(pack), timing.zone(pack)
    moved = extended(deadline, limit, calendar, zone, pack.business_hours)
    if rule.total is None:
        return moved
    return capped(moved, start, rule.total, calendar, zone, pack.business_hours)


def refuse_open_extension(facts: PetitionFacts, at: datetime) -> None:
    """Refuse while an extension waits for its decision, or for the petitioner to be told.

    Raises:
        GuardError: ``extension-open``.
    """
    waiting = undecided(facts) is not None or any(
        each.inform_by is not None and each.told_at is None and at <= each.inform_by
        for each in facts.cycle.extensions
    )
    if waiting:
        raise GuardError(
            "extension-open",
            "延期申请尚未审批或尚未告知诉求人；未作任何更改，请先办完延期。",
            "an extension waits for its decision or for the petitioner to be told; nothing was "
            "changed, settle the extension first.",
        )


def current_deadline(facts: PetitionFacts) -> Deadline:
    """Return the reply deadline with the extensions in effect.

    Raises:
        ValueError: none runs; an extension is requested only where one does.
    """
    deadline = latest_deadlines(facts.cycle).effective
    if deadline is None:
        raise ValueError("an extension is requested only where a deadline runs")
    return deadline
