"""Without this file a unit could be reviewed by one that stands no higher."""

from domain.roster import RosterState


def stands_above(roster: RosterState, unit: str, over: str) -> bool:
    """Whether a unit is of a higher tier than another, or one of its parents; pure.

    Raises:
        UnknownUnitError: the roster lacks one of them.
    """
    if roster.unit(unit).tier.rank < roster.unit(over).tier.rank:
        return True
    parent = roster.unit(over).parent
    while parent is not None:
        if parent == unit:
            return True
        parent = roster.unit(parent).parent
    return False
