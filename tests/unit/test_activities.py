"""Without this file bulletins, visits, fairs and grants could be recorded against their rules."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from domain.bulletin import BulletinSeries
from domain.bulletin_issuing import EndorseBulletin, IssueBulletin, WithdrawBulletin
from domain.commendation import StrikeCommendation
from domain.coordination import RecordAgreement
from domain.dossier import CloseDossier, OpenDossier, UpdateDossier
from domain.exhibition_advice import ConcludeExhibition, FollowUpExhibition
from domain.field_visit import FollowUpFieldVisit, LinkFoundProblem
from domain.grant import AwardGrant, PayGrant, RevokeGrant
from domain.matchmaking import MatchResult, ProjectPhase
from domain.matchmaking_course import ConcludeMatchmaking, EnterPhase
from domain.vocabulary import Role
from tests.unit.given_when_then import DAY, START
from tests.unit.resource_story import (
    ANNOUNCE,
    AWARD,
    CONSULT,
    COORDINATE,
    FIRM,
    HEAD,
    ISSUE,
    MATCH,
    OPEN_DOSSIER,
    OTHER_FIRM,
    PETITION,
    PRAISE,
    VISIT,
    Deed,
    Life,
)


def but(deed: Deed, **fields: object) -> Deed:
    """Return a deed whose command differs in some fields."""
    return Deed(replace(deed.command, **fields), deed.role)


def test_bulletin_number_is_claimed_within_series_and_year() -> None:
    """The same number may stand in another series or another year."""
    assert isinstance(ISSUE.command, IssueBulletin)
    first = ISSUE.command
    others = (
        replace(first, series=BulletinSeries.CIRCULAR),
        replace(first, year=2027),
        replace(first, number=2),
    )
    assert first.claims == ("bulletin:special_report:2026:1",)
    assert len({command.claims for command in (first, *others)}) == 4


def test_bulletin_is_refused_when_its_year_is_not_the_local_one() -> None:
    """New year begins at the ledger's midnight, which is 16:00 UTC in China."""
    eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    midnight = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    Life().do(but(ISSUE, occurred_at=eve))
    Life().refuses(but(ISSUE, occurred_at=midnight), "year-mismatch")
    Life().do(but(ISSUE, occurred_at=midnight, year=2027))


def test_bulletin_accepts_nothing_once_it_is_withdrawn() -> None:
    """Its number stays used and its text stays as it was."""
    withdraw = Deed(WithdrawBulletin(reason="x"), Role.SUPERVISION)
    life = Life().do(ISSUE, withdraw)
    for deed in (withdraw, Deed(EndorseBulletin(text="x"), Role.LEADER)):
        life.refuses(deed, "impossible-transition")


def test_dossier_is_kept_by_its_unit_until_it_is_closed() -> None:
    """There is one per park, and a closed one is not added to."""
    assert isinstance(OPEN_DOSSIER.command, OpenDossier)
    assert OPEN_DOSSIER.command.claims == ("dossier:park-1",)
    update = Deed(UpdateDossier(text="x"), Role.HANDLER)
    close = Deed(CloseDossier(), Role.HANDLER)
    life = Life().do(OPEN_DOSSIER, update)
    for deed in (update, close):
        life.refuses(Deed(deed.command, deed.role, "roads"), "not-permitted")
    life.do(close)
    for deed in (update, close):
        life.refuses(deed, "impossible-transition")


def test_visit_is_refused_when_it_goes_nowhere() -> None:
    """An enterprise or a park was seen."""
    Life().refuses(but(VISIT, enterprises=()), "nobody-visited")
    Life().do(but(VISIT, enterprises=(), park="park-1"))


def test_visit_is_refused_when_an_enterprise_or_unit_is_named_twice_or_unknown() -> None:
    """Distinct enterprises are counted from what is named here."""
    Life().refuses(but(VISIT, enterprises=(FIRM, FIRM)), "named-twice")
    Life().refuses(but(VISIT, enterprises=(FIRM, "X")), "invalid-credit-code")
    Life().refuses(but(VISIT, units=("roads", "roads")), "named-twice")
    Life().refuses(but(VISIT, units=("closed",)), "unit-closed")


def test_problem_is_refused_when_it_is_linked_or_names_no_enterprise() -> None:
    """One problem becomes one petition."""
    link = Deed(LinkFoundProblem(petition_id=PETITION), Role.LEADER)
    life = Life().do(VISIT, link)
    life.refuses(link, "linked-already")
    life.refuses(but(link, petition_id=UUID(int=100), enterprise="X"), "invalid-credit-code")
    life.do(but(link, petition_id=UUID(int=100)))


def test_visit_and_coordination_are_added_to_by_their_own_unit_alone() -> None:
    """Who went there, or called the units together, says what came of it."""
    link = Deed(LinkFoundProblem(petition_id=PETITION), Role.LEADER, "roads")
    follow = Deed(FollowUpFieldVisit(text="x"), Role.LEADER, "roads")
    for deed in (link, follow):
        Life().do(VISIT).refuses(deed, "not-permitted")
    agree = Deed(RecordAgreement(text="x"), Role.DISPATCHER, "roads")
    Life().do(COORDINATE).refuses(agree, "not-permitted")


@pytest.mark.parametrize("deed", [ISSUE, PRAISE, COORDINATE])
def test_activity_is_refused_when_a_unit_it_names_is_unknown(deed: Deed) -> None:
    """Bulletins, praise and coordinations name units of the roster."""
    Life().refuses(but(deed, units=("nowhere",)), "unknown-unit")


def test_exhibition_is_refused_when_it_ends_before_it_begins() -> None:
    """A fair has a length."""
    Life().refuses(but(ANNOUNCE, ends_at=START), "ends-before-it-begins")


def test_exhibition_is_consulted_until_its_end_and_followed_up_after_it() -> None:
    """Only who asked is followed up."""
    follow = Deed(FollowUpExhibition(enterprise=FIRM, text="x"), Role.HANDLER)
    conclude = Deed(ConcludeExhibition(), Role.HANDLER)
    life = Life().do(ANNOUNCE)
    life.refuses(follow, "never-consulted")
    life.do(CONSULT, conclude, follow)
    for deed in (CONSULT, conclude):
        life.refuses(deed, "impossible-transition")
    life.refuses(but(follow, enterprise=OTHER_FIRM), "never-consulted")


@pytest.mark.parametrize("phase", [ProjectPhase.PLANNING, ProjectPhase.TENDERING])
def test_phase_is_refused_when_it_is_not_a_later_one(phase: ProjectPhase) -> None:
    """A project goes forward, and may skip a phase."""
    tendering = Deed(EnterPhase(phase=ProjectPhase.TENDERING), Role.DISPATCHER)
    life = Life().do(MATCH, tendering)
    life.refuses(but(tendering, phase=phase), "phase-not-later")
    life.do(but(tendering, phase=ProjectPhase.OPERATION))


def test_matchmaking_is_refused_when_nobody_is_party_or_it_ended() -> None:
    """Its unit brings enterprises together, once."""
    Life().refuses(but(MATCH, parties=()), "no-party")
    Life().refuses(but(MATCH, parties=("X",)), "invalid-credit-code")
    end = Deed(ConcludeMatchmaking(result=MatchResult.NOT_AGREED, text="x"), Role.DISPATCHER)
    enter = Deed(EnterPhase(phase=ProjectPhase.OPERATION), Role.DISPATCHER)
    life = Life().do(MATCH)
    for deed in (enter, end):
        life.refuses(Deed(deed.command, deed.role, "roads"), "not-permitted")
    life.do(end)
    for deed in (enter, end):
        life.refuses(deed, "impossible-transition")


def test_commendation_is_struck_out_once() -> None:
    """An entry in error is taken back, and stays in the log."""
    strike = Deed(StrikeCommendation(reason="x"), Role.DISPATCHER)
    Life().do(PRAISE, strike).refuses(strike, "impossible-transition")
    Life().refuses(but(PRAISE, enterprise="X"), "invalid-credit-code")


def test_grant_is_paid_by_somebody_else_of_the_same_unit() -> None:
    """Whoever grants money does not pay it."""
    life = Life().do(AWARD)
    life.refuses(Deed(PayGrant(), HEAD), "not-permitted")
    life.refuses(Deed(PayGrant(), Role.HANDLER, "roads"), "not-permitted")
    life.refuses(Deed(RevokeGrant(reason="x"), HEAD, "roads"), "not-permitted")
    life.do(Deed(PayGrant(), Role.HANDLER))


def test_grant_is_paid_or_revoked_once() -> None:
    """Money that was paid is not taken back here."""
    pay, revoke = Deed(PayGrant(), Role.HANDLER), Deed(RevokeGrant(reason="x"), HEAD)
    for ending in (pay, revoke):
        life = Life().do(AWARD, ending)
        for deed in (pay, revoke):
            life.refuses(deed, "impossible-transition")


@pytest.mark.parametrize("amount_fen", [0, -1, 10**14 + 1, 1.5])
def test_grant_is_refused_when_its_sum_is_no_whole_number_of_fen(amount_fen: float) -> None:
    """Money is counted in fen and never in fractions."""
    body = {"programme": "x", "enterprise": FIRM, "amount_fen": amount_fen}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, AwardGrant)


def test_coordination_is_refused_when_a_unit_sent_nobody() -> None:
    """Each unit that took part sent at least one person."""
    Life().refuses(but(COORDINATE, person_times=1), "person-times-too-few")
    Life().refuses(but(COORDINATE, units=()), "person-times-too-few")
    Life().do(but(COORDINATE, person_times=2))


def test_exhibition_lies_ahead_or_behind_when_it_is_announced() -> None:
    """Late entry is lawful: what was not announced in time is announced afterwards."""
    Life().do(but(ANNOUNCE, starts_at=START - 4 * DAY, ends_at=START - DAY))
