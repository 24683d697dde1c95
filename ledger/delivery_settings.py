"""Without this file a message could be sent to any host, or a password stand in the environment."""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from ledger.startup import StartupCode, StartupError

_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ADDRESS: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,185}")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: Final = range(1, 65_536)
_SECRET_LEN: Final = range(24, 65)


class Security(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Which mail server takes messages.

    Attributes:
        host: Its name.
        port: Its port.
        security: ``none`` for a server on this very machine alone.
        sender: Address that messages come from.
        user: Login, or None for none.
        password: Of the login.
    """

    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self | None:
        """Return the settings of an environment, or None where no mail server is named.

        Reads ``TAIZHANG_SMTP_HOST``, ``_PORT`` (587, with ``tls`` 465), ``_SECURITY``
        (``starttls``), ``_FROM``, ``_USER`` and ``_PASSWORD_FILE``.

        Raises:
            StartupError: ``setting_invalid``, naming the variable and never its value.
        """
        host = environ.get("TAIZHANG_SMTP_HOST")
        if not host:
            return None
        if not _HOST.fullmatch(host) and host != "::1":
            raise _invalid("TAIZHANG_SMTP_HOST", "主机名", "a host name")
        chosen = environ.get("TAIZHANG_SMTP_SECURITY") or Security.STARTTLS
        if chosen not in {each.value for each in Security}:
            raise _invalid(
                "TAIZHANG_SMTP_SECURITY", "starttls、tls 或 none", "starttls, tls or none"
            )
        security = Security(chosen)
        if security is Security.NONE and host not in _LOOPBACK:
            raise _invalid(
                "TAIZHANG_SMTP_SECURITY",
                "本机以外的邮件服务器须用 starttls 或 tls",
                "starttls or tls for a server that is not on this machine",
            )
        port = environ.get("TAIZHANG_SMTP_PORT") or ("465" if security is Security.TLS else "587")
        if not port.isdecimal() or int(port) not in _PORTS:
            raise _invalid("TAIZHANG_SMTP_PORT", "1 至 65535", "1 to 65535")
        sender = environ.get("TAIZHANG_SMTP_FROM") or ""
        if not _ADDRESS.fullmatch(sender):
            raise _invalid("TAIZHANG_SMTP_FROM", "发件地址", "the address messages come from")
        user = environ.get("TAIZHANG_SMTP_USER") or None
        password = _read_file(environ, "TAIZHANG_SMTP_PASSWORD_FILE")
        if (user is None) is not (password is None):
            raise _invalid(
                "TAIZHANG_SMTP_PASSWORD_FILE",
                "与 TAIZHANG_SMTP_USER 同时设置",
                "to be set together with TAIZHANG_SMTP_USER",
            )
        return cls(host, int(port), security, sender, user, password)


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Which receivers may be called, and what signs the calls.

    Attributes:
        hosts: Names of the only hosts that are ever called.
        secret: From which each subscription's own key follows.
    """

    hosts: frozenset[str]
    secret: bytes = field(repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self | None:
        """Return the settings of an environment, or None where no host is named.

        Reads ``TAIZHANG_WEBHOOK_HOSTS``, names with commas between them, and
        ``TAIZHANG_WEBHOOK_SECRET_FILE``, a file with 24 to 64 bytes in base64.

        Raises:
            StartupError: ``setting_invalid``, naming the variable and never its value.
        """
        named = environ.get("TAIZHANG_WEBHOOK_HOSTS") or ""
        hosts = frozenset(each.strip().lower() for each in named.split(",") if each.strip())
        if not hosts:
            return None
        if not all(_HOST.fullmatch(each) for each in hosts):
            raise _invalid("TAIZHANG_WEBHOOK_HOSTS", "以逗号分隔的主机名", "host names with commas")
        text = _read_file(environ, "TAIZHANG_WEBHOOK_SECRET_FILE") or ""
        try:
            secret = b64decode(text, validate=True)
        except ValueError:
            secret = b""
        if len(secret) not in _SECRET_LEN:
            raise _invalid(
                "TAIZHANG_WEBHOOK_SECRET_FILE",
                "含 24 至 64 字节 base64 密钥的文件",
                "a file with a key of 24 to 64 bytes in base64",
            )
        return cls(hosts, secret)


def _read_file(environ: Mapping[str, str], name: str) -> str | None:
    source = environ.get(name)
    if not source:
        return None
    try:
        return Path(source).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _invalid(name, "可读的 UTF-8 文件", "a readable UTF-8 file") from error


def _invalid(name: str, zh: str, en: str) -> StartupError:
    return StartupError(StartupCode.SETTING_INVALID, name=name, expected_zh=zh, expected_en=en)
