"""Without this file a printed figure would not say what it was computed from."""

from collections.abc import Iterator

from domain.text import Text
from replay.export_document import Document


def notes_of(document: Document) -> Iterator[Text]:
    """Yield what stands below the figures of a form: instants, number, definitions; pure."""
    origin = document.origin
    until = f"{origin.as_of.astimezone(origin.zone):%Y-%m-%d %H:%M:%S}"
    yield Text(
        f"数据截至：{until}（{origin.zone.key}），日志位置 {origin.log}。",
        f"Data as of {until} ({origin.zone.key}), log position {origin.log}.",
    )
    if origin.known_at is not None:
        known = f"{origin.known_at.astimezone(origin.zone):%Y-%m-%d %H:%M:%S}"
        yield Text(f"按 {known} 已入账的事件计算。", f"As it was on record at {known}.")
    if origin.number is not None:
        state = origin.state or Text("", "")
        yield Text(
            f"报告编号：{origin.number}（{state.zh}）。",
            f"Report number {origin.number} ({state.en}).",
        )
    elif not origin.positions:
        yield Text("报告编号：无（未发布的工作用表）。", "No report number: a working paper.")
    for dimension, value in origin.scope.items():
        yield Text(f"范围：{dimension} = {value}。", f"Scope: {dimension} = {value}.")
    if origin.as_dispatched:
        yield Text("单位口径：派单时的单位。", "Units: as dispatched, without their heirs.")
    for reference, _, formula in origin.definitions:
        yield Text(
            f"口径说明 {reference}：{formula.zh}。", f"Definition {reference}: {formula.en}."
        )
    if origin.cases_min is not None and origin.cases_min > 1:
        yield Text(
            f"分母不足 {origin.cases_min} 件的，只列件数，不列比率。",
            f"Below {origin.cases_min} cases the counts stand without a rate.",
        )
    yield from origin.withheld
    yield from document.notes
