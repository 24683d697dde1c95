"""Without this file nobody could change anything through the API."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.access import allow_command
from api.bodies import decode_command, read_body
from api.examples import EXAMPLE_ID
from api.operation import describe_write, operation_name
from api.services import Caller, Serving
from api.write_examples import written_example
from api.write_headers import expected_version, idempotency_key
from api.writing import CREATED, DONE, answer_written
from domain.catalogue import PETITION_COMMANDS
from domain.command import PetitionCommand
from domain.filing import SubmitPetition

router: Final = APIRouter(prefix="/v1/petitions", tags=["commands"])

Body = Annotated[bytes, Depends(read_body)]
Key = Annotated[str, Depends(idempotency_key)]
SeenVersion = Annotated[int, Depends(expected_version)]

EXAMPLE_PATH: Final = f"/v1/petitions/{EXAMPLE_ID}"


def _add_submission() -> None:
    decoder = msgspec.json.Decoder(SubmitPetition)

    def submit_petition(caller: Caller, key: Key, body: Body, serving: Serving) -> Response:
        command = decode_command(body, decoder)
        with serving.in_flight.hold(caller.actor_id, key):
            receipt = serving.ledger.submit(serving.get_petition_id(), command, caller, key)
        return answer_written(serving.ledger, receipt, CREATED)

    router.add_api_route(
        "",
        submit_petition,
        methods=["POST"],
        dependencies=[allow_command(SubmitPetition)],
        operation_id="submit_petition",
        status_code=CREATED,
        **describe_write(SubmitPetition, CREATED, written_example(SubmitPetition), EXAMPLE_PATH),
    )


def _add_command(kind: type[PetitionCommand]) -> None:
    decoder = msgspec.json.Decoder(kind)

    def give_command(
        petition_id: UUID,
        caller: Caller,
        key: Key,
        version: SeenVersion,
        body: Body,
        serving: Serving,
    ) -> Response:
        command = decode_command(body, decoder)
        with serving.in_flight.hold(caller.actor_id, key):
            receipt = serving.ledger.apply(
                petition_id, command, caller, idempotency_key=key, expected_version=version
            )
        return answer_written(serving.ledger, receipt, DONE)

    router.add_api_route(
        f"/{{petition_id}}/{kind.path}",
        give_command,
        methods=["POST"],
        dependencies=[allow_command(kind)],
        operation_id=operation_name(kind),
        status_code=DONE,
        **describe_write(kind, DONE, written_example(kind), EXAMPLE_PATH),
    )


_add_submission()
for _kind in PETITION_COMMANDS:
    _add_command(_kind)
