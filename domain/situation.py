"""Without this file a decision would have to fetch its clock, roster and rules by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.calendar import Calendar
from domain.calendar_cn import find_calendar
from domain.deadlines import Deadline, start_deadline
from domain.errors import GuardError
from domain.limit import Limit
from domain.pack_clocks import start_clocks
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.petition_facts import PetitionFacts
from domain.policy_pack import PolicyPack
from domain.roster import Roster
from domain.vocabulary import Clock, PetitionType


@dataclass(frozen=True)
class Situation:
    """Everything a decision may look at besides the petition itself.

    Attributes:
        act: Who acts, and when they say it happened.
        now: The host's clock, aware; nothing may be claimed to happen after it.
        roster: The ledger's units.
        packs: Policy packs in force, by pack id; never empty.
        pack_id: The pack that new petitions pin.
        fresh_number: A number nobody has used, taken from the ledger's sequence.
    """

    act: Act
    now: datetime
    roster: Roster
    packs: Mapping[str, PolicyPack]
    pack_id: str
    fresh_number: str

    @property
    def pack(self) -> PackContent:
        """The version that a petition accepted now pins."""
        return self.packs[self.pack_id].latest

    def pinned_pack(self, facts: PetitionFacts) -> PackContent:
        """Return the pack version the petition pinned at acceptance.

        Raises:
            GuardError: ``no-policy-pack``; an imported case, or its pack is not here.
            UnknownPackVersionError: the version was never published.
        """
        pack = self.packs.get(facts.policy_pack or "")
        if pack is None or facts.policy_version is None:
            raise GuardError(
                "no-policy-pack",
                "该诉求未绑定规则包，无法计算时限；未作任何更改，请先受理或改用历史导入流程。",
                "the petition pinned no policy pack, so no limit can be computed; nothing was "
                "changed, accept it first.",
            )
        return pack.pack_at(facts.policy_version)

    def zone(self, pack: PackContent) -> ZoneInfo:
        """Return the zone of the pack's days and hours."""
        return ZoneInfo(pack.zone)

    def calendar(self, pack: PackContent) -> Calendar:
        """Return the working calendar that the pack pins."""
        return find_calendar(pack.calendar)

    def clocks(
        self, pack: PackContent, petition_type: PetitionType, starts_at: ClockStart
    ) -> tuple[Deadline, ...]:
        """Return the deadlines that an event of this act starts."""
        at, calendar = self.act.occurred_at, self.calendar(pack)
        return start_clocks(pack, petition_type, starts_at, at, calendar, self.zone(pack))

    def limited(
        self,
        pack: PackContent,
        clock: Clock,
        limit: Limit,
        name: str,
        start: datetime | None = None,
    ) -> Deadline:
        """Return a deadline of one of the pack's general rules, from ``start`` or this act on."""
        return start_deadline(
            clock,
            start or self.act.occurred_at,
            limit,
            f"{pack.reference}/{name}",
            self.calendar(pack),
            self.zone(pack),
            pack.business_hours,
        )
