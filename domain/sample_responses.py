"""Without this file petitioners who did not answer would vanish from a sample."""

from typing import NamedTuple

from domain.cycle_facts import Answer, Cycle
from domain.petition_facts import PetitionFacts
from domain.sampling_frame import SamplePurpose
from domain.vocabulary import CallbackResult, Labelled, PetitionState, Resolution, Satisfaction


class Silence(Labelled):
    """Why there is no answer of a petition that was drawn."""

    UNREACHABLE = "unreachable", "未接通", "unreachable"
    REFUSED = "refused", "拒绝回答", "refused to answer"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    ENDED = "ended", "已并案或作废", "merged or voided"
    CLOSED_UNASKED = "closed_unasked", "未回访即办结", "closed without being asked"
    NOT_ASKED = "not_asked", "尚未回访", "not asked yet"


_ENDED = {PetitionState.MERGED, PetitionState.SPLIT, PetitionState.VOIDED}


class Response(NamedTuple):
    """What became of one petition that was drawn; exactly one of answer and silence is there."""

    satisfaction: Satisfaction | None
    resolution: Resolution | None
    silence: Silence | None


def read_response(before: PetitionFacts, after: PetitionFacts, purpose: SamplePurpose) -> Response:
    """Return the first answer given since the frame was read, or why there is none; pure.

    It is the answer about the very reply that was drawn: what is asked again after rework or
    in a later cycle does not replace it.

    Args:
        before: The petition at the position of the frame.
        after: The petition at the last position that counts.
        purpose: Whose question counts.
    """
    known, now = before.cycle, after.cycles[len(before.cycles) - 1]
    given = _given(known, now, purpose)
    for answer in given:
        if answer.satisfaction is not Satisfaction.NO_ANSWER or (
            answer.resolution not in {None, Resolution.NO_ANSWER}
        ):
            return Response(answer.satisfaction, answer.resolution, None)
    silence = Silence.REFUSED if given else _silence(known, now, after)
    return Response(None, None, silence)


def _given(known: Cycle, now: Cycle, purpose: SamplePurpose) -> list[Answer]:
    by_third_party = purpose is SamplePurpose.SURVEY
    return [
        answer
        for answer in now.answers[len(known.answers) :]
        if answer.by_callback and answer.third_party is by_third_party and answer.petitioner is None
    ]


def _silence(known: Cycle, now: Cycle, after: PetitionFacts) -> Silence:
    tries = {result for _, result in now.attempts[len(known.attempts) :]}
    if after.state is PetitionState.WITHDRAWN:
        return Silence.WITHDRAWN
    if CallbackResult.DECLINED in tries:
        return Silence.REFUSED
    if tries & {CallbackResult.NO_REPLY, CallbackResult.WRONG_CONTACT}:
        return Silence.UNREACHABLE
    if after.state in _ENDED:
        return Silence.ENDED
    return Silence.NOT_ASKED if now.closed_at is None else Silence.CLOSED_UNASKED
