"""Without this file each list would read its unit, instant and page in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import AwareDatetime
from starlette.requests import Request

from api.figure_question import Code, refuse_future, refuse_years
from api.services import Caller, Services, Serving
from api.visibility import own_unit
from domain.errors import NotPermittedError
from domain.principal import Principal
from domain.text import Text
from projections.pages import PAGE_LEN_MAX

PAGE_LEN: Final = 50

Limit = Annotated[int, Query(ge=1, le=PAGE_LEN_MAX, description="每页条数 / items per page")]
Cursor = Annotated[str | None, Query(max_length=1000, description="游标 / cursor")]
AsOf = Annotated[
    AwareDatetime | None, Query(description="时点，缺省为现在 / instant, now by default")
]
T = TypeVar("T")


@dataclass(frozen=True)
class Paging:
    """Which page of a list is asked for, and how the one after it is.

    Attributes:
        serving: The services.
        request: For its address.
        limit: Most lines.
        cursor: Of the page, or None for the first.
        filtered_by: What besides page and instant the list depends on.
    """

    serving: Services
    request: Request
    limit: int
    cursor: str | None
    filtered_by: tuple[object, ...]

    def start(self, name: str, kind: type[T]) -> dict[str, T]:
        """Return the place at which the page begins, under a reader's name for it, or nothing.

        Raises:
            RequestRefusedError: ``invalid-cursor``.
        """
        if self.cursor is None:
            return {}
        return {name: self.serving.cursors.read(self._key, self.cursor, kind)}

    def links(self, places: Sequence[object]) -> tuple[str | None, str | None]:
        """Return cursor and address of the next page; none where this one is not full.

        Args:
            places: Of every line read, those included that the caller is not shown.
        """
        # A full page may be the last: then the next one is empty.
        if len(places) < self.limit:
            return None, None
        cursor = self.serving.cursors.write(self._key, places[-1])
        left_out = {"cursor", "wait_for"}
        asked = [(k, v) for k, v in self.request.query_params.multi_items() if k not in left_out]
        return cursor, f"{self.request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"

    @property
    def _key(self) -> list[object]:
        return [self.request.url.path, *self.filtered_by]


@dataclass(frozen=True)
class BoardQuestion:
    """Which unit's lines are asked for, at what instant, and which page of them.

    Attributes:
        unit: Code of the unit, or None for all.
        as_of: Aware instant of the question.
        minute: What stands for ``as_of`` in a cache: itself, or the present minute.
        paging: The page.
    """

    unit: str | None
    as_of: datetime
    minute: datetime
    paging: Paging


async def ask_board(
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    unit: Code = None,
    as_of: AsOf = None,
    limit: Limit = PAGE_LEN,
    cursor: Cursor = None,
) -> BoardQuestion:
    """Return the question that the query parameters ask; a unit's own people ask for it alone."""
    now = serving.get_now()
    refuse_years(as_of)
    refuse_future(now, as_of)
    shown = shown_unit(caller, unit)
    minute = as_of or now.replace(second=0, microsecond=0)
    paging = Paging(serving, request, limit, cursor, (shown, *_filters(request)))
    return BoardQuestion(shown, as_of or now, minute, paging)


async def ask_page(
    request: Request, serving: Serving, *, limit: Limit = PAGE_LEN, cursor: Cursor = None
) -> Paging:
    """Return the page that the query parameters ask for, of a list that is no unit's own."""
    return Paging(serving, request, limit, cursor, tuple(_filters(request)))


Page = Annotated[Paging, Depends(ask_page)]
Board = Annotated[BoardQuestion, Depends(ask_board)]


def shown_unit(caller: Principal, asked: str | None) -> str | None:
    """Return the unit whose lines a caller is shown, or None for all. Pure.

    Raises:
        NotPermittedError: the caller sees another unit's work alone.
    """
    own = own_unit(caller)
    if own is None or asked in (None, own):
        return own or asked
    raise NotPermittedError(
        Text(
            f"该密钥只能查看单位“{own}”的事项；未返回任何结果。",
            f"this key may list what concerns unit '{own}' alone; nothing was returned.",
        )
    )


_ELSEWHERE: Final = frozenset({"unit", "as_of", "limit", "cursor", "wait_for"})


def _filters(request: Request) -> list[tuple[str, str]]:
    # Every other parameter of a route is a filter of its own.
    return sorted(item for item in request.query_params.multi_items() if item[0] not in _ELSEWHERE)
