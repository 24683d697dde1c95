"""Without this file nobody could tell what the columns of an offline copy hold."""

from typing import Final

from domain.measure_labels import MEASURE_LABELS
from domain.measures import MEASURES
from domain.text import Text
from domain.vocabulary import (
    CallbackBasis,
    Channel,
    Complexity,
    Outcome,
    PetitionState,
    PetitionType,
    Resolution,
    Satisfaction,
)
from replay.export_document import PETITIONS
from replay.export_field import Field, FieldKind, Missing, codes_of
from replay.lake_columns import code_field, count_field, flag_field, instant_field, text_field

MONTH: Final = "month"


_PETITION = code_field("petition_id", "诉求", "petition")
_TYPE = Field("petition_type", Text("类型", "type"), FieldKind.CODE, codes=codes_of(PetitionType))
_CHANNEL = Field("channel", Text("渠道", "channel"), FieldKind.CODE, codes=codes_of(Channel))
_REGION = text_field("region", "区域", "region")
_ACCEPTED = instant_field("accepted_at", "受理", "accepted")

PETITION_FIELDS: Final = (
    Field(MONTH, Text("提交月份", "month of submission"), FieldKind.CODE),
    _PETITION,
    code_field("number", "编号", "number"),
    Field("state", Text("状态", "state"), FieldKind.CODE, codes=codes_of(PetitionState)),
    instant_field("state_since", "状态起始", "state since"),
    _TYPE,
    _CHANNEL,
    text_field("category", "类别", "category"),
    Field("complexity", Text("难易", "complexity"), FieldKind.CODE, codes=codes_of(Complexity)),
    _REGION,
    Field(
        "unit",
        Text("归属单位", "unit"),
        FieldKind.CODE,
        Text("截至时点的归属；空白为未派单", "It counts for at the instant; empty: the hub"),
    ),
    flag_field("confidential", "保密", "confidential"),
    flag_field("imported", "导入", "imported"),
    code_field("policy_pack", "规则包", "policy pack"),
    count_field("policy_version", "规则包版本", "version of the pack"),
    code_field("calendar", "工作日历", "calendar"),
    instant_field("submitted_at", "提交", "submitted"),
    instant_field("accept_due_at", "受理时限", "acceptance due"),
    _ACCEPTED,
    instant_field("not_accepted_at", "不予受理", "not accepted"),
    instant_field("referred_out_at", "引导", "referred out"),
    instant_field("voided_at", "作废", "voided"),
    instant_field("split_at", "分拆", "split"),
    instant_field("merged_at", "并案", "merged"),
    instant_field("withdrawn_at", "撤回", "withdrawn"),
    instant_field("dispatched_at", "首次派单", "first dispatched"),
    instant_field("signed_at", "首次签收", "first signed"),
    instant_field("contacted_at", "首次联系", "first contacted"),
    instant_field("due_original_at", "原时限", "first due"),
    instant_field("due_effective_at", "现行时限", "due in force"),
    instant_field("replied_at", "答复", "replied"),
    instant_field("called_back_at", "末次回访", "last called back"),
    instant_field("closed_at", "办结", "closed"),
    instant_field("reopened_at", "末次重办", "last reopened"),
    instant_field("archived_at", "归档", "archived"),
    instant_field("disposed_at", "销毁", "disposed of"),
    count_field("cycles", "办理轮次", "cycles"),
    count_field("extensions", "获准延期", "extensions granted"),
    count_field("suspensions", "中止次数", "suspensions"),
    count_field("replies", "答复次数", "replies"),
    count_field("returns", "退单次数", "assignments returned"),
    count_field("reminders", "催办次数", "reminders"),
    count_field("supervision_orders", "督办次数", "supervision orders"),
    count_field("reviews", "复查复核次数", "reviews"),
    Field("outcome", Text("办理结果", "outcome"), FieldKind.CODE, codes=codes_of(Outcome)),
    Field(
        "callback_basis",
        Text("回访依据", "callback basis"),
        FieldKind.CODE,
        codes=codes_of(CallbackBasis),
    ),
    Field(
        "satisfaction",
        Text("满意度", "satisfaction"),
        FieldKind.CODE,
        codes=codes_of(Satisfaction),
        missing_in="satisfaction_missing",
    ),
    Field(
        "resolution",
        Text("是否解决", "resolution"),
        FieldKind.CODE,
        codes=codes_of(Resolution),
        missing_in="satisfaction_missing",
    ),
    Field(
        "satisfaction_missing",
        Text("无评价的原因", "why there is no answer"),
        FieldKind.CODE,
        codes=codes_of(Missing),
    ),
)
"""One record a petition: dated facts as known at the position, judged at the instant."""

MEASURE_FIELDS: Final = (
    Field(MONTH, Text("提交月份", "month of submission"), FieldKind.CODE),
    _PETITION,
    Field(
        "unit",
        Text("计入单位", "unit it counts for"),
        FieldKind.CODE,
        Text("并入他单位的，为截至时点的承继单位", "Of a merged unit its heir at the instant"),
    ),
    code_field("unit_as_dispatched", "派单时的单位", "unit as dispatched"),
    _TYPE,
    _CHANNEL,
    _REGION,
    _ACCEPTED,
    *(Field(name, MEASURE_LABELS[name], FieldKind.COUNT, unit=PETITIONS) for name in MEASURES),
)
"""One record a petition and unit: what it counts for at the instant; every rate is a sum."""
