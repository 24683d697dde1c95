"""Without this file a solved problem would be a number and not a history."""

from uuid import UUID, uuid5

from msgspec.structs import replace

from domain.acceptance import AcceptPetition
from domain.callbacks import CompleteCallback
from domain.closing import ClosePetition
from domain.command import Command
from domain.dispatching import DispatchPetition, SignAssignment
from domain.filing import RegisterPetition, SubmitPetition
from domain.handling import ContactPetitioner, RecordProgress
from domain.principal import Principal
from domain.replying import ApproveReply, SubmitReply
from domain.vocabulary import (
    CallbackBasis,
    Channel,
    Outcome,
    PetitionType,
    Resolution,
    Role,
    Satisfaction,
)
from scenarios.cast import CALLER, DISPATCHER, INTAKE, REVIEWER, liaison, staff
from scenarios.enterprise import firm_code
from scenarios.office_clock import OfficeClock
from scenarios.scenario_files import Part
from scenarios.script import PetitionScript, ScriptStep

_CHANNELS = (Channel.LETTER, Channel.VISIT, Channel.PHONE)


class Obstacle(Part, frozen=True, kw_only=True):
    """What stands in an enterprise's way, and how it was removed."""

    lead: str
    petition_type: PetitionType
    label: str
    category: str
    subject: str
    reply: str


def write_problem(
    obstacle: Obstacle, number: int, firm: int, clock: OfficeClock, namespace: UUID
) -> PetitionScript:
    """Return a problem from its submission to its closing. Changes the clock alone.

    Args:
        obstacle: What it is about.
        number: From 1, within the scenario.
        firm: Number of the fictional firm that raises it.
        clock: Stands where it begins.
        namespace: Of the scenario.
    """
    lead = staff(Role.HANDLER, obstacle.lead)
    submission = SubmitPetition(
        channel=_CHANNELS[number % len(_CHANNELS)],
        petition_type=obstacle.petition_type,
        type_label=obstacle.label,
        enterprise=firm_code(firm),
        medium="企业负责人来信来访口述",
        on_behalf_of=liaison(firm),
        subject=obstacle.subject,
        text=f"{obstacle.subject}，影响投产，请书记市长直通车协调解决。",
        petitioner_name=f"虚构企业{firm}负责人",
        petitioner_phone=f"000-0000{firm:04d}",
    )
    acceptance = AcceptPetition(petition_type=obstacle.petition_type, category=obstacle.category)
    signature = SignAssignment(
        handler_id=f"{obstacle.lead}-handler", handler_name=f"{obstacle.lead} 承办专员"
    )
    reply = SubmitReply(
        head_id=f"{obstacle.lead}-head", text=obstacle.reply, outcome=Outcome.RESOLVED
    )
    answer = CompleteCallback(resolution=Resolution.RESOLVED, satisfaction=Satisfaction.SATISFIED)
    acts: tuple[tuple[Principal, Command, int], ...] = (
        (INTAKE, submission, 0),
        (INTAKE, RegisterPetition(number=f"CY-{number:03d}"), 0),
        (INTAKE, acceptance, 0),
        (DISPATCHER, DispatchPetition(lead=obstacle.lead), 0),
        (lead, signature, 0),
        (lead, ContactPetitioner(medium="现场办公"), 1),
        (lead, RecordProgress(text="直通车工作组协调责任单位，逐项销号。"), 2),
        (lead, reply, 3),
        (REVIEWER, ApproveReply(), 1),
        (CALLER, answer, 1),
        (REVIEWER, ClosePetition(basis=CallbackBasis.COMPLETED), 0),
    )
    key = f"problem-{number:03d}"
    petition_id, steps = uuid5(namespace, key), []
    for place, (principal, command, days) in enumerate(acts, start=1):
        at = clock.later(days) if days else clock.soon()
        dated = replace(command, occurred_at=at)
        steps.append(
            ScriptStep(principal, dated, f"play:{namespace}:{key}:{place:02d}", petition_id)
        )
    return PetitionScript(key, tuple(steps))
