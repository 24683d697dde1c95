"""Without this file similar petitions would have no shape that a client could rely on."""

from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta

from api.examples import EXAMPLE_ID, example_instant
from api.schemas import Count, Label, Name, Position
from domain.likeness import LIKENESS_VERSION
from domain.vocabulary import Outcome, PetitionState
from replay.demand_similar import MATCHES_MAX, SHARED_LEN, Match, Similar, days_printed


class MatchView(msgspec.Struct, frozen=True, kw_only=True):
    """A petition like the one asked about.

    Attributes:
        petition_id: Where it is read.
        number: Its number, once it is registered.
        score: 0 to 1 with six decimals; higher is more alike.
        shared: Words in common, the weightiest first; none where the role may open no text.
        submitted_at: When it was filed.
        state: Its state now.
        state_label: What people call that state.
        outcome: Of its last reply that was not returned, or null.
        outcome_label: What people call that outcome.
        days_to_reply: Days of 24 hours from filing to that reply, one decimal, or null.
        reply: Its text; null where there is none, it is erased or the role may open no text.
    """

    petition_id: UUID
    number: Name | None
    score: Name
    shared: Annotated[tuple[Name, ...], Meta(max_length=SHARED_LEN)]
    submitted_at: datetime
    state: PetitionState
    state_label: Label
    outcome: Outcome | None
    outcome_label: Label | None
    days_to_reply: Name | None
    reply: Annotated[str, Meta(max_length=100_000)] | None


class SimilarView(msgspec.Struct, frozen=True, kw_only=True):
    """The petitions most like one, and how they were found.

    Attributes:
        method: Identifier and version of the comparison.
        words_method: What the words of a text depend on.
        words_position: Place in the log up to which petitions can be found.
        petitions_with_text: How many petitions were compared with.
        terms: Words of this petition that tell petitions apart; 0 finds none.
        items: The most alike first.
    """

    method: Name
    words_method: Name
    words_position: Position
    petitions_with_text: Count
    terms: Count
    items: Annotated[tuple[MatchView, ...], Meta(max_length=MATCHES_MAX)]


def show_similar(similar: Similar) -> SimilarView:
    """Return similar petitions as an answer; pure."""
    return SimilarView(
        method=_METHOD,
        words_method=similar.place.method,
        words_position=similar.place.position,
        petitions_with_text=similar.place.documents,
        terms=similar.terms_len,
        items=tuple(map(_show, similar.matches)),
    )


def _show(match: Match) -> MatchView:
    facts, outcome = match.facts, match.outcome
    return MatchView(
        petition_id=facts.petition_id,
        number=facts.number,
        score=f"{match.likeness.score:.6f}",
        shared=match.likeness.shared,
        submitted_at=facts.submitted_at,
        state=facts.state,
        state_label=Label.of(facts.state.label),
        outcome=outcome,
        outcome_label=None if outcome is None else Label.of(outcome.label),
        days_to_reply=days_printed(match.time_to_reply),
        reply=match.reply,
    )


_METHOD: Final = f"likeness@{LIKENESS_VERSION}"
SIMILAR: Final = SimilarView(
    method=_METHOD,
    words_method="words@1 rjieba@0.2.2 lists@7c4f7b86",
    words_position=2096,
    petitions_with_text=130,
    terms=17,
    items=(
        MatchView(
            petition_id=EXAMPLE_ID,
            number="20260901000042",
            score="0.431324",
            shared=("停车位", "厂区"),
            submitted_at=example_instant().astimezone(UTC),
            state=PetitionState.CLOSED,
            state_label=Label.of(PetitionState.CLOSED.label),
            outcome=Outcome.RESOLVED,
            outcome_label=Label.of(Outcome.RESOLVED.label),
            days_to_reply="2.5",
            reply="厂区东门外已增设车位 60 个。",
        ),
    ),
)
