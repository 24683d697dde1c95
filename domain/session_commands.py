"""Without this file neither API nor scenarios would know what can be done with a session."""

from domain.resource import Resource
from domain.session import Session
from domain.session_command import SESSION
from domain.session_commitments import FollowUpCommitment, MakeCommitment
from domain.session_planning import CancelSession, ConfirmTheme, HoldSession, ScheduleSession
from domain.session_records import FileMinutes, RaisePetition, RecordAttendance

SESSIONS = Resource(
    path="sessions",
    label=SESSION,
    aggregate=Session,
    opening=(ScheduleSession,),
    commands=(
        ConfirmTheme,
        RecordAttendance,
        HoldSession,
        RaisePetition,
        MakeCommitment,
        FollowUpCommitment,
        FileMinutes,
        CancelSession,
    ),
)
"""Sessions as API, scenarios and documentation see them."""
