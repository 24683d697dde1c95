"""Without this file the later acts of a petition's life would have no name in a timeline."""

from collections.abc import Mapping

from domain.text import Text

LIFE_LABELS: Mapping[str, Text] = {
    "petition.instruction_sought": Text("请示", "instruction sought"),
    "petition.instruction_given": Text("批示", "instruction given"),
    "petition.leader_endorsed": Text("签批督办", "endorsed by a leader"),
    "petition.dedicated_meeting_held": Text("专题会议", "dedicated meeting held"),
    "petition.on_site_handled": Text("现场办公", "handled on site"),
    "petition.reminder_issued": Text("催办", "reminder issued"),
    "petition.supervised": Text("列入督办", "put under supervision"),
    "petition.delay_explained": Text("书面说明", "delay explained"),
    "petition.delay_explained_late": Text("逾期说明", "delay explained too late"),
    "petition.reported_upward": Text("报备", "reported upward"),
    "petition.upward_report_acknowledged": Text("报备回执", "upward report acknowledged"),
    "petition.policy_limit_filed": Text("政策受限备案", "policy limit filed"),
    "petition.suspended": Text("中止", "suspended"),
    "petition.resumed": Text("恢复", "resumed"),
    "petition.backlog_listed": Text("挂账", "listed as backlog"),
    "petition.backlog_reviewed": Text("挂账复核", "backlog reviewed"),
    "petition.backlog_cleared": Text("销账", "backlog cleared"),
    "petition.deadline_recomputed": Text("重算时限", "deadline recomputed"),
    "petition.promise_kept": Text("承诺兑现", "promise kept"),
    "petition.promise_broken": Text("承诺未兑现", "promise broken"),
    "petition.review_requested": Text("申请复查复核", "review requested"),
    "petition.review_decided": Text("复查复核决定", "review decided"),
    "petition.archived": Text("归档", "archived"),
    "petition.retention_class_set": Text("定保管期限", "retention class set"),
    "petition.disposed": Text("销毁", "disposed of"),
    "petition.marked_confidential": Text("定为保密", "marked as confidential"),
    "petition.merged": Text("并案", "merged into another"),
    "petition.children_joined": Text("并入", "others merged into it"),
    "petition.unmerged": Text("拆案", "unmerged"),
    "petition.child_parted": Text("拆出", "a merged petition parted"),
    "petition.reply_shared": Text("并案答复", "common reply given"),
    "petition.closed_with_parent": Text("随并案办结", "closed with its parent"),
    "petition.reopened_with_parent": Text("随并案重办", "reopened with its parent"),
    "petition.split": Text("分拆", "split"),
    "petition.joint_petitioner_added": Text("联名", "joint petitioner added"),
    "petition.reply_published": Text("公开回复", "reply published"),
    "petition.reply_unpublished": Text("撤下公开", "public reply taken down"),
    "petition.green_channel_opened": Text("开通绿色通道", "green channel opened"),
    "petition.shared_with_group": Text("群内公开", "shared with a group"),
}
"""Topics of instructions, delays, standstill, joining and aftercare. Source: domain.md §4."""
