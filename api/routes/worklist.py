"""Without this file no unit could see through the API what it has to do next."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Page, shown_unit
from api.figure_question import Code
from api.operation import describe_read
from api.read_examples import WORKLIST
from api.reading import answer_read, waiting_for
from api.schemas import Label, WorklistLine, WorklistPage
from api.services import Caller, Serving
from api.visibility import STAFF
from domain.petition_facts import PetitionFacts
from domain.text import Text
from domain.visibility import may_see
from projections.petition_facts import read_facts
from projections.succession import office_codes
from projections.worklist import WorklistItem, WorklistPlace, read_worklists

router: Final = APIRouter(prefix="/v1", tags=["worklist"])

_LIST: Final = Text("待办事项", "list what is to be done")
_MODELS: Final = ("petitions", "units")


@router.get(
    "/worklist",
    operation_id="list_worklist",
    dependencies=[allow_roles(STAFF, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, WorklistPage, WORKLIST),
)
def list_worklist(
    page: Page,
    caller: Caller,
    request: Request,
    serving: Serving,
    unit: Annotated[
        Code, Query(description="单位代码，枢纽为空 / code of a unit, empty for the hub")
    ] = None,
) -> Response:
    """Return a page of what a unit owes, next deadline first.

    Without `unit` it is the caller's own, the hub's for those bound to none; what was left to a
    merged unit is its heir's. An item whose deadline moves while pages are walked may be met
    again at its new place.
    """
    shown = shown_unit(caller, unit) or ""
    paging = replace(page, filtered_by=(shown,))
    after = paging.start("after", WorklistPlace)
    now = serving.get_now()

    def make(connection: Connection[Any], _: int) -> WorklistPage:
        codes = office_codes(connection, shown or None, now) or [shown]
        items = read_worklists(connection, codes, limit=page.limit, **after)
        facts = read_facts(connection, {each.petition_id for each in items})
        known = {each.petition_id: each for each in facts.values() if may_see(caller, each)}
        # What the caller may not know of makes a page shorter, and moves no other.
        lines = tuple(
            _line(item, known[item.petition_id]) for item in items if item.petition_id in known
        )
        return WorklistPage(shown, lines, *paging.links([each.place for each in items]))

    minute = now.replace(second=0, microsecond=0)
    return answer_read(serving, request, _MODELS, (minute, caller), make)


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
