"""Without this file nobody could say which benchmarks there are."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import inf
from time import perf_counter
from types import MappingProxyType
from typing import Final

from benchmarks.application_commands import application_command_rows
from benchmarks.bench import Bench
from benchmarks.history_import import history_import_rows
from benchmarks.http_requests import http_request_rows
from benchmarks.log_verification import log_verification_rows
from benchmarks.model_rebuild import model_rebuild_rows
from benchmarks.read_lag import read_lag_rows
from benchmarks.replayed_reports import replayed_report_rows
from benchmarks.report_queries import report_query_rows
from benchmarks.rows import Row, failed_row
from benchmarks.single_commands import single_command_rows

Rows = Callable[[Bench], Iterator[Row]]

BENCHMARKS: Final[Mapping[str, tuple[tuple[str, Rows], ...]]] = MappingProxyType(
    {
        "P1": (
            ("recorder", single_command_rows),
            ("application", application_command_rows),
        ),
        "P2": (("import", history_import_rows),),
        "P3": (("rebuild", model_rebuild_rows),),
        "P4": (("reports", report_query_rows),),
        "P5": (("requests", http_request_rows),),
        "P6": (("verification", log_verification_rows),),
        "P7": (("lag", read_lag_rows),),
        "P8": (("replayed reports", replayed_report_rows),),
    }
)
"""Per benchmark its works, each with the function that measures it."""


def run_benchmark(name: str, bench: Bench) -> Iterator[Row]:
    """Yield the rows of a benchmark; what cannot run says why instead. Blocking.

    The works of a benchmark share its time equally.
    """
    works = BENCHMARKS[name]
    share_s = bench.sizes.budgets_s.get(name, inf) / len(works)
    for work, rows in works:
        stop_at_s = bench.history.stop_at_s = perf_counter() + share_s
        try:
            yield from rows(replace(bench, stop_at_s=stop_at_s))
        except Exception as error:  # noqa: BLE001 - the others shall run all the same
            yield failed_row(name, work, error)
