"""Without this file the documentation would not show what a claim gap looks like."""

from datetime import datetime
from typing import Final

from api.gap_views import DEFINITIONS, GapRow, GapShare, GapsView
from api.schemas import Label
from domain.claim_gap import UNWEIGHTED
from domain.dimension import Dimension

GAPS_VIEW: Final = GapsView(
    by="unit",
    as_of=datetime.fromisoformat("2026-09-21T09:00:00Z"),
    position=42,
    accepted_from=None,
    accepted_before=None,
    as_dispatched=False,
    cases_min=10,
    weighting=Label.of(UNWEIGHTED),
    definitions=DEFINITIONS,
    rows=(),
    total=GapRow(
        key="",
        label=Label.of(Dimension.TOTAL.label),
        gaps=(
            GapShare(
                gap="claim_gap",
                items=50,
                first=48,
                second=38,
                both=36,
                points="+20.00",
                interval_95=("+5.69", "+34.04"),
            ),
        ),
    ),
)
