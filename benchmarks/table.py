"""Without this file a run could not be read beside its goals."""

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.notes import Note, find_notes
from benchmarks.outcome import Outcome
from benchmarks.rounds import OURS
from benchmarks.rows import Goal, Row, count_met

_HEADINGS = (
    "#",
    "work 工作",
    "ours 台账",
    "peers 同类",
    "limit 极限",
    "goal 目标",
    "reason and next idea 原因与下一步",
)
_LIMIT = "limit"


def write_table(outcomes: Sequence[Outcome], notes: Sequence[Note] = ()) -> str:
    """Return runs as one Markdown table with their circumstances. Pure.

    Args:
        outcomes: The runs, at least one; what several measured stands there once, from the last.
        notes: What people wrote about their rows.
    """
    rows = merge_rows(outcomes)
    met, goals_len = count_met(row for row, _ in rows)
    last = outcomes[-1]
    settings = {name: each for outcome in outcomes for name, each in outcome.settings.items()}
    lines = [
        *map(write_circumstances, outcomes),
        ("In brackets behind peers and limit: ours divided by it. 括号内为台账与其之比。"),
        "",
        _line(_HEADINGS),
        _line("---" for _ in _HEADINGS),
        *(_line(_cells(row, rounds_len, notes)) for row, rounds_len in rows),
        "",
        f"Goals met 达标: {met} / {goals_len}.",
        "",
        f"- Server (one for all who use PostgreSQL): {_pairs(last.server)}.",
        *(f"- {name}: {_pairs(values)}." for name, values in settings.items()),
        f"- Packages: {_pairs(last.machine.packages)}.",
    ]
    return "\n".join(lines)


def merge_rows(outcomes: Sequence[Outcome]) -> list[tuple[Row, int]]:
    """Return the rows of runs by benchmark, each with the rounds its run was to have. Pure."""
    merged = {
        (row.benchmark, row.work): (row, outcome.sizes.rounds_len)
        for outcome in outcomes
        for row in outcome.rows
    }
    return sorted(merged.values(), key=lambda each: each[0].benchmark)


def write_circumstances(outcome: Outcome) -> str:
    """Return when and on what a run was done, a paragraph. Pure."""
    machine, rounds_len = outcome.machine, outcome.sizes.rounds_len
    rounds = f"medians of {rounds_len} rounds in turn, fewer where it is said"
    return (
        f"Measured {outcome.measured_at:%Y-%m-%d %H:%M} UTC in {outcome.took_s:,.0f} s on "
        f"{machine.cpu}, {machine.cpus} CPUs, {machine.memory_gib} GiB, "
        f"{machine.system}, {machine.python}: "
        f"{rounds if rounds_len > 1 else 'large sizes, once each'}; seed {outcome.seed}.\n"
    )


def _cells(row: Row, rounds_len: int, notes: Sequence[Note]) -> list[str]:
    said = "<br>".join(find_notes(notes, row))
    if row.failure:
        failure = f"could not run 未能运行: {row.failure}"
        return [row.benchmark, row.work, failure, "", "", _verdicts(row), said]
    names = row.figures.rounds
    took_len = len(names[OURS])
    fewer = f" ({took_len} of {rounds_len} rounds)" if took_len < rounds_len else ""
    ours = [name for name in names if name.startswith(OURS)]
    peers = [name for name in names if name not in ours and name != _LIMIT]
    absent = [
        f"{name} could not run 未能运行: {reason}" for name, reason in row.figures.absent.items()
    ]
    return [
        row.benchmark,
        f"{row.work}, {row.unit}{fewer}",
        "<br>".join(_figure(row, name, f"{_variant(name)} ") for name in ours),
        "<br>".join([*(_figure(row, name, f"{name} ") for name in peers), *absent]),
        _figure(row, _LIMIT, "") if _LIMIT in names else "–",
        _verdicts(row),
        said,
    ]


def _figure(row: Row, name: str, title: str) -> str:
    figure = row.median(name)
    if figure is None:
        return "–"
    said = f"{figure:,.2f}" if row.less_is_better else f"{figure:,.0f}"
    if name == OURS:
        return said
    is_faster_way = name.startswith(f"{OURS}, ")
    ratio = row.ratio(name, OURS) if is_faster_way else row.ratio(OURS, name)
    if ratio is None:
        return f"{title}{said}"
    if is_faster_way:
        return f"{title}{said} ({ratio:.2f} × one)"
    return f"{title}{said} ({'above: ' if name.startswith(OURS) else ''}{ratio:.2f} ×)"


def _variant(name: str) -> str:
    """Return how a figure of ours was had: in two processes, or at another size."""
    return name.removeprefix(OURS).lstrip(", ")


def _verdicts(row: Row) -> str:
    return "<br>".join(_verdict(row, goal) for goal in row.goals) or "none here 此处无目标"


def _verdict(row: Row, goal: Goal) -> str:
    sign, reached = "≤" if row.less_is_better else "≥", row.reached(goal)
    of = "" if goal.of == OURS else f"{goal.of.removeprefix(OURS + ', ')} "
    bound = f"{goal.bound:,g} × {goal.against}" if goal.against else f"{goal.bound:,g} {row.unit}"
    if reached is None:
        return f"{of}{sign} {bound}: not met 未达标, no figure 无数据"
    said = "met 达标" if row.is_met(goal) else "not met 未达标"
    return f"{of}{sign} {bound}: {said} ({reached:,.2f})"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
