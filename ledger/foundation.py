"""Without this file a ledger could not be given its zone, its units or its rules."""

from collections.abc import Sequence
from datetime import datetime

from domain.calendar_stream import CalendarStream
from domain.pack_content import PackContent
from domain.policy_pack import PolicyPack, publish_pack, revise_pack
from domain.principal import Principal
from domain.roster import Roster, Unit
from domain.roster_changes import adopt_pack, open_roster, register_unit
from domain.text import Text
from ledger.canonical import canonical_bytes
from ledger.ledger_application import LedgerApplication
from ledger.lookup_errors import LedgerNotOpenedError, UnknownPackError
from ledger.receipt import Receipt
from ledger.reference import ROSTER_ID, calendar_stream, pack_stream


def open_ledger(
    ledger: LedgerApplication, zone: str, name: Text, principal: Principal, at: datetime
) -> Receipt:
    """Give a ledger its roster, with the zone of its days; again, it changes nothing.

    One transaction.
    """

    def decide(roster: Roster | None) -> Roster:
        return roster or open_roster(ROSTER_ID, zone, name, principal.act(at))

    return ledger.execute(ROSTER_ID, decide, act=principal.act(at), request=b"")


def register_units(
    ledger: LedgerApplication, units: Sequence[Unit], principal: Principal, at: datetime
) -> Receipt:
    """Add the units that the roster does not have yet, parents first. One transaction.

    Raises:
        LedgerNotOpenedError: the ledger has no roster.
        DomainError: a unit breaks a rule of the roster; none was added.
    """

    def decide(roster: Roster | None) -> Roster:
        roster = _opened(roster)
        for unit in units:
            if roster.state.units.get(unit.unit_id) != unit:
                register_unit(roster, unit, principal.act(at))
        return roster

    return ledger.execute(ROSTER_ID, decide, act=principal.act(at), request=b"")


def publish(
    ledger: LedgerApplication, content: PackContent, principal: Principal, at: datetime
) -> Receipt:
    """Publish a version of a policy pack; the same content again changes nothing.

    One transaction.

    Raises:
        DomainError: the content contradicts itself or skips a version.
    """
    stream = pack_stream(content.pack_id)

    def decide(pack: PolicyPack | None) -> PolicyPack:
        act, calendars = principal.act(at), _calendars(ledger, content.calendar)
        if pack is None:
            return publish_pack(stream, content, act, calendars)
        if pack.versions.get(content.version) != content:
            revise_pack(pack, content, act, calendars)
        return pack

    request = canonical_bytes(content)
    return ledger.execute(stream, decide, act=principal.act(at), request=request)


def adopt(ledger: LedgerApplication, pack_id: str, principal: Principal, at: datetime) -> Receipt:
    """Put a published pack in force for petitions filed from now on. One transaction.

    Raises:
        LedgerNotOpenedError: the ledger has no roster.
        UnknownPackError: the pack was never published here.
    """

    def decide(roster: Roster | None) -> Roster:
        roster = _opened(roster)
        if ledger.load(pack_stream(pack_id)) is None:
            raise UnknownPackError(pack_id)
        if roster.pack_id != pack_id:
            adopt_pack(roster, pack_id, principal.act(at))
        return roster

    return ledger.execute(ROSTER_ID, decide, act=principal.act(at), request=b"")


def _calendars(ledger: LedgerApplication, reference: str | None) -> dict[str, CalendarStream]:
    """Return the calendar that a pack names, and what it builds on, as the ledger has them."""
    found: dict[str, CalendarStream] = {}
    while reference is not None:
        calendar_id, _, edition = reference.partition("@")
        calendar = None if calendar_id in found else ledger.load(calendar_stream(calendar_id))
        if not isinstance(calendar, CalendarStream) or edition not in calendar.editions:
            break
        found[calendar_id] = calendar
        reference = calendar.editions[edition].base
    return found


def _opened(roster: Roster | None) -> Roster:
    if roster is None:
        raise LedgerNotOpenedError
    return roster
