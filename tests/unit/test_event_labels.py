"""Without this file a new event could stand in a timeline without a name."""

from typing import get_args

from domain.event_labels import EVENT_LABELS
from domain.petition import PetitionEvent


def test_event_labels_name_every_topic_and_no_other() -> None:
    """Each topic of a petition has a label in both languages, and each label a topic."""
    topics = {event.TOPIC for event in get_args(PetitionEvent)}
    assert set(EVENT_LABELS) == topics
    assert all(label.zh and label.en for label in EVENT_LABELS.values())


def test_event_labels_differ_from_each_other() -> None:
    """No two acts share a name, so a timeline can be read without topics."""
    assert len({label.zh for label in EVENT_LABELS.values()}) == len(EVENT_LABELS)
    assert len({label.en for label in EVENT_LABELS.values()}) == len(EVENT_LABELS)
