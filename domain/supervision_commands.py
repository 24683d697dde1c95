"""Without this file neither API nor scenarios would know how a unit is supervised."""

from domain.resource import Resource
from domain.supervision import SupervisionOrder
from domain.supervision_circulars import DecideCircularReview, IssueCircular, UseReviewRight
from domain.supervision_command import ORDER
from domain.supervision_course import CloseSupervision, HoldInterview, RespondToSupervision
from domain.supervision_orders import OpenSupervision, UpgradeSupervision
from domain.supervision_proposals import AdoptProposal, DismissProposal, ProposeSupervision

SUPERVISION_ORDERS = Resource(
    path="supervision-orders",
    label=ORDER,
    aggregate=SupervisionOrder,
    opening=(OpenSupervision, ProposeSupervision),
    commands=(
        AdoptProposal,
        DismissProposal,
        UpgradeSupervision,
        RespondToSupervision,
        HoldInterview,
        IssueCircular,
        UseReviewRight,
        DecideCircularReview,
        CloseSupervision,
    ),
)
"""Supervision orders as API, scenarios and documentation see them."""
