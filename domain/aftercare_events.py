"""Without this file nothing that follows the end would be recorded, nor who is protected."""

from datetime import date
from typing import ClassVar

from domain.deadlines import Deadline
from domain.pack_oversight import RetentionClass
from domain.personal import Personal
from domain.petition_event import Attachment, PetitionEventBase
from domain.vocabulary import ReviewResult


class AftercareEvent(PetitionEventBase):
    """Base of promises, reviews, the archive and the protection of those who report others."""


class PromiseKept(AftercareEvent):
    """承诺兑现: what was planned has come about, with evidence."""

    TOPIC: ClassVar[str] = "petition.promise_kept"
    note: Personal[str]
    evidence: tuple[Attachment, ...]


class PromiseBroken(AftercareEvent):
    """承诺未兑现: the promised date is over; the petition is opened again."""

    TOPIC: ClassVar[str] = "petition.promise_broken"
    note: Personal[str]


class ReviewRequested(AftercareEvent):
    """申请复查复核: level 1 is review, level 2 re-review, of the written reply or the refusal."""

    TOPIC: ClassVar[str] = "petition.review_requested"
    level: int
    reason: Personal[str]
    deadlines: tuple[Deadline, ...]


class ReviewDecided(AftercareEvent):
    """复查复核决定: a superior unit upholds or overturns."""

    TOPIC: ClassVar[str] = "petition.review_decided"
    level: int
    unit: str
    result: ReviewResult
    reason: Personal[str]
    deadlines: tuple[Deadline, ...]


class Archived(AftercareEvent):
    """归档: the reopening window is over; the evidence bundle is fixed by its digest."""

    TOPIC: ClassVar[str] = "petition.archived"
    bundle_sha256: str


class RetentionClassSet(AftercareEvent):
    """定保管期限: class and last day of keeping; no day is for ever."""

    TOPIC: ClassVar[str] = "petition.retention_class_set"
    retention_class: RetentionClass
    keep_until: date | None
    reviewer_id: str | None
    reason: Personal[str] | None


class Disposed(AftercareEvent):
    """销毁: the keeping period is over and two persons disposed of the file."""

    TOPIC: ClassVar[str] = "petition.disposed"
    reviewer_id: str
    note: Personal[str]


class MarkedConfidential(AftercareEvent):
    """定为保密: hidden from the unit it accuses, in every reading."""

    TOPIC: ClassVar[str] = "petition.marked_confidential"
    accused_unit: str | None
    reason: Personal[str]


AnyAftercareEvent = (
    PromiseKept
    | PromiseBroken
    | ReviewRequested
    | ReviewDecided
    | Archived
    | RetentionClassSet
    | Disposed
    | MarkedConfidential
)
"""Every aftercare event, for dispatch that type checking can close."""
