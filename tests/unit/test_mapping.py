"""A mapping file is checked as a whole before the first row is read."""

from pathlib import Path

import pytest

from replay.columns import place_columns
from replay.import_errors import MappingError, TableError
from replay.mapping_reader import load_mapping, read_mapping

MAPPING = """
schema = "taizhang.mapping/1"
source = "city"
zone = "Asia/Shanghai"
calendar = "cn@2026"
units = "create"

[table]
encoding = "gb18030"

[fields]
case_key = "编号"
status = "状态"
name = "姓名"
phone = "电话"
unit = "承办单位"

[fields.created_at]
column = "提交时间"
formats = ["%Y-%m-%d %H:%M"]

[fields.closed_at]
column = "办结时间"
formats = ["%Y-%m-%d %H:%M", "%Y-%m-%d"]

[fields.due_at]
column = "时限"
formats = ["%Y-%m-%d"]
bare_date = "end"

[fields.channel]
column = "渠道"
otherwise = "other"
values = { "热线" = "hotline" }

[closing]
when = "status"
closed = ["已办结"]
open = ["办理中"]

[new_units]
tier = "county"
"""


def test_mapping_reads_every_part() -> None:
    """A plain text is a column name, everything else keeps its place."""
    mapping = read_mapping(MAPPING)
    fields = mapping.fields.named()
    assert fields["case_key"].column == "编号"
    assert fields["channel"].values == {"热线": "hotline"}
    assert mapping.form.encoding == "gb18030"
    assert mapping.with_encoding("utf-8").form.encoding == "utf-8"
    assert mapping.with_encoding(None) is mapping


@pytest.mark.parametrize("name", ["nyc311", "tipdm2020c"])
def test_mapping_is_shipped_by_name(name: str) -> None:
    """The mappings of both data sets are part of the program."""
    assert load_mapping(name).source == name


def test_mapping_file_wins_over_a_shipped_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of that very name is read, not the shipped mapping."""
    (tmp_path / "nyc311").write_text(MAPPING, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_mapping("nyc311").source == "city"


def test_mapping_that_is_not_there_is_not_found() -> None:
    """A wrong path is an error of its own, not an empty mapping."""
    with pytest.raises(FileNotFoundError):
        load_mapping("no-such-mapping.toml")


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("[table]", "[tabel]", "/", "did you mean table"),
        ('case_key = "编号"', 'case_kye = "编号"', "fields", "did you mean case_key"),
        ('otherwise = "other"', 'othrewise = "other"', "fields.channel", "did you mean otherwise"),
        ('case_key = "编号"', "", "fields", "case_key"),
        ('"gb18030"', '"gbk"', "table.encoding", "gbk"),
        ('units = "create"', 'units = "make"', "units", "make"),
        ('source = "city"', 'source = "City 1"', "source", "a-z"),
        ('"Asia/Shanghai"', '"Asia/Beijing"', "zone", "Asia/Beijing"),
        ('"cn@2026"', '"cn@1999"', "calendar", "cn@1999"),
        ('"%Y-%m-%d %H:%M"]', '"%Y-%m"]', "fields.created_at.formats", "%Y-%m"),
        ('"%Y-%m-%d %H:%M"]', '"%Y-%m-%d %Q"]', "fields.created_at.formats", "%Q"),
        ('formats = ["%Y-%m-%d %H:%M"]', "", "fields.created_at", "formats"),
        (
            'name = "姓名"',
            'name = { column = "姓名", formats = ["%Y-%m-%d"] }',
            "fields.name",
            "time",
        ),
        ('name = "姓名"', "name = {}", "fields.name", "either"),
        ('name = "姓名"', 'name = { column = "a", fixed = "b" }', "fields.name", "not both"),
        ('case_key = "编号"', 'case_key = { fixed = "1" }', "fields.case_key", "never fixed"),
        ('"hotline"', '"hot_line"', "fields.channel", "hotline"),
        ('"other"', '"others"', "fields.channel", "other"),
        ('name = "姓名"', "", "fields.phone", "phone needs name"),
        ('status = "状态"', "", "closing", "fields.status"),
        ('closed = ["已办结"]', "", "closing", "closing.closed"),
        ('"办理中"', '"已办结"', "closing", "both closed and open"),
        ('calendar = "cn@2026"', "", "calendar", "fields.due_at"),
        ('units = "create"', "", "units", "fields.unit"),
        ('units = "create"', 'units = "must_exist"', "new_units", "units"),
        ('encoding = "gb18030"', "header_row = 0", "table", "header_row"),
        ('encoding = "gb18030"', 'delimiter = "||"', "table", "delimiter"),
        ('tier = "county"', 'tier = "village"', "new_units.tier", "village"),
        ('schema = "taizhang.mapping/1"', 'schema = "taizhang.mapping/2"', "schema", "mapping/2"),
        ("[table]", "[table", "TOML", "syntax"),
        ('"热线" =', "热线 =", "TOML", "need quotes"),
    ],
)
def test_mapping_that_cannot_be_meant_is_refused(
    old: str, new: str, place: str, words: str
) -> None:
    """Each mistake is named with its place, and the nearest name where there is one."""
    assert old in MAPPING
    with pytest.raises(MappingError) as refusal:
        read_mapping(MAPPING.replace(old, new))
    assert refusal.value.place == place
    assert words in refusal.value.text.en
    assert "未导入任何内容" in refusal.value.text.zh


def test_columns_are_found_by_name() -> None:
    """The order of the columns in the file does not matter."""
    fields = read_mapping(MAPPING).fields.named()
    header = [
        "渠道",
        "时限",
        "办结时间",
        "提交时间",
        "承办单位",
        "电话",
        "姓名",
        "状态",
        "编号",
        "x",
        "x",
    ]
    assert place_columns(fields, header)["编号"] == 8


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [("提交日期", "column-missing", "did you mean 提交日期"), ("编号", "column-doubled", "编号")],
)
def test_columns_that_are_missing_or_doubled_are_refused(wrong: str, code: str, words: str) -> None:
    """A column of the mapping must be there exactly once; the nearest name is shown."""
    fields = read_mapping(MAPPING).fields.named()
    header = ["编号", "渠道", "时限", "办结时间", wrong, "承办单位", "电话", "姓名", "状态"]
    if code == "column-doubled":
        header.append("提交时间")
    with pytest.raises(TableError) as refusal:
        place_columns(fields, header)
    assert refusal.value.code == code
    assert words in refusal.value.text.en


def test_mapping_of_the_guide_is_valid() -> None:
    """What docs/IMPORT.md shows can be copied and used."""
    guide = (Path(__file__).parents[2] / "docs" / "IMPORT.md").read_text("utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]
    assert read_mapping(example).source == "city-2026"
