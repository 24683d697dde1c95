"""Without this file no unit could see through the API what it has to do next."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.operation import describe_read
from api.read_examples import WORKLIST
from api.reading import answer_read, waiting_for
from api.schemas import Label, WorklistLine, WorklistPage
from api.services import Caller, Serving
from api.visibility import STAFF, own_unit
from domain.errors import NotPermittedError
from domain.petition_facts import PetitionFacts
from domain.principal import Principal
from domain.text import Text
from domain.visibility import may_see
from projections.pages import PAGE_LEN_MAX
from projections.petition_facts import read_facts
from projections.worklist import WorklistItem, WorklistPlace, read_worklists

router: Final = APIRouter(prefix="/v1", tags=["worklist"])

_LIST: Final = Text("待办事项", "list what is to be done")


@router.get(
    "/worklist",
    operation_id="list_worklist",
    dependencies=[allow_roles(STAFF, _LIST), waiting_for("petitions")],
    **describe_read(_LIST, WorklistPage, WORKLIST),
)
def list_worklist(
    caller: Caller,
    request: Request,
    serving: Serving,
    unit: Annotated[
        str | None,
        Query(max_length=64, description="单位代码，枢纽为空 / code of a unit, empty for the hub"),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_LEN_MAX)] = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> Response:
    """Return a page of what a unit owes, next deadline first.

    Without `unit` it is the caller's own, the hub's for those bound to none. An item whose
    deadline moves while pages are walked may be met again at its new place.
    """
    shown = _unit(caller, unit)

    after = {"after": serving.cursors.read(shown, cursor, WorklistPlace)} if cursor else {}

    def make(connection: Connection[Any], _: int) -> WorklistPage:
        # Work that was left by a merged unit is listed under that unit's own code.
        codes = caller.units if shown == caller.unit else {shown}
        items = read_worklists(connection, sorted(codes), limit=limit, **after)
        facts = read_facts(connection, {each.petition_id for each in items})
        known = {each.petition_id: each for each in facts.values() if may_see(caller, each)}
        return _page(serving, shown, limit, items, known)

    return answer_read(serving, request, "petitions", (shown, caller), make)


def _unit(caller: Principal, asked: str | None) -> str:
    own = own_unit(caller)
    if asked is None:
        return own or ""
    if own is not None and asked != own:
        raise NotPermittedError(
            Text(
                f"该密钥只能查看单位“{own}”的待办；未返回任何结果。",
                f"this key may list the work of unit '{own}' alone; nothing was returned.",
            )
        )
    return asked


def _page(
    serving: Serving,
    unit: str,
    limit: int,
    items: Sequence[WorklistItem],
    known: Mapping[UUID, PetitionFacts],
) -> WorklistPage:
    cursor, following = None, None
    # A full page may be the last: then the next one is empty.
    if len(items) == limit:
        cursor = serving.cursors.write(unit, items[-1].place)
        question = urlencode({"unit": unit, "limit": limit, "cursor": cursor})
        following = f"/v1/worklist?{question}"
    # What the caller may not know of makes a page shorter, and moves no other.
    lines = tuple(
        _line(item, known[item.petition_id]) for item in items if item.petition_id in known
    )
    return WorklistPage(unit, lines, cursor, following)


def _line(item: WorklistItem, facts: PetitionFacts) -> WorklistLine:
    return WorklistLine(
        unit=item.unit,
        petition_id=item.petition_id,
        number=item.number,
        petition_type=item.petition_type,
        task=item.task,
        task_label=Label.of(item.task.label),
        due_at=item.due_at,
        provisional=item.due_at in facts.provisional_dues,
        since=item.since,
        green_channel=facts.green_channel_at is not None,
    )
