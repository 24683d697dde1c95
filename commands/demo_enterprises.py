"""Without this file the demo would not show whom the groups, packages and grants reach."""

from collections.abc import Iterator
from typing import Any, Final

from psycopg import Connection

from commands.language import say
from domain.text import Text
from projections.activity_counts import read_reach
from projections.enterprise_profile import count_members, read_profiles
from projections.pages import PAGE_LEN_MAX
from scenarios.scenario import Scenario

_TITLE: Final = Text(
    "企业分群（去重）、服务包与惠企资金", "Enterprises by group, service packages and grants"
)
_FEN_PER_WAN: Final = 1_000_000
_ENDED: Final = ("service_package.completed", "service_package.cancelled")


def enterprise_lines(connection: Connection[Any], scenario: Scenario) -> list[str]:
    """Return members of groups now, and packages and grants by the end. Blocking."""
    until = scenario.as_of.astimezone(scenario.zone).date()
    lines = [*_group_lines(connection, scenario)]
    done = read_reach(connection, _ENDED[:1], until=until)
    begun = ("service_package.opened",)
    waiting = read_reach(connection, begun, undone=_ENDED, until=until)
    if done.items or waiting.items:
        lines.append(
            say(
                Text(
                    f"综合服务包（一企一策）：已办结 {done.items} 个，待办 {waiting.items} 个",
                    f"service packages, one for each enterprise: {done.items} done, "
                    f"{waiting.items} to do",
                )
            )
        )
    awarded = read_reach(connection, ("grant.awarded",), undone=("grant.revoked",), until=until)
    if awarded.items:
        paid = read_reach(connection, ("grant.paid",), until=until)
        wan, paid_wan = (each.amount_fen / _FEN_PER_WAN for each in (awarded, paid))
        lines.append(
            say(
                Text(
                    f"惠企资金：批准 {wan:g} 万元，惠及 {awarded.enterprises} 家企业，"
                    f"已兑付 {paid_wan:g} 万元",
                    f"grants: {wan * 10_000:,.0f} yuan to {awarded.enterprises} enterprises, "
                    f"{paid_wan * 10_000:,.0f} yuan paid",
                )
            )
        )
    return [say(_TITLE), *lines] if lines else []


def _group_lines(connection: Connection[Any], scenario: Scenario) -> Iterator[str]:
    members = count_members(connection)
    for group, amount in members.items():
        name = scenario.groups.get(group, Text(group, group))
        yield say(Text(f"{name.zh}：{amount} 家", f"{name.en}: {amount}"))
    if len(members) > 1:
        grouped = [len(groups) for groups in _memberships(connection) if groups]
        whole, twice = len(grouped), sum(1 for amount in grouped if amount > 1)
        yield say(
            Text(
                f"各群去重合计 {whole} 家，其中 {twice} 家在一个以上的群",
                f"{whole} enterprises over all groups, each once; {twice} are in more than one",
            )
        )


def _memberships(connection: Connection[Any]) -> Iterator[tuple[str, ...]]:
    after = ""
    while page := read_profiles(connection, limit=PAGE_LEN_MAX, after_code=after):
        yield from (profile.groups for profile in page)
        after = page[-1].credit_code
