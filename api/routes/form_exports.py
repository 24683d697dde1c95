"""Without this file a form could be filled only by who has a terminal."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from api.access import allow_roles, refusal
from api.figure_question import refuse_future, refuse_years
from api.file_answers import answer_file
from api.file_operation import describe_file
from api.file_question import AskedFile
from api.reading import waiting_for
from api.replay_turn import replay_turn
from api.services import Caller, Serving
from api.visibility import OF_CASES, OF_SUPERVISION, STAFF
from domain.period import MONTH_START_MAX, Period, read_period
from domain.rate import PUBLIC_CASES_MIN
from domain.text import Text
from replay.jurisdiction import jurisdiction
from replay.template_filling import FormOrder, fill_form
from replay.template_kinds import Template

router: Final = APIRouter(prefix="/v1/exports", tags=["exports"])

_FORM: Final = Text("下载固定格式报表", "download a form")
_MODELS: Final = ("petitions", "units", "scopes", "supervision_ledger", "session_board")
_BOARDS: Final = {Template.SUPERVISION: OF_SUPERVISION, Template.SESSIONS: OF_CASES}


async def ask_period(
    period: Annotated[str, Query(max_length=10, description="2019, 2019-Q4, 2019-09")],
    month_start_day: Annotated[int, Query(ge=1, le=MONTH_START_MAX)] = 1,
) -> Period:
    """Return the statistical period that the query names.

    Raises:
        GuardError: ``no-period``.
    """
    return read_period(period, month_start_day)


AskedPeriod = Annotated[Period, Depends(ask_period)]


@router.get(
    "/forms/{template}",
    operation_id="export_form",
    dependencies=[allow_roles(STAFF, _FORM), waiting_for(*_MODELS)],
    **describe_file(_FORM),
)
def export_form(
    template: Template,
    period: AskedPeriod,
    file: AskedFile,
    caller: Caller,
    serving: Serving,
    *,
    as_of: AwareDatetime | None = None,
    known_at: AwareDatetime | None = None,
    cases_min: Annotated[int, Query(ge=1, le=1_000_000)] = PUBLIC_CASES_MIN,
) -> Response:
    """Return a form of a period as a file, without letterhead: it is completed by hand.

    Forms of boards are for who may read the board, and have what the board shows them.
    """
    _refuse_board(caller, template)
    now = serving.get_now()
    refuse_years(as_of, known_at)
    refuse_future(now, as_of, known_at)
    order = FormOrder(
        template,
        period,
        now,
        cases_min,
        file.say,
        as_of,
        known_at,
        reader=caller,
    )
    with serving.sessions.snapshot() as connection:
        with replay_turn(serving, connection, known_at):
            document = fill_form(connection, order)
        place = jurisdiction(connection)
    return answer_file(document, place, file)


def _refuse_board(caller: Caller, template: Template) -> None:
    allowed = _BOARDS.get(template, STAFF)
    if caller.role not in allowed:
        raise refusal(caller.role, allowed, template.label)
