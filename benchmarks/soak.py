"""``python -m benchmarks.soak``: half an hour of commands over HTTP, on the real processes.

Prints what was seen every so often, and returns 1 where a bound broke: memory that grows, read
models that fall behind, or commands that wait too long. Everything stays on this machine.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

from benchmarks.bench import CITY
from benchmarks.foundation import found_ledger
from benchmarks.soak_bounds import Sample, broken_bounds, p99
from benchmarks.soak_load import Load
from benchmarks.soak_servers import Servers, read_lag, run_servers
from ledger.api_keys import KeyGrant, issue_key
from ledger.database import Database
from ledger.embedded import EmbeddedServer
from ledger.migrate import migrate
from scenarios.cast import INTAKE
from scenarios.scenario import read_scenario

_SAMPLES_LEN: Final = 30
_LINE: Final = "{:>6} {:>9} {:>8} {:>8} {:>9} {:>9}"


def watch(load: Load, servers: Servers, database: Database, run_s: float) -> Iterator[Sample]:
    """Yield what is seen while a load runs, which is begun here and ended. Blocking."""
    part_s = run_s / _SAMPLES_LEN
    load.start()
    started_at_s = perf_counter()
    seen = 0
    try:
        for number in range(1, _SAMPLES_LEN + 1):
            sleep(max(0.0, started_at_s + number * part_s - perf_counter()))
            answered = load.latencies_s[seen:]
            seen += len(answered)
            at_s = perf_counter() - started_at_s
            lag, memory = read_lag(database), servers.memory_mib()
            yield Sample(at_s, len(answered) / part_s, p99(answered), lag, *memory)
    finally:
        load.stop()


def main(arguments: Sequence[str]) -> int:
    """Soak, print the table, and return 0, or 1 where a bound broke. Blocking."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="how long, at most 240")
    parser.add_argument("--rate", type=float, default=300.0, help="commands per second")
    asked = parser.parse_args(arguments)
    run_s = min(asked.minutes, 240.0) * 60
    with tempfile.TemporaryDirectory(prefix="tz-soak-") as name:
        folder = Path(name)
        # Closed by default to the account that a server started by root runs as.
        folder.chmod(0o711)
        with EmbeddedServer(folder) as server:
            database = Database.on_server(server, "main")
            migrate(database)
            key = _found(database)
            with run_servers(folder) as servers:
                load = Load(servers.port, key, asked.rate)
                print(_LINE.format("s", "commands", "p99 ms", "lag", "API MiB", "proj MiB"))
                samples = []
                for sample in watch(load, servers, database, run_s):
                    samples.append(sample)
                    print(_line(sample), flush=True)
    broken = broken_bounds(samples, load.rate, load.latencies_s, load.failures)
    print(f"{len(load.latencies_s):,} commands, p99 {p99(load.latencies_s) * 1000:.0f} ms")
    print("\n".join(broken) or "Every bound held.")
    return 1 if broken else 0


def _found(database: Database) -> str:
    """Return the key of an intake clerk on a ledger with a city's units and rules."""
    ledger = found_ledger(database, read_scenario(CITY))
    grant = KeyGrant(label="soak", role=INTAKE.role, actor_id=INTAKE.actor_id, unit=INTAKE.unit)
    key = issue_key(database, grant, ledger.reference.roster().state, datetime.now(UTC))
    ledger.close()
    return key


def _line(sample: Sample) -> str:
    return _LINE.format(
        f"{sample.at_s:.0f}",
        f"{sample.rate:.0f}/s",
        f"{sample.p99_s * 1000:.0f}",
        sample.lag,
        f"{sample.api_mib:.0f}",
        f"{sample.projector_mib:.0f}",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
