"""Without this file an offline copy would judge petitions otherwise than the ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.cycle_facts import Cycle
from domain.measures import PLACES, Vector
from domain.metric_catalogue import MetricCatalogue
from domain.petition_facts import PetitionFacts
from domain.standing import Deadlines, happened, last_reply, latest_deadlines, unit_at
from domain.succession import Succession
from domain.vocabulary import CallbackBasis, Resolution, Satisfaction
from projections.petition_steps import kind_of
from replay.export_document import Row
from replay.export_field import Missing, Value

_ANSWERS = (
    Satisfaction.SATISFIED,
    Satisfaction.BASICALLY_SATISFIED,
    Satisfaction.DISSATISFIED,
)
_NOWHERE = Cycle(datetime.min.replace(tzinfo=UTC), None)


def month_of(instant: datetime, zone: ZoneInfo) -> str:
    """Return the local month of an instant, such as ``2019-09``; pure."""
    return f"{instant.astimezone(zone):%Y-%m}"


def petition_row(
    facts: PetitionFacts,
    counts: dict[str, Vector],
    as_of: datetime,
    zone: ZoneInfo,
    succession: Succession,
) -> Row:
    """Return the record of a petition in the order of ``PETITION_FIELDS``; pure.

    Args:
        facts: All that is known of it.
        counts: What it counts for at the instant, by unit.
        as_of: Aware instant of the judgement.
        zone: Zone of the ledger's days.
        succession: Under which units figures are reported.
    """
    cycle = facts.cycles[-1] if facts.cycles else _NOWHERE
    due = latest_deadlines(cycle) if facts.cycles else Deadlines(None, None)
    reply = last_reply(cycle, as_of)
    satisfaction, resolution = _answers(counts)
    return (
        month_of(facts.submitted_at, zone),
        str(facts.petition_id),
        facts.number,
        facts.state.value,
        facts.state_since,
        facts.petition_type,
        facts.channel.value,
        facts.category,
        facts.complexity.value,
        facts.region,
        succession.heir(unit_at(facts, as_of)),
        facts.confidential,
        facts.imported,
        facts.policy_pack,
        facts.policy_version,
        facts.calendar,
        facts.submitted_at,
        None if facts.accept_deadline is None else facts.accept_deadline.due_at,
        facts.accepted_at,
        facts.not_accepted_at,
        facts.referred_out_at,
        facts.voided_at,
        facts.split_at,
        facts.mergers[-1].merged_at if facts.mergers else None,
        facts.withdrawals[-1].withdrawn_at if facts.withdrawals else None,
        _first(facts, "dispatched_at"),
        _first(facts, "signed_at"),
        _first(facts, "contacted_at"),
        None if due.original is None else due.original.due_at,
        None if due.effective is None else due.effective.due_at,
        None if reply is None else reply.replied_at,
        cycle.attempts[-1][0] if cycle.attempts else None,
        cycle.closed_at,
        cycle.started_at if len(facts.cycles) > 1 else None,
        facts.archived_at,
        facts.disposed_at,
        len(facts.cycles),
        sum(each.granted_at is not None for one in facts.cycles for each in one.extensions),
        sum(len(each.pauses) for each in facts.cycles),
        sum(len(each.replies) for each in facts.cycles),
        sum(each.returned_at is not None for each in facts.assignments),
        len(facts.reminders),
        len(facts.supervisions),
        len(facts.reviews),
        None if reply is None else reply.outcome.value,
        None if cycle.basis is None else cycle.basis.value,
        satisfaction,
        resolution,
        None if satisfaction else _why_missing(facts, cycle, as_of).value,
    )


def measure_rows(
    facts: PetitionFacts, counts: dict[str, Vector], zone: ZoneInfo, succession: Succession
) -> Iterator[Row]:
    """Yield the records of a petition in the order of ``MEASURE_FIELDS``, by unit; pure.

    Args:
        facts: All that is known of it.
        counts: What it counts for at the instant, by unit as dispatched.
        zone: Zone of the ledger's days.
        succession: Under which units figures are reported.
    """
    kind = kind_of(facts)
    start = (month_of(facts.submitted_at, zone), str(facts.petition_id))
    for unit, vector in sorted(counts.items()):
        yield (*start, succession.heir(unit), unit, *kind, *vector)


def definition_rows(catalogue: MetricCatalogue) -> Iterator[Row]:
    """Yield every term of every rate in the order of ``DEFINITION_FIELDS``; pure."""
    for rate in (entry.definition for entry in catalogue.entries):
        terms = (("n", 1, rate.numerator), ("n", -1, rate.less), ("d", 1, rate.denominator))
        for part, sign, measures in terms:
            for measure in measures:
                yield rate.reference, rate.label.zh, rate.label.en, part, measure, sign


def _first(facts: PetitionFacts, name: str) -> Value:
    found = [getattr(each, name) for each in facts.assignments]
    return min((at for at in found if at is not None), default=None)


def _answers(counts: dict[str, Vector]) -> tuple[str | None, str | None]:
    """Return the petitioner's answers as the rates count them."""

    def is_set(measure: str) -> bool:
        return any(vector[PLACES[measure]] for vector in counts.values())

    satisfaction = next((each.value for each in _ANSWERS if is_set(each.value)), None)
    if not is_set("resolution_answers"):
        return satisfaction, None
    resolved = Resolution.RESOLVED if is_set("resolved") else Resolution.UNRESOLVED
    return satisfaction, resolved.value


def _why_missing(facts: PetitionFacts, cycle: Cycle, as_of: datetime) -> Missing:
    if not happened(facts.accepted_at, as_of) or happened(facts.voided_at, as_of):
        return Missing.NOT_APPLICABLE
    if not happened(cycle.closed_at, as_of):
        return Missing.NOT_DUE
    match cycle.basis:
        case CallbackBasis.UNREACHABLE:
            return Missing.UNREACHED
        case CallbackBasis.SAMPLED_OUT:
            return Missing.NOT_APPLICABLE
        case _:
            return Missing.OMITTED
