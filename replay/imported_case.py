"""Without this file an imported case would have no identity, no origin and no events."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import cast
from uuid import UUID, uuid5

import msgspec

from domain.act import Act
from domain.deadlines import Deadline
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_event import Petitioner, PetitionEventBase
from domain.principal import Principal
from domain.vocabulary import Clock, Role
from replay.stated_case import StatedCase

IMPORT_NAMESPACE = UUID("6a1c3c0e-51c5-5f0c-8f43-7a5d0f6b7a11")
"""Data for ever: with it a source and a case key name the same petition in every import."""


class Origin(msgspec.Struct, frozen=True):
    """Where the cases of one import come from.

    Attributes:
        source: Slug of the source.
        file_sha256: 64 hex digits of the file as it was read.
        calendar: Calendar pinned to stated due times, or null where none are.
    """

    source: str
    file_sha256: str
    calendar: str | None

    @property
    def actor_id(self) -> str:
        """Account of the import.

        It names the source and not the operator, so that a case keeps its
        idempotency key whoever repeats the import.
        """
        return f"import:{self.source}"

    @property
    def principal(self) -> Principal:
        """Who imports, for what the file makes necessary beside its cases."""
        return Principal(actor_id=self.actor_id, role=Role.SYSTEM)

    def act(self, at: datetime, case_key: str) -> Act:
        """Return who and when for one imported event; pure.

        The events of one file have one correlation id.
        """
        return self.principal.act(
            at,
            idempotency_key=idempotency_key(self.source, case_key),
            correlation_id=_correlation_id(self.file_sha256),
        )


@lru_cache(maxsize=8)
def _correlation_id(file_sha256: str) -> UUID:
    return uuid5(IMPORT_NAMESPACE, file_sha256)


def petition_id(source: str, case_key: str) -> UUID:
    """Return the id a case has for ever; pure. No source holds a colon, so no two collide."""
    return uuid5(IMPORT_NAMESPACE, f"{source}:{case_key}")


def idempotency_key(source: str, case_key: str) -> str:
    """Return the key under which a case is imported once; pure."""
    return f"import:{source}:{case_key}"


def case_events(
    case: StatedCase, unit: str | None, row: int, origin: Origin
) -> list[tuple[Act, PetitionEventBase]]:
    """Return the events of a case, each with its act; pure.

    One ``CaseImported`` at the time of creation and, where the file states a reply
    or a closing, one ``ImportedOutcome`` at the later of the two. Nothing else is
    ever made up.

    Args:
        case: What the row states.
        unit: Code of the unit that the row's label means.
        row: Data row, from 1.
        origin: Where the row comes from.
    """
    act = origin.act(case.created_at, case.case_key)
    petition = Petition.begin(
        Petition.CaseImported,
        petition_id(origin.source, case.case_key),
        act,
        source=origin.source,
        file_sha256=origin.file_sha256,
        row=row,
        case_key=case.case_key,
        number=case.number,
        status=case.status,
        unit=unit,
        petition_type=case.petition_type,
        type_label=case.type_label,
        category=case.category,
        channel=case.channel,
        channel_label=case.channel_label,
        region=case.region,
        enterprise=case.enterprise,
        subject=_personal(case.subject),
        text=_personal(case.text),
        petitioner=_petitioner(case),
        deadlines=_deadlines(case, origin),
    )
    acts = [act]
    ends = [at for at in (case.replied_at, case.closed_at) if at is not None]
    if ends:
        acts.append(origin.act(max(ends), case.case_key))
        petition.record(
            Petition.ImportedOutcome,
            acts[-1],
            replied_at=case.replied_at,
            closed_at=case.closed_at,
            outcome=case.outcome,
            satisfaction=case.satisfaction,
            reply=_personal(case.reply),
        )
    events = cast("Sequence[PetitionEventBase]", petition.collect_events())
    return list(zip(acts, events, strict=True))


def _personal(value: str | None) -> Personal[str] | None:
    return None if value is None else Personal(value)


def _petitioner(case: StatedCase) -> Petitioner | None:
    if case.name is None:
        return None
    return Petitioner(Personal(case.name), _personal(case.phone))


def _deadlines(case: StatedCase, origin: Origin) -> tuple[Deadline, ...]:
    if case.due_at is None or origin.calendar is None:
        return ()
    return (Deadline(Clock.REPLY, case.due_at, f"imported:{origin.source}", origin.calendar),)
