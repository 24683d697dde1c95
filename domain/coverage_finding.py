"""Without this file attendances over departments would pass as a coverage."""

from collections.abc import Iterable, Iterator

from domain.figure import Percent
from domain.finding import Finding, Verdict
from domain.fractions import Search
from domain.press_text import Count, CountKind, PrintedRate, RateKind
from domain.print_window import division
from domain.text import Text


def examine_coverage(rate: PrintedRate) -> Iterator[Finding]:
    """Yield that person-times over units are no coverage, where a text divides them. Pure.

    Source:
        domain.md §1.1 and §5: coverage counts distinct units, attendance counts times.
    """
    n = rate.n
    if rate.kind is RateKind.COVERAGE and n is not None and n.kind is CountKind.PERSON_TIMES:
        over = rate.denominators[0].value if rate.denominators else "?"
        text = Text(
            f"{n} 是人次，同一单位可以算多次；覆盖率须数不同的单位",
            f"{n} are person-times, which count one unit many times; "
            "a coverage counts distinct units",
        )
        yield Finding(
            "person-times-no-coverage",
            Verdict.IMPOSSIBLE,
            rate.subject,
            text,
            f"{n.value}/{over}",
        )


def suspect_person_times(
    rate: PrintedRate, printed: Percent, counts: Iterable[Count], search: Search
) -> Iterator[Finding]:
    """Yield the person-times that give a coverage whose fraction is not stated. Pure."""
    if rate.kind is not RateKind.COVERAGE:
        return
    window = search.window(printed)
    for count in counts:
        fitting = window.denominators(count.value)
        if count.kind is CountKind.PERSON_TIMES and fitting:
            arithmetic = division(count.value, fitting[0], max(printed.places, 2))
            text = Text(
                f"可能由人次“{count}”除以单位数得来：那不是覆盖率",
                f"person-times '{count}' may have been divided by units: that is no coverage",
            )
            yield Finding(
                "person-times-suspected", Verdict.POSSIBLE, rate.subject, text, arithmetic
            )
