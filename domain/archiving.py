"""Without this file nothing would ever be archived, nor lawfully disposed of."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.aftercare_events import Archived, Disposed, RetentionClassSet
from domain.command import Code, PetitionCommand, Prose, states
from domain.errors import GuardError
from domain.guards import refuse_second_self
from domain.local_day import local_day
from domain.pack_content import PackContent
from domain.pack_oversight import RetentionClass
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.reviews import pending_review
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import open_promise
from domain.text import Text
from domain.vocabulary import Clock, PetitionState

_ARCHIVED = states(PetitionState.ARCHIVED)
_ALL_OF_A_YEAR = (12, 31)


class ArchivePetition(PetitionCommand, frozen=True, kw_only=True):
    """Archive what can no longer be reopened; class and period of keeping follow the pack."""

    label: ClassVar = Text("归档", "archive the petition")
    path: ClassVar = "archive"
    roles: ClassVar = who_may("ArchivePetition")
    from_states: ClassVar = states(PetitionState.CLOSED)

    bundle_sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the archiving and how long the file is kept."""
        pack, act = situation.pinned_pack(facts), situation.act
        opens = archived_from(facts, pack, situation)
        if opens is not None and act.occurred_at <= opens:
            raise GuardError(
                "archived-too-early",
                f"须在 {opens.isoformat()} 之后归档；未作任何更改，请等待重办期满。",
                f"it is archived after {opens.isoformat()}; nothing was changed, wait for the "
                "reopening window to be over.",
            )
        waits = pending_review(facts) is not None
        if waits or open_promise(facts.cycle, act.occurred_at) is not None:
            raise GuardError(
                "not-settled",
                "复查复核或承诺尚未了结；未作任何更改，请先了结。",
                "a review or a promise is still open; nothing was changed, settle it first.",
            )
        petition.record(Archived, act, bundle_sha256=self.bundle_sha256)
        rule = pack.retention_of(situation.type_under(pack, facts))
        years = None if rule is None else rule.years
        petition.record(
            RetentionClassSet,
            act,
            retention_class=RetentionClass.PERMANENT if rule is None else rule.retention_class,
            keep_until=_kept_until(facts, years, pack, situation),
            reviewer_id=None,
            reason=None,
        )


class SetRetentionClass(PetitionCommand, frozen=True, kw_only=True):
    """Keep an archived petition longer than the pack says, by two persons; no years is for ever."""

    label: ClassVar = Text("定保管期限", "set the retention class")
    path: ClassVar = "retention"
    roles: ClassVar = who_may("SetRetentionClass")
    from_states: ClassVar = _ARCHIVED

    retention_class: RetentionClass
    years: Annotated[int, Meta(ge=1, le=100)] | None = None
    reviewer_id: Code
    reason: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the class; a period is never shortened."""
        refuse_second_self(self.reviewer_id, situation)
        _refuse_disposed(facts)
        if (self.years is None) is not (self.retention_class is RetentionClass.PERMANENT):
            raise GuardError(
                "retention-years",
                "仅永久保管不写 years；未作任何更改，请修改。",
                "years are stated unless it is kept for ever; nothing was changed, correct "
                "'years'.",
            )
        pack = situation.pinned_pack(facts)
        until = _kept_until(facts, self.years, pack, situation)
        now = None if facts.retention is None else facts.retention.keep_until
        if until is not None and (now is None or until < now):
            raise GuardError(
                "retention-shortened",
                "保管期限只可延长；未作任何更改，请写明更长的期限。",
                "a period of keeping is only ever lengthened; nothing was changed, state a "
                "longer one.",
            )
        petition.record(
            RetentionClassSet,
            situation.act,
            retention_class=self.retention_class,
            keep_until=until,
            reviewer_id=self.reviewer_id,
            reason=Personal(self.reason),
        )


class DisposePetition(PetitionCommand, frozen=True, kw_only=True):
    """Record that two persons disposed of the file after its period; the log stays."""

    label: ClassVar = Text("销毁档案", "dispose of the file")
    path: ClassVar = "disposal"
    roles: ClassVar = who_may("DisposePetition")
    from_states: ClassVar = _ARCHIVED

    reviewer_id: Code
    note: Prose

    def decide(self, petition: Petition, facts: PetitionFacts, situation: Situation) -> None:
        """Record the disposal once the last day of keeping is over."""
        refuse_second_self(self.reviewer_id, situation)
        _refuse_disposed(facts)
        until = None if facts.retention is None else facts.retention.keep_until
        if until is None or local_day(situation) <= until:
            term = ("永久", "for ever") if until is None else (f"至 {until}", f"until {until}")
            raise GuardError(
                "still-kept",
                f"保管期限为{term[0]}；未作任何更改，不得提前销毁。",
                f"the file is kept {term[1]}; nothing was changed, it is not disposed of before.",
            )
        petition.record(
            Disposed, situation.act, reviewer_id=self.reviewer_id, note=Personal(self.note)
        )


def archived_from(facts: PetitionFacts, pack: PackContent, situation: Situation) -> datetime | None:
    """Return the instant after which the petition is archived, or None for any time."""
    until = facts.cycle.reopen_until
    if until is None or pack.archive is None or not pack.archive.wait.amount:
        return until
    return situation.limited(pack, Clock.CALLBACK, pack.archive.wait, "archive", until).due_at


def _kept_until(
    facts: PetitionFacts, years: int | None, pack: PackContent, situation: Situation
) -> date | None:
    """Return the last day of keeping: whole calendar years after the year of closing."""
    if years is None:
        return None
    closed_at = facts.cycle.closed_at or situation.act.occurred_at
    return date(closed_at.astimezone(situation.zone(pack)).year + years, *_ALL_OF_A_YEAR)


def _refuse_disposed(facts: PetitionFacts) -> None:
    if facts.disposed_at is not None:
        raise GuardError(
            "disposed-before",
            "档案已销毁；未作任何更改，无须重复。",
            "the file was disposed of already; nothing was changed, once is enough.",
        )
