"""Without this file a published contradiction could pass as true, or a true figure as false."""

import pytest

from commands.press_file import read_press_text
from domain.figure import FigureError
from domain.finding import Finding, Verdict, worst
from domain.forensics import examine
from domain.fractions import Search
from domain.print_window import PrintRounding
from tests.unit.press_texts import (
    ANHUI,
    CHAOYANG,
    LIANYUNGANG,
    LUSHAN,
    PANJIN,
    SHUANGLIU,
    SIPING,
    TANGSHAN,
    YANTAI,
    findings_of,
)


def fractions(finding: Finding) -> list[tuple[int, int]]:
    """Return the fractions a finding names, as pairs."""
    assert finding.found is not None
    return [(each.n, each.d) for each in finding.found.fractions]


def verdicts(text: str) -> dict[str, Verdict]:
    """Return what each finding about a text comes to."""
    return {code: finding.verdict for code, finding in findings_of(text).items()}


def test_shuangliu_is_a_contradiction_with_its_parts_told_apart() -> None:
    """The closure rate agrees; satisfaction, coverage and the two passages do not."""
    assert verdicts(SHUANGLIU) == {
        "rate-agrees": Verdict.CONSISTENT,
        "d-excluded": Verdict.IMPOSSIBLE,
        "n-found": Verdict.POSSIBLE,
        "fractions-found": Verdict.POSSIBLE,
        "person-times-suspected": Verdict.POSSIBLE,
        "rates-identical": Verdict.POSSIBLE,
        "crossed-counts": Verdict.CONTRADICTION,
    }


def test_shuangliu_satisfaction_is_never_a_share_of_the_closed() -> None:
    """No k/128 prints as 98.46: the neighbours are 98.44 and 99.22; 128/130 does."""
    found = findings_of(SHUANGLIU)

    assert found["d-excluded"].arithmetic == "126/128 = 98.44 %, 127/128 = 99.22 %"
    assert fractions(found["n-found"]) == [(128, 130)]


def test_shuangliu_coverage_is_suspected_to_divide_person_times() -> None:
    """Of the two fractions of 66.36, one has the 73 person-times above it."""
    found = findings_of(SHUANGLIU, Search(60, 199))

    assert fractions(found["fractions-found"]) == [(71, 107), (73, 110)]
    assert found["person-times-suspected"].arithmetic == "73/110 = 66.36 %"


def test_shuangliu_passages_cross_so_that_one_change_explains_neither() -> None:
    """Fewer leaders and more heads need two changes; each explains one count alone."""
    crossed = findings_of(SHUANGLIU)["crossed-counts"]

    assert crossed.subject == "区领导, 部门负责人"
    assert crossed.arithmetic == "36 > 32; 73 < 163"
    assert "'区领导 36 → 32'" in crossed.text.en
    assert "“部门负责人 73 → 163”" in crossed.text.zh


def test_person_times_over_units_are_no_coverage_when_the_text_says_so() -> None:
    """73 attendances of 110 departments are impossible as a coverage, though 66.36 agrees."""
    text = """
    counts: {heads: {value: 73, kind: person_times}, departments: 110}
    rates: [{name: coverage, printed: 66.36, n: heads, d: departments, kind: coverage}]
    """
    assert verdicts(text) == {
        "person-times-no-coverage": Verdict.IMPOSSIBLE,
        "rate-agrees": Verdict.CONSISTENT,
    }
    assert verdicts(text.replace("person_times", "distinct")) == {"rate-agrees": Verdict.CONSISTENT}


def test_yantai_lacks_347_cases_in_its_denominator() -> None:
    """14962 of 16878 are 88.65; 90.51 half-up needs 16530 or 16531, cut off also 16529."""
    search = Search(roundings=(PrintRounding.HALF_UP,))
    differs = findings_of(YANTAI, search)["rate-differs"]

    assert differs.verdict is Verdict.CONTRADICTION
    assert differs.arithmetic == "14962/16878 = 88.65 %"
    assert "16530–16531" in differs.text.en
    assert "347–348 cases are not in the denominator" in differs.text.en
    assert "16529–16531" in findings_of(YANTAI)["rate-differs"].text.en


def test_lushan_did_not_close_everything() -> None:
    """1296 of 1338 are 96.86, at no decimals 97, and never 100."""
    differs = findings_of(LUSHAN)["rate-differs"]

    assert differs.arithmetic == "1296/1338 = 96.86 %"
    assert "the counts give 97 %" in differs.text.en
    assert "36–42 cases" in differs.text.en


def test_tangshan_divides_by_the_sum_of_its_parts() -> None:
    """The share is 43.81 of the total, and 63.72 of parts that fall 88874 short of it."""
    found = findings_of(TANGSHAN)

    assert found["rate-differs"].arithmetic == "124599/284406 = 43.81 %"
    assert "'124599 + 70933 = 195532': 124599/195532 = 63.72 %" in found["rate-differs"].text.en
    assert found["sum-differs"].verdict is Verdict.CONTRADICTION
    assert found["sum-differs"].arithmetic == "124599 + 70933 = 195532; 284406 - 195532 = 88874"


def test_anhui_divides_by_one_channel() -> None:
    """8 of 99 print as 8, not 9; 8 of the 87 of one channel are 9.20."""
    differs = findings_of(ANHUI)["rate-differs"]

    assert differs.arithmetic == "8/99 = 8.08 %"
    assert "the counts give 8 %" in differs.text.en
    assert "'asked by one channel 87': 8/87 = 9.20 %" in differs.text.en


def test_siping_truncates_so_as_not_to_print_100() -> None:
    """99.99 cut to one decimal is 99.9; rounded half-up it would print 100.0."""
    cut = findings_of(SIPING)["rate-by-truncate"]

    assert cut.verdict is Verdict.POSSIBLE
    assert cut.arithmetic == "254567/254592 = 99.99 %"
    assert "half-up it is 100.0 %" in cut.text.en


def test_siping_would_read_as_complete_when_rounded_half_up() -> None:
    """100.0 with 25 open cases agrees in arithmetic and misleads in print."""
    found = findings_of(SIPING.replace("99.9,", "100.0,"))

    assert found["rate-agrees"].verdict is Verdict.CONSISTENT
    assert found["reads-as-complete"].arithmetic == "254592 - 254567 = 25"
    assert ">99.9 %" in found["reads-as-complete"].text.en


def test_panjin_ranks_22_cases_before_6530_without_support() -> None:
    """100.00 of 22 is at least 85.13, less than what 99.1 of 6530 is at least."""
    found = [each for each in examine(read_press_text(PANJIN), Search()) if "rank" in each.code]

    assert [each.code for each in found] == ["rank-not-supported"]
    assert found[0].subject == "得分 · 小单位"
    assert found[0].arithmetic.startswith("22/22: 95 % ≥ 85.13 < 98.")


@pytest.mark.parametrize(("cases", "rival"), [("22000", "99.1"), ("22", "80.0")])
def test_rank_is_not_doubted_when_the_cases_carry_it(cases: str, rival: str) -> None:
    """Many cases may lead, and so may 22 that are at least 85.13 before a rival at 80."""
    text = PANJIN.replace("22", cases).replace("99.1", rival)

    assert {each.code for each in examine(read_press_text(text), Search())} == {"n-found"}


def test_lianyungang_may_rest_on_three_cases() -> None:
    """66.67 is already 2 of 3, which says 20.77 to 93.85."""
    small = findings_of(LIANYUNGANG)["small-sample"]

    assert small.verdict is Verdict.POSSIBLE
    assert small.arithmetic == "2/3: 95 % 20.77–93.85"


def test_chaoyang_gives_no_rate_without_a_denominator() -> None:
    """257 solved problems of nobody knows how many are no rate."""
    assert verdicts(CHAOYANG) == {"no-denominator": Verdict.POSSIBLE}


def test_numerator_alone_leaves_few_denominators_when_a_rate_is_printed() -> None:
    """Only 110 fits under 73 for 66.36, and nothing under 74 at four decimals."""
    text = "rates: [{name: coverage, printed: 66.36, n: 73}]"

    assert fractions(findings_of(text)["d-found"]) == [(73, 110)]
    assert verdicts("rates: [{name: r, printed: 66.3636, n: 74}]") == {
        "n-excluded": Verdict.IMPOSSIBLE
    }
    assert findings_of("rates: [{name: r, printed: 0.00, n: 1}]")["d-found"].arithmetic == (
        "1/≥10001"
    )


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        ("{name: r, printed: 100.01}", "rate-above-100"),
        ("{name: r, n: 3, d: 2}", "n-above-d"),
        ("{name: r, printed: 50, n: 0, d: 0}", "no-cases"),
        ("{name: r, printed: 98.46, d: 0}", "d-excluded"),
    ],
)
def test_impossible_figure_is_named(rate: str, code: str) -> None:
    """A share above 100, a part above its whole and a rate of nothing are impossible."""
    assert verdicts(f"rates: [{rate}]") == {code: Verdict.IMPOSSIBLE}


def test_no_fraction_is_impossible_in_the_range_that_was_searched() -> None:
    """66.36 has no denominator below 107."""
    found = findings_of("rates: [{name: r, printed: 66.36}]", Search(1, 106))

    assert found["no-fraction"].verdict is Verdict.IMPOSSIBLE
    assert found["no-fraction"].arithmetic == "d = 1–106"


def test_ratio_may_exceed_100() -> None:
    """Closures over acceptances of a month are no share."""
    assert verdicts("rates: [{name: flow, printed: 150, n: 3, d: 2, kind: ratio}]") == {
        "rate-agrees": Verdict.CONSISTENT
    }


def test_stated_rounding_is_the_one_that_agrees() -> None:
    """Where a text is known to cut off, a truncated rate is simply right."""
    search = Search(roundings=(PrintRounding.TRUNCATE,))

    assert set(findings_of(SIPING, search)) == {"rate-agrees"}


def test_rate_below_one_step_needs_a_denominator_without_end() -> None:
    """0.0 for 3 of 8 is wrong; from some denominator on every one would do."""
    differs = findings_of("rates: [{name: r, printed: 0.0, n: 3, d: 80}]")["rate-differs"]

    assert "needs a denominator of at least 3001" in differs.text.en


def test_copied_rates_are_told_once() -> None:
    """Any number of unexplained rates that print alike are one finding; explained ones none."""
    alike = ", ".join(f"{{name: r{place}, printed: 98.46, n: 128}}" for place in range(6))
    found = [
        each
        for each in examine(read_press_text(f"rates: [{alike}]"), Search())
        if each.code == "rates-identical"
    ]

    assert [each.subject for each in found] == ["r0, r1, r2, r3, …"]
    explained = alike.replace("n: 128", "n: 128, d: 130")
    assert {each.code for each in examine(read_press_text(f"rates: [{explained}]"), Search())} == {
        "rate-agrees"
    }


def test_rate_without_print_is_computed() -> None:
    """Two counts give the rate that a text leaves out."""
    found = findings_of("rates: [{name: r, n: 128, d: 130}]")

    assert found["rate-computed"].arithmetic == "128/130 = 98.46 %"


def test_tie_tells_gbt_8170_from_half_up() -> None:
    """1/32 = 3.125 prints as 3.13 half-up and as 3.12 by GB/T 8170 or truncation."""
    assert set(findings_of("rates: [{name: r, printed: 3.13, n: 1, d: 32}]")) == {"rate-agrees"}
    found = findings_of("rates: [{name: r, printed: 3.12, n: 1, d: 32}]")
    assert found["rate-by-gbt-8170"].verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("sums", "code", "verdict"),
    [
        ("{total: 10, parts: [4, 6]}", "sum-agrees", Verdict.CONSISTENT),
        ("{total: 10, parts: [4, 5]}", "sum-differs", Verdict.CONTRADICTION),
        ("{total: 10, parts: [4, 7]}", "sum-differs", Verdict.CONTRADICTION),
        ("{total: 10, parts: [4, 5], complete: false}", "sum-incomplete", Verdict.POSSIBLE),
        ("{total: 10, parts: [4, 7], complete: false}", "sum-differs", Verdict.CONTRADICTION),
    ],
)
def test_sum_is_held_against_its_parts(sums: str, code: str, verdict: Verdict) -> None:
    """Parts make up a total, or the difference is told; parts left out may only be missing."""
    assert verdicts(f"sums: [{sums}]") == {code: verdict}


def test_scopes_of_a_share_must_belong_together() -> None:
    """Cases of the main sessions may be a share of all, not of the hotline."""
    text = """
    scopes: {main: all, hotline: all}
    counts: {n: {value: 5, scope: main}, d: {value: 10, scope: hotline}}
    rates: [{name: r, printed: 50, n: n, d: d}]
    """
    assert verdicts(text)["scope-mixed"] is Verdict.CONTRADICTION
    assert "scope-mixed" not in findings_of(text.replace("scope: hotline", "scope: all"))


def test_unbounded_work_is_refused() -> None:
    """A range is limited, and so are all ranges of one text together."""
    many = ", ".join(f"{{name: r{place}, printed: {place}.37}}" for place in range(30))
    for search in (Search(0, 5), Search(6, 5), Search(1, 200_001), Search(1, 10**9)):
        with pytest.raises(FigureError, match="cannot be searched"):
            examine(read_press_text(LIANYUNGANG), search)
    with pytest.raises(FigureError, match="more than 1000000 trials"):
        examine(read_press_text(f"rates: [{many}]"), Search(1, 200_000))


def test_worst_verdict_stands_for_all() -> None:
    """One contradiction outweighs everything else, and no finding is consistent."""
    assert worst(findings_of(SHUANGLIU).values()) is Verdict.CONTRADICTION
    assert worst([]) is Verdict.CONSISTENT
