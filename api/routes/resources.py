"""Without this file nothing but petitions could be written or read through the API."""

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.access import allow_command, allow_roles
from api.acts import path_of
from api.bodies import decode_command, read_body
from api.examples import EXAMPLE_ID
from api.operation import describe_read, describe_write, operation_name
from api.read_examples import resource_example
from api.reading import waiting_for
from api.resource_answers import answer_resource, answer_resource_written
from api.resource_schemas import ResourceView
from api.seen_positions import LOG
from api.services import Caller, Serving
from api.visibility import readers_of
from api.write_examples import resource_written_example
from api.write_headers import expected_version, idempotency_key
from api.writing import CREATED, DONE
from domain.catalogue import RESOURCES
from domain.resource import AggregateCommand, OpeningCommand, Resource
from domain.text import Text

router: Final = APIRouter(prefix="/v1")

Body = Annotated[bytes, Depends(read_body)]
Key = Annotated[str, Depends(idempotency_key)]
SeenVersion = Annotated[int, Depends(expected_version)]


def _add_opening(resource: Resource, kind: type[OpeningCommand[Any]]) -> None:
    decoder = msgspec.json.Decoder(kind)

    def open_resource(caller: Caller, key: Key, body: Body, serving: Serving) -> Response:
        command = decode_command(body, decoder)
        with serving.in_flight.hold(caller.actor_id, key):
            drawn = serving.get_petition_id()
            receipt = serving.ledger.open(resource, drawn, command, caller, key)
        return answer_resource_written(serving.ledger, resource, receipt, CREATED)

    example = resource_written_example(resource, kind)
    router.add_api_route(
        f"/{resource.path}/{kind.path}".rstrip("/"),
        open_resource,
        methods=["POST"],
        dependencies=[allow_command(kind)],
        operation_id=operation_name(kind),
        status_code=CREATED,
        tags=[resource.path],
        **describe_write(kind, CREATED, example, path_of(resource, EXAMPLE_ID)),
    )


def _add_command(resource: Resource, kind: type[AggregateCommand[Any]]) -> None:
    decoder = msgspec.json.Decoder(kind)

    def give_command(
        resource_id: UUID,
        caller: Caller,
        key: Key,
        version: SeenVersion,
        body: Body,
        serving: Serving,
    ) -> Response:
        command = decode_command(body, decoder)
        with serving.in_flight.hold(caller.actor_id, key):
            receipt = serving.ledger.give(
                resource, resource_id, command, caller, key=key, expected_version=version
            )
        return answer_resource_written(serving.ledger, resource, receipt, DONE)

    example = resource_written_example(resource, kind)
    router.add_api_route(
        f"/{resource.path}/{{resource_id}}/{kind.path}",
        give_command,
        methods=["POST"],
        dependencies=[allow_command(kind)],
        operation_id=operation_name(kind),
        status_code=DONE,
        tags=[resource.path],
        **describe_write(kind, DONE, example, path_of(resource, EXAMPLE_ID)),
    )


def _add_read(resource: Resource) -> None:
    label = Text(f"查看{resource.label.zh}", f"read one {resource.label.en}")

    def get_resource(
        resource_id: UUID, caller: Caller, request: Request, serving: Serving
    ) -> Response:
        """Return it with everything that happened to it, as far as the caller may see it.

        It is read from the log itself and never behind. The tag is its version: send it as
        `If-Match` with the next command.
        """
        return answer_resource(serving, resource, resource_id, caller, request)

    router.add_api_route(
        f"/{resource.path}/{{resource_id}}",
        get_resource,
        methods=["GET"],
        dependencies=[allow_roles(readers_of(resource), label), waiting_for(LOG)],
        operation_id=f"get_{resource.aggregate.TOPIC}",
        tags=[resource.path],
        **describe_read(label, ResourceView, resource_example(resource), 404),
    )


for _resource in RESOURCES:
    for _opening in _resource.opening:
        _add_opening(_resource, _opening)
    for _command in _resource.commands:
        _add_command(_resource, _command)
    _add_read(_resource)
