"""Without this file nobody could look up the code of a unit."""

from typing import Any, Final

from fastapi import APIRouter
from psycopg import Connection
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_roles
from api.operation import describe_read
from api.read_examples import UNIT_LIST
from api.reading import answer_read, waiting_for
from api.schemas import Label, UnitLine, UnitList
from api.services import Serving
from domain.text import Text
from domain.vocabulary import Role
from projections.units import read_units

router: Final = APIRouter(prefix="/v1", tags=["units"])

_LIST: Final = Text("单位名册", "list the units")


@router.get(
    "/units",
    operation_id="list_units",
    dependencies=[allow_roles(frozenset(Role), _LIST), waiting_for("units")],
    **describe_read(_LIST, UnitList, UNIT_LIST),
)
def list_units(request: Request, serving: Serving) -> Response:
    """Return every unit ever registered, by code; closed ones carry the instant."""

    def make(connection: Connection[Any], _: int) -> UnitList:
        return UnitList(
            tuple(
                UnitLine(
                    unit=each.unit,
                    name=Label.of(each.name),
                    tier=each.tier.value,
                    parent=each.parent,
                    kind=each.kind.value,
                    closed_at=each.closed_at,
                )
                for each in read_units(connection)
            )
        )

    return answer_read(serving, request, "units", None, make)
