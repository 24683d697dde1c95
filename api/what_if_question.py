"""Without this file a client could not say what to suppose, or could stall all others with it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import Depends, Query
from psycopg import Connection

from api.errors import RequestRefusedError
from api.figure_question import KEY_LEN_MAX, FigureQuestion
from api.figure_reading import refuse_unknown_scope
from domain.score_rules import CURRENT_SCORE, ScoreRules
from domain.score_weights import SCORABLE, read_weights, weighed
from domain.supposition import Supposition
from domain.text import Text
from ledger.zone import ledger_zone
from replay.figures import NothingKnownError, head_position, position_known_at
from replay.known_rules import read_rules
from replay.what_if import WhatIf, tell_what_if
from scenarios.supposed_rules import make_supposition

EVENTS_MAX: Final = 100_000
"""Most events of a log that is told twice while a client waits."""

Name = Annotated[str | None, Query(max_length=KEY_LEN_MAX, pattern=r"^[^\x00]*$")]


@dataclass(frozen=True)
class Supposed:
    """Other rules, by their names.

    Attributes:
        pack: Policy pack, or None for the one each petition pinned.
        calendar: Calendar, or None for the pack's own.
        weights: Weights of the score, empty for the usual.
    """

    pack: str | None
    calendar: str | None
    weights: dict[str, Decimal]

    @property
    def score(self) -> ScoreRules:
        """The rules of the supposed score."""
        return weighed(self.weights) if self.weights else CURRENT_SCORE

    def tell(
        self, connection: Connection[Any], question: FigureQuestion, *, needs_clocks: bool
    ) -> tuple[Supposition, WhatIf]:
        """Return the rules that were named, and one history counted twice. Blocking.

        Folds every petition of the log twice; of read models it asks only whether the unit and
        the region of the scope exist. Writes nothing.

        Raises:
            NothingKnownError: the first event came later.
            RequestRefusedError: ``what-if-too-large``.
            DomainError: there is no such pack, calendar or unit, or the pack has no limits.
            UnknownRegionError: no petition has the region of the scope.
        """
        refuse_unknown_scope(connection, question.scope)
        known_at = question.known_at
        position = (
            head_position(connection)
            if known_at is None
            else position_known_at(connection, known_at)
        )
        if position == 0:
            raise NothingKnownError
        _refuse_large(position)
        rules = read_rules(connection, position)
        supposition = make_supposition(self.pack, self.calendar, rules, needs_clocks=needs_clocks)
        told = tell_what_if(
            connection,
            supposition,
            rules,
            question.by,
            as_of=question.as_of,
            position=position,
            scope=question.scope,
            cohort=question.cohort(ledger_zone(connection)),
        )
        return supposition, told


async def ask_rules(pack: Name = None, calendar: Name = None) -> Supposed:
    """Return what is to be supposed of packs and calendars.

    Raises:
        RequestRefusedError: ``invalid-request``; nothing is supposed.
    """
    if pack is None and calendar is None:
        raise _refused(
            "请用 pack 或 calendar 说明假设什么", "say what to suppose: 'pack', 'calendar'"
        )
    return Supposed(pack, calendar, {})


async def ask_score(
    pack: Name = None,
    calendar: Name = None,
    weight: Annotated[
        tuple[str, ...],
        Query(max_length=len(SCORABLE), description="权重 / such as closure_rate=0.4; 1 in all"),
    ] = (),
) -> Supposed:
    """Return what is to be supposed of packs, calendars and weights of the score.

    Raises:
        InvalidWeightsError: the weights cannot be used.
        RequestRefusedError: ``invalid-request``; nothing is supposed.
    """
    if pack is None and calendar is None and not weight:
        raise _refused(
            "请用 pack、calendar 或 weight 说明假设什么",
            "say what to suppose: 'pack', 'calendar', 'weight'",
        )
    stated = dict(each.partition("=")[::2] for each in weight)
    return Supposed(pack, calendar, read_weights(stated) if stated else {})


Rules = Annotated[Supposed, Depends(ask_rules)]
Score = Annotated[Supposed, Depends(ask_score)]


def _refuse_large(position: int) -> None:
    if position > EVENTS_MAX:
        raise RequestRefusedError(
            "what-if-too-large",
            Text(
                f"日志有 {position} 个事件，接口上至多重放 {EVENTS_MAX} 个；未返回任何结果，"
                "请在服务器上运行 taizhang replay what-if。",
                f"the log has {position} events, and at most {EVENTS_MAX} are told twice over the "
                "API; nothing was returned, run 'taizhang replay what-if' on the server.",
            ),
        )


def _refused(zh: str, en: str) -> RequestRefusedError:
    text = Text(f"{zh}；未返回任何结果。", f"{en}; nothing was returned.")
    return RequestRefusedError("invalid-request", text)
