"""Without this file a what-if would keep the ends, reviews and mergers of the real pack."""

from typing import assert_never

from domain import aftercare_events, closing_events, joining_events
from domain.aftercare_events import AnyAftercareEvent
from domain.altered_event import altered
from domain.closing_events import AnyClosingEvent
from domain.joining_events import AnyJoiningEvent
from domain.mergers import dues_with, dues_without, joined_child
from domain.pack_rules import ClockStart
from domain.petition_facts import PetitionFacts
from domain.reopening import half_deadline
from domain.supposition import Scene
from domain.vocabulary import Clock


def suppose_closing(event: AnyClosingEvent, scene: Scene) -> AnyClosingEvent:
    """Return a closing event as another pack would have had it recorded; pure."""
    match event:
        case closing_events.ReplyApproved() if event.callback_required:
            return altered(event, deadlines=_callback(scene, scene.facts))
        case closing_events.Closed() if event.reopen_until is not None:
            return altered(event, reopen_until=_window(scene))
        case closing_events.Reopened():
            half = half_deadline(scene.facts, scene.pack, scene.timing)
            return altered(event, deadlines=() if half is None else (half,))
        case (
            closing_events.ReplySubmitted()
            | closing_events.ReplyApproved()
            | closing_events.ReplyReturned()
            | closing_events.CallbackAttempted()
            | closing_events.CallbackCompleted()
            | closing_events.ReworkOrdered()
            | closing_events.Rated()
            | closing_events.Closed()
            | closing_events.Escalated()
            | closing_events.Withdrawn()
            | closing_events.WithdrawalVerified()
            | closing_events.WithdrawalContested()
        ):
            return event
        case _:
            assert_never(event)


def suppose_joining(event: AnyJoiningEvent, scene: Scene) -> AnyJoiningEvent:
    """Return a joining event as another pack would have had it recorded; pure."""
    pack, timing, facts, others = scene.pack, scene.timing, scene.facts, scene.others
    match event:
        case joining_events.ChildrenJoined():
            ids = [child.petition_id for child in event.children]
            joined = tuple(joined_child(each, others[each]) for each in ids)
            return altered(event, children=joined, deadlines=dues_with(joined, facts).known)
        case joining_events.ChildParted():
            dues = dues_without(event.petition_id, facts, pack, timing)
            return altered(event, deadlines=dues.known)
        case joining_events.ReplyShared() if event.callback_required:
            return altered(event, deadlines=_callback(scene, others[event.parent_id]))
        case joining_events.ClosedWithParent() if event.reopen_until is not None:
            return altered(event, reopen_until=_window(scene))
        case (
            joining_events.Merged()
            | joining_events.Unmerged()
            | joining_events.ReplyShared()
            | joining_events.ClosedWithParent()
            | joining_events.ReopenedWithParent()
            | joining_events.Split()
            | joining_events.JointPetitionerAdded()
        ):
            return event
        case _:
            assert_never(event)


def suppose_aftercare(event: AnyAftercareEvent, scene: Scene) -> AnyAftercareEvent:
    """Return an aftercare event as another pack would have had it recorded; pure."""
    match event:
        case aftercare_events.ReviewRequested():
            rule = scene.pack.review
            if rule is None:
                return altered(event, deadlines=())
            limit, name = rule.decide_within, "review/decide"
            due = scene.timing.limited(scene.pack, Clock.REVIEW, limit, name)
            return altered(event, deadlines=(due,))
        case (
            aftercare_events.PromiseKept()
            | aftercare_events.PromiseBroken()
            | aftercare_events.ReviewDecided()
            | aftercare_events.Archived()
            | aftercare_events.RetentionClassSet()
            | aftercare_events.Disposed()
            | aftercare_events.MarkedConfidential()
        ):
            return event
        case _:
            assert_never(event)


def _callback(scene: Scene, facts: PetitionFacts) -> tuple[object, ...]:
    petition_type = scene.timing.type_under(scene.pack, facts)
    approved = ClockStart.REPLY_APPROVED
    return scene.timing.clocks(scene.pack, petition_type, approved, facts.complexity)


def _window(scene: Scene) -> object:
    limit = scene.pack.reopening.window
    return scene.timing.limited(scene.pack, Clock.CALLBACK, limit, "reopening").due_at
