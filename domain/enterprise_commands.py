"""Without this file neither API nor scenarios would know what can be done with an enterprise."""

from domain.enterprise import Enterprise
from domain.enterprise_contacts import AppointChiefRepresentative, AssignLiaison
from domain.enterprise_groups import JoinGroup, LeaveGroup
from domain.enterprise_records import (
    ENTERPRISE,
    MarkKeyEnterprise,
    RecordEnterprise,
    ReviseEnterprise,
)
from domain.resource import Resource

ENTERPRISES = Resource(
    path="enterprises",
    label=ENTERPRISE,
    aggregate=Enterprise,
    opening=(RecordEnterprise,),
    commands=(
        ReviseEnterprise,
        MarkKeyEnterprise,
        AssignLiaison,
        AppointChiefRepresentative,
        JoinGroup,
        LeaveGroup,
    ),
)
"""Enterprises as API, scenarios and documentation see them."""
