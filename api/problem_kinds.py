"""Without this file a code would have no status, no title and no advice."""

import tomllib
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Final

import msgspec

from domain.catalogue import RESOURCES
from domain.text import Text

RULE: Final = "domain-error"
"""Entry of the rules that have none of their own."""

_USUAL_FIX: Final = {
    HTTPStatus.CONFLICT: Text("请按 detail 处理后重试。", "Do as 'detail' says, then try again."),
    HTTPStatus.SERVICE_UNAVAILABLE: Text(
        "请稍后以同一 Idempotency-Key 重试。", "Repeat later with the same Idempotency-Key."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Text("请联系管理员。", "Tell the administrator."),
}
_OTHER_FIX: Final = Text(
    "请按 detail 修改请求后重发；可沿用同一 Idempotency-Key。",
    "Correct the request as 'detail' says and send it again; the same Idempotency-Key may be used.",
)


class ProblemKind(msgspec.Struct, frozen=True):
    """One entry of problems.toml."""

    status: int
    zh: str
    en: str
    fix_zh: str | None = None
    fix_en: str | None = None
    retry_after_s: int | None = None

    @property
    def title(self) -> Text:
        """What kind of problem it is."""
        return Text(self.zh, self.en)

    @property
    def fix(self) -> Text:
        """What to do next."""
        if self.fix_zh is None or self.fix_en is None:
            return _USUAL_FIX.get(HTTPStatus(self.status), _OTHER_FIX)
        return Text(self.fix_zh, self.fix_en)


def kind_of(code: str) -> tuple[str, ProblemKind]:
    """Return the entry of a code and its name, the general one for a rule without an entry."""
    kinds = problem_kinds()
    name = code if code in kinds else RULE
    return name, kinds[name]


@cache
def problem_kinds() -> Mapping[str, ProblemKind]:
    """Return every kind of problem by its code, the catalogue's too. Reads its own file once."""
    text = files("api").joinpath("problems.toml").read_text("utf-8")
    written = msgspec.convert(tomllib.loads(text), dict[str, ProblemKind])
    return {**{each.unknown_code: _unknown(each.label) for each in RESOURCES}, **written}


def _unknown(label: Text) -> ProblemKind:
    return ProblemKind(
        status=HTTPStatus.NOT_FOUND,
        zh=f"没有该{label.zh}",
        en=f"No such {label.en}",
        fix_zh="请核对标识；没有查看权限的记录也显示为不存在。",
        fix_en="Check the id; one that the key may not see is answered as one that is not there.",
    )
