"""Without this file the catalogue would hide every figure that is no share of petitions."""

from typing import Final, NamedTuple

from domain.claim_gap import PAIRINGS
from domain.flow import FLOW_RATIO
from domain.handling_time import HandlingMeasure
from domain.score_rules import SCORE_RULES
from domain.text import Text


class OtherMetric(NamedTuple):
    """A figure that is no sum of measures over another; its formula is told in words.

    Attributes:
        reference: Identifier and version.
        label: What people call it.
        formula: How it is computed.
    """

    reference: str
    label: Text
    formula: Text


OTHER_METRICS: Final = (
    *(
        OtherMetric(
            pairing.reference,
            Text(f"口径差（{pairing.label.zh}）", f"gap between {pairing.label.en}"),
            Text(
                f"同一批件上 {pairing.first_id} − {pairing.second_id}，单位为百分点",
                f"{pairing.first_id} − {pairing.second_id} on the same items, in points",
            ),
        )
        for pairing in PAIRINGS
    ),
    OtherMetric(
        FLOW_RATIO,
        Text("办结受理比（当期口径）", "flow ratio"),
        Text(
            "期内办结件次 ÷ 期内受理数，可超过 100%",
            "acts of closing ÷ acceptances in the period, may exceed 100 %",
        ),
    ),
    OtherMetric(
        "participation_coverage@1",
        Text("参与覆盖率", "participation coverage"),
        Text(
            "至少参会一次的部门数（去重）÷ 当时名册中有参会义务的部门数",
            "distinct departments that attended at least once ÷ departments with a duty to attend",
        ),
    ),
    OtherMetric(
        "attendance_times@1",
        Text("参与人次", "attendance times"),
        Text("参会次数，不除以部门数", "count of attendances, never divided by departments"),
    ),
    *(
        OtherMetric(
            f"handling_time.{start}{suffix}@1",
            Text(
                f"办理时长（自{zh}起，{measure.label.zh}）",
                f"handling time, from {en}, {measure.label.en}",
            ),
            Text(
                "已办结件从起点到最后一次有效答复的时长分布，另列含未办结件的 Kaplan–Meier 中位数",
                "spread of the time from the start to the last standing reply, of the closed, with "
                "the Kaplan–Meier median of all",
            ),
        )
        for start, zh, en in (
            ("submission", "提交", "submission"),
            ("acceptance", "受理", "acceptance"),
        )
        for measure in HandlingMeasure
        for suffix in ("" if measure is HandlingMeasure.WALL else f".{measure.value}",)
    ),
    *(
        OtherMetric(
            rules.reference,
            Text("综合得分", "composite score"),
            Text(
                " + ".join(f"{weight}×{part}" for part, weight in rules.weights.items())
                + "（各取 95% 下限）− 扣分",
                " + ".join(f"{weight}×{part}" for part, weight in rules.weights.items())
                + " (lower 95 % limits) − penalties",
            ),
        )
        for rules in SCORE_RULES.values()
    ),
)
"""Source: domain.md §5."""
