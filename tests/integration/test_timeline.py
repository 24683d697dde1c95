"""Without this file an audit could miss an act, a late one, or show a name to the wrong reader."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.act import Act
from domain.deadlines import Deadline
from domain.event_labels import EVENT_LABELS
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import AssignmentOrder, Petitioner
from domain.vocabulary import Channel, Clock, Outcome, PetitionState, PetitionType, Role
from ledger.database import Database
from ledger.database import Role as Login
from ledger.ledger_application import LedgerApplication
from projections.timeline import PetitionNotFoundError, find_petition, read_timeline
from tests.integration.petition_rows import insert_petitions, make_facts

PETITION_ID = UUID(int=77)


def deadline(clock: Clock, due_at: datetime) -> Deadline:
    """Return a recorded deadline."""
    return Deadline(clock, due_at, "test@1/appeal", "cn@2026")


def act(at: datetime) -> Act:
    """Return an act of the intake clerk."""
    return Act(actor_id="clerk-1", actor_role=Role.INTAKE, actor_unit="hub", occurred_at=at)


@pytest.fixture
def application(database: Database) -> Iterator[LedgerApplication]:
    """Yield the store of a new ledger."""
    with LedgerApplication(database) as application:
        yield application


@pytest.fixture
def start(database: Database) -> datetime:
    """Return an instant two hours ago by the clock of the server."""
    with database.connect(Login.APP) as connection:
        row = connection.execute("SELECT now()").fetchone()
    assert row is not None
    now: datetime = row[0]
    return now.astimezone(UTC) - timedelta(hours=2)


def file_petition(application: LedgerApplication, start: datetime) -> None:
    """Record a petition that is answered an hour after its due, by acts of the last two hours."""

    def decide(known: Petition | None) -> Petition:
        assert known is None
        petition = Petition.begin(
            Petition.Created,
            PETITION_ID,
            act(start),
            channel=Channel.WEB,
            petition_type=PetitionType.APPEAL,
            type_label=None,
            region="east",
            enterprise=None,
            session_id=None,
            medium=None,
            owner_id="p-1",
            subject=Personal("示例事项"),
            text=Personal("示例正文"),
            petitioner=Petitioner(Personal("示例人"), None),
            attachments=(),
            deadlines=(deadline(Clock.ACCEPT, start + timedelta(hours=1)),),
        )
        petition.record(
            Petition.Accepted,
            act(start + timedelta(minutes=10)),
            petition_type=PetitionType.APPEAL,
            category="roads",
            policy_pack="test",
            policy_version=1,
            calendar="cn@2026",
            deadlines=(deadline(Clock.REPLY, start + timedelta(minutes=30)),),
        )
        petition.record(
            Petition.Dispatched,
            act(start + timedelta(minutes=20)),
            assignments=(
                AssignmentOrder(
                    unit="bureau",
                    lead=True,
                    deadlines=(deadline(Clock.SIGN, start + timedelta(minutes=40)),),
                ),
            ),
            catalogue=None,
            note=None,
        )
        petition.record(
            Petition.AssignmentSigned,
            act(start + timedelta(minutes=40)),
            unit="bureau",
            handler_id="h-1",
            handler_name=Personal("示例承办人"),
        )
        petition.record(
            Petition.ReplySubmitted,
            act(start + timedelta(minutes=90)),
            unit="bureau",
            head_id="head-1",
            text=Personal("示例答复"),
            outcome=Outcome.RESOLVED,
            promise=None,
            promise_due_at=None,
            co_report_waiver=None,
        )
        return petition

    application.execute(PETITION_ID, decide, act=act(start), request=b"{}")


def test_timeline_shows_every_event_with_state_and_clocks(
    application: LedgerApplication, database: Database, start: datetime
) -> None:
    """Each act stands with its label, the state after it and the clocks that then run."""
    file_petition(application, start)
    with database.connect(Login.APP) as connection:
        timeline = read_timeline(connection, PETITION_ID)
    entries = timeline.entries
    assert [entry.topic for entry in entries] == [
        "petition.submitted",
        "petition.accepted",
        "petition.dispatched",
        "petition.assignment_signed",
        "petition.reply_submitted",
    ]
    assert [entry.label for entry in entries] == [EVENT_LABELS[entry.topic] for entry in entries]
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.state for entry in entries] == [
        PetitionState.SUBMITTED,
        PetitionState.ACCEPTED,
        PetitionState.DISPATCHED,
        PetitionState.IN_PROGRESS,
        PetitionState.REPLIED,
    ]
    assert [[each.clock for each in entry.running] for entry in entries] == [
        [Clock.ACCEPT],
        [Clock.REPLY],
        [Clock.REPLY, Clock.SIGN],
        [Clock.REPLY],
        [],
    ]
    assert entries[2].running[0].due_at == start + timedelta(minutes=30)
    assert entries[2].running[1].unit == "bureau"
    assert timeline.facts.state is PetitionState.REPLIED
    assert entries[0].actor_id == "clerk-1"


def test_timeline_flags_the_act_that_came_after_its_due(
    application: LedgerApplication, database: Database, start: datetime
) -> None:
    """The late reply is marked with its clock; the signature on the very due instant is not."""
    file_petition(application, start)
    with database.connect(Login.APP) as connection:
        timeline = read_timeline(connection, PETITION_ID)
    assert [entry.late for entry in timeline.entries] == [(), (), (), (), (Clock.REPLY,)]


@pytest.mark.parametrize(("age", "flag"), [(timedelta(0), False), (timedelta(days=2), True)])
def test_timeline_flags_acts_recorded_a_day_late(
    application: LedgerApplication,
    database: Database,
    start: datetime,
    age: timedelta,
    flag: bool,  # noqa: FBT001
) -> None:
    """What is recorded more than 24 hours after it happened is flagged as backdated."""
    file_petition(application, start - age)
    with database.connect(Login.APP) as connection:
        timeline = read_timeline(connection, PETITION_ID)
    assert {entry.backdated for entry in timeline.entries} == {flag}


def test_timeline_opens_personal_values_only_when_asked(
    application: LedgerApplication, database: Database, start: datetime
) -> None:
    """Names and texts are commitments, unless the caller asks for the values."""
    file_petition(application, start)
    with database.connect(Login.APP) as connection:
        closed = read_timeline(connection, PETITION_ID)
        opened = read_timeline(connection, PETITION_ID, open_personal=True)
    assert "示例" not in repr(closed.entries)
    petitioner = opened.entries[0].fields["petitioner"]
    assert isinstance(petitioner, dict)
    assert petitioner["name"]["value"] == "示例人"
    assert len(petitioner["name"]["commitment"]) == 64
    assert petitioner["phone"] is None
    text = opened.entries[4].fields["text"]
    assert isinstance(text, dict)
    assert text["value"] == "示例答复"


def test_timeline_shows_a_commitment_where_the_value_was_erased(
    application: LedgerApplication, database: Database, start: datetime
) -> None:
    """Erasure leaves the act and its commitment standing."""
    file_petition(application, start)
    with database.connect(Login.OWNER) as owner:
        owner.execute("DELETE FROM personal WHERE path = '/petitioner/name'")
        owner.commit()
    with database.connect(Login.APP) as connection:
        opened = read_timeline(connection, PETITION_ID, open_personal=True)
    petitioner = opened.entries[0].fields["petitioner"]
    assert isinstance(petitioner, dict)
    assert set(petitioner["name"]) == {"commitment"}


def test_timeline_never_flags_imported_events_as_backdated(
    application: LedgerApplication, database: Database, start: datetime
) -> None:
    """History that is imported years later is late by nature."""
    at = start - timedelta(days=3000)

    def decide(known: Petition | None) -> Petition:
        assert known is None
        return Petition.begin(
            Petition.CaseImported,
            PETITION_ID,
            act(at),
            source="test",
            file_sha256="0" * 64,
            row=1,
            case_key="1",
            number="T-1",
            status="open",
            unit="bureau",
            petition_type=None,
            type_label=None,
            category=None,
            channel=Channel.NOT_RECORDED,
            channel_label=None,
            region=None,
            enterprise=None,
            subject=None,
            text=None,
            petitioner=None,
            deadlines=(),
        )

    application.execute(PETITION_ID, decide, act=act(at), request=b"{}")
    with database.connect(Login.APP) as connection:
        timeline = read_timeline(connection, PETITION_ID)
    assert [entry.backdated for entry in timeline.entries] == [False]
    assert timeline.entries[0].state is PetitionState.DISPATCHED


def test_timeline_of_an_unknown_petition_is_refused(database: Database) -> None:
    """An id without events and a number nobody bears are named in the error."""
    with database.connect(Login.APP) as connection:
        with pytest.raises(PetitionNotFoundError, match=str(PETITION_ID)):
            read_timeline(connection, PETITION_ID)
        for reference in ("N-000404", "", "a\0b"):
            with pytest.raises(PetitionNotFoundError):
                find_petition(connection, reference)


def test_find_petition_takes_an_id_or_a_number(database: Database) -> None:
    """A clerk types the number, a program the id."""
    facts = make_facts(Random(1), 4)  # noqa: S311 - a repeatable case
    with database.connect(Login.PROJECTOR) as writer:
        insert_petitions(writer, [facts], ZoneInfo("Asia/Shanghai"))
    with database.connect(Login.APP) as connection:
        assert find_petition(connection, "N-000004") == facts.petition_id
        assert find_petition(connection, str(PETITION_ID)) == PETITION_ID
