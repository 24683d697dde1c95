"""Without this file no exported column and no definition would say what it counts."""

from collections.abc import Mapping
from typing import Final

from domain.rates import RateDefinition
from domain.text import Text

MEASURE_LABELS: Final[Mapping[str, Text]] = {
    "received": Text("收到", "received"),
    "not_accepted": Text("不予受理", "not accepted"),
    "referred_out": Text("已引导", "referred out"),
    "ended_before": Text("受理前终结", "ended before acceptance"),
    "accepted": Text("受理", "accepted"),
    "base": Text("应办结", "base set"),
    "closed": Text("已办结", "closed"),
    "withdrawn": Text("撤回", "withdrawn"),
    "voided": Text("作废", "voided"),
    "reopened": Text("重办", "reopened"),
    "ontime_closed_n": Text("已办结中按时", "closed on time"),
    "ontime_closed_d": Text("已办结且有时限", "closed with a due"),
    "ontime_effective_n": Text("按现行时限按时", "on time by the due in force"),
    "ontime_effective_d": Text("按现行时限应判定", "judged by the due in force"),
    "ontime_original_n": Text("按原时限按时", "on time by the first due"),
    "ontime_original_d": Text("按原时限应判定", "judged by the first due"),
    "satisfied": Text("满意", "satisfied"),
    "basically_satisfied": Text("基本满意", "basically satisfied"),
    "dissatisfied": Text("不满意", "dissatisfied"),
    "resolved": Text("诉求人称已解决", "resolved, says the petitioner"),
    "resolution_answers": Text("解决情况有效回答", "valid answers on resolution"),
    "first_pass_n": Text("一次办结", "closed for good at the first pass"),
    "first_pass_d": Text("重办期已满", "reopening window over"),
    "replies_returned": Text("答复被退回", "replies returned by review"),
    "extended": Text("延期", "extended"),
    "assigned": Text("派单", "assignments"),
    "signed_n": Text("按时签收", "signed in time"),
    "signed_d": Text("应签收", "signing due"),
    "response_n": Text("按时联系", "petitioner contacted in time"),
    "response_d": Text("应联系", "contact due"),
    "returned": Text("退单", "assignments returned"),
    "returns_rejected": Text("退单被驳回", "returns rejected"),
    "merged": Text("并案", "merged into another"),
    "ontime_explained": Text("按时或已书面说明", "on time or delay explained"),
    "delay_explained": Text("书面说明延误", "delay explained"),
    "upward_n": Text("按规定报备", "reported upward as due"),
    "upward_d": Text("应报备", "upward report due"),
    "suspended": Text("中止", "suspended"),
    "backlog": Text("挂账", "on the backlog list"),
    "policy_limited": Text("政策受限", "limited by policy"),
    "supervised": Text("被督办", "under supervision"),
    "promise_open": Text("承诺待兑现", "closed with an open promise"),
    "withdrawals_checked": Text("撤回已核查", "withdrawals checked"),
    "withdrawals_contested": Text("撤回存疑", "withdrawals contested"),
    "claimed_n": Text("单位自报已解决", "resolved, claims the unit"),
    "claimed_d": Text("单位自报结果", "outcomes claimed by the unit"),
    "third_satisfied": Text("第三方：满意", "satisfied, finds a third party"),
    "third_answers": Text("第三方满意度有效回答", "third-party answers on satisfaction"),
    "third_resolved": Text("第三方：已解决", "resolved, finds a third party"),
    "third_resolution_answers": Text("第三方解决情况有效回答", "third-party answers on resolution"),
    "claim_pairs": Text("自报与诉求人均有结论", "both the unit and the petitioner answered"),
    "claim_pairs_claimed": Text("其中单位自报已解决", "of these resolved, claims the unit"),
    "claim_pairs_resolved": Text("其中诉求人称已解决", "of these resolved, says the petitioner"),
    "claim_pairs_agreed": Text("其中两方一致", "of these both agree"),
    "callback_due": Text("应回访", "callback due"),
    "callback_done": Text("已回访", "called back"),
    "callback_attempted": Text("尝试回访", "callback attempted"),
    "callback_answered": Text("有效回访", "callback answered"),
    "closings": Text("办结次数", "closings"),
    "upward_late": Text("迟报", "reported upward late"),
    "supervised_orange": Text("橙色督办", "under orange supervision"),
    "supervised_red": Text("红色督办", "under red supervision"),
    "false_closures": Text("虚假办结", "false closures"),
    "third_pairs": Text("自报与第三方均有结论", "both the unit and a third party answered"),
    "third_pairs_claimed": Text("其中单位自报已解决", "of these resolved, claims the unit"),
    "third_pairs_resolved": Text("其中第三方认定已解决", "of these resolved, finds a third party"),
    "third_pairs_agreed": Text("其中两方一致", "of these both agree"),
    "answer_pairs": Text(
        "诉求人与第三方均有结论", "both the petitioner and a third party answered"
    ),
    "answer_pairs_resolved": Text("其中诉求人称已解决", "of these resolved, says the petitioner"),
    "answer_pairs_third": Text("其中第三方认定已解决", "of these resolved, finds a third party"),
    "answer_pairs_agreed": Text("其中两方一致", "of these both agree"),
}
"""What each integer of a vector counts; one label for each of ``MEASURES``."""


def formula_text(definition: RateDefinition) -> Text:
    """Return how a rate is computed, in words; pure."""
    return Text(
        _formula(definition, 0, f"{definition.label.zh} ="), _formula(definition, 1, "rate =")
    )


def _formula(definition: RateDefinition, language: int, start: str) -> str:
    def joined(names: tuple[str, ...], sign: str) -> str:
        return sign.join(MEASURE_LABELS[name][language] for name in names)

    above = joined(definition.numerator, " + ")
    if definition.less:
        above = f"{above} − {joined(definition.less, ' − ')}"
    below = joined(definition.denominator, " + ")
    if len(definition.numerator) + len(definition.less) > 1:
        above = f"({above})"
    if len(definition.denominator) > 1:
        below = f"({below})"
    return f"{start} {above} ÷ {below} × 100"
