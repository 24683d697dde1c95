"""Without this file figures typed as options would need a file of their own."""

from collections.abc import Mapping

from commands.language import say
from domain.figure import Percent
from domain.press_text import Count, CountKind, Passage, PressText, PrintedRate, RateKind
from domain.text import Text

_RECEIVED = Text("收到", "received")
_CLOSED = Text("办结", "closed")
_PERSON_TIMES = Text("参加人次", "person-times")
_CLOSURE = Text("办结率", "closure rate")
_SATISFACTION = Text("满意率", "satisfaction rate")
_COVERAGE = Text("覆盖率", "coverage")


def make_press_text(
    *,
    received: int | None = None,
    closed: int | None = None,
    rate: Percent | None = None,
    satisfaction: Percent | None = None,
    coverage: Percent | None = None,
    person_times: int | None = None,
    versus: Mapping[str, tuple[int, int]] | None = None,
) -> PressText:
    """Return figures typed one by one as a text of one passage, two where counts are compared.

    Pure. Closure is closed over received. Satisfaction may have been asked of the closed or
    counted over all received, so both are thought of.
    """
    all_received = _count(_RECEIVED, received)
    all_closed = _count(_CLOSED, closed)
    times = _count(_PERSON_TIMES, person_times, CountKind.PERSON_TIMES)
    rates = []
    if rate is not None or closed is not None:
        n = all_closed[0] if all_closed else None
        rates.append(PrintedRate(say(_CLOSURE), rate, n, all_received))
    if satisfaction is not None:
        over = (*all_closed, *all_received)
        rates.append(PrintedRate(say(_SATISFACTION), satisfaction, denominators=over))
    if coverage is not None:
        rates.append(PrintedRate(say(_COVERAGE), coverage, kind=RateKind.COVERAGE))
    pairs = versus or {}
    counts = {each.name: each for each in (*all_received, *all_closed, *times)}
    first = counts | {name: Count(name, pair[0]) for name, pair in pairs.items()}
    passages = [Passage("", first, tuple(rates))]
    if pairs:
        second = {name: Count(name, pair[1]) for name, pair in pairs.items()}
        passages.append(Passage("", second))
    return PressText("", tuple(passages))


def _count(label: Text, value: int | None, kind: CountKind = CountKind.ACTS) -> tuple[Count, ...]:
    return () if value is None else (Count(say(label), value, kind),)
