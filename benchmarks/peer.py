"""Without this file the peer's recorder would have to be put together at each benchmark."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from itertools import count
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    StoredEvent,
    TrackingRecorder,
)
from eventsourcing.utils import Environment

from benchmarks.generator import EncodedLife
from benchmarks.peer_petition import PeerPetitions

BATCH_LEN = 500
_WHERE = ("HOST", "PORT", "DBNAME", "USER", "PASSWORD")


def peer_settings(env: Mapping[str, str]) -> dict[str, str]:
    """Return the library's version and settings, but for where the server is."""
    given = {name: value for name, value in env.items() if not name.endswith(_WHERE)}
    return {"version": version("eventsourcing"), **given, "all else": "as the library defaults"}


@contextmanager
def open_peer_recorder(env: dict[str, str], name: str) -> Iterator[ApplicationRecorder]:
    """Yield the library's own recorder, by its own factory and with its defaults.

    Args:
        env: From ``Arena.peer_env``.
        name: Begins the name of its table.
    """
    factory = InfrastructureFactory[TrackingRecorder].construct(Environment(name, env))
    try:
        yield factory.application_recorder()
    finally:
        factory.close()


@contextmanager
def open_peer(
    env: dict[str, str], application_class: type[PeerPetitions]
) -> Iterator[PeerPetitions]:
    """Yield the peer's application on tables named after its class.

    Args:
        env: From ``Arena.peer_env``.
        application_class: With a ``name`` of its own.
    """
    application = application_class(env)
    try:
        yield application
    finally:
        application.close()


def save_lives(peer: PeerPetitions, events_len: int) -> int:
    """Save whole lives with at least so many events, and return the last position."""
    position = 0
    for number in count(1):
        if position >= events_len:
            break
        recordings = peer.save(peer.live(f"N-{number}"))
        position = int(recordings[-1].notification.id)
    return position


def stored_events(life: EncodedLife) -> list[StoredEvent]:
    """Return our own events in the library's form: the same stream, topic and payload."""
    return [
        StoredEvent(
            originator_id=UUID(str(event.originator_id)),
            originator_version=event.version,
            topic=event.topic,
            state=event.payload,
        )
        for event, _, _ in life.events
    ]
