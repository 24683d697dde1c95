"""Without this file a forgotten check would be an open door."""

from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi.params import Depends as Dependency
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import code_of, public_text
from api.key_ring import KeyRing
from api.problem import answer_problem
from api.services import Caller, Serving
from domain.command import Command
from domain.errors import NotPermittedError
from domain.principal import Principal
from domain.text import Text
from domain.vocabulary import Role
from ledger.errors import LedgerError

OPEN_PATHS: Final = frozenset({"/v1/health", "/docs", "/openapi.json", "/favicon.ico"})
OPEN_FOLDERS: Final = ("/health/", "/docs/", "/errors/")

_LOOK_UPS_MAX: Final = 8
_HEADER_LEN_MAX: Final = 200
_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="taizhang"'}
_NO_KEY: Final = Text(
    "请求没有带 API 密钥；未作任何更改。", "The request carries no API key; nothing was changed."
)
_WRONG_KEY: Final = Text(
    "API 密钥无效、已停用或已到期；未作任何更改。",
    "The API key is wrong, revoked or expired; nothing was changed.",
)


class AccessRule:
    """Lets nobody in without a key, but to the few paths that say so. ASGI middleware.

    The one place where it is decided who is calling; what they may do is decided by
    ``allow_roles`` and by the rules of the domain.

    Args:
        app: What is protected.
        keys: Whom a key stands for.
    """

    def __init__(self, app: ASGIApp, keys: KeyRing) -> None:
        self._app = app
        self._keys = keys
        # Of its own, so that busy routes cannot hold up the question who is calling.
        self._limiter: CapacityLimiter | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller, or answer 401."""
        if scope["type"] != "http" or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        text = _bearer(Headers(scope=scope))
        try:
            caller = None if text is None else await self._caller(text)
        except LedgerError as error:
            await answer_problem(scope, code_of(error), public_text(error))(scope, receive, send)
            return
        if caller is None:
            detail = _NO_KEY if text is None else _WRONG_KEY
            refusal = answer_problem(scope, "unauthenticated", detail, headers=_CHALLENGE)
            await refusal(scope, receive, send)
            return
        scope.setdefault("state", {})["caller"] = caller
        await self._app(scope, receive, send)

    async def _caller(self, text: str) -> Principal | None:
        if caller := self._keys.recall(text):
            return caller
        if self._limiter is None:
            self._limiter = CapacityLimiter(_LOOK_UPS_MAX)
        return await run_sync(self._keys.look_up, text, limiter=self._limiter)


def allow_roles(allowed: frozenset[Role], label: Text) -> Dependency:
    """Return the dependency that lets only these roles use a route.

    Args:
        allowed: Roles.
        label: What the route is for, as the refusal calls it.
    """

    async def check(caller: Caller) -> None:
        if caller.role not in allowed:
            raise refusal(caller.role, allowed, label)

    return Dependency(check)


def allow_command(kind: type[Command]) -> Dependency:
    """Return the dependency that lets only those use a route who may give its command.

    Who was ever lent one of its roles is let through: whether that holds at the time of the
    act is the ledger's to say.

    Args:
        kind: The command.
    """

    async def check(caller: Caller, serving: Serving) -> None:
        if caller.role in kind.roles:
            return
        if not await run_sync(serving.ledger.may_be_lent, caller, kind):
            raise refusal(caller.role, kind.roles, kind.label)

    return Dependency(check)


def refusal(role: Role, allowed: frozenset[Role], label: Text) -> NotPermittedError:
    """Return the refusal of somebody whose role may not do something. Pure."""
    zh = "、".join(sorted(other.label.zh for other in allowed))
    en = ", ".join(sorted(other.label.en for other in allowed))
    return NotPermittedError(
        Text(
            f"“{role.label.zh}”不能执行“{label.zh}”；未作任何更改，应由{zh}办理。",
            f"a {role.label.en} may not {label.en}; nothing was changed, it is for: {en}.",
        )
    )


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


def _bearer(headers: Headers) -> str | None:
    value = headers.get("authorization", "")
    scheme, _, text = value.partition(" ")
    if scheme.lower() != "bearer" or len(value) > _HEADER_LEN_MAX:
        return None
    return text.strip()
