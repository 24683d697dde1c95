"""Without this file the answers about demand would not all say what they rest on."""

from domain.demand_grouping import DemandGrouping
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from replay.demand_scope import DemandScope

_FIELDS = {
    "petition_type": DemandGrouping.TYPE,
    "category": DemandGrouping.CATEGORY,
    "channel": DemandGrouping.CHANNEL,
    "region": DemandGrouping.REGION,
}


def scope_lines(scope: DemandScope) -> list[tuple[Text, str]]:
    """Return what a scope leaves of the ledger as lines of a head; pure."""
    return [(_FIELDS[name].label, value) for name, value in scope_member(scope).items()]


def scope_member(scope: DemandScope) -> dict[str, str]:
    """Return what a scope limits, for JSON; pure."""
    return {name: value for name, value in scope._asdict().items() if value is not None}


def group_label(by: DemandGrouping, key: str) -> Text:
    """Return what people call a group; pure."""
    match by:
        case DemandGrouping.TOTAL:
            return DemandGrouping.TOTAL.label
        case _ if not key:
            return Channel.NOT_RECORDED.label
        case DemandGrouping.TYPE:
            return PetitionType(key).label
        case DemandGrouping.CHANNEL:
            return Channel(key).label
        case DemandGrouping.CATEGORY | DemandGrouping.REGION:
            return Text(key, key)
