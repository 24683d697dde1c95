"""Encodings are stated, never guessed, and a wrong one is explained."""

import codecs
from pathlib import Path

import pytest

from replay.import_errors import TableError
from replay.text_encoding import choose_encoding, readings

CHINESE = "编号,内容\n1,我们企业反映的停车问题已经解决\n2,街道办事处的答复不清楚，请有关部门处理\n"
RARE = "编号,姓名\n1,㐂𠮷䶮\n"


def _write(folder: Path, content: bytes) -> Path:
    path = folder / "cases.csv"
    path.write_bytes(content)
    return path


def test_encoding_is_taken_from_a_bom_when_none_is_stated(tmp_path: Path) -> None:
    """A UTF-8 BOM says what the file is."""
    path = _write(tmp_path, codecs.BOM_UTF8 + CHINESE.encode())
    assert choose_encoding(path, None) == "utf-8-sig"


def test_encoding_bom_is_taken_off_when_utf_8_is_stated(tmp_path: Path) -> None:
    """A mapping that states utf-8 reads the file with a BOM as well."""
    path = _write(tmp_path, codecs.BOM_UTF8 + CHINESE.encode())
    assert choose_encoding(path, "utf-8") == "utf-8-sig"


def test_encoding_is_not_asked_for_when_all_is_ascii(tmp_path: Path) -> None:
    """ASCII is the same text in every encoding, so nothing needs to be stated."""
    assert choose_encoding(_write(tmp_path, b"a,b\n1,2\n"), None) == "utf-8"


def test_encoding_is_never_guessed_when_nothing_states_it(tmp_path: Path) -> None:
    """Without BOM and statement the file is refused, though it is plainly GB18030."""
    with pytest.raises(TableError) as refusal:
        choose_encoding(_write(tmp_path, CHINESE.encode("gb18030")), None)
    assert refusal.value.code == "encoding-unknown"
    assert "gb18030: 1,我们企业反映的停车问题已经解决" in refusal.value.text.en
    assert "utf-8:" not in refusal.value.text.en


def test_encoding_refusal_names_the_line_and_shows_a_sample_when_bytes_do_not_decode(
    tmp_path: Path,
) -> None:
    """A GB18030 file under a mapping that states utf-8 is refused with the way out."""
    content = b"id,text\n" + CHINESE.encode("gb18030")
    with pytest.raises(TableError) as refusal:
        choose_encoding(_write(tmp_path, content), "utf-8")
    assert "Line 2" in refusal.value.text.en
    assert "gb18030: " in refusal.value.text.zh


def test_encoding_refusal_finds_a_bad_byte_far_into_the_file(tmp_path: Path) -> None:
    """The whole file is tried before the first row, and the line is right beyond one chunk."""
    content = ("1," + "题" * 400 + "\n").encode() * 2_000 + b"2,\xff\n"
    with pytest.raises(TableError) as refusal:
        choose_encoding(_write(tmp_path, content), "utf-8")
    assert "Line 2001" in refusal.value.text.en
    assert "0xFF" in refusal.value.text.en


def test_encoding_refusal_offers_nothing_when_nothing_looks_chinese(tmp_path: Path) -> None:
    """Western text in Latin-1 is not passed off as Chinese."""
    path = _write(tmp_path, "nom,ville\n1,Orléans café crème\n".encode("latin-1"))
    with pytest.raises(TableError) as refusal:
        choose_encoding(path, "utf-8")
    assert "Under no candidate" in refusal.value.text.en


def test_encoding_is_refused_when_the_bom_contradicts_it(tmp_path: Path) -> None:
    """A file that begins as UTF-8 is not read as GB18030."""
    path = _write(tmp_path, codecs.BOM_UTF8 + CHINESE.encode())
    with pytest.raises(TableError) as refusal:
        choose_encoding(path, "gb18030")
    assert refusal.value.code == "encoding-contradicted"


def test_encoding_utf_16_is_refused_with_advice(tmp_path: Path) -> None:
    """What Excel calls Unicode text is to be saved again."""
    with pytest.raises(TableError) as refusal:
        choose_encoding(_write(tmp_path, CHINESE.encode("utf-16")), None)
    assert refusal.value.code == "encoding-utf-16"


def test_encoding_gb18030_holds_rare_names(tmp_path: Path) -> None:
    """Characters outside GBK are read where GB18030 is stated."""
    path = _write(tmp_path, RARE.encode("gb18030"))
    assert path.read_text(choose_encoding(path, "gb18030")) == RARE


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_readings_tell_the_true_encoding_of_chinese(encoding: str) -> None:
    """Only the encoding the text was written in looks like Chinese; mojibake does not."""
    lines = CHINESE.encode(encoding).splitlines(keepends=True)
    assert [name for name, _ in readings(lines)] == [encoding]


def test_readings_leave_out_mojibake_that_decodes() -> None:
    """UTF-8 of an even number of characters decodes as GB18030, to nothing anybody wrote."""
    lines = ["企业诉求,街道\n".encode(), "反映停车问题无人处理,城管\n".encode()]
    assert b"".join(lines).decode("gb18030")
    assert [name for name, _ in readings(lines)] == ["utf-8"]
