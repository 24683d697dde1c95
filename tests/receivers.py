"""A mail server and a web server on this machine that keep what they are sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import cast


@dataclass
class MailBox:
    """What a mail server took, and how it answers.

    Attributes:
        port: Where it listens.
        mails: With the address each was handed over for.
        refusal: Answer to every recipient, or None to take all.
    """

    port: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refusal: str | None = None


@contextmanager
def mail_server() -> Iterator[MailBox]:
    """Yield the box of a mail server that offers no encryption."""
    box = MailBox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 sink")
            recipient = ""
            for raw in self.rfile:
                line = raw.decode().strip()
                verb = line[:4].upper()
                if verb == "RCPT":
                    recipient = line.partition("<")[2].partition(">")[0]
                    self._say(box.refusal or "250 ok")
                elif verb == "DATA":
                    self._say("354 go on")
                    mail = message_from_bytes(self._content(), policy=policy.default)
                    box.mails.append((recipient, mail))
                    self._say("250 taken")
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _content(self) -> bytes:
            lines: list[bytes] = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            return b"".join(lines)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with _serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as server:
        box.port = int(server.server_address[1])
        yield box


@dataclass
class Calls:
    """What a web server was called with, and how it answers.

    Attributes:
        port: Where it listens.
        calls: Path, headers in lower case, and body of each.
        status: Answer to every call.
    """

    port: int = 0
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 204


@contextmanager
def web_server() -> Iterator[Calls]:
    """Yield the calls of a web server; it answers a redirect to itself with its status."""
    kept = Calls()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept.calls.append((self.path, headers, body))
            self.send_response(kept.status)
            self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    with _serving(HTTPServer(("127.0.0.1", 0), Handler)) as server:
        kept.port = int(server.server_address[1])
        yield kept


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[socketserver.TCPServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield cast("socketserver.TCPServer", server)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
