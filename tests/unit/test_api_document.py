"""The OpenAPI document is complete, valid and current, and its page needs no other site."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from api.routes.docs import STATIC
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.command import Command
from domain.filing import SubmitPetition
from tests.write_openapi import PATH, document_text, make_app

SWAGGER = STATIC / "swagger-ui"
ORDERS = ("/v1/exports/petitions",)
"""What is worked on later, and changes no ledger."""
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """Return the document."""
    return make_app().openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield path, method, operation


def schemas(node: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401
    """Yield every piece of the document that has a type."""
    if isinstance(node, list):
        for each in node:
            yield from schemas(each, name)
    elif isinstance(node, dict):
        if "type" in node and isinstance(node["type"], str | list):
            yield name, node
        for key, child in node.items():
            if key not in {"example", "examples", "default"}:
                yield from schemas(child, f"{name}/{key}")


def test_document_in_the_repository_is_current() -> None:
    """A changed interface shows in the diff; write it anew with tests/write_openapi.py."""
    assert PATH.read_text("utf-8") == document_text()


def test_document_has_every_command_under_its_own_name(document: dict[str, Any]) -> None:
    """Operation ids are unique and name the command."""
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z_]+", each) for each in ids)
    written = [path for path, method, _ in operations(document) if method == "post"]
    acts = [kind for each in RESOURCES for kind in (*each.opening, *each.commands)]
    assert len(written) == len(PETITION_COMMANDS) + 1 + len(acts) + len(ORDERS)
    assert {f"get_{each.aggregate.TOPIC}" for each in RESOURCES} <= set(ids)


def test_every_command_has_a_name_of_its_own() -> None:
    """Two commands of one name would share a schema, an operation id and a fingerprint."""
    acts = [kind for each in RESOURCES for kind in (*each.opening, *each.commands)]
    kinds: list[type[Command]] = [SubmitPetition, *PETITION_COMMANDS, *acts]
    names = [kind.__name__ for kind in kinds]
    assert sorted(names) == sorted(set(names))


def test_every_operation_shows_what_goes_in_and_comes_out(document: dict[str, Any]) -> None:
    """Summary in both languages, an example per success, and every problem by reference."""
    for path, method, operation in operations(document):
        zh, _, en = operation["summary"].partition(" / ")
        assert en, path
        assert not zh.isascii(), path
        assert operation["description"], path
        assert operation["tags"], path
        is_opening = method == "post" and "_id}/" not in path
        status = "202" if method == "post" and path in ORDERS else "201" if is_opening else "200"
        success = operation["responses"][status]
        for media_type, content in success["content"].items():
            assert media_type == "text/event-stream" or "example" in content, path
        if "security" in operation:
            continue
        assert {"401", "403", "422", "500", "503"} <= set(operation["responses"]), path
        if method == "post":
            assert "example" in operation["requestBody"]["content"]["application/json"], path
            headers = {each["name"] for each in operation["parameters"] if each["required"]}
            assert "Idempotency-Key" in headers
            assert ("If-Match" in headers) is not is_opening


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    """No reference is broken, and no component of the framework is left over."""
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place: Any = document
        for step in reference.split("/"):
            place = place[step]
    assert "HTTPValidationError" not in document["components"]["schemas"]
    for foreign in ("x-problem-statuses", "itemSchema"):
        assert foreign not in json.dumps(document)


def test_every_schema_is_a_schema(document: dict[str, Any]) -> None:
    """Each component is valid JSON Schema of the dialect that OpenAPI 3.1 uses."""
    assert document["openapi"].startswith("3.1.")
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    """What the page shows is what the schema says."""
    for path, _, operation in operations(document):
        contents = [
            content
            for response in operation["responses"].values()
            for content in response.get("content", {}).values()
        ]
        contents += operation.get("requestBody", {}).get("content", {}).values()
        for content in contents:
            if "example" in content:
                schema = {**content["schema"], "components": document["components"]}
                errors = list(Draft202012Validator(schema).iter_errors(content["example"]))
                assert errors == [], path


def test_every_value_has_bounds(document: dict[str, Any]) -> None:
    """Texts, lists and integers have limits, and what may be null says so in its type."""
    for name, schema in schemas(document):
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if "enum" in schema or "const" in schema or "securitySchemes" in name:
            continue
        if "string" in kinds:
            assert "maxLength" in schema, name
        if "array" in kinds:
            assert "maxItems" in schema, name
        if "integer" in kinds:
            assert {"minimum", "maximum"} <= set(schema), name
    nullable = [each for each in json.dumps(document).split('"anyOf": ') if '"null"}' in each[:200]]
    assert all('"$ref"' in each[:200] for each in nullable[1:])


def test_page_asks_no_other_site() -> None:
    """Every address of the page is on this server, and the policy forbids the rest."""
    client = TestClient(make_app())
    page = client.get("/docs")
    assert page.status_code == 200
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert addresses
    for address in addresses:
        assert address.startswith("/")
        assert client.get(address).status_code == 200, address
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<script>" not in page.text
    assert "style=" not in page.text


def test_vendored_files_are_the_published_ones() -> None:
    """Nobody changed a vendored file, and each has its checksum."""
    lines = (SWAGGER / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    assert {"swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"} <= set(sums)
    for name, expected in sums.items():
        assert hashlib.sha256((SWAGGER / name).read_bytes()).hexdigest() == expected, name


def test_third_parties_are_named() -> None:
    """What is shipped with the API stands in THIRD_PARTY.md."""
    text = (Path(__file__).resolve().parents[2] / "THIRD_PARTY.md").read_text("utf-8")
    assert "swagger-ui-dist" in text
