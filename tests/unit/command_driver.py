"""A driver that gives random commands, sensible or not, to one petition."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.callbacks import CompleteCallback, RatePetition, RecordCallbackAttempt
from domain.closing import ClosePetition, ReopenPetition
from domain.command import PetitionCommand
from domain.corrections import CorrectRecord, VoidPetition
from domain.dispatching import DispatchPetition, SignAssignment
from domain.errors import DomainError
from domain.extension_decisions import GrantExtension
from domain.extensions import InformOfDelay, RequestExtension
from domain.filing import RegisterPetition
from domain.refusals import DeclinePetition, ReferPetitionOut
from domain.replying import ApproveReply, SubmitReply
from domain.vocabulary import (
    CallbackBasis,
    CallbackResult,
    PetitionType,
    Resolution,
    Role,
    Satisfaction,
)
from domain.withdrawals import VerifyWithdrawal, WithdrawPetition
from tests.unit.given_when_then import Deed, Story, given
from tests.unit.petition_stories import SAMPLES, SUBMISSION, imported

GAPS = (
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(minutes=1),
    timedelta(hours=7),
    timedelta(days=1),
    timedelta(days=4),
)
UNITS = ("bureau", "roads", "water", "hub")
TYPES = (PetitionType.APPEAL, PetitionType.CONSULTATION, PetitionType.SUGGESTION)


def drive(random: Random, commands_max: int = 45) -> Story:
    """Return the story of a petition after some random commands, most of them accepted."""
    if random.random() < 0.15:
        story = given(imported(random.choice([None, "bureau"]), random.choice([None, *TYPES])))
    else:
        submission = replace(SUBMISSION, petition_type=random.choice([None, *TYPES]))
        story = given(Deed(submission, Role.PETITIONER))
    for _ in range(random.randint(5, commands_max)):
        story = _step(random, story)
    return story


def _step(random: Random, story: Story) -> Story:
    facts = story.facts
    fitting = [
        sample
        for sample in SAMPLES
        if facts.state in sample.from_states and random.random() < _CHANCES.get(type(sample), 1)
    ]
    if not fitting:
        return story
    weights = [_WEIGHTS.get(type(sample), 4) for sample in fitting]
    command = _vary(random, random.choices(fitting, weights)[0])
    role = random.choice(sorted(command.roles))
    unit = None
    held = [order.unit for order in facts.assignments if order.ended_at is None]
    if role in {Role.HANDLER, Role.DEPARTMENT_HEAD} and held:
        unit = random.choice(held)
    actor = facts.owner_id if role is Role.PETITIONER else None
    attempt = story.when(command, role, unit=unit, actor=actor, after=random.choice(GAPS))
    try:
        return attempt.decide()
    except DomainError:
        return story


_WEIGHTS: dict[type[PetitionCommand], int] = {
    RequestExtension: 10,
    GrantExtension: 15,
    InformOfDelay: 15,
    DeclinePetition: 1,
    ReferPetitionOut: 1,
    VerifyWithdrawal: 1,
    AcceptPetition: 20,
    DispatchPetition: 30,
    SignAssignment: 30,
    SubmitReply: 40,
    ApproveReply: 20,
    CompleteCallback: 12,
    ClosePetition: 12,
    ReopenPetition: 12,
    RegisterPetition: 20,
}
"""How a fitting command weighs against the others."""
_CHANCES: dict[type[PetitionCommand], float] = {
    VoidPetition: 0.03,
    WithdrawPetition: 0.2,
    CorrectRecord: 0.2,
}
"""How often a command that fits nearly everywhere is thought of at all."""


def _vary(random: Random, command: PetitionCommand) -> PetitionCommand:
    vary = _VARIANTS.get(type(command))
    return command if vary is None else vary(random, command)


def _vary_correction(random: Random, command: PetitionCommand) -> PetitionCommand:
    if random.random() < 0.4:
        return replace(command, field="petition_type", new=random.choice(TYPES).value)
    return replace(command, new=random.choice(["east", "west", None]))


_VARIANTS: dict[type[PetitionCommand], Callable[[Random, PetitionCommand], PetitionCommand]] = {
    DispatchPetition: lambda random, command: replace(
        command,
        lead=random.choice(UNITS),
        co_handlers=tuple(random.sample(UNITS, random.choice([0, 0, 1, 2]))),
    ),
    SubmitReply: lambda random, command: replace(
        command, co_report_waiver=random.choice([None, "已核实。"])
    ),
    CompleteCallback: lambda random, command: replace(
        command,
        resolution=random.choice(list(Resolution)),
        satisfaction=random.choice(list(Satisfaction)),
    ),
    RecordCallbackAttempt: lambda random, command: replace(
        command, result=random.choice(list(CallbackResult))
    ),
    ClosePetition: lambda random, command: replace(
        command, basis=random.choice(list(CallbackBasis))
    ),
    RatePetition: lambda random, command: replace(
        command, satisfaction=random.choice(list(Satisfaction))
    ),
    CorrectRecord: _vary_correction,
}
