"""The command line offers exactly the files that can be written."""

from datetime import date
from pathlib import Path

import pytest

from commands.failures import CommandError, Exit
from commands.file_options import ENCODINGS, FORMATS
from commands.letterhead import read_letterhead
from domain.measure_labels import MEASURE_LABELS, formula_text
from domain.measures import MEASURES
from domain.rates import RATES
from domain.text import Text
from replay.export_csv import Encoding
from replay.export_file import Format
from replay.file_name import file_stem
from replay.letterhead import NOBODY, LegalMark, Letterhead, MarkExpiredError, check_mark
from replay.template_kinds import Template, find_template
from tests.unit.exported_reports import report_document, say_zh

MARK = LegalMark("双企01表", "区统计局", "双统〔2019〕1号", date(2019, 12, 31))


def test_options_name_every_format_and_encoding() -> None:
    """The help page needs no writer, so its lists are compared here."""
    assert [form.value for form in Format] == list(FORMATS)
    assert [encoding.value for encoding in Encoding] == list(ENCODINGS)


def test_every_measure_has_a_label_and_every_rate_a_formula() -> None:
    """No exported column is called by its identifier alone."""
    assert set(MEASURES) == set(MEASURE_LABELS)
    for rate in RATES.values():
        formula = formula_text(rate)
        assert formula.zh.startswith(rate.label.zh)
        assert formula.en.startswith("rate = ")


def test_file_is_named_after_place_report_period_and_day() -> None:
    """The name says what is in it, and fits every file system."""
    place = Text("双流区", "Shuangliu")
    assert file_stem(report_document(), place, say_zh) == "双流区_办结情况_2019年9月_截至20190930"
    assert "/" not in file_stem(report_document(), Text("a/b: c", "a"), say_zh)


def test_templates_are_found_by_code_and_by_name() -> None:
    """A clerk types the name on the form."""
    for template in Template:
        for text in (template.value, template.label.zh, template.label.en.upper()):
            assert find_template(text) is template
    assert find_template("年鉴") is None


def test_letterhead_is_read_from_toml(tmp_path: Path) -> None:
    """Every line of head and foot, and the legal mark."""
    file = tmp_path / "letterhead.toml"
    file.write_text(
        'unit = "政企直通办"\nhead = "张三"\nreported_on = 2019-10-08\n'
        '[legal_mark]\nform = "双企01表"\nmade_by = "区统计局"\n'
        'approval = "双统〔2019〕1号"\nvalid_until = 2019-12-31\n',
        "utf-8",
    )
    assert read_letterhead(file) == Letterhead(
        unit="政企直通办", head="张三", reported_on=date(2019, 10, 8), legal_mark=MARK
    )
    assert read_letterhead(None) == NOBODY


@pytest.mark.parametrize("text", ['boss = "x"', "unit = 3", "unit =", 'legal_mark = "x"'])
def test_letterhead_of_other_keys_is_refused(tmp_path: Path, text: str) -> None:
    """A misspelt key is no empty line on a form."""
    file = tmp_path / "letterhead.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError) as caught:
        read_letterhead(file)
    assert caught.value.exit_code == Exit.USAGE


def test_expired_mark_is_refused() -> None:
    """A form may be printed on the last day of its validity, not after."""
    check_mark(Letterhead(legal_mark=MARK), date(2019, 12, 31))
    check_mark(NOBODY, date(2030, 1, 1))
    with pytest.raises(MarkExpiredError):
        check_mark(Letterhead(legal_mark=MARK), date(2020, 1, 1))
