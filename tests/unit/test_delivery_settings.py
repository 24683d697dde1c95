"""Without this file a password could go out in the clear, or a call to any host."""

from base64 import b64encode
from pathlib import Path

import pytest

from ledger.delivery_settings import Security, SmtpSettings, WebhookSettings
from ledger.startup import StartupError

MAIL = {"TAIZHANG_SMTP_HOST": "mail.city.example", "TAIZHANG_SMTP_FROM": "t@city.example"}


def test_nothing_is_set_up_by_an_empty_environment() -> None:
    """Then messages wait."""
    assert SmtpSettings.from_env({}) is None
    assert WebhookSettings.from_env({}) is None


def test_mail_is_encrypted_unless_it_stays_on_this_machine(tmp_path: Path) -> None:
    """The password comes from a file, and shows in no representation."""
    secret = tmp_path / "password"
    secret.write_text("geheim\n")
    login = {"TAIZHANG_SMTP_USER": "t", "TAIZHANG_SMTP_PASSWORD_FILE": str(secret)}
    settings = SmtpSettings.from_env(MAIL | login)
    assert settings is not None
    assert (settings.security, settings.port) == (Security.STARTTLS, 587)
    assert settings.password == "geheim"
    assert "geheim" not in repr(settings)
    direct = SmtpSettings.from_env(MAIL | {"TAIZHANG_SMTP_SECURITY": "tls"})
    assert direct is not None
    assert direct.port == 465


def test_hosts_and_secret_of_webhooks_are_read(tmp_path: Path) -> None:
    """Names are compared without case."""
    secret = tmp_path / "secret"
    secret.write_bytes(b64encode(bytes(32)))
    settings = WebhookSettings.from_env(
        {
            "TAIZHANG_WEBHOOK_HOSTS": "A.example, b.example",
            "TAIZHANG_WEBHOOK_SECRET_FILE": str(secret),
        }
    )
    assert settings is not None
    assert settings.hosts == {"a.example", "b.example"}
    assert "x00" not in repr(settings)


@pytest.mark.parametrize("text", ["口令口令口令口令", "not base64", b64encode(bytes(23)).decode()])
def test_secret_that_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    """Neither another script, nor other characters than base64's, nor too few bytes."""
    secret = tmp_path / "secret"
    secret.write_text(text, encoding="utf-8")
    environ = {
        "TAIZHANG_WEBHOOK_HOSTS": "a.example",
        "TAIZHANG_WEBHOOK_SECRET_FILE": str(secret),
    }
    with pytest.raises(StartupError, match="TAIZHANG_WEBHOOK_SECRET_FILE"):
        WebhookSettings.from_env(environ)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"TAIZHANG_SMTP_HOST": "a b"}, "TAIZHANG_SMTP_HOST"),
        ({"TAIZHANG_SMTP_SECURITY": "none"}, "TAIZHANG_SMTP_SECURITY"),
        ({"TAIZHANG_SMTP_SECURITY": "ssl"}, "TAIZHANG_SMTP_SECURITY"),
        ({"TAIZHANG_SMTP_PORT": "0"}, "TAIZHANG_SMTP_PORT"),
        ({"TAIZHANG_SMTP_PORT": "x"}, "TAIZHANG_SMTP_PORT"),
        ({"TAIZHANG_SMTP_FROM": ""}, "TAIZHANG_SMTP_FROM"),
        ({"TAIZHANG_SMTP_FROM": "a@b\nBcc: c"}, "TAIZHANG_SMTP_FROM"),
        ({"TAIZHANG_SMTP_USER": "t"}, "TAIZHANG_SMTP_PASSWORD_FILE"),
        ({"TAIZHANG_SMTP_PASSWORD_FILE": "/no/such/file"}, "TAIZHANG_SMTP_PASSWORD_FILE"),
        ({"TAIZHANG_WEBHOOK_HOSTS": "a/b"}, "TAIZHANG_WEBHOOK_HOSTS"),
        ({"TAIZHANG_WEBHOOK_HOSTS": "a.example"}, "TAIZHANG_WEBHOOK_SECRET_FILE"),
    ],
)
def test_unusable_setting_is_named(changes: dict[str, str], name: str) -> None:
    """The refusal names the variable."""
    mail = name.startswith("TAIZHANG_SMTP")
    read, environ = (SmtpSettings.from_env, MAIL) if mail else (WebhookSettings.from_env, {})
    with pytest.raises(StartupError) as refused:
        read(environ | changes)
    assert name in str(refused.value)
