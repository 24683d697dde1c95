"""Without this file a new event could stand in a timeline without a name."""

from domain.event_labels import EVENT_LABELS
from tests.unit.test_golden_events import event_classes

RULES = {"policy_pack"}
"""Aggregates that stand in no timeline."""


def test_event_labels_name_every_topic_and_no_other() -> None:
    """Each topic of a timeline has a label in both languages, and each label a topic."""
    topics = {vars(event)["TOPIC"] for event in event_classes()}
    assert set(EVENT_LABELS) == {topic for topic in topics if topic.partition(".")[0] not in RULES}
    assert all(label.zh and label.en for label in EVENT_LABELS.values())


def test_event_labels_differ_from_each_other() -> None:
    """No two acts share a name, so a timeline can be read without topics."""
    assert len({label.zh for label in EVENT_LABELS.values()}) == len(EVENT_LABELS)
    assert len({label.en for label in EVENT_LABELS.values()}) == len(EVENT_LABELS)
