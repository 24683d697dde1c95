"""Without this file the terminal would list no deadline, promise, backlog or delay."""

from collections.abc import Mapping
from typing import Final

from api.board_views import BacklogView, PromiseView
from api.deadline_views import ClockLine
from api.public_views import PublicReplyView
from api.upward_views import UpwardView
from commands.board_custody import read_custody
from commands.board_text import Asked, BoardList, columns
from commands.reading import Reading
from projections.backlog import read_backlog
from projections.deadline_board import read_deadline_board
from projections.promise_ledger import read_promises
from projections.public_list import read_public_list
from projections.upward_reports import read_upward_reports


def _deadlines(reading: Reading, asked: Asked) -> list[ClockLine]:
    at, limit, unit = asked.as_of, asked.limit, asked.unit
    lines = read_deadline_board(reading.connection, at, limit=limit, unit=unit)
    return [ClockLine.of(line, at) for line in lines]


def _promises(reading: Reading, asked: Asked) -> list[PromiseView]:
    lines = read_promises(reading.connection, asked.as_of, limit=asked.limit, unit=asked.unit)
    return [PromiseView.of(line) for line in lines]


def _backlog(reading: Reading, asked: Asked) -> list[BacklogView]:
    at, limit, unit = asked.as_of, asked.limit, asked.unit
    lines = read_backlog(reading.connection, at, limit=limit, unit=unit, ever=asked.ever)
    return [BacklogView.of(line, at) for line in lines]


def _upward(reading: Reading, asked: Asked) -> list[UpwardView]:
    at, limit, unit = asked.as_of, asked.limit, asked.unit
    lines = read_upward_reports(reading.connection, at, limit=limit, unit=unit)
    return [UpwardView.of(line, at) for line in lines]


def _public(reading: Reading, asked: Asked) -> list[PublicReplyView]:
    lines = read_public_list(reading.connection, limit=asked.limit, unit=asked.unit)
    return [PublicReplyView.of(line, reading.zone) for line in lines]


_NUMBER: Final = ("number", "编号", "number")
_UNIT: Final = ("unit", "单位", "unit")
_STATE: Final = ("state_label", "状态", "state")
_DUE: Final = ("due_at", "到期", "due")
CASES: Final[Mapping[str, BoardList]] = {
    "deadlines": BoardList(
        ("petitions", "units"),
        columns(
            _DUE,
            ("clock_label", "时限", "clock"),
            _NUMBER,
            _UNIT,
            ("holder_label", "持有", "holder"),
            ("holder_unit", "持有单位", "holding unit"),
            ("overdue", "逾期", "overdue"),
            ("green_channel", "绿色通道", "green channel"),
            ("rule", "依据", "rule"),
        ),
        _deadlines,
        frozenset({"unit", "as_of"}),
    ),
    "promises": BoardList(
        ("petitions", "session_board", "units"),
        columns(
            _DUE,
            _UNIT,
            ("kind_label", "来源", "made in"),
            _NUMBER,
            _STATE,
            ("made_at", "承诺于", "made"),
            ("followed_up_at", "跟踪于", "followed up"),
            ("settled_at", "了结于", "settled"),
        ),
        _promises,
        frozenset({"unit", "as_of"}),
    ),
    "backlog": BoardList(
        ("petitions", "units"),
        columns(
            ("listed_at", "挂账于", "listed"),
            _NUMBER,
            _UNIT,
            ("promised_at", "承诺日期", "promised"),
            ("review_due_at", "下次复核", "next review"),
            ("reviews", "已复核", "reviews"),
            ("cleared_at", "销账于", "cleared"),
            ("listed", "在账", "listed now"),
        ),
        _backlog,
        frozenset({"unit", "as_of", "ever"}),
    ),
    "upward-reports": BoardList(
        ("petitions", "units"),
        columns(
            ("owed_from", "自", "from"),
            _NUMBER,
            _UNIT,
            ("explained", "书面说明", "explained"),
            ("informed", "告知诉求人", "informed"),
            ("reported", "报备", "reported"),
            ("acknowledged", "回执", "acknowledged"),
            ("target", "报备对象", "target"),
            ("tier", "层级", "tier"),
            ("compliant", "合规", "compliant"),
        ),
        _upward,
        frozenset({"unit", "as_of"}),
    ),
    "public-replies": BoardList(
        ("petitions",),
        columns(
            ("published_at", "公开于", "published"),
            _NUMBER,
            ("type_label", "类型", "type"),
            ("region", "区域", "region"),
            _UNIT,
            ("filed_on", "提交日", "filed"),
            ("closed_on", "办结日", "closed"),
            ("subject", "公开主题", "subject"),
        ),
        _public,
        frozenset({"unit"}),
    ),
    "custody": BoardList(
        ("petitions", "units"),
        columns(
            ("holder_label", "持有", "holder"),
            _UNIT,
            ("petitions", "件数", "petitions"),
            ("minutes", "工作分钟", "working minutes"),
        ),
        read_custody,
        frozenset({"unit", "as_of", "first", "last"}),
    ),
}
