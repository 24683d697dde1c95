"""Without this file parts that do not make up their total would go unnoticed."""

from domain.finding import Finding, Verdict
from domain.press_text import PrintedSum
from domain.text import Text


def examine_sum(printed: PrintedSum) -> Finding:
    """Return whether the parts make up their total. Pure."""
    total, parts = printed.total.value, printed.parts_sum
    subject = printed.total.label or printed.total.name or str(total)
    gap = total - parts.value
    arithmetic = f"{parts}; {total} - {parts.value} = {gap}"
    if gap == 0:
        text = Text("各项之和等于总数", "the parts make up the total")
        return Finding("sum-agrees", Verdict.CONSISTENT, subject, text, arithmetic)
    if gap > 0 and not printed.is_complete:
        text = Text(
            f"原文未列全各项，其余应为 {gap}",
            f"the text does not give every part; the others come to {gap}",
        )
        return Finding("sum-incomplete", Verdict.POSSIBLE, subject, text, arithmetic)
    text = (
        Text(f"各项之和比总数少 {gap}", f"the parts fall {gap} short of the total")
        if gap > 0
        else Text(f"各项之和比总数多 {-gap}", f"the parts exceed the total by {-gap}")
    )
    return Finding("sum-differs", Verdict.CONTRADICTION, subject, text, arithmetic)
