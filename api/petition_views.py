"""Without this file a petition's history would be folded and never shown."""

from collections.abc import Set as AbstractSet

from api.schemas import ClockView, EntryView, Label, PetitionLine, PetitionView
from api.withholding import without_others
from domain.petition_facts import PetitionFacts
from projections.kept_timelines import Timeline
from projections.timeline_entry import TimelineEntry


def show_petition(
    timeline: Timeline, closed: AbstractSet[int], hidden: AbstractSet[int] = frozenset()
) -> PetitionView:
    """Return a petition with its timeline. Pure.

    Args:
        timeline: The petition.
        closed: Versions whose personal values are shown as commitments alone.
        hidden: Versions that cite a petition the caller may not know of; nothing they
            recorded is shown, nor which petitions this one was merged with.
    """
    facts = without_others(timeline.facts) if hidden else timeline.facts
    return PetitionView(
        petition_id=facts.petition_id,
        number=facts.number,
        version=facts.version,
        state=facts.state,
        state_label=Label.of(facts.state.label),
        facts=facts,
        timeline=tuple(_entry(each, closed, hidden) for each in timeline.entries),
    )


def show_line(facts: PetitionFacts) -> PetitionLine:
    """Return a petition as a line of a list. Pure."""
    return PetitionLine(
        petition_id=facts.petition_id,
        number=facts.number,
        version=facts.version,
        state=facts.state,
        state_label=Label.of(facts.state.label),
    )


def _entry(entry: TimelineEntry, closed: AbstractSet[int], hidden: AbstractSet[int]) -> EntryView:
    fields = {} if entry.version in hidden else entry.fields
    if entry.version in closed:
        fields = {name: _without_values(value) for name, value in fields.items()}
    return EntryView(
        position=entry.position,
        version=entry.version,
        topic=entry.topic,
        label=Label.of(entry.label),
        occurred_at=entry.occurred_at,
        occurred_offset_min=entry.occurred_offset_min,
        recorded_at=entry.recorded_at,
        actor_id=entry.actor_id,
        actor_role=entry.actor_role,
        actor_unit=entry.actor_unit,
        on_behalf_of=entry.on_behalf_of,
        backdated=entry.backdated,
        state=entry.state,
        running=tuple(
            ClockView(
                each.clock, Label.of(each.clock.label), each.due_at, each.unit, each.provisional
            )
            for each in entry.running
        ),
        late=entry.late,
        fields=fields,
    )


def _without_values(value: object) -> object:
    if isinstance(value, list):
        return [_without_values(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "commitment" in value:
        return {"commitment": value["commitment"]}
    return {name: _without_values(each) for name, each in value.items()}
