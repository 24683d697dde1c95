"""Without this file the demo would mix up explaining, reporting, filing, asking and extending."""

from collections import Counter
from typing import Any, Final

from psycopg import Connection

from commands.aligned import align
from commands.language import say
from domain.dimension import Dimension
from domain.event_labels import EVENT_LABELS
from domain.rates import RATES
from domain.text import Text
from projections.histories import read_histories
from projections.rate_queries import read_counts
from scenarios.scenario import Scenario

_TITLE: Final = Text(
    "办不快时做了什么（件次）", "What was done about what could not be settled at once (counts)"
)
_NOTE: Final = Text(
    "书面说明、报备、备案都不延长时限，也不算办结；只有到期前说明并告知诉求人的，才计入“含书面说明”。",
    "Explaining, reporting upward and filing move no due and close nothing; a delay counts as "
    "explained only if it was explained before the due and the petitioner was told.",
)
_TOPICS: Final = (
    "petition.extension_granted",
    "petition.delay_explained",
    "petition.delay_explained_late",
    "petition.petitioner_informed_of_delay",
    "petition.reported_upward",
    "petition.upward_report_acknowledged",
    "petition.instruction_sought",
    "petition.instruction_given",
    "petition.policy_limit_filed",
    "petition.plan_committed",
    "petition.progress_recorded",
    "petition.assignment_transferred",
    "petition.supervised",
)
_SHOWING: Final = frozenset(_TOPICS) - {"petition.progress_recorded"}
"""Progress alone makes no section: it is part of every course."""


def delay_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return how often each of these acts was done, and how reports were kept. Blocking."""
    petitions = [script.petition_id for script in scenario.petitions]
    histories = read_histories(connection, petitions, scenario.as_of)
    done = Counter(event.TOPIC for history in histories.values() for event in history)
    if not done.keys() & _SHOWING:
        return []
    rows = [[say(EVENT_LABELS[topic]), str(done[topic])] for topic in _TOPICS if done[topic]]
    lines = [say(_TITLE), *align(rows, right=frozenset({1})), say(_NOTE)]
    if done["petition.reported_upward"]:
        counts = read_counts(connection, Dimension.TOTAL, as_of=scenario.as_of, zone=scenario.zone)
        definition = RATES["upward_report_compliance"]
        rate = counts.rate(definition)
        shown = Text(f"{rate.n}/{rate.d}", f"{rate.n}/{rate.d}") if rate.d else rate.shown()
        compliance = Text(
            f"{definition.label.zh} {shown.zh}：逾期或已说明的诉求中，说明、告知、报备三项都及时的",
            f"{definition.label.en} {shown.en}: of the late or explained petitions, those that "
            "were explained, told and reported in time",
        )
        lines.append(say(compliance))
    return lines
