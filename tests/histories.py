"""Random petition histories, legal and nearly so, for tests that need many of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from domain import closing_events, handling_events, intake_events
from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition import PetitionEvent
from domain.petition_event import AssignmentOrder, Attachment, Petitioner
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold
from domain.reasons import DeclineReason, ReopenReason, VoidReason
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    Channel,
    Clock,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Satisfaction,
)

START = datetime(2025, 3, 1, 1, 30, tzinfo=UTC)
UNITS = ("water", "power", "roads", "parks")
REGIONS = ("east", "west", None)
CHANNELS = (Channel.HOTLINE, Channel.WEB, Channel.VISIT)
TYPES = (PetitionType.APPEAL, PetitionType.CONSULTATION, PetitionType.COMMENDATION)

_TEXT = Personal("a left-turn lane is missing")
_PAPER = Attachment(_TEXT, _TEXT, "application/pdf", 12)


class History:
    """Draws one petition's events; each is folded at once, so that the next one can follow."""

    def __init__(self, random: Random, petition_id: UUID, start: datetime = START) -> None:
        self.random = random
        self.petition_id = petition_id
        self.at = start
        self.facts: PetitionFacts | None = None
        self.events: list[PetitionEvent] = []

    def draw(self, events_max: int) -> list[PetitionEvent]:
        """Return a history of at most so many events."""
        if self.random.random() < 0.2:
            self._draw_import()
            return self.events
        self._submit()
        while len(self.events) < events_max:
            step = self.random.choice(self._next_steps())
            self._pass_time()
            step()
        return self.events

    def add(self, event_class: Callable[..., PetitionEvent], **fields: object) -> None:
        """Add one event at the current instant."""
        event = event_class(
            originator_id=self.petition_id,
            originator_version=len(self.events) + 1,
            timestamp=self.at,
            **fields,
        )
        self.events.append(event)
        self.facts = fold(self.facts, event)

    def _pass_time(self) -> None:
        # Equal instants are the hard case: a due met in its last microsecond, two acts at once.
        self.at += self.random.choice(
            [timedelta(0), timedelta(microseconds=1), timedelta(hours=5), timedelta(days=3)]
        )

    def _deadlines(self, *clocks: Clock) -> tuple[Deadline, ...]:
        days = self.random.choice([0, 3, 8])
        return tuple(
            Deadline(clock, self.at + timedelta(days=days), "test@1", "weekdays@1")
            for clock in clocks
            if self.random.random() < 0.8
        )

    def _order(self, *, lead: bool, besides: str = "") -> AssignmentOrder:
        assert self.facts is not None
        held = {one.unit for one in self.facts.assignments if one.ended_at is None}
        free = [unit for unit in UNITS if lead or unit not in {*held, besides}] or ["hub"]
        clocks = self._deadlines(Clock.SIGN, Clock.CONTACT)
        return AssignmentOrder(self.random.choice(free), lead, clocks)

    def _submit(self) -> None:
        self.add(
            intake_events.Submitted,
            originator_topic="petition",
            owner_id="owner",
            channel=self.random.choice(CHANNELS),
            petition_type=self.random.choice([None, *TYPES]),
            type_label=None,
            region=self.random.choice(REGIONS),
            enterprise=None,
            session_id=None,
            medium=None,
            subject=_TEXT,
            text=_TEXT,
            petitioner=Petitioner(_TEXT, None),
            attachments=(),
            deadlines=self._deadlines(Clock.ACCEPT),
        )

    def _draw_import(self) -> None:
        self.add(
            intake_events.CaseImported,
            originator_topic="petition",
            source="old",
            file_sha256="0" * 64,
            row=1,
            case_key="1",
            number=str(self.petition_id),
            status="closed",
            unit=self.random.choice([None, *UNITS]),
            petition_type=self.random.choice([None, *TYPES]),
            type_label="noise",
            category=None,
            channel=self.random.choice(CHANNELS),
            channel_label=None,
            region=self.random.choice(REGIONS),
            enterprise=None,
            subject=None,
            text=None,
            petitioner=None,
            deadlines=self._deadlines(Clock.REPLY),
        )
        self._pass_time()
        if self.random.random() < 0.8:
            replied_at = self.at
            self._pass_time()
            self.add(
                intake_events.ImportedOutcome,
                replied_at=self.random.choice([None, replied_at]),
                closed_at=self.random.choice([None, self.at]),
                outcome=Outcome.NOT_RECORDED,
                satisfaction=self.random.choice([None, Satisfaction.SATISFIED]),
                reply=None,
            )

    def _next_steps(self) -> list[Callable[[], None]]:  # noqa: PLR0911 - one per state
        assert self.facts is not None
        match self.facts.state:
            case PetitionState.SUBMITTED:
                return [self._register]
            case PetitionState.REGISTERED | PetitionState.NEEDS_SUPPLEMENT:
                return [self._accept, self._accept, self._accept, self._supplement, self._decline]
            case PetitionState.ACCEPTED:
                return [self._dispatch, self._dispatch, self._designate, self._withdraw]
            case PetitionState.DISPATCHED | PetitionState.IN_PROGRESS:
                return [*self._handling(), *self._handling(), self._withdraw, self._void]
            case PetitionState.RETURN_REQUESTED:
                return [self._approve_return, self._reject_return]
            case PetitionState.REPLIED:
                return [self._approve_reply, self._approve_reply, self._return_reply, self._rate]
            case PetitionState.CALLBACK_PENDING:
                return [self._call_back, self._close, self._rework, self._rate]
            case PetitionState.CLOSED:
                return [self._reopen, self._rate, self._correct, self._void]
            case PetitionState.WITHDRAWN:
                unchecked = self.facts.withdrawals[-1].checked_at is None
                return [self._check_withdrawal if unchecked else self._correct]
            case _:
                return [self._correct]

    def _handling(self) -> list[Callable[[], None]]:
        return [
            self._sign,
            self._contact,
            self._reply,
            self._reply,
            self._transfer,
            self._extend,
            self._co_handle,
            self._request_return,
        ]

    def _register(self) -> None:
        self.add(intake_events.Registered, number=f"N-{self.petition_id}", similar=())

    def _supplement(self) -> None:
        self.add(intake_events.SupplementRequested, items=(_TEXT,), deadlines=())
        self._pass_time()
        deadlines = self._deadlines(Clock.ACCEPT)
        self.add(intake_events.SupplementReceived, text=_TEXT, attachments=(), deadlines=deadlines)

    def _accept(self) -> None:
        self.add(
            intake_events.Accepted,
            petition_type=self.random.choice(TYPES),
            category="noise",
            policy_pack="plain",
            policy_version=1,
            calendar="weekdays@1",
            deadlines=self._deadlines(Clock.REPLY),
        )

    def _decline(self) -> None:
        if self.random.random() < 0.5:
            self.add(intake_events.ReferredOut, target="court", emergency=False, notice=_TEXT)
        else:
            self.add(
                intake_events.NotAccepted,
                reason=DeclineReason.SAME_FACTS,
                reviewer_id="r",
                notice=_TEXT,
                remedy=_TEXT,
            )

    def _dispatch(self) -> None:
        orders = [self._order(lead=True)]
        if self.random.random() < 0.4:
            orders.append(self._order(lead=False, besides=orders[0].unit))
        self.add(handling_events.Dispatched, assignments=tuple(orders), catalogue=None, note=None)

    def _designate(self) -> None:
        order = self._order(lead=True)
        self.add(handling_events.LeadUnitDesignated, assignments=(order,), reason=_TEXT)

    def _unit(self) -> str:
        assert self.facts is not None
        units = [one.unit for one in self.facts.assignments if one.ended_at is None]
        return self.random.choice(units or UNITS)

    def _lead(self) -> str:
        assert self.facts is not None
        return self.facts.lead.unit if self.facts.lead is not None else UNITS[0]

    def _sign(self) -> None:
        self.add(
            handling_events.AssignmentSigned,
            unit=self._unit(),
            handler_id="h",
            handler_name=_TEXT,
        )

    def _contact(self) -> None:
        self.add(handling_events.PetitionerContacted, unit=self._unit(), medium="phone", note=None)

    def _transfer(self) -> None:
        order = self._order(lead=True)
        self.add(
            handling_events.AssignmentTransferred,
            from_unit=self._lead(),
            assignment=order,
            reason=_TEXT,
        )

    def _co_handle(self) -> None:
        self.add(handling_events.CoHandlerAdded, assignment=self._order(lead=False))
        self._pass_time()
        self.add(handling_events.CoHandlerReported, unit=self._unit(), text=_TEXT)

    def _request_return(self) -> None:
        self.add(handling_events.ReturnRequested, unit=self._lead(), duty_item="1", reason=_TEXT)

    def _approve_return(self) -> None:
        self.add(handling_events.ReturnApproved, unit=self._lead(), reason=_TEXT)

    def _reject_return(self) -> None:
        self.add(handling_events.ReturnRejected, unit=self._lead(), reason=_TEXT)

    def _extend(self) -> None:
        unit = self._lead()
        self.add(
            handling_events.ExtensionRequested,
            unit=unit,
            requester_id="h",
            amount=5,
            reason=_TEXT,
            document=_PAPER,
        )
        self._pass_time()
        if self.random.random() < 0.3:
            self.add(handling_events.ExtensionRefused, unit=unit, reason=_TEXT)
            return
        deadline = Deadline(Clock.REPLY, self.at + timedelta(days=6), "test@1", "weekdays@1")
        self.add(
            handling_events.ExtensionGranted,
            unit=unit,
            deadline=deadline,
            inform_by=self.at + timedelta(days=1),
        )
        self._pass_time()
        self.add(handling_events.PetitionerInformedOfDelay, unit=unit, medium="phone", note=None)

    def _reply(self) -> None:
        self.add(
            closing_events.ReplySubmitted,
            unit=self._lead(),
            head_id="d",
            text=_TEXT,
            outcome=self.random.choice([Outcome.RESOLVED, Outcome.PLANNED]),
            promise=None,
            promise_due_at=None,
            co_report_waiver=None,
        )

    def _approve_reply(self) -> None:
        self.add(
            closing_events.ReplyApproved,
            callback_required=self.random.random() < 0.8,
            deadlines=self._deadlines(Clock.CALLBACK),
        )

    def _return_reply(self) -> None:
        self.add(closing_events.ReplyReturned, reason=_TEXT)

    def _rework(self) -> None:
        self.add(closing_events.ReworkOrdered, reason=_TEXT)

    def _call_back(self) -> None:
        self.add(closing_events.CallbackAttempted, result=CallbackResult.REACHED, note=None)
        self._pass_time()
        self.add(
            closing_events.CallbackCompleted,
            resolution=self.random.choice(list(Resolution)),
            satisfaction=self.random.choice(list(Satisfaction)),
            third_party=self.random.random() < 0.2,
            comment=None,
        )

    def _rate(self) -> None:
        satisfaction = self.random.choice(list(Satisfaction))
        self.add(closing_events.Rated, satisfaction=satisfaction, comment=None)

    def _close(self) -> None:
        until = self.random.choice([None, self.at + timedelta(days=5)])
        self.add(closing_events.Closed, basis=CallbackBasis.COMPLETED, reopen_until=until)

    def _reopen(self) -> None:
        self.add(
            closing_events.Reopened,
            reason=ReopenReason.RECURRED,
            note=_TEXT,
            deadlines=self._deadlines(Clock.REPLY),
        )

    def _withdraw(self) -> None:
        self.add(
            closing_events.Withdrawn,
            asked_by_unit=self.random.random() < 0.5,
            by_silence=False,
            reason=_TEXT,
        )

    def _check_withdrawal(self) -> None:
        if self.random.random() < 0.5:
            self.add(closing_events.WithdrawalVerified, note=_TEXT)
        else:
            self.add(closing_events.WithdrawalContested, note=_TEXT)

    def _correct(self) -> None:
        field, new = self.random.choice(
            [("region", "north"), ("petition_type", "appeal"), ("channel", "web")]
        )
        self.add(
            intake_events.RecordCorrected,
            field=field,
            old=None,
            new=new,
            reviewer_id="r",
            reason=_TEXT,
            deadlines=(),
        )

    def _void(self) -> None:
        if self.random.random() < 0.2:
            self.add(intake_events.Voided, reason=VoidReason.SPAM, reviewer_id="r", note=_TEXT)
        else:
            self._rate()


def draw_history(
    random: Random, petition_id: UUID, events_max: int = 20, start: datetime = START
) -> list[PetitionEvent]:
    """Return one random history.

    Args:
        random: Seeded generator.
        petition_id: Whose history.
        events_max: Most events but for the companions of the last one.
        start: Instant of the first event.
    """
    return History(random, petition_id, start).draw(events_max)
