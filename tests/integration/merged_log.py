"""A log in which water and power merged into bureau, and parks split with gardens as heir."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.petition import PetitionEvent
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.roster import Roster, Tier, Unit, UnitKind
from domain.roster_changes import open_roster, register_unit
from domain.roster_commands import MergeUnits, SplitUnit
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import Role as Actor
from ledger.codec import DomainEvent
from ledger.database import Database, Role
from ledger.reference import ROSTER_ID
from projections.engine import Engine
from projections.models import MODELS
from tests.histories import START
from tests.integration.logged_petitions import append_events, draw_log, open_recorder

SHANGHAI = ZoneInfo("Asia/Shanghai")
MERGED_ON = date(2025, 3, 21)
"""Water and power go into bureau: some petitions are over by then, others come later."""
SPLIT_ON = date(2025, 3, 25)
MERGED_AT = datetime.combine(MERGED_ON, time.min, SHANGHAI).astimezone(UTC)
SPLIT_AT = datetime.combine(SPLIT_ON, time.min, SHANGHAI).astimezone(UTC)
TICK = timedelta(microseconds=1)
END = START + timedelta(days=60)
PETITIONS: list[PetitionEvent] = draw_log(29, 60)
UNITS = ("hub", "water", "power", "bureau", "roads", "parks", "gardens")
OPENED = Act(actor_id="admin-1", actor_role=Actor.ADMIN, occurred_at=START)


def new_roster() -> Roster:
    """Return the units before anything happened to them."""
    roster = open_roster(ROSTER_ID, "Asia/Shanghai", Text("示例市", "Example City"), OPENED)
    for unit_id in UNITS:
        unit = Unit(
            unit_id=unit_id,
            name=Text(f"单位{unit_id}", unit_id.title()),
            tier=Tier.CITY,
            parent=None,
            kind=UnitKind.HUB if unit_id == "hub" else UnitKind.DEPARTMENT,
        )
        register_unit(roster, unit, OPENED)
    return roster


def successions(roster: Roster) -> Iterator[DomainEvent]:
    """Yield merger and split, as they were decided."""
    document = "示例编〔2025〕3号"
    act = Act(actor_id="admin-1", actor_role=Actor.ADMIN, occurred_at=END)
    situation = Situation(act, END, roster, {}, "plain", "")
    MergeUnits(
        units=("water", "power"),
        successor="bureau",
        effective_on=MERGED_ON,
        document=document,
    ).apply(roster, situation)
    SplitUnit(
        unit="parks",
        into=("gardens", "roads"),
        heir="gardens",
        effective_on=SPLIT_ON,
        document=document,
    ).apply(roster, situation)
    yield from roster.collect_events()


def append_merged(database: Database, *more: DomainEvent) -> int:
    """Write the log and project it; return the last position before anybody knew of a merger."""
    roster = new_roster()
    known: list[DomainEvent] = [*roster.collect_events(), *PETITIONS, *more]
    recorder = open_recorder(database)
    append_events(recorder, known)
    append_events(recorder, successions(roster))
    recorder.close()
    with database.connect(Role.PROJECTOR, autocommit=True) as projecting:
        Engine(projecting, MODELS).catch_up()
    return len(known)


def petitions() -> list[PetitionFacts]:
    """Return what the log says of every petition."""
    streams = dict.fromkeys(event.originator_id for event in PETITIONS)
    return [
        fold_all(event for event in PETITIONS if event.originator_id == stream)
        for stream in streams
    ]
