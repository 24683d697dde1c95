"""Without this file enterprise profiles could not tell what a batch of events changes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import UUID

from domain.enterprise import Enterprise, EnterpriseEvent, Particulars
from domain.enterprise_terms import LiaisonSide

Row = dict[str, object]
Place = tuple[UUID, str]


@dataclass
class EnterpriseChanges:
    """What a batch changes; a field that is absent stays as it is.

    Attributes:
        recorded: New enterprises.
        profiles: Changed fields by enterprise.
        left: Memberships from before the batch that ended in it.
        joined: Memberships that began in it, ended or not; of two of one instant the later.
    """

    recorded: list[Row] = field(default_factory=list)
    profiles: dict[UUID, Row] = field(default_factory=dict)
    left: list[Row] = field(default_factory=list)
    joined: dict[tuple[UUID, str, datetime], Row] = field(default_factory=dict)
    _open: dict[Place, Row] = field(default_factory=dict)

    def note(self, event: EnterpriseEvent) -> None:
        """Add what one event changes."""
        match event:
            case Enterprise.Created():
                self.recorded.append(
                    _particulars(event.particulars)
                    | {
                        "enterprise_id": event.originator_id,
                        "credit_code": event.credit_code,
                        "key_enterprise": event.key_enterprise,
                    }
                )
            case Enterprise.Revised():
                self._change(event, _particulars(event.particulars))
            case Enterprise.KeyEnterpriseMarked():
                self._change(event, {"key_enterprise": event.key_enterprise})
            case Enterprise.LiaisonAssigned():
                if event.side is LiaisonSide.GOVERNMENT:
                    self._change(event, {"liaison_unit": event.unit})
            case Enterprise.ChiefRepresentativeAppointed():
                self._change(event, _chief(event))
            case Enterprise.GroupJoined():
                row: Row = _membership(event) | {"joined_at": event.timestamp, "left_at": None}
                self.joined[event.originator_id, event.group, event.timestamp] = row
                self._open[event.originator_id, event.group] = row
            case Enterprise.GroupLeft():
                self._leave(event)
            case _:
                assert_never(event)

    def _leave(self, event: Enterprise.GroupLeft) -> None:
        begun = self._open.pop((event.originator_id, event.group), None)
        if begun is None:
            self.left.append(_membership(event) | {"left_at": event.timestamp})
        else:
            begun["left_at"] = event.timestamp

    def _change(self, event: Enterprise.Event, fields: Row) -> None:
        place: Row = {"enterprise_id": event.originator_id}
        self.profiles.setdefault(event.originator_id, place).update(fields)


def _membership(event: Enterprise.GroupJoined | Enterprise.GroupLeft) -> Row:
    return {"enterprise_id": event.originator_id, "group_code": event.group}


def _particulars(particulars: Particulars) -> Row:
    return {
        "name": particulars.name,
        "industry": particulars.industry,
        "size": particulars.size,
        "region": particulars.region or "",
    }


def _chief(event: Enterprise.ChiefRepresentativeAppointed) -> Row:
    chief = event.representative
    return {
        "chief_unit": chief.unit,
        "chief_from_on": chief.from_on,
        "chief_until_on": chief.until_on,
    }
