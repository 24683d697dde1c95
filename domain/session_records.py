"""Without this file nobody would know who came to a session and what was raised there."""

from typing import ClassVar
from uuid import UUID

from domain.command import Code, Line, Prose
from domain.credit_code import validate_credit_code
from domain.errors import GuardError
from domain.parties import Digest
from domain.personal import Personal
from domain.role_table import who_may
from domain.session import Attendance, Session
from domain.session_command import OVER, UNDER_WAY, SessionCommand
from domain.session_terms import AttendeeRole
from domain.situation import Situation
from domain.text import Text


class RecordAttendance(SessionCommand, frozen=True, kw_only=True):
    """Count a person once; late entry may name a unit that has merged since."""

    label: ClassVar = Text("登记参会人员", "record attendance")
    path: ClassVar = "attendances"
    roles: ClassVar = who_may("RecordAttendance")
    from_states: ClassVar = UNDER_WAY

    person_id: Code
    name: Line
    role: AttendeeRole
    unit: Code | None = None
    enterprise: Line | None = None

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record who came and for whom.

        Raises:
            UnknownUnitError: the unit is not on the roster.
            InvalidCreditCodeError: the enterprise is no valid credit code.
            GuardError: ``attendance-twice``, ``attendee-unit-missing`` or
                ``attendee-enterprise-missing``.
        """
        if self.person_id in aggregate.attendees:
            raise GuardError(
                "attendance-twice",
                f"“{self.person_id}”已登记参会；未作任何更改，每人每场只计一次。",
                f"'{self.person_id}' is counted already; nothing was changed, each person counts "
                "once per session.",
            )
        if self.unit is not None:
            situation.roster.state.unit(self.unit)
        elif self.role.of_unit:
            raise GuardError(
                "attendee-unit-missing",
                f"“{self.role.label.zh}”须注明所属单位；未作任何更改，请填写 unit。",
                f"a {self.role.label.en} comes for a unit; nothing was changed, fill in 'unit'.",
            )
        if self.enterprise is not None:
            validate_credit_code(self.enterprise)
        elif self.role is AttendeeRole.ENTERPRISE_REPRESENTATIVE:
            raise GuardError(
                "attendee-enterprise-missing",
                "企业代表须注明统一社会信用代码；未作任何更改，请填写 enterprise。",
                "an enterprise representative comes for an enterprise; nothing was changed, fill "
                "in its credit code as 'enterprise'.",
            )
        attendance = Attendance(
            person_id=self.person_id,
            name=Personal(self.name),
            role=self.role,
            unit=self.unit,
            enterprise=self.enterprise,
        )
        aggregate.record(Session.AttendanceRecorded, situation.act, attendance=attendance)


class RaisePetition(SessionCommand, frozen=True, kw_only=True):
    """Link a petition that was brought forward at the session."""

    label: ClassVar = Text("登记现场诉求", "link a petition")
    path: ClassVar = "petitions"
    roles: ClassVar = who_may("RaisePetition")
    from_states: ClassVar = UNDER_WAY

    petition_id: UUID

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record the link, once.

        Raises:
            GuardError: ``petition-linked-twice``.
        """
        if self.petition_id in aggregate.petitions:
            raise GuardError(
                "petition-linked-twice",
                f"诉求 {self.petition_id} 已登记在本场活动；未作任何更改，无需重复登记。",
                f"petition {self.petition_id} is linked already; nothing was changed, there is "
                "nothing left to do.",
            )
        aggregate.record(Session.PetitionRaised, situation.act, petition_id=self.petition_id)


class FileMinutes(SessionCommand, frozen=True, kw_only=True):
    """File the record of a session that took place, once."""

    label: ClassVar = Text("归档纪要", "file the minutes")
    path: ClassVar = "minutes"
    roles: ClassVar = who_may("FileMinutes")
    from_states: ClassVar = OVER

    text: Prose
    document_sha256: Digest

    def settle(self, aggregate: Session, situation: Situation) -> None:
        """Record text and digest.

        Raises:
            GuardError: ``minutes-filed``.
        """
        if aggregate.has_minutes:
            raise GuardError(
                "minutes-filed",
                "纪要已归档；未作任何更改，归档后不再改动。",
                "the minutes are filed already; nothing was changed, they stay as they are.",
            )
        aggregate.record(
            Session.MinutesFiled,
            situation.act,
            text=Personal(self.text),
            document_sha256=Personal(self.document_sha256),
        )
