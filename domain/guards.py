"""Without this file roles, states, order and the two-person rule would be checked differently."""

from datetime import datetime, timedelta

from domain.errors import (
    GuardError,
    ImpossibleTransitionError,
    LateEntryOrderError,
    NotPermittedError,
    WithheldPetitionError,
)
from domain.kin import kin_of_actor
from domain.petition_facts import PetitionFacts
from domain.situation import Situation
from domain.text import Text
from domain.vocabulary import PetitionState, Role

CLOCK_TOLERANCE = timedelta(minutes=5)
"""How far a claimed time may lie ahead of the host's clock before it counts as the future."""


def refuse_role(label: Text, allowed: frozenset[Role], situation: Situation) -> None:
    """Refuse a role that may not give this command.

    Raises:
        NotPermittedError: always named with the roles that may.
    """
    role = situation.act.actor_role
    if role in allowed:
        return
    zh = "、".join(sorted(other.label.zh for other in allowed))
    en = ", ".join(sorted(other.label.en for other in allowed))
    raise NotPermittedError(
        Text(
            f"“{role.label.zh}”不能执行“{label.zh}”；未作任何更改，应由{zh}办理。",
            f"a {role.label.en} may not {label.en}; nothing was changed, it is for: {en}.",
        )
    )


def refuse_strangers(facts: PetitionFacts, situation: Situation, *, joint: bool = False) -> None:
    """Refuse a petitioner who acts on somebody else's petition, and an office that it accuses.

    Args:
        facts: The petition.
        situation: Who acts.
        joint: Whether every joint petitioner may do it, and not the contact person alone.

    Raises:
        NotPermittedError: the account does not speak for the petition.
        WithheldPetitionError: the account, or the unit it acts for, is of the office that a
            confidential petition accuses.
    """
    refuse_accused(facts, situation)
    act = situation.act
    if act.actor_role is not Role.PETITIONER:
        return
    if not (facts.speaks(act.actor_id) if joint else act.actor_id == facts.contact):
        raise NotPermittedError(
            Text(
                "只能办理本人提交的诉求；未作任何更改，请核对诉求编号。",
                "a petitioner may act on their own petitions only; nothing was changed, "
                "check the petition's number.",
            )
        )


def refuse_accused(facts: PetitionFacts, situation: Situation) -> None:
    """Refuse an actor from whom the petition is hidden, as if there were none.

    Raises:
        WithheldPetitionError: see ``refuse_strangers``.
    """
    if facts.confidential and facts.accused_unit in kin_of_actor(situation):
        raise WithheldPetitionError(facts.petition_id)


def refuse_disorder(changed_at: datetime, situation: Situation) -> None:
    """Refuse a claimed time before the petition's latest act or after the host's clock.

    Raises:
        LateEntryOrderError: history is changed by a correction alone (domain.md decision 4).
    """
    at = situation.act.occurred_at
    if at < changed_at:
        raise LateEntryOrderError(
            Text(
                f"发生时间 {at.isoformat()} 早于上一环节 {changed_at.isoformat()}；"
                "未作任何更改，请改为之后的时间，或以“更正”修改历史。",
                f"occurred_at {at.isoformat()} lies before the latest act at "
                f"{changed_at.isoformat()}; nothing was changed, give a later time, or correct "
                "the record.",
            )
        )
    refuse_future(at, situation)


def refuse_future(at: datetime, situation: Situation) -> None:
    """Refuse a claimed time after the host's clock, with five minutes' tolerance.

    Raises:
        GuardError: ``date-in-future``.
    """
    if at > situation.now + CLOCK_TOLERANCE:
        raise GuardError(
            "date-in-future",
            f"时间 {at.isoformat()} 晚于当前时间 {situation.now.isoformat()}；"
            "未作任何更改，请核对日期与时区。",
            f"the time {at.isoformat()} lies after now, {situation.now.isoformat()}; nothing was "
            "changed, check the date and its zone.",
        )


def wrong_state(
    label: Text, state: PetitionState, allowed: frozenset[PetitionState]
) -> ImpossibleTransitionError:
    """Return the refusal of a command in a state that does not allow it."""
    zh = "、".join(sorted(other.label.zh for other in allowed))
    en = ", ".join(sorted(other.label.en for other in allowed))
    return ImpossibleTransitionError(
        Text(
            f"诉求处于“{state.label.zh}”，不能“{label.zh}”；未作任何更改，须处于：{zh}。",
            f"the petition is '{state.label.en}', so one cannot {label.en}; nothing was changed, "
            f"it must be: {en}.",
        )
    )


def acting_unit(situation: Situation) -> str:
    """Return the unit the actor speaks for.

    Raises:
        NotPermittedError: the account is bound to no unit.
        UnknownUnitError: the roster has no such unit.
        UnitClosedError: it was closed.
    """
    unit = situation.act.actor_unit
    if unit is None:
        raise NotPermittedError(
            Text(
                "该账号未绑定单位；未作任何更改，请由管理员绑定单位后重试。",
                "the account is bound to no unit; nothing was changed, have an administrator "
                "bind it to one.",
            )
        )
    return situation.roster.state.open_unit(unit).unit_id


def refuse_gap(code: str, kind: Text, number: int, before: object | None) -> None:
    """Refuse a number that leaves one out.

    Args:
        code: Of the refusal.
        kind: What is numbered.
        number: Asked for, from 1.
        before: What has the number before it, or None.

    Raises:
        GuardError: ``code``; there is nothing of the number before.
    """
    if number > 1 and before is None:
        raise GuardError(
            code,
            f"第 {number - 1} 号{kind.zh}尚不存在；未作任何记录，编号须连续。",
            f"there is no {kind.en} {number - 1} yet; nothing was recorded, numbers have "
            "no gaps, take the next one.",
        )


def refuse_second_self(person: str, situation: Situation) -> None:
    """Refuse one person in the two roles of a two-person rule.

    Accounts stand for persons: who has two of them is told apart by nobody here. A name that
    is typed differs from an account by more than case.

    Raises:
        NotPermittedError: the second person is the actor, or lent the actor the role.
    """
    selves = (situation.act.actor_id, situation.act.on_behalf_of or "")
    if person.casefold() in {each.casefold() for each in selves}:
        raise NotPermittedError(
            Text(
                "该事项须由两人办理，第二人不能是本人；未作任何更改，请由他人复核。",
                "this needs two persons and the second may not be the actor; nothing was "
                "changed, name somebody else.",
            )
        )
