"""Without this file one group of a report would have a name of its own in each command."""

from collections.abc import Mapping

from domain.dimension import Dimension
from domain.text import Text
from domain.vocabulary import Channel, PetitionType

_HUB = Text("（未派单）", "(not dispatched)")


def group_label(by: Dimension, group: str | None, names: Mapping[str, Text]) -> Text:
    """Return what people call a group; pure.

    Args:
        by: What figures are grouped by.
        group: Its key; None is the total, ``""`` the hub or what has no such attribute.
        names: Names of the units by code.
    """
    if group is None or by is Dimension.TOTAL:
        return Dimension.TOTAL.label
    if not group:
        return _HUB if by is Dimension.UNIT else Channel.NOT_RECORDED.label
    match by:
        case Dimension.TYPE:
            return PetitionType(group).label
        case Dimension.CHANNEL:
            return Channel(group).label
        case Dimension.UNIT:
            return names.get(group, Text(group, group))
        case Dimension.REGION:
            return Text(group, group)
