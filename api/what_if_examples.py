"""Without this file the documentation would not show what a what-if answers."""

from datetime import datetime
from typing import Final

from api.figures import Metric, Share
from api.schemas import Label
from api.what_if_views import (
    SupposedPlace,
    SupposedRanking,
    SupposedRates,
    SupposedRow,
    SupposedRules,
    SupposedShare,
    SupposedUnit,
)
from domain.rate import Rate
from domain.rates import RATES

_AT: Final = datetime.fromisoformat("2026-10-31T15:59:59Z")
_ONTIME: Final = RATES["ontime_rate.effective"]
_RULES: Final = SupposedRules(
    pack="s4_langfang@1", calendar=None, petitions=17, dues_moved=15, imported=0
)
SUPPOSED_RATES: Final = SupposedRates(
    supposed=_RULES,
    by="total",
    as_of=_AT,
    position=230,
    cases_min=10,
    metrics=(Metric.of(_ONTIME),),
    rows=(),
    total=SupposedRow(
        key="",
        label=Label("合计", "total"),
        shares=(
            SupposedShare(
                real=Share.of(_ONTIME, Rate(9, 15)),
                what_if=Share.of(_ONTIME, Rate(2, 16)),
                points="-47.50",
            ),
        ),
    ),
)
SUPPOSED_RANKING: Final = SupposedRanking(
    supposed=_RULES,
    weights={"closure_rate": "0.4", "ontime_rate.original": "0.6"},
    as_of=_AT,
    position=230,
    cases_min=10,
    units=(
        SupposedUnit(
            key="transport",
            label=Label("区交通运输局", "Transport"),
            cases=130,
            real=SupposedPlace(1, "91.20"),
            what_if=SupposedPlace(2, "84.37"),
        ),
    ),
)
