"""Without this file nobody could tell which integer of a vector is which."""

MEASURES = (
    "received",
    "not_accepted",
    "referred_out",
    "ended_before",
    "accepted",
    "base",
    "closed",
    "withdrawn",
    "voided",
    "reopened",
    "ontime_closed_n",
    "ontime_closed_d",
    "ontime_effective_n",
    "ontime_effective_d",
    "ontime_original_n",
    "ontime_original_d",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
    "resolved",
    "resolution_answers",
    "first_pass_n",
    "first_pass_d",
    "replies_returned",
    "extended",
    "assigned",
    "signed_n",
    "signed_d",
    "response_n",
    "response_d",
    "returned",
    "returns_rejected",
    "merged",
    "ontime_explained",
    "delay_explained",
    "upward_n",
    "upward_d",
    "suspended",
    "backlog",
    "policy_limited",
    "supervised",
    "promise_open",
    "withdrawals_checked",
    "withdrawals_contested",
    "claimed_n",
    "claimed_d",
    "third_satisfied",
    "third_answers",
    "third_resolved",
    "third_resolution_answers",
)
"""Names of the integer columns, in the order of every vector and table."""

PLACES = {name: place for place, name in enumerate(MEASURES)}
"""Where each measure stands in a vector."""
ZERO = (0,) * len(MEASURES)
UNDISPATCHED = ""
"""Unit key of petitions that no unit was ever ordered to handle: the hub's own."""

Vector = tuple[int, ...]
