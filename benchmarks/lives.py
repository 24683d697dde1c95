"""Without this file the benchmarks would measure events that no petition ever has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from domain.act import Act
from domain.command import PetitionCommand
from domain.filing import SubmitPetition
from domain.intake_events import Accepted
from domain.petition import Petition, PetitionEvent
from domain.petition_fold import fold
from domain.policy_pack import PolicyPack, publish_pack
from domain.roster import Roster
from domain.roster_changes import adopt_pack, open_roster, register_unit
from domain.situation import Situation
from domain.vocabulary import PetitionState
from ledger.header import PolicyRef
from ledger.reference import ROSTER_ID, pack_stream
from scenarios.cast import ADMIN
from scenarios.pack_files import read_pack
from scenarios.scenario import Scenario
from scenarios.script import PetitionScript


@dataclass(frozen=True)
class DecidedEvent:
    """An event as a decision made it, with what its header says.

    Attributes:
        event: From the real aggregate.
        act: Who caused it.
        policy: Policy pack the petition stood under after the decision.
    """

    event: PetitionEvent
    act: Act
    policy: PolicyRef | None


Life = tuple[DecidedEvent, ...]
"""One petition's events, oldest first."""


def decide_lives(scenario: Scenario) -> list[Life]:
    """Return the lives of a scenario's petitions, each act decided by the domain. Pure.

    Raises:
        DomainError: a guard refused an act; the scenario is wrong.
    """
    founding = ADMIN.act(scenario.opened_at)
    content = read_pack(scenario.pack)
    pack = publish_pack(pack_stream(content.pack_id), content, founding)
    roster = open_roster(ROSTER_ID, scenario.zone.key, scenario.title, founding)
    for unit in scenario.units:
        register_unit(roster, unit, founding)
    adopt_pack(roster, content.pack_id, founding)
    packs = {content.pack_id: pack}
    return [tuple(_decide(script, roster, packs, content.pack_id)) for script in scenario.petitions]


def _decide(
    script: PetitionScript, roster: Roster, packs: dict[str, PolicyPack], pack_id: str
) -> Iterator[DecidedEvent]:
    petition: Petition | None = None
    for step in script.steps:
        command = step.command
        act = step.principal.act(
            _given(command.occurred_at),
            on_behalf_of=command.on_behalf_of,
            idempotency_key=step.idempotency_key,
        )
        situation = Situation(act, act.occurred_at, roster, packs, pack_id, fresh_number="")
        if isinstance(command, SubmitPetition):
            petition = command.begin(script.petition_id, situation)
        elif petition is not None and isinstance(command, PetitionCommand):
            command.apply(petition, situation)
        if petition is None:
            raise ValueError(f"the life of {script.key} does not begin with its submission")
        policy = _policy_of(petition)
        for event in petition.collect_events():
            yield DecidedEvent(cast("PetitionEvent", event), act, policy)


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


def _given(occurred_at: datetime | None) -> datetime:
    if occurred_at is None:
        raise ValueError("an act of a play has a time")
    return occurred_at


def _policy_of(petition: Petition) -> PolicyRef | None:
    for event in petition.history:
        if isinstance(event, Accepted):
            return PolicyRef(event.policy_pack, event.policy_version)
    return None
