"""Without this file nobody could ask through the API what an enterprise asked for."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.board_question import Page
from api.enterprise_views import EnterprisePage, EnterpriseView
from api.figure_question import Code
from api.government_examples import ENTERPRISE_PAGE
from api.operation import describe_read
from api.reading import answer_read, waiting_for
from api.services import Caller, Serving
from api.visibility import OF_CASES
from domain.text import Text
from projections.enterprise_profile import read_profile, read_profiles

router: Final = APIRouter(prefix="/v1", tags=["boards"])

_LIST: Final = Text("企业档案", "list enterprise profiles")
_MODELS: Final = ("enterprise_profile", "petitions")


@router.get(
    "/enterprise-profiles",
    operation_id="list_enterprise_profiles",
    dependencies=[allow_roles(OF_CASES, _LIST), waiting_for(*_MODELS)],
    **describe_read(_LIST, EnterprisePage, ENTERPRISE_PAGE),
)
def list_enterprise_profiles(
    page: Page,
    caller: Caller,
    request: Request,
    serving: Serving,
    *,
    credit_code: Annotated[
        str | None, Query(max_length=18, description="统一社会信用代码 / this enterprise alone")
    ] = None,
    group: Code = None,
) -> Response:
    """Return enterprises by credit code, with their liaisons and how their petitions stand."""
    after = page.start("after_code", str)

    def make(connection: Connection[Any], _: int) -> EnterprisePage:
        if credit_code is not None:
            found = read_profile(connection, credit_code, hidden_from=caller.units)
            only = () if found is None else (EnterpriseView.of(found),)
            return EnterprisePage(items=only, next_cursor=None, next=None)
        profiles = read_profiles(
            connection, limit=page.limit, group=group, hidden_from=caller.units, **after
        )
        cursor, following = page.links([each.credit_code for each in profiles])
        items = tuple(map(EnterpriseView.of, profiles))
        return EnterprisePage(items=items, next_cursor=cursor, next=following)

    return answer_read(serving, request, _MODELS, caller, make)
