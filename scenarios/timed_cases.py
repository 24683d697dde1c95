"""Without this file a petition of which only the instants matter would be written act by act."""

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from domain.calendar import Calendar
from scenarios.act_lines import ActLine, ActScript, GroupMessage, TimedCase
from scenarios.cast import liaison

_SUBMITTED_BEFORE = timedelta(minutes=30)
_REGISTERED_BEFORE = timedelta(minutes=20)
_DISPATCHED_AFTER = timedelta(minutes=10)
# A handler is named at once, on dispatch.
_SIGNED_AFTER = timedelta(minutes=11)
_CONTACTED_AFTER = timedelta(minutes=40)
_APPROVED_AT = time(10)
_CALLED_AT = time(15)
_CLOSED_AT = time(15, 30)


def script_of_case(case: TimedCase, calendar: Calendar) -> ActScript:
    """Return the acts of an ordinary course at the case's own instants. Pure.

    Review follows on the next working day, callback and closing on the one after it.

    Raises:
        ValueError: the case names neither or both of a lead and who answers on the spot.
    """
    if (case.lead is None) is (case.spot is None):
        raise ValueError(f"case {case.key} needs a lead or who answers on the spot")
    lines = [*_intake(case), *_handling(case), *case.acts]
    if case.replied_at is not None:
        lines += _settling(case, case.replied_at, calendar)
    return ActScript(key=case.key, steps=tuple(sorted(lines, key=lambda line: line.at)))


def evidence(message: GroupMessage, text: str) -> bytes:
    """Return a group message as its digest is taken: sender, instant and text, a line each."""
    return f"{message.sender}\n{message.sent_at.isoformat()}\n{text}".encode()


def _intake(case: TimedCase) -> list[ActLine]:
    account = liaison(case.firm)
    filing: dict[str, Any] = {
        "channel": case.channel.value,
        "petition_type": case.petition_type.value,
        "type_label": case.type_label,
        "enterprise": f"$firm:{case.firm}",
        "subject": case.subject,
        "text": case.text,
        "petitioner_name": f"虚构企业{case.firm}联络人",
    }
    by = f"petitioner@{account}"
    if case.message is not None or case.medium is not None:
        by = "intake@hub"
        filing |= {"on_behalf_of": account, "medium": case.medium}
    if (message := case.message) is not None:
        written = evidence(message, case.text)
        filing["medium"] = f"{message.group}群消息，发送人{message.sender}，{message.sent_at}"
        filing["attachments"] = [
            {
                "name": f"{message.group}群消息.txt",
                "sha256": sha256(written).hexdigest(),
                "media_type": "text/plain",
                "size_bytes": len(written),
            }
        ]
    accepting = {"petition_type": case.petition_type.value, "category": case.category}
    at = case.accepted_at
    return [
        ActLine(at=at - _SUBMITTED_BEFORE, by=by, fields=filing),
        _line(at - _REGISTERED_BEFORE, "intake@hub", "registration", number=case.number),
        ActLine(at=at, by="intake@hub", do="acceptance", fields=accepting),
    ]


def _handling(case: TimedCase) -> list[ActLine]:
    at, lead = case.accepted_at, case.lead
    if lead is None:
        return []
    unit = f"handler@{lead}"
    named = {"handler_id": f"{lead}-handler", "handler_name": f"{lead} 承办专员"}
    return [
        _line(at + _DISPATCHED_AFTER, "dispatcher@hub", "dispatches", lead=lead),
        ActLine(at=at + _SIGNED_AFTER, by=unit, do="signatures", fields=named),
        _line(at + _CONTACTED_AFTER, unit, "contacts", medium="电话"),
    ]


def _settling(case: TimedCase, replied_at: datetime, calendar: Calendar) -> list[ActLine]:
    if case.spot is not None:
        reply = _line(replied_at, case.spot, "spot-answers", text=case.reply)
    else:
        unit = case.replier or case.lead
        reply = _line(
            replied_at,
            f"handler@{unit}",
            "replies",
            head_id=f"{unit}-head",
            text=case.reply,
            outcome=case.outcome.value,
            promise=case.promise,
            promise_due_at=case.promise_due_at,
        )
    approved_on = calendar.add_working_days(replied_at.date(), 1)
    called_on = calendar.add_working_days(approved_on, 1)
    answer = {"resolution": "resolved", "satisfaction": case.satisfaction.value}
    approved_at = datetime.combine(approved_on, _APPROVED_AT)
    called_at = datetime.combine(called_on, _CALLED_AT)
    closed_at = datetime.combine(called_on, _CLOSED_AT)
    return [
        reply,
        _line(approved_at, "reviewer@hub", "reply-approvals"),
        ActLine(at=called_at, by="callback@hub", do="callbacks", fields=answer),
        _line(closed_at, "reviewer@hub", "closure", basis="completed"),
    ]


def _line(at: datetime, by: str, do: str, **fields: object) -> ActLine:
    return ActLine(at=at, by=by, do=do, fields=fields)
