"""Without this file the time limits of a city would be code, and could not be compared or changed.

A policy pack is data: what a city's rules say, each number with its source and a
mark where the project had to assume it.
"""

from collections.abc import Iterator
from datetime import date

import msgspec

from domain.errors import DomainError
from domain.limit import BusinessPeriod
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
from domain.vocabulary import Channel, Clock, Outcome, PetitionType


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

    def clock_rule(self, petition_type: PetitionType, clock: Clock) -> ClockRule | None:
        """Return the rule of one clock, or None where the pack has no such clock.

        Raises:
            TypeNotInPackError: the pack does not handle the type.
        """
        rules = self.type_rules(petition_type).clocks
        return next((rule for rule in rules if rule.clock is clock), None)

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Yield every rule with its place, ``appeal.reply`` or ``extension``."""
        for type_rules in self.types:
            for rule in type_rules.clocks:
                yield f"{type_rules.petition_type}.{rule.clock}", rule
        if self.extension:
            yield "extension", self.extension
        if self.supplement:
            yield "supplement", self.supplement
        yield "returns", self.returns
        yield "reopening", self.reopening
        yield "callback", self.callback

    def assumptions(self) -> list[tuple[str, Text]]:
        """Return the place and reason of every rule and mapping that no source settles."""
        found = [(place, rule.source) for place, rule in self.rules() if rule.assumed]
        for rules in self.types:
            label = rules.petition_type.label
            found += [
                (
                    f"{rules.petition_type}.{name}",
                    Text(f"“{name}”按“{label.zh}”办理", f"'{name}' is handled as {label.en}"),
                )
                for name in rules.assumed_labels
            ]
        return found


class TypeNotInPackError(DomainError):
    """A petition was given a type that its policy pack does not handle."""

    code = "type-not-in-pack"
