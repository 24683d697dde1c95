"""Without this file the time limits of a city would be code, and could not be compared or changed.

A policy pack is data: what a city's rules say, each number with its source and a
mark where the project had to assume it.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from domain.errors import DomainError
from domain.limit import BusinessPeriod
from domain.pack_delays import (
    BacklogRule,
    DelayRule,
    PolicyLimitRule,
    SuspensionRule,
    UpwardReportRule,
)
from domain.pack_oversight import ArchiveRule, RetentionRule, ReviewRule, SupervisionRule
from domain.pack_rules import (
    CallbackRule,
    ClockRule,
    ExtensionRule,
    ReopenRule,
    ReturnRule,
    Rule,
    SupplementRule,
    TypeRules,
)
from domain.reasons import DeclineReason
from domain.text import Text
from domain.vocabulary import Channel, Clock, Complexity, Outcome, PetitionType


class PackContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything one version of a policy pack says.

    Attributes:
        pack_id: Code slug, the same in every version.
        version: 1 for the first, one more for each revision.
        title: Name for people.
        source: The published rules it follows.
        effective_on: First civil day on which petitions pin it, in ``zone``.
        zone: IANA zone of days and hours.
        calendar: Built-in calendar, ``cn@2026``.
        business_hours: Office hours, for limits in working hours.
        extension: Null where the rules know no extension.
        supplement: Null where silence after a request for a supplement has no consequence.
        delay: Null where the rules know no explanation of delay.
        upward_report: Null where they know no report to the superior unit.
        policy_limit: Null where they know no filing of policy limits.
        suspension: Null where nothing stops a clock.
        backlog: Null where nothing is listed as backlog.
        supervision: Null where nobody reminds or supervises by the clock.
        review: Null where a reply is not reviewed by a superior unit.
        archive: Null where a petition is archived as soon as it cannot be reopened.
        retention: Null where nothing is ever disposed of.
        tip_off_retention: What holds for tip-offs instead, or null.
    """

    pack_id: str
    version: int
    title: Text
    source: Text
    effective_on: date
    zone: str
    calendar: str
    business_hours: tuple[BusinessPeriod, ...] = ()
    channels: tuple[Channel, ...]
    outcomes: tuple[Outcome, ...]
    decline_reasons: tuple[DeclineReason, ...]
    types: tuple[TypeRules, ...]
    extension: ExtensionRule | None = None
    supplement: SupplementRule | None = None
    delay: DelayRule | None = None
    upward_report: UpwardReportRule | None = None
    policy_limit: PolicyLimitRule | None = None
    suspension: SuspensionRule | None = None
    backlog: BacklogRule | None = None
    supervision: SupervisionRule | None = None
    review: ReviewRule | None = None
    archive: ArchiveRule | None = None
    retention: RetentionRule | None = None
    tip_off_retention: RetentionRule | None = None
    returns: ReturnRule
    reopening: ReopenRule
    callback: CallbackRule

    @property
    def reference(self) -> str:
        """The name that petitions pin, ``s2_quanzhou@1``."""
        return f"{self.pack_id}@{self.version}"

    def type_rules(self, petition_type: PetitionType) -> TypeRules:
        """Return the rules of a petition type.

        Raises:
            TypeNotInPackError: the pack does not handle it.
        """
        for rules in self.types:
            if rules.petition_type is petition_type:
                return rules
        label = petition_type.label
        known = "、".join(rules.petition_type.label.zh for rules in self.types)
        raise TypeNotInPackError(
            Text(
                f"规则包 {self.reference} 不办理“{label.zh}”类；未作任何更改，可选：{known}。",
                f"policy pack {self.reference} does not handle type '{petition_type}'; nothing "
                f"was changed, choose one of: {', '.join(r.petition_type for r in self.types)}.",
            )
        )

    def clock_rule(
        self,
        petition_type: PetitionType,
        clock: Clock,
        complexity: Complexity = Complexity.ORDINARY,
    ) -> ClockRule | None:
        """Return the first rule of one clock, or None where the pack has no such clock.

        Raises:
            TypeNotInPackError: the pack does not handle the type.
        """
        rules = self.clock_rules(petition_type, complexity)
        return next((rule for rule in rules if rule.clock is clock), None)

    def clock_rules(
        self, petition_type: PetitionType, complexity: Complexity = Complexity.ORDINARY
    ) -> tuple[ClockRule, ...]:
        """Return the rules for petitions of one type and complexity, in the order of the pack.

        Raises:
            TypeNotInPackError: the pack does not handle the type.
        """
        rules = self.type_rules(petition_type).clocks
        own = {(r.clock, r.starts_at) for r in rules if r.complexity is complexity}
        return tuple(
            rule
            for rule in rules
            if rule.complexity is complexity
            or (rule.complexity is Complexity.ORDINARY and (rule.clock, rule.starts_at) not in own)
        )

    def complexities(self, petition_type: PetitionType) -> tuple[Complexity, ...]:
        """Return what may be chosen at acceptance: ordinary, and what has limits of its own.

        Raises:
            TypeNotInPackError: the pack does not handle the type.
        """
        stated = {rule.complexity for rule in self.type_rules(petition_type).clocks}
        return tuple(each for each in Complexity if each in stated | {Complexity.ORDINARY})

    def retention_of(self, petition_type: PetitionType) -> RetentionRule | None:
        """Return how long petitions of a type are kept; None is for ever."""
        if petition_type is PetitionType.TIP_OFF and self.tip_off_retention:
            return self.tip_off_retention
        return self.retention

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Yield every rule with its place, ``appeal.reply`` or ``extension``.

        A clock that starts again, or that differs for complex petitions, says so too.
        """
        for type_rules in self.types:
            seen: set[tuple[Clock, Complexity]] = set()
            for rule in type_rules.clocks:
                place = f"{type_rules.petition_type}.{rule.clock}"
                if rule.complexity is not Complexity.ORDINARY:
                    place += f".{rule.complexity}"
                if (rule.clock, rule.complexity) in seen:
                    place += f".{rule.starts_at.partition('.')[2]}"
                seen.add((rule.clock, rule.complexity))
                yield place, rule
        for name in self.__struct_fields__:
            general = getattr(self, name)
            if isinstance(general, Rule):
                yield name, general


class TypeNotInPackError(DomainError):
    """A petition was given a type that its policy pack does not handle."""

    code = "type-not-in-pack"
