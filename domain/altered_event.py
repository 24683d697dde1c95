"""Without this file an event could be supposed otherwise only by changing what was recorded."""

from typing import TypeVar

from domain.petition_event import PetitionEventBase

E = TypeVar("E", bound=PetitionEventBase)


def altered(event: E, **fields: object) -> E:
    """Return a copy of an event with other values in some fields; the event stays as it is.

    Raises:
        TypeError: it has no such field.
    """
    if not fields.keys() <= vars(event).keys():
        unknown = fields.keys() - vars(event).keys()
        raise TypeError(f"{event.TOPIC} has no {', '.join(sorted(unknown))}")
    copy: E = object.__new__(type(event))
    # As the codec does: a stored event is never initialised, and neither is its copy.
    object.__setattr__(copy, "__dict__", vars(event) | fields)
    return copy


def recast(kind: type[E], event: PetitionEventBase, **fields: object) -> E:
    """Return an event of another kind at the same place of the same stream.

    Args:
        kind: The kind.
        event: Whose stream, place and instant it takes.
        fields: Everything else that it says.

    Raises:
        TypeError: a field is missing or unknown.
    """
    return kind(
        originator_id=event.originator_id,
        originator_version=event.originator_version,
        timestamp=event.timestamp,
        **fields,
    )
