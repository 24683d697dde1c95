"""Without this file the same matter would be handled as often as it was raised."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, ClassVar
from uuid import UUID

from msgspec import Meta

from domain.command import OPEN_STATES, PetitionCommand, Prose, states
from domain.due_replay import earliest, replay_due
from domain.errors import GuardError
from domain.extension_rules import refuse_open_extension
from domain.joining_events import ChildParted, ChildrenJoined, JoinedChild, Merged, Unmerged
from domain.pack_content import PackContent
from domain.personal import Personal
from domain.petition import Petition
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.role_table import who_may
from domain.situation import Situation
from domain.standing import Deadlines, latest_deadlines
from domain.text import Text
from domain.timing import Timing
from domain.vocabulary import PetitionState

CHILDREN_MAX = 50


class MergePetitions(PetitionCommand, frozen=True, kw_only=True):
    """Handle petitions on the same facts with this one, which keeps the earliest due of all."""

    label: ClassVar = Text("并案", "merge petitions")
    path: ClassVar = "mergers"
    roles: ClassVar = who_may("MergePetitions")
    from_states: ClassVar = states(
        PetitionState.ACCEPTED,
        PetitionState.DISPATCHED,
        PetitionState.IN_PROGRESS,
        PetitionState.RETURN_REQUESTED,
        PetitionState.BACKLOG_LISTED,
    )

    children: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=CHILDREN_MAX)]
    reason: Prose

    def others(self, facts: PetitionFacts) -> tuple[UUID, ...]:
        """Return the petitions to merge into this one."""
        del facts
        return self.children

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Record the merger in every stream, with the due that it brings."""
        act = situation.act
        refuse_open_extension(facts, act.occurred_at)
        members = {each: fold_all(others[each].history) for each in self.children}
        for member in members.values():
            _refuse_unfit(member, facts)
        joined = tuple(joined_child(each, member) for each, member in members.items())
        deadlines = dues_with(joined, facts).known
        petition.record(ChildrenJoined, act, children=joined, deadlines=deadlines)
        for each in self.children:
            others[each].record(
                Merged,
                act,
                parent_id=petition.id,
                parent_number=facts.number,
                reason=Personal(self.reason),
            )
        return ()


class UnmergePetition(PetitionCommand, frozen=True, kw_only=True):
    """Let a merged petition go on by itself; each is under its own due again."""

    label: ClassVar = Text("拆案", "unmerge a petition")
    path: ClassVar = "unmergers"
    roles: ClassVar = who_may("UnmergePetition")
    from_states: ClassVar = OPEN_STATES

    child: UUID
    reason: Prose

    def others(self, facts: PetitionFacts) -> tuple[UUID, ...]:
        """Return the petition to let go."""
        del facts
        return (self.child,)

    def decide_together(
        self,
        petition: Petition,
        facts: PetitionFacts,
        others: Mapping[UUID, Petition],
        situation: Situation,
    ) -> Sequence[Petition]:
        """Record the parting in both streams, before the child was given an answer."""
        if self.child not in facts.child_ids:
            raise GuardError(
                "not-joined",
                f"诉求 {self.child} 未并入本件；未作任何更改，请核对编号。",
                f"petition {self.child} is not merged into this one; nothing was changed, check "
                "the id.",
            )
        child = fold_all(others[self.child].history)
        merged_at = child.mergers[-1].merged_at
        if any(
            r.approved_at and r.approved_at >= merged_at for c in child.cycles for r in c.replies
        ):
            raise GuardError(
                "child-answered",
                "该诉求人已得到并案答复；未作任何更改，不再拆案，可申请重办。",
                "this petitioner was given the common answer; nothing was changed, it is not "
                "unmerged any more, have it reopened.",
            )
        act = situation.act
        refuse_open_extension(facts, act.occurred_at)
        pack = situation.pinned_pack(facts)
        deadlines = dues_without(self.child, facts, pack, situation.timing).known
        petition.record(ChildParted, act, petition_id=self.child, deadlines=deadlines)
        others[self.child].record(
            Unmerged, act, parent_id=petition.id, reason=Personal(self.reason)
        )
        return ()


def _refuse_unfit(member: PetitionFacts, parent: PetitionFacts) -> None:
    if not member.state.is_open or member.state is PetitionState.SUBMITTED:
        raise GuardError(
            "merge-not-open",
            f"诉求 {member.petition_id} 处于“{member.state.label.zh}”，不能并案；未作任何更改，"
            "只可并入已登记且未办结的诉求。",
            f"petition {member.petition_id} is '{member.state.label.en}' and cannot be merged; "
            "nothing was changed, only registered and open ones can.",
        )
    if member.child_ids:
        raise GuardError(
            "merge-parent",
            f"诉求 {member.petition_id} 已有并入件；未作任何更改，请先将其拆案。",
            f"petition {member.petition_id} has others merged into it; nothing was changed, "
            "unmerge those first.",
        )
    if (member.confidential, member.accused_unit) != (parent.confidential, parent.accused_unit):
        raise GuardError(
            "confidential-apart",
            "保密举报只能与同一被举报单位的举报并案；未作任何更改，请分别办理。",
            "a confidential tip-off is merged only with another on the same unit; nothing was "
            "changed, handle them apart.",
        )


def joined_child(petition_id: UUID, member: PetitionFacts) -> JoinedChild:
    """Return what a petition brings into a merger; pure."""
    if not member.cycles:
        return JoinedChild(petition_id, member.number, None, None)
    original, effective = latest_deadlines(member.cycle)
    return JoinedChild(petition_id, member.number, original, effective)


def dues_with(joined: Iterable[JoinedChild], facts: PetitionFacts) -> Deadlines:
    """Return both dues of the parent once others have joined it: the earliest of all; pure."""
    children = tuple(joined)
    own = latest_deadlines(facts.cycle)
    return Deadlines(
        earliest(own.original, *(child.original for child in children)),
        earliest(own.effective, *(child.effective for child in children)),
    )


def dues_without(child: UUID, facts: PetitionFacts, pack: PackContent, timing: Timing) -> Deadlines:
    """Return both dues of the parent as if a child had never joined; pure."""
    own = facts.cycle.deadline
    gone = {child} | {
        each.joined.petition_id for each in facts.children if each.parted_at is not None
    }
    if own is not None:
        return replay_due(own, facts, pack, timing, without=gone).last
    stay = [
        each for move in facts.cycle.moves for each in move.children if each.petition_id not in gone
    ]
    return Deadlines(
        earliest(*(each.original for each in stay)), earliest(*(each.effective for each in stay))
    )
