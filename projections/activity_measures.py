"""Without this file an activity could be counted in one figure and left out of another."""

from typing import NamedTuple, assert_never

from domain.bulletin import Bulletin
from domain.commendation import Commendation
from domain.coordination import Coordination
from domain.dossier import Dossier
from domain.exhibition import Exhibition
from domain.field_visit import FieldVisit
from domain.grant import Grant
from domain.matchmaking import Matchmaking
from domain.service_package import ServicePackage

_OtherEvent = (
    Bulletin.Endorsed
    | Dossier.Created
    | Dossier.Updated
    | Dossier.Closed
    | FieldVisit.ProblemFound
    | FieldVisit.FollowedUp
    | Exhibition.Created
    | Exhibition.Consulted
    | Exhibition.FollowedUp
    | Exhibition.Concluded
    | Coordination.Agreed
    | ServicePackage.Created
    | ServicePackage.ItemAdded
    | ServicePackage.ItemDone
    | ServicePackage.ContactChanged
    | ServicePackage.Completed
    | ServicePackage.Cancelled
)
ActivityEvent = (
    _OtherEvent
    | Bulletin.Created
    | Bulletin.Withdrawn
    | FieldVisit.Created
    | Matchmaking.Created
    | Matchmaking.PhaseEntered
    | Matchmaking.Concluded
    | Commendation.Created
    | Commendation.Struck
    | Coordination.Created
    | Grant.Created
    | Grant.Paid
    | Grant.Revoked
)


class Measure(NamedTuple):
    """What one act adds to the figures; each act is one item.

    Attributes:
        key: Series, form, phase or result the act is counted under, or empty.
        unit_times: Units that took part.
        person_times: People who took part, each time they did.
        amount_fen: Sum in fen.
        enterprises: Credit codes of the enterprises it reached.
    """

    key: str = ""
    unit_times: int = 0
    person_times: int = 0
    amount_fen: int = 0
    enterprises: tuple[str, ...] = ()


def measure(event: ActivityEvent) -> Measure:
    """Return what an act adds to the figures; pure, by the event alone."""
    match event:
        case FieldVisit.Created() | Coordination.Created():
            return _of_meeting(event)
        case Matchmaking.Created() | Matchmaking.PhaseEntered() | Matchmaking.Concluded():
            return _of_matchmaking(event)
        case Bulletin.Created() | Bulletin.Withdrawn():
            return Measure(event.series.value)
        case Commendation.Created() | Commendation.Struck():
            return Measure(event.form.value)
        case Grant.Created() | Grant.Paid() | Grant.Revoked():
            return Measure(amount_fen=event.amount_fen, enterprises=(event.enterprise,))
        case _:
            return Measure(enterprises=_reached(event))


def _of_meeting(event: FieldVisit.Created | Coordination.Created) -> Measure:
    match event:
        case FieldVisit.Created():
            units_len = len({event.unit, *event.units})
            return Measure("", units_len, event.visitors, enterprises=event.enterprises)
        case Coordination.Created():
            return Measure("", len(event.units), event.person_times)
        case _:
            assert_never(event)


def _of_matchmaking(
    event: Matchmaking.Created | Matchmaking.PhaseEntered | Matchmaking.Concluded,
) -> Measure:
    match event:
        case Matchmaking.Created():
            return Measure(event.phase.value, enterprises=event.parties)
        case Matchmaking.PhaseEntered():
            return Measure(event.phase.value)
        case Matchmaking.Concluded():
            return Measure(event.result.value)
        case _:
            assert_never(event)


def _reached(event: _OtherEvent) -> tuple[str, ...]:
    match event:
        case (
            ServicePackage.Created()
            | ServicePackage.Completed()
            | ServicePackage.Cancelled()
            | Exhibition.Consulted()
            | Exhibition.FollowedUp()
        ):
            return (event.enterprise,)
        case (
            Bulletin.Endorsed()
            | Dossier.Created()
            | Dossier.Updated()
            | Dossier.Closed()
            | FieldVisit.ProblemFound()
            | FieldVisit.FollowedUp()
            | Exhibition.Created()
            | Exhibition.Concluded()
            | Coordination.Agreed()
            | ServicePackage.ItemAdded()
            | ServicePackage.ItemDone()
            | ServicePackage.ContactChanged()
        ):
            return ()
        case _:
            assert_never(event)
