"""Without this file a generated log would hold events that no petition ever has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.aggregate import LedgerAggregate
from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.intake_events import Accepted
from domain.pack_content import PackContent
from domain.petition import Petition, PetitionEvent
from domain.petition_fold import fold
from domain.policy_pack import PolicyPack, publish_pack
from domain.roster import Roster, Unit
from domain.roster_changes import adopt_pack, open_roster, register_unit
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState
from ledger.header import PolicyRef
from ledger.reference import ROSTER_ID, pack_stream
from scenarios.cast import ADMIN
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario
from scenarios.script import ScriptStep


@dataclass(frozen=True)
class DecidedEvent:
    """An event as a decision made it, with what its header says.

    Attributes:
        event: From the real aggregate.
        act: Who caused it.
        policy: Policy pack the petition stood under after the decision.
        entered_at: Instant of the host's clock at the decision, aware.
    """

    event: PetitionEvent
    act: Act
    policy: PolicyRef | None
    entered_at: datetime


Life = tuple[DecidedEvent, ...]
"""One petition's events, oldest first."""


@dataclass(frozen=True)
class Foundation:
    """Units and rules, decided in memory.

    Attributes:
        act: Who founded it, and when.
        roster: The units; has adopted the pack.
        pack: The one pack in force.
        events: Of roster and pack, in the order in which a ledger is founded.
    """

    act: Act
    roster: Roster
    pack: PolicyPack
    events: tuple[LedgerAggregate.Event, ...]


def found(
    zone: ZoneInfo, title: Text, units: Sequence[Unit], content: PackContent, at: datetime
) -> Foundation:
    """Return the foundation of a ledger, decided as by ``taizhang open``. Pure."""
    act = ADMIN.act(at)
    roster = open_roster(ROSTER_ID, zone.key, title, act)
    for unit in units:
        register_unit(roster, unit, act)
    opened = roster.collect_events()
    pack = publish_pack(pack_stream(content.pack_id), content, act)
    adopt_pack(roster, content.pack_id, act)
    events = (*opened, *pack.collect_events(), *roster.collect_events())
    return Foundation(act, roster, pack, cast("tuple[LedgerAggregate.Event, ...]", events))


def decide_lives(scenario: Scenario) -> list[Life]:
    """Return the lives of a scenario's petitions, each act decided by the domain. Pure.

    Raises:
        DomainError: a guard refused an act; the scenario is wrong.
    """
    foundation = found(
        scenario.zone,
        scenario.title,
        scenario.units,
        read_pack(scenario.pack),
        scenario.opened_at,
    )
    return [
        decide_life(((step, _given(step)) for step in script.steps), foundation)
        for script in scenario.petitions
    ]


def decide_life(steps: Iterable[tuple[ScriptStep, datetime]], foundation: Foundation) -> Life:
    """Return a petition's life, each act decided by the domain. Pure.

    Args:
        steps: Its acts, each with the instant of the host's clock when it was entered.
        foundation: Units and rules.

    Raises:
        DomainError: a guard refused an act.
        ValueError: the life does not begin with its submission.
    """
    return tuple(_decide(steps, foundation))


def _decide(
    steps: Iterable[tuple[ScriptStep, datetime]], foundation: Foundation
) -> Iterator[DecidedEvent]:
    petition: Petition | None = None
    pack_id = foundation.pack.latest.pack_id
    packs = {pack_id: foundation.pack}
    for step, now in steps:
        command = step.command
        act = step.principal.act(
            _given(step),
            on_behalf_of=command.on_behalf_of,
            idempotency_key=step.idempotency_key,
        )
        situation = Situation(act, now, foundation.roster, packs, pack_id, fresh_number="")
        if isinstance(command, SubmitPetition):
            petition = command.begin(step.target, situation)
        elif petition is not None and isinstance(command, PetitionCommand):
            command.apply(petition, situation)
        if petition is None:
            raise ValueError(f"the life of {step.target} does not begin with its submission")
        policy = _policy_of(petition)
        for event in petition.collect_events():
            yield DecidedEvent(cast("PetitionEvent", event), act, policy, now)


def until_in_progress(life: Life) -> Life:
    """Return the beginning of a life up to its being handled, or nothing if it never was.

    Pure.
    """
    facts = None
    for number, decided in enumerate(life, start=1):
        facts = fold(facts, decided.event)
        if facts.state is PetitionState.IN_PROGRESS:
            return life[:number]
    return ()


def _given(step: ScriptStep) -> datetime:
    if step.command.occurred_at is None:
        raise ValueError("an act of a play has a time")
    return step.command.occurred_at


def _policy_of(petition: Petition) -> PolicyRef | None:
    for event in petition.history:
        if isinstance(event, Accepted):
            return PolicyRef(event.policy_pack, event.policy_version)
    return None
