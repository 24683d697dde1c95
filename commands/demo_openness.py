"""Without this file the demo would not show what the public and the groups get to see."""

from collections.abc import Iterator
from typing import Any, Final

from psycopg import Connection

from commands.language import say
from domain.openness import public_reply
from domain.petition_facts import PetitionFacts
from domain.petition_fold import fold_all
from domain.text import Text
from projections.histories import read_histories
from projections.pages import PAGE_LEN_MAX
from projections.public_list import read_public_list
from scenarios.scenario import Scenario

_TITLE: Final = Text("公开、群内公开与绿色通道", "Public replies, groups and the green channel")


def openness_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return what is public, shared and hurried by the end; plain numbers, no rate. Blocking."""
    petitions = [script.petition_id for script in scenario.petitions]
    histories = read_histories(connection, petitions, scenario.as_of)
    facts = [fold_all(history) for history in histories.values()]
    lines = [
        *_public_lines(connection, facts),
        *_share_lines(facts, scenario),
        *_green_lines(facts),
    ]
    return [say(_TITLE), *lines] if lines else []


def _public_lines(connection: Connection[Any], facts: list[PetitionFacts]) -> Iterator[str]:
    replies = [reply for each in facts for cycle in each.cycles for reply in cycle.replies]
    down = sum(1 for reply in replies if reply.unpublished_at is not None)
    shown = {each.petition_id for each in facts if public_reply(each) is not None}
    if not shown and not down:
        return
    yield say(
        Text(
            f"公开回复：{len(shown)} 件在公开，{down} 件已撤下",
            f"public replies: {len(shown)} public, {down} taken down",
        )
    )
    for line in read_public_list(connection, limit=PAGE_LEN_MAX):
        if line.petition_id in shown and line.subject is not None:
            yield f"  {line.number} {line.subject}"


def _share_lines(facts: list[PetitionFacts], scenario: Scenario) -> Iterator[str]:
    for each in facts:
        for share in each.shares:
            name = scenario.groups.get(share.group, Text(share.group, share.group))
            amount = len(share.members)
            yield say(
                Text(
                    f"群内公开：{each.number} 由{name.zh} {amount} 个账号监督，"
                    "只见进展，不见个人信息",
                    f"shared with a group: {each.number}, {amount} accounts of the {name.en} may "
                    "follow its course and see nothing personal",
                )
            )


def _green_lines(facts: list[PetitionFacts]) -> Iterator[str]:
    hurried = sorted(each.number or "" for each in facts if each.green_channel_at is not None)
    if hurried:
        numbers = ", ".join(hurried)
        yield say(
            Text(
                f"项目申报绿色通道：{len(hurried)} 件（{numbers}），时限不变，不计入任何比率",
                f"green channel: {len(hurried)} ({numbers}); no limit moves, and no rate counts it",
            )
        )
