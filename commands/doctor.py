"""Without this file people would learn what is wrong one failed start at a time."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.invocation import Invocation
from commands.json_text import print_json
from commands.language import say
from domain.text import Text

if TYPE_CHECKING:
    from commands.diagnosis import Finding

_HELP = Text(
    "检查启动所需的一切，不作任何更改。输出不含个人信息，可直接发给技术支持。",
    "Check everything a start needs and change nothing. The output holds no personal data and "
    "may be sent to support.",
)
_DSN_FILE = Text("从文件读取数据库连接串。", "Read the database's connection string from a file.")
_HOST = Text("API 的监听地址。", "Address of the API.")
_PORT = Text("API 的监听端口。", "Port of the API.")
_JSON = Text("输出 JSON（taizhang.doctor/1）。", "Print JSON (taizhang.doctor/1).")
_OWN_PORT_TIMEOUT_S = 0.5
_ALIVE = b'{"status":"alive"}'
_ALIVE_LEN_MAX = 100
_STATUSES = {
    "pass": Text("通过", "pass"),
    "warn": Text("警告", "warning"),
    "fail": Text("失败", "failed"),
}


@click.command(help=say(_HELP))
@click.option("--dsn-file", type=click.Path(path_type=Path), help=say(_DSN_FILE))
@click.option("--host", default="127.0.0.1", show_default=True, help=say(_HOST))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=say(_PORT)
)
@click.option("--json", "as_json", is_flag=True, help=say(_JSON))
@click.pass_obj
def doctor(
    invocation: Invocation, *, dsn_file: Path | None, host: str, port: int, as_json: bool
) -> Exit:
    """Print how each check came out; exit 1 when one failed."""
    from datetime import UTC, datetime

    from commands.diagnosis import Diagnosis, Status

    environ = dict(invocation.environ)
    if dsn_file is not None:
        environ.pop("TAIZHANG_DSN", None)
        environ["TAIZHANG_DSN_FILE"] = str(dsn_file)
    diagnosis = Diagnosis(
        environ, host, port, get_now=lambda: datetime.now(UTC), is_own_port=_is_own_port
    )
    home = environ.get("HOME")
    findings = [_without_home(finding, home) for finding in diagnosis.run()]
    if as_json:
        print_json(_document(findings))
    else:
        click.echo("\n".join(_lines(findings)))
    failed = any(finding.status is Status.FAIL for finding in findings)
    return Exit.FINDING if failed else Exit.DONE


def _lines(findings: "list[Finding]") -> list[str]:
    from commands.aligned import align

    rows = [
        [f"[{say(_STATUSES[finding.status])}]", finding.check.value, say(finding.found)]
        for finding in findings
    ]
    lines = []
    for line, finding in zip(align(rows), findings, strict=True):
        lines.append(line)
        lines += [f"    {say(text)}" for text in (finding.why, finding.do) if text is not None]
    return lines


def _document(findings: "list[Finding]") -> dict[str, object]:
    return {
        "schema": "taizhang.doctor/1",
        "checks": [
            {
                "check": finding.check.value,
                "status": finding.status.value,
                "found": finding.found._asdict(),
                "why": finding.why and finding.why._asdict(),
                "do": finding.do and finding.do._asdict(),
            }
            for finding in findings
        ],
    }


def _without_home(finding: "Finding", home: str | None) -> "Finding":
    """Return a finding without the folder that bears its owner's name."""
    if not home or home in {"/", "/root"}:
        return finding

    def cut(text: Text | None) -> Text | None:
        return text and Text(text.zh.replace(home, "~"), text.en.replace(home, "~"))

    return replace(
        finding, found=cut(finding.found) or finding.found, why=cut(finding.why), do=cut(finding.do)
    )


def _is_own_port(host: str, port: int) -> bool:
    """Whether a taizhang answers there; a start would fail, but nothing is wrong."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(host, port, timeout=_OWN_PORT_TIMEOUT_S)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().read(_ALIVE_LEN_MAX) == _ALIVE
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
