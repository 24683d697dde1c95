"""Without this file a what-if would not say under which rules which act is counted again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.errors import GuardError
from domain.intake_events import Accepted
from domain.pack_content import PackContent
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.policy_pack import PolicyPack
from domain.timing import Timing
from domain.vocabulary import Clock


@dataclass(frozen=True)
class Supposition:
    """Rules under which a history is counted again.

    Attributes:
        packs: Policy packs of the ledger, by id; they say what petitions really pinned.
        pack: The pack to count by, or None for what each petition pinned.
        calendar: The calendar to count by, or None for what the pack names.
    """

    packs: Mapping[str, PolicyPack] = field(default_factory=dict)
    pack: PackContent | None = None
    calendar: Calendar | None = None

    def pinned_pack(self, event: PetitionEvent, facts: PetitionFacts | None) -> PackContent | None:
        """Return the pack version that governed an act in real life; None where none was pinned."""
        pinned = (facts.policy_pack, facts.policy_version) if facts else (None, None)
        if isinstance(event, Accepted):
            pinned = event.policy_pack, event.policy_version
        name, version = pinned
        pack = self.packs.get(name or "")
        return None if pack is None or version is None else pack.versions.get(version)


class Scene(msgspec.Struct, frozen=True):
    """One act, and what its limits are counted by.

    Attributes:
        pack: The supposed pack.
        timing: When it happened, with the supposed calendar.
        facts: Supposed facts before the act, those of other petitions by their ids.
        own: The pack that governed it in real life, where one was pinned.
        real: Real facts before the act.
        others: Supposed facts of the petitions that are merged, or were split.
    """

    pack: PackContent
    timing: Timing
    facts: PetitionFacts
    own: PackContent | None
    real: PetitionFacts
    others: Mapping[UUID, PetitionFacts]

    @property
    def real_timing(self) -> Timing:
        """When the act happened, with the calendar of real life."""
        return Timing(self.timing.at, self.timing.calendars)


def refuse_pack_without_clocks(pack: PackContent) -> None:
    """Refuse to ask who would have been on time under a pack that times no reply; pure.

    Raises:
        GuardError: ``pack-without-clocks``.
    """
    rules = (rule for each in pack.types for rule in each.clocks)
    if any(rule.clock is Clock.REPLY and not rule.unlimited for rule in rules):
        return
    raise GuardError(
        "pack-without-clocks",
        f"规则包 {pack.reference} 未规定任何办理时限，无从比较按时情况；台账未改动，"
        "请换用有时限的规则包，或查看 closure。",
        f"pack {pack.reference} sets no limit for a reply, so nobody could be late under it; the "
        "ledger is unchanged, name a pack with limits or ask for 'closure'.",
    )
