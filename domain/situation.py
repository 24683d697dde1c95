"""Without this file a decision would have to fetch its clock, roster and rules by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.calendar import Calendar
from domain.calendar_stream import CalendarStream
from domain.deadlines import Deadline
from domain.errors import GuardError
from domain.figure_source import FigureSource, NoFigures
from domain.limit import Limit
from domain.metric_definition import MetricDefinition
from domain.pack_content import PackContent
from domain.pack_rules import ClockStart
from domain.petition_facts import PetitionFacts
from domain.policy_pack import PolicyPack
from domain.roster import Roster
from domain.timing import Timing
from domain.vocabulary import Clock, Complexity, PetitionType


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
        calendars: Calendars published in the ledger, by id, beside those built in.
        metrics: Metrics defined in the ledger, by reference, beside those built in.
        figures: The log as a source of figures.
        home_unit: Unit of the account itself, also while it acts in a role lent by another.
    """

    act: Act
    now: datetime
    roster: Roster
    packs: Mapping[str, PolicyPack]
    pack_id: str
    fresh_number: str
    calendars: Mapping[str, CalendarStream] = field(default_factory=dict)
    metrics: Mapping[str, MetricDefinition] = field(default_factory=dict)
    figures: FigureSource = field(default_factory=NoFigures)
    home_unit: str | None = None

    @property
    def pack(self) -> PackContent:
        """The version that a petition accepted by this act pins.

        That is the newest one effective on the act's local day; before the first one's
        day, the first one.
        """
        pack = self.packs[self.pack_id]
        zone = self.zone(pack.latest)
        return pack.in_force(self.act.occurred_at.astimezone(zone).date())

    def pinned_pack(self, facts: PetitionFacts) -> PackContent:
        """Return the pack version the petition pinned at acceptance.

        An imported case pinned none, nor did one that was merged before its acceptance;
        whoever goes on with it follows the pack in force.

        Raises:
            GuardError: ``no-policy-pack``; it was not accepted, or its pack is not here.
            UnknownPackVersionError: the version was never published.
        """
        if facts.policy_pack is None and (facts.imported or facts.mergers):
            return self.pack
        pack = self.packs.get(facts.policy_pack or "")
        if pack is None or facts.policy_version is None:
            raise GuardError(
                "no-policy-pack",
                "找不到该诉求所绑定的规则包，无法计算时限；未作任何更改，请先受理或重新发布该规则包。",
                "the policy pack that the petition pinned is not here, so no limit can be "
                "computed; nothing was changed, accept the petition or publish the pack again.",
            )
        return pack.pack_at(facts.policy_version)

    @property
    def timing(self) -> Timing:
        """When the act happened, and the calendars its limits are counted by."""
        return Timing(self.act.occurred_at, self.calendars)

    def type_under(self, pack: PackContent, facts: PetitionFacts) -> PetitionType:
        """Return the type whose clocks the pack applies; see ``Timing.type_under``."""
        return self.timing.type_under(pack, facts)

    def zone(self, pack: PackContent) -> ZoneInfo:
        """Return the zone of the pack's days and hours."""
        return self.timing.zone(pack)

    def calendar(self, pack: PackContent) -> Calendar:
        """Return the newest edition of the pack's calendar that is effective on the act's day."""
        return self.timing.calendar(pack)

    def clocks(
        self,
        pack: PackContent,
        petition_type: PetitionType,
        starts_at: ClockStart,
        complexity: Complexity = Complexity.ORDINARY,
    ) -> tuple[Deadline, ...]:
        """Return the deadlines that an event of this act starts."""
        return self.timing.clocks(pack, petition_type, starts_at, complexity)

    def limited(
        self,
        pack: PackContent,
        clock: Clock,
        limit: Limit,
        name: str,
        start: datetime | None = None,
    ) -> Deadline:
        """Return a deadline of one of the pack's general rules, from ``start`` or this act on."""
        return self.timing.limited(pack, clock, limit, name, start)
