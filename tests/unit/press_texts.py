"""Published figures of domain.md §1 and §3 as files, each figure as it was printed."""

from commands.press_file import read_press_text
from domain.finding import Finding
from domain.forensics import examine
from domain.fractions import Search

SHUANGLIU = """
title: 双流区 企业咖啡时
passages:
  - name: 第一段
    as_of: 2019-12-01
    counts:
      received: 130
      closed: 128
      leaders: {value: 36, kind: person_times, label: 区领导}
      heads: {value: 73, kind: person_times, label: 部门负责人}
    rates:
      - {name: 办结率, printed: 98.46, n: closed, d: received}
      - {name: 满意率, printed: 98.46, d: [closed, received]}
      - {name: 部门覆盖面, printed: 66.36, kind: coverage}
  - name: 一年来
    counts:
      leaders: {value: 32, kind: person_times, label: 区领导}
      heads: {value: 163, kind: person_times, label: 部门负责人}
"""
YANTAI = """
counts: {accepted: 16878, solved: 14962}
rates: [{name: 办结率, printed: 90.51, n: solved, d: accepted}]
"""
LUSHAN = """
counts: {received: 1338, closed: 1296}
rates: [{name: 办结率, printed: 100, n: closed, d: received}]
"""
# The text gives the sum of its other classes nowhere; what is left of 195532 stands for them.
TANGSHAN = """
counts: {total: 284406, consultations: 124599, others: 70933}
rates: [{name: 咨询占比, printed: 63.72, n: consultations, d: total}]
sums: [{total: total, parts: [consultations, others]}]
"""
ANHUI = """
counts: {asked: 99, asked by one channel: 87, dissatisfied: 8}
rates: [{name: 住建局不满意率, printed: 9, n: dissatisfied, d: asked}]
"""
SIPING = """
counts: {accepted: 254592, closed: 254567}
rates: [{name: 办结率, printed: 99.9, n: closed, d: accepted}]
"""
PANJIN = """
rates:
  - {name: 得分, group: 小单位, printed: 100.00, d: 22}
  - {name: 得分, group: 大单位, printed: 99.1, d: 6530}
"""
LIANYUNGANG = "rates: [{name: 满意率, printed: 66.67}]"
CHAOYANG = """
counts: {solved: 257}
rates: [{name: 解决率, n: solved}]
"""


def findings_of(text: str, search: Search | None = None) -> dict[str, Finding]:
    """Return the findings about a YAML text by code; no code may come twice."""
    found = examine(read_press_text(text), search or Search())
    by_code = {each.code: each for each in found}
    assert len(by_code) == len(found), [each.code for each in found]
    return by_code
