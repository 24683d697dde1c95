"""Stories of petitions: given some deeds, when a command comes, then events or a refusal.

No mocks and no database: deeds are the real commands, decided one after another under a
pack that is shipped with the program.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID

from msgspec.structs import replace

from domain.act import Act
from domain.command import Command, PetitionCommand
from domain.errors import DomainError
from domain.filing import SubmitPetition
from domain.petition import Petition, PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.policy_pack import PolicyPack, publish_pack, revise_pack
from domain.principal import Principal
from domain.roster import Roster, Tier, Unit, UnitKind
from domain.roster_changes import close_unit, open_roster, register_unit
from domain.roster_commands import MergeUnits
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role
from scenarios.pack_files import list_packs, read_pack

START = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)
"""A Monday, 09:00 in Shanghai; the next rest day is the Mid-Autumn holiday of 25 September."""
PETITION_ID = UUID(int=7)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
UNITS = ("hub", "bureau", "roads", "water", "watch", "closed")
ABOVE = ("province", "ministry")
"""Units of a higher tier; the second is the parent of the first."""
VILLAGES = tuple(f"village-{number}" for number in range(21))
UNIT_OF_ROLE: Mapping[Role, str | None] = dict.fromkeys(Role, "hub") | {
    Role.PETITIONER: None,
    Role.HANDLER: "bureau",
    Role.DEPARTMENT_HEAD: "bureau",
    Role.SUPERVISION: "watch",
    Role.SYSTEM: None,
}
_RULES = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=START)
SAYS_ALL_THREE = (
    re.compile(r"[；。]\s*未作(任何)?(更改|记录)，.+。$", re.DOTALL),
    re.compile(r"[;.] nothing was (changed|recorded), .+\.$", re.DOTALL),
)


@dataclass(frozen=True)
class Deed:
    """A command that somebody gave, some time after the deed before it; unit "" is none.

    ``home`` is the account's own unit, where a role was lent by another one.
    """

    command: Command
    role: Role
    unit: str | None = None
    actor: str | None = None
    after: timedelta = MINUTE
    home: str | None = None

    @property
    def principal(self) -> Principal:
        """Who gives it: by default the first person of the role, in the role's usual unit."""
        unit = UNIT_OF_ROLE[self.role] if self.unit is None else self.unit or None
        return Principal(actor_id=self.actor or f"{self.role}-1", role=self.role, unit=unit)


@cache
def roster() -> Roster:
    """Return six units, one of them closed, and a crowd of villages."""
    opened = open_roster(UUID(int=1), "Asia/Shanghai", Text("示例市", "Example City"), _RULES)
    for unit_id in (*reversed(ABOVE), *UNITS, *VILLAGES):
        kind = UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT
        name = Text(f"单位{unit_id}", unit_id)
        tier = Tier.PROVINCE if unit_id in ABOVE else Tier.CITY
        parent = "ministry" if unit_id == "province" else None
        unit = Unit(unit_id=unit_id, name=name, tier=tier, parent=parent, kind=kind)
        register_unit(opened, unit, _RULES)
    close_unit(opened, "closed", "merged", _RULES)
    return opened


@cache
def merged_roster(unit: str, successor: str) -> Roster:
    """Return the same units after one of them was merged into another."""
    merged = roster.__wrapped__()
    document = "示例发〔2026〕1号"
    command = MergeUnits(
        units=(unit,), successor=successor, effective_on=START.date(), document=document
    )
    act = Act(actor_id="admin-1", actor_role=Role.ADMIN, occurred_at=START + DAY)
    command.apply(merged, Situation(act, act.occurred_at, merged, packs(), "plain", ""))
    return merged


@cache
def packs() -> Mapping[str, PolicyPack]:
    """Return the shipped packs, each published in its first version."""
    return {name: publish_pack(UUID(int=2), read_pack(name), _RULES) for name in list_packs()}


@dataclass(frozen=True)
class Story:
    """A petition with its history so far, and the histories of those it was told with."""

    history: tuple[PetitionEvent, ...]
    at: datetime
    packs: Mapping[str, PolicyPack]
    pack_id: str
    petition_id: UUID = PETITION_ID
    family: Mapping[UUID, tuple[PetitionEvent, ...]] = field(default_factory=dict)
    roster: Roster = field(default_factory=roster)

    def after_merger(self, unit: str, successor: str) -> "Story":
        """Return the story in a ledger in which one unit went into another the day before."""
        return dataclasses.replace(self, roster=merged_roster(unit, successor))

    def beside(self, *others: "Story") -> "Story":
        """Return the story with other petitions that a command may name; it goes on after them."""
        family = {**self.family, **{other.petition_id: other.history for other in others}}
        at = max(self.at, *(other.at for other in others))
        return dataclasses.replace(self, family=family, at=at)

    def turn_to(self, petition_id: UUID) -> "Story":
        """Return the same petitions, seen from another one of them."""
        family = {**self.family, self.petition_id: self.history}
        history = family.pop(petition_id)
        return dataclasses.replace(self, history=history, petition_id=petition_id, family=family)

    def with_pack(self, **fields: object) -> "Story":
        """Return the story under a pack that differs in some fields from the start."""
        content = replace(read_pack(self.pack_id), **fields)
        changed = publish_pack(UUID(int=2), content, _RULES)
        return dataclasses.replace(self, packs={self.pack_id: changed})

    def with_revision(self, **fields: object) -> "Story":
        """Return the story under a pack that has got a second version."""
        content = read_pack(self.pack_id)
        revised = publish_pack(UUID(int=2), content, _RULES)
        revise_pack(revised, replace(content, version=2, **fields), _RULES)
        return dataclasses.replace(self, packs={self.pack_id: revised})

    def with_only(self, pack_id: str) -> "Story":
        """Return the story in a ledger that has one other pack alone."""
        return dataclasses.replace(self, packs={pack_id: packs()[pack_id]}, pack_id=pack_id)

    @property
    def facts(self) -> PetitionFacts:
        """What is true of the petition now."""
        return fold_all(self.history)

    @property
    def last(self) -> PetitionEvent:
        """The latest event."""
        return self.history[-1]

    def when(
        self,
        command: Command,
        role: Role,
        *,
        unit: str | None = None,
        actor: str | None = None,
        after: timedelta = MINUTE,
        recorded_after: timedelta | None = None,
        home: str | None = None,
    ) -> "Attempt":
        """Let somebody give a command; it is recorded at once unless said otherwise."""
        return Attempt(self, Deed(command, role, unit, actor, after, home), recorded_after)

    def without_unit(self, command: Command, role: Role) -> "Attempt":
        """Let somebody whose account is bound to no unit give a command."""
        return Attempt(self, Deed(command, role, ""), None)

    def and_then(self, *deeds: Deed) -> "Story":
        """Return the story after some more deeds."""
        story = self
        for deed in deeds:
            story = Attempt(story, deed, None).decide()
        return story


class Attempt:
    """A command on its way to a petition."""

    def __init__(self, story: Story, deed: Deed, recorded_after: timedelta | None) -> None:
        self._story = story
        self._deed = deed
        self._recorded_after = recorded_after

    def decide(self) -> Story:
        """Return the story with the events the command caused."""
        story, deed = self._story, self._deed
        at = story.at + deed.after
        now = at if self._recorded_after is None else story.at + self._recorded_after
        family = dict(story.family)
        situation = Situation(
            act=deed.principal.act(at, on_behalf_of=deed.command.on_behalf_of),
            now=now,
            roster=story.roster,
            packs=story.packs,
            pack_id=story.pack_id,
            fresh_number="20260914000001",
            home_unit=deed.home or deed.principal.unit,
        )
        if isinstance(deed.command, SubmitPetition):
            petition = deed.command.begin(story.petition_id, situation)
        else:
            assert isinstance(deed.command, PetitionCommand)
            petition = _petition(story.history)
            named = deed.command.others(story.facts)
            others = {each: _petition(family.get(each) or _stranger(each)) for each in named}
            born = deed.command.apply(petition, situation, others)
            for other in (*others.values(), *born):
                family[other.id] = tuple(other.history)
        history = tuple(petition.history)
        return dataclasses.replace(story, history=history, at=at, family=family)

    def then(self, *events: type[PetitionEvent]) -> Story:
        """Expect exactly these events, in order; return the story after them."""
        after = self.decide()
        caused = [type(event) for event in after.history[len(self._story.history) :]]
        assert caused == list(events)
        return after

    def refusal(self) -> DomainError | None:
        """Return how the command was refused, or None if it was not."""
        try:
            self.decide()
        except DomainError as refusal:
            return refusal
        return None

    def refuses(self, error: type[DomainError], code: str) -> None:
        """Expect a refusal that says what happened, what was kept and what to do next."""
        refusal = self.refusal()
        assert refusal is not None
        assert (type(refusal), refusal.code) == (error, code), refusal
        for text, says in zip(refusal.text, SAYS_ALL_THREE, strict=True):
            assert says.search(text), text


def given(
    *deeds: Deed | PetitionEvent, pack: str = "plain", petition_id: UUID = PETITION_ID
) -> Story:
    """Return the story after some deeds, or of an imported case and what was done with it."""
    return _given(deeds, pack, petition_id)


@cache
def _given(deeds: tuple[Deed | PetitionEvent, ...], pack: str, petition_id: UUID) -> Story:
    if not deeds:
        return Story((), START - MINUTE, packs(), pack, petition_id)
    *earlier, last = deeds
    story = _given(tuple(earlier), pack, petition_id)
    if isinstance(last, Deed):
        return story.and_then(last)
    return dataclasses.replace(story, history=(*story.history, last), at=last.timestamp)


def _stranger(petition_id: UUID) -> tuple[PetitionEvent, ...]:
    """Return the history of a petition nobody told of: registered as early as any."""
    from tests.unit.petition_stories import REGISTERED

    return given(*REGISTERED, petition_id=petition_id).history


def _petition(history: tuple[PetitionEvent, ...]) -> Petition:
    petition: Petition | None = None
    for event in history:
        petition = event.mutate(petition)
    assert petition is not None
    return petition
