"""Without this file nobody could read the events and definitions of an offline copy."""

from typing import Final

from domain.text import Text
from domain.vocabulary import Role
from replay.export_field import Field, FieldKind, codes_of
from replay.lake_columns import code_field, count_field, instant_field, text_field
from replay.lake_fields import MONTH

EVENT_FIELDS: Final = (
    Field(MONTH, Text("入账月份", "month of recording"), FieldKind.CODE),
    count_field("position", "日志位置", "log position"),
    code_field("originator_id", "事项", "stream"),
    count_field("version", "版本", "version"),
    code_field("topic", "事件", "topic"),
    count_field("schema_version", "格式版本", "shape of the payload"),
    instant_field("occurred_at", "发生", "occurred"),
    count_field("occurred_offset_min", "发生地时差（分钟）", "offset of local time, minutes"),
    instant_field("recorded_at", "入账", "recorded"),
    code_field("actor_id", "办理账号", "account that acted"),
    Field("actor_role", Text("角色", "role"), FieldKind.CODE, codes=codes_of(Role)),
    code_field("actor_unit", "办理单位", "unit acted for"),
    code_field("on_behalf_of", "代办账号", "account spoken for"),
    code_field("policy_pack", "规则包", "policy pack"),
    count_field("policy_version", "规则包版本", "version of the pack"),
    code_field("correlation_id", "业务关联", "joins events of one act"),
    code_field("causation_id", "起因", "event that led here"),
    Field(
        "payload",
        Text("内容", "payload"),
        FieldKind.TEXT,
        Text(
            "规范 JSON；个人信息只有承诺值", "Canonical JSON; personal values as commitments alone"
        ),
    ),
)
"""One record an event; the caller's idempotency key stays in the ledger, it may say anything."""

DEFINITION_FIELDS: Final = (
    code_field("definition", "口径", "definition"),
    text_field("label_zh", "中文名", "Chinese name"),
    text_field("label_en", "英文名", "English name"),
    Field(
        "part",
        Text("部分", "part"),
        FieldKind.CODE,
        codes={"n": Text("分子", "numerator"), "d": Text("分母", "denominator")},
    ),
    code_field("measure", "计数", "measure"),
    count_field("sign", "符号", "sign"),
)
"""One record a term of a rate: its sum over measures gives n and d of every rate."""
