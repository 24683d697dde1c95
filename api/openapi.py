"""Without this file the documentation would be incomplete, and generated clients wrong."""

from types import ModuleType
from typing import Any, Final

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import (
    board_views,
    custody_views,
    deadline_views,
    enterprise_views,
    export_views,
    feed,
    figures,
    gap_views,
    government_views,
    health,
    metric_views,
    public_views,
    report_views,
    resource_schemas,
    sample_views,
    schemas,
    service_views,
    session_views,
    similar_views,
    upward_views,
    what_if_views,
)
from api.openapi_responses import problem_responses, response_name
from api.operation import PROBLEMS
from api.problem import Problem
from api.schema_limits import complete_schemas
from domain.catalogue import PETITION_COMMANDS, RESOURCES
from domain.filing import SubmitPetition

_SHAPES: Final = (
    board_views,
    custody_views,
    deadline_views,
    enterprise_views,
    export_views,
    feed,
    figures,
    gap_views,
    government_views,
    health,
    metric_views,
    public_views,
    report_views,
    resource_schemas,
    sample_views,
    schemas,
    service_views,
    session_views,
    similar_views,
    upward_views,
    what_if_views,
)
_REQUIRED_HEADERS: Final = {"idempotency-key": "Idempotency-Key", "if-match": "If-Match"}
_TITLE: Final = "台账 taizhang"
_SUMMARY: Final = "政企诉求台账 / an event-sourced ledger of petitions"
_ABOUT: Final = """\
每件诉求的每个环节都是一条不可更改的事件；读取结果注明其依据的日志位置（`Ledger-Position`）。

Every act in the life of a petition is one immutable event. Reads name the log position they
contain; pass a write's `Ledger-Position` as `wait_for` to read your own write.

- 写入 / writes: `Idempotency-Key` (one per act, the same when repeating), `If-Match: "<version>"`.
- 错误 / errors: `application/problem+json` (RFC 9457); test `code`, show `detail` and `fix`.
- 时间 / times: RFC 3339 with an offset. 密钥 / keys: `taizhang keys add`.
"""
_TAGS: Final = [
    {"name": "commands", "description": "办理 / acts in the life of a petition"},
    {"name": "petitions", "description": "诉求与时间线 / petitions and their timelines"},
    {"name": "worklist", "description": "待办 / what a unit has to do next"},
    {"name": "boards", "description": "台账 / lists of promises, delays, sessions, orders"},
    {"name": "figures", "description": "办结率、满意率与排名 / rates and rankings"},
    {"name": "exports", "description": "报表文件与逐件导出 / reports and petitions as files"},
    {"name": "units", "description": "名册 / the roster"},
    {"name": "events", "description": "事件流 / the log as a feed"},
    {"name": "health", "description": "运行状况 / health"},
    *(
        {"name": each.path, "description": f"{each.label.zh} / {each.label.en}"}
        for each in RESOURCES
    ),
]


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the API. Pure."""
    document = get_openapi(
        title=_TITLE,
        version=app.version,
        openapi_version="3.1.0",
        summary=_SUMMARY,
        description=_ABOUT,
        routes=app.routes,
        tags=_TAGS,
        servers=[{"url": "/", "description": "本机 / this server"}],
        contact={"name": "taizhang maintainers"},
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = document.setdefault("components", {})
    own = {
        name: schema
        for name, schema in components.get("schemas", {}).items()
        if not name.endswith("ValidationError")
    }
    components["schemas"] = dict(sorted({**own, **_schemas()}.items()))
    components["responses"] = problem_responses()
    components["securitySchemes"] = {
        "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "tz_<id>_<secret>_<crc>"}
    }
    document["security"] = [{"apiKey": []}]
    for operations in document["paths"].values():
        for operation in operations.values():
            _finish(operation)
    complete_schemas(document)
    return document


def _finish(operation: dict[str, Any]) -> None:
    """Name the problems of an operation, instead of the framework's own."""
    statuses = operation.pop(PROBLEMS, ())
    operation["responses"].pop("422", None)
    for status in statuses:
        reference = {"$ref": f"#/components/responses/{response_name(status)}"}
        operation["responses"][str(status)] = reference
    for response in operation["responses"].values():
        for content in response.get("content", {}).values():
            if "example" in content:
                content["example"] = msgspec.json.decode(content["example"])
            # The framework describes streams by a keyword of OpenAPI 3.2.
            if content.pop("itemSchema", None):
                content["schema"] = {"type": "string"}
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in _REQUIRED_HEADERS:
            # Optional to the framework alone: routes answer a missing one by its own code.
            parameter["required"] = True
            parameter["schema"].pop("anyOf")
            parameter["schema"]["type"] = "string"
            parameter["name"] = _REQUIRED_HEADERS[parameter["name"]]


def _schemas() -> dict[str, Any]:
    shapes = [each for module in _SHAPES for each in vars(module).values() if _is_own(each, module)]
    acts = [kind for each in RESOURCES for kind in (*each.opening, *each.commands)]
    kinds = [SubmitPetition, *PETITION_COMMANDS, *acts, *shapes, Problem]
    _, found = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return found


def _is_own(value: object, module: ModuleType) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == module.__name__
    )
