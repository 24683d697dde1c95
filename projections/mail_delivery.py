"""Without this file nobody would be told of a policy by e-mail."""

import smtplib
import ssl
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

from ledger.delivery_settings import Security, SmtpSettings
from projections.outgoing import DeliveryFailedError, Outgoing

_TIMEOUT_S: Final = 30.0
_PERMANENT: Final = 500


class MailDelivery:
    """Hands messages to one mail server; blocking, for one thread.

    The connection is kept between messages and made anew after a failure. The server's
    certificate is checked against the machine's own authorities.

    Args:
        settings: Of the server.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def deliver(self, outgoing: Outgoing, at: datetime) -> None:
        """Hand over one message.

        Raises:
            DeliveryFailedError: the server did not take it.
        """
        mail = self._compose(outgoing, at)
        try:
            server = self._server = self._server or self._connect()
            server.send_message(mail, self._settings.sender, [outgoing.address])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            self._reset()
            is_final = all(code >= _PERMANENT for code in codes)
            raise DeliveryFailedError(f"recipient refused {codes}", is_final=is_final) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            # The text of the error may hold the address.
            code = getattr(error, "smtp_code", "")
            reason = f"mail server: {type(error).__name__} {code}".strip()
            raise DeliveryFailedError(reason, is_final=False) from error

    def close(self) -> None:
        """Say goodbye to the server."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    def _reset(self) -> None:
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.rset()

    def _connect(self) -> smtplib.SMTP:
        settings, context = self._settings, ssl.create_default_context()
        host, port = settings.host, settings.port
        if settings.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
        try:
            if settings.security is Security.STARTTLS:
                # A server that does not offer it is refused: nothing goes out in the clear.
                server.starttls(context=context)
            if settings.user is not None and settings.password is not None:
                server.login(settings.user, settings.password)
        except BaseException:
            server.close()
            raise
        return server

    def _compose(self, outgoing: Outgoing, at: datetime) -> EmailMessage:
        title = " ".join(outgoing.title.split())
        mail = EmailMessage()
        try:
            mail["To"] = Address(addr_spec=outgoing.address)
        except Exception as error:
            raise DeliveryFailedError("address not usable", is_final=True) from error
        mail["From"] = self._settings.sender
        mail["Date"] = format_datetime(at)
        domain = self._settings.sender.rpartition("@")[2]
        mail["Message-ID"] = f"<{outgoing.message.message_id}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Subject"] = f"新政策 / New policy: {title}"
        until = outgoing.valid_until or "…"
        mail.set_content(
            f"您订阅的政策已发布。\n\n{outgoing.number} {title}\n发布单位：{outgoing.unit}\n"
            f"有效期：{outgoing.valid_from} 至 {until}\n正文 SHA-256：{outgoing.sha256}\n"
            "退订：在工作台结束该订阅。\n\n"
            f"A policy you subscribed to was published.\n\n{outgoing.number} {title}\n"
            f"Issued by: {outgoing.unit}\nValid: {outgoing.valid_from} to {until}\n"
            f"SHA-256 of its text: {outgoing.sha256}\n"
            "To unsubscribe, end the subscription in your workspace.\n"
        )
        return mail
