"""Without this file the demo would not show what else a city does than petitions."""

from collections.abc import Mapping
from typing import Any, Final

from psycopg import Connection

from commands.aligned import align
from commands.language import say
from domain.bulletin import BulletinSeries
from domain.commendation import CommendationForm
from domain.event_labels import EVENT_LABELS
from domain.matchmaking import MatchResult, ProjectPhase
from domain.text import Text
from domain.vocabulary import Labelled
from projections.activity_counts import ActivityCount, read_counts, read_reach
from scenarios.scenario import Scenario

_TITLE: Final = Text("活动计数（件次，不是比率）", "Activities (counts, no rates)")
_ENTERPRISES: Final = Text("企业（去重）", "enterprises (distinct)")
_KEYS: Final[Mapping[str, Labelled]] = {
    member.value: member
    for kind in (BulletinSeries, CommendationForm, ProjectPhase, MatchResult)
    for member in kind
}
_FEN_PER_WAN: Final = 1_000_000


def activity_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return what was done by the scenario's end, by topic and key. Blocking."""
    until = scenario.as_of.astimezone(scenario.zone).date()
    counts = [count for count in read_counts(connection, until=until) if count.items]
    if not counts:
        return []
    head = [
        say(Text("活动", "activity")),
        say(Text("次数", "items")),
        say(Text("人次", "person-times")),
        say(Text("金额（万元）", "amount (10,000 yuan)")),
        say(_ENTERPRISES),
    ]
    rows = [head]
    for count in counts:
        reach = read_reach(connection, (count.topic,), until=until)
        rows.append(_row(count, reach.enterprises))
    return [say(_TITLE), *align(rows, right=frozenset({1, 2, 3, 4}))]


def _row(count: ActivityCount, enterprises: int) -> list[str]:
    label = say(EVENT_LABELS[count.topic])
    if count.key:
        label += f"·{say(_KEYS[count.key].label) if count.key in _KEYS else count.key}"
    return [
        label,
        str(count.items),
        str(count.person_times) if count.person_times else "–",
        f"{count.amount_fen / _FEN_PER_WAN:g}" if count.amount_fen else "–",
        str(enterprises) if enterprises else "–",
    ]
