"""Without this file tools that know one case notion alone could not read a process log."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from replay.ocel import instant_text
from replay.process_case import ProcessAct, ProcessCase
from replay.process_objects import ObjectType, Qualifier
from replay.small_units import POOLED

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<classifier name="act" keys="concept:name"/>
"""


def write_xes(
    path: Path, cases: Iterable[ProcessCase], pooled: frozenset[str] = frozenset()
) -> int:
    """Write one trace per petition as XES 1849-2016, and return how many traces there are.

    Blocking. Confidential petitions are left out. An act that concerns several petitions,
    such as a merger, stands in the trace of each as an event of its own, so that counts of
    events over all traces are larger than counts of acts; OCEL does not repeat them.

    Args:
        path: A file to write.
        cases: As ``read_process`` yields them.
        pooled: Units that stand in it as one.
    """
    traces = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for case in cases:
            if case.own.type is not ObjectType.PETITION or case.is_confidential:
                continue
            traces += 1
            file.write(f"<trace>{_attribute('string', 'concept:name', case.own.object_id)}\n")
            file.writelines(f"<event>{_event(act, pooled)}</event>\n" for act in case.acts)
            file.write("</trace>\n")
        file.write("</log>\n")
    return traces


def _event(act: ProcessAct, pooled: frozenset[str]) -> str:
    actors = [each.object_id for each in act.relations if each.qualifier is Qualifier.ACTOR]
    units = [POOLED if unit in pooled else unit for unit in actors]
    values = [
        ("string", "concept:name", act.topic),
        ("date", "time:timestamp", instant_text(act.at)),
        ("string", "lifecycle:transition", "complete"),
        ("string", "org:role", act.role),
        *(("string", "org:resource", unit) for unit in units),
        ("int", "position", str(act.position)),
        ("date", "recorded_at", instant_text(act.recorded_at)),
        ("int", "cycle", str(act.cycle)),
        ("string", "state", act.state),
        ("boolean", "late", str(act.late).lower()),
    ]
    return "".join(_attribute(kind, key, value) for kind, key, value in values)


def _attribute(kind: str, key: str, value: str) -> str:
    return f"<{kind} key={quoteattr(key)} value={quoteattr(value)}/>"
