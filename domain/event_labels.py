"""Without this file a timeline would show topics instead of what a clerk calls an act."""

from collections.abc import Mapping

from domain.text import Text

EVENT_LABELS: Mapping[str, Text] = {
    "petition.submitted": Text("提交", "submitted"),
    "petition.case_imported": Text("历史导入", "case imported"),
    "petition.imported_outcome": Text("历史办理结果", "imported outcome"),
    "petition.registered": Text("登记编号", "registered"),
    "petition.supplement_requested": Text("要求补正", "supplement requested"),
    "petition.supplement_received": Text("收到补正", "supplement received"),
    "petition.accepted": Text("受理", "accepted"),
    "petition.not_accepted": Text("不予受理", "not accepted"),
    "petition.referred_out": Text("告知途径", "referred out"),
    "petition.answered_on_spot": Text("现场答复", "answered on the spot"),
    "petition.dispatched": Text("派单", "dispatched"),
    "petition.assignment_signed": Text("签收", "assignment signed"),
    "petition.return_requested": Text("申请退单", "return requested"),
    "petition.return_approved": Text("同意退单", "return approved"),
    "petition.return_rejected": Text("驳回退单", "return rejected"),
    "petition.lead_unit_designated": Text("指定主办", "lead unit designated"),
    "petition.assignment_transferred": Text("转办", "assignment transferred"),
    "petition.co_handler_added": Text("增加协办", "co-handler added"),
    "petition.co_handler_reported": Text("协办意见", "co-handler reported"),
    "petition.petitioner_contacted": Text("联系诉求人", "petitioner contacted"),
    "petition.plan_committed": Text("承诺方案", "plan committed"),
    "petition.progress_recorded": Text("办理进展", "progress recorded"),
    "petition.extension_requested": Text("申请延期", "extension requested"),
    "petition.extension_granted": Text("同意延期", "extension granted"),
    "petition.extension_refused": Text("不同意延期", "extension refused"),
    "petition.petitioner_informed_of_delay": Text(
        "告知诉求人延期", "petitioner informed of the delay"
    ),
    "petition.reply_submitted": Text("答复", "reply submitted"),
    "petition.reply_approved": Text("办结审核通过", "reply approved"),
    "petition.reply_returned": Text("办结审核退回", "reply returned"),
    "petition.callback_attempted": Text("回访", "callback attempted"),
    "petition.callback_completed": Text("回访完成", "callback completed"),
    "petition.rework_ordered": Text("责令重办", "rework ordered"),
    "petition.rated": Text("自评", "rated by the petitioner"),
    "petition.closed": Text("办结", "closed"),
    "petition.reopened": Text("重办", "reopened"),
    "petition.escalated": Text("提级", "escalated"),
    "petition.withdrawn": Text("撤回", "withdrawn"),
    "petition.withdrawal_verified": Text("撤回已核实", "withdrawal verified"),
    "petition.withdrawal_contested": Text("撤回存疑", "withdrawal contested"),
    "petition.record_corrected": Text("更正", "record corrected"),
    "petition.voided": Text("作废", "voided"),
}
"""Every topic of a petition with its label. Source: domain.md §4."""
