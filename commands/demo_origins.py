"""Without this file the demo would not show what people called what they asked for."""

from collections import defaultdict
from typing import Any, Final

from psycopg import Connection

from commands.aligned import align
from commands.language import say
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.text import Text
from projections.histories import read_histories
from scenarios.scenario import Scenario

_TITLE: Final = Text(
    "诉求来源（保留原有名称；企业去重）",
    "What was asked for (the city's own words are kept; each enterprise once)",
)


def origin_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return petitions and enterprises by the city's own word for them. Blocking."""
    petitions = [script.petition_id for script in scenario.petitions]
    histories = read_histories(connection, petitions, scenario.as_of)
    groups: dict[tuple[str, str], list[PetitionFacts]] = defaultdict(list)
    for history in histories.values():
        facts = fold_all(history)
        kind = "–" if facts.petition_type is None else say(facts.petition_type.label)
        groups[kind, facts.type_label or "–"].append(facts)
    if not groups:
        return []
    head = [
        say(Text("原有名称", "city's own word")),
        say(Text("归入类型", "handled as")),
        say(Text("件数", "petitions")),
        say(Text("企业", "enterprises")),
    ]
    rows = [[label, kind, *_figures(found)] for (kind, label), found in sorted(groups.items())]
    whole = [facts for found in groups.values() for facts in found]
    total = [say(Text("合计", "total")), "", *_figures(whole)]
    return [say(_TITLE), *align([head, *rows, total], right=frozenset({2, 3}))]


def _figures(found: list[PetitionFacts]) -> list[str]:
    enterprises = {facts.enterprise for facts in found if facts.enterprise}
    return [str(len(found)), str(len(enterprises)) if enterprises else "–"]
