"""Without this file the terminal would list no session, order, enterprise or appeal."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from api.enterprise_views import EnterpriseView
from api.government_views import AppealView, SupervisionView
from api.session_views import SessionView
from commands.board_text import Asked, BoardList, columns
from commands.reading import Reading
from projections.assessment_appeals import read_appeals
from projections.enterprise_profile import read_profiles
from projections.session_board import read_sessions
from projections.supervision_ledger import read_supervision


def _sessions(reading: Reading, asked: Asked) -> list[SessionView]:
    first, last = asked.first or date.min, asked.last or date.max
    lines = read_sessions(reading.connection, first, last, limit=asked.limit)
    return [SessionView.of(line) for line in lines]


def _supervision(reading: Reading, asked: Asked) -> list[SupervisionView]:
    lines = read_supervision(reading.connection, asked.as_of, limit=asked.limit, unit=asked.unit)
    return [SupervisionView.of(line) for line in lines]


def _enterprises(reading: Reading, asked: Asked) -> list[EnterpriseView]:
    profiles = read_profiles(reading.connection, limit=asked.limit)
    return [EnterpriseView.of(profile) for profile in profiles]


def _appeals(reading: Reading, asked: Asked) -> list[AppealView]:
    lines = read_appeals(reading.connection, limit=asked.limit, unit=asked.unit)
    return [AppealView.of(line) for line in lines]


_UNIT: Final = ("unit", "单位", "unit")
_STATE: Final = ("state_label", "状态", "state")
_DUE: Final = ("due_at", "到期", "due")
OFFICES: Final[Mapping[str, BoardList]] = {
    "sessions": BoardList(
        ("session_board", "petitions"),
        columns(
            ("planned_on", "日期", "day"),
            ("kind_label", "类别", "kind"),
            ("host_unit", "主办", "host"),
            _STATE,
            ("theme", "主题", "theme"),
            ("persons", "人次", "person-times"),
            ("departments", "部门", "departments"),
            ("petitions", "诉求", "petitions"),
            ("commitments_open", "未兑现承诺", "open commitments"),
        ),
        _sessions,
        frozenset({"first", "last"}),
    ),
    "supervision": BoardList(
        ("supervision_ledger", "units"),
        columns(
            _UNIT,
            ("level_label", "级别", "level"),
            _STATE,
            ("opened_at", "立项", "opened"),
            _DUE,
            ("circular_number", "通报", "circular"),
            ("closed_at", "销号", "closed"),
            ("finding_label", "结论", "finding"),
            ("days", "天数", "days"),
        ),
        _supervision,
        frozenset({"unit", "as_of"}),
    ),
    "enterprises": BoardList(
        ("enterprise_profile", "petitions"),
        columns(
            ("credit_code", "信用代码", "credit code"),
            ("name", "名称", "name"),
            ("industry", "行业", "industry"),
            ("size_label", "规模", "size"),
            ("key_enterprise", "重点", "key"),
            ("liaison_unit", "联络单位", "liaison"),
            ("petitions", "诉求", "petitions"),
        ),
        _enterprises,
        frozenset(),
    ),
    "appeals": BoardList(
        ("assessment_appeals", "units"),
        columns(
            ("appealed_at", "申诉于", "appealed"),
            _UNIT,
            ("component_label", "指标", "component"),
            _STATE,
            ("excluded_by_label", "理由", "reason"),
            ("decided_at", "裁定于", "decided"),
            ("petition_id", "诉求", "petition"),
        ),
        _appeals,
        frozenset({"unit"}),
    ),
}
