"""Without this file a file in another encoding would be imported as garbage."""

import codecs
from pathlib import Path

from replay.import_errors import TableError

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
"""What a mapping may state. Never GBK: it lacks characters that names are written with."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CANDIDATES = ("gb18030", "utf-8", "big5")
_SAMPLE_LINES = 200
_SAMPLE_LEN = 60
_CHUNK_LEN = 1 << 20
_HANZI = range(0x4E00, 0xA000)
_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    "本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由"
    "问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世"
    "位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四"
    "神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便"
    "空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边"
    "死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运县单编号诉企留言答复镇街居民房"
)
"""The most frequent characters of Chinese, and of petitions."""

_FREQUENT_SHARE_MIN = 0.2


def choose_encoding(path: Path, stated: str | None) -> str:
    """Return the encoding a text file is to be read with; it is stated, never guessed.

    Reads the whole file once, so that an unreadable byte is known before the first
    row is recorded. A file of ASCII alone is the same text in every encoding.

    Args:
        path: A readable file.
        stated: What the mapping states, or null.

    Raises:
        TableError: the file has no BOM and nothing is stated; the BOM contradicts what
            is stated; or the file does not decode. The text lists the encodings under
            which its first 200 lines are Chinese, each with a sample.
    """
    bom = _bom_of(path)
    if bom == "utf-16":
        raise TableError(
            "encoding-utf-16",
            f"{path.name} 是 UTF-16 文件，请另存为“CSV UTF-8”。",
            f"{path.name} is UTF-16; save it as 'CSV UTF-8' and repeat.",
        )
    if bom and stated not in (None, "utf-8", bom):
        raise TableError(
            "encoding-contradicted",
            f"映射文件写明 {stated}，但 {path.name} 以 UTF-8 BOM 开头；请更正 encoding。",
            f"The mapping states {stated}, but {path.name} begins with the BOM of UTF-8; "
            "correct the encoding.",
        )
    encoding = bom or stated
    if encoding is None:
        if _fault_of(path, "ascii") is None:
            return "utf-8"
        raise _undecided(
            path,
            f"{path.name} 没有 BOM，映射文件也未写明 encoding。",
            f"{path.name} has no BOM and the mapping states no encoding.",
        )
    fault = _fault_of(path, encoding)
    if fault is not None:
        line, byte = fault
        raise _undecided(
            path,
            f"{path.name} 第 {line} 行不能按 {encoding} 解码（字节 0x{byte:02X}）。",
            f"Line {line} of {path.name} does not decode as {encoding} (byte 0x{byte:02X}).",
        )
    return encoding


def readings(lines: list[bytes]) -> list[tuple[str, str]]:
    """Return the encodings under which lines decode and look like Chinese, with a sample.

    Pure. GB18030 comes first: it is what Chinese offices write and what guesses miss.
    """
    found = []
    for encoding in _CANDIDATES:
        try:
            texts = [line.decode(encoding) for line in lines]
        except UnicodeDecodeError:
            continue
        if _looks_chinese("".join(texts)):
            chosen = next(text for text in texts[1:] + texts[:1] if not text.isascii())
            found.append((encoding, " ".join(chosen.split())[:_SAMPLE_LEN]))
    return found


def _looks_chinese(text: str) -> bool:
    hanzi = [letter for letter in text if ord(letter) in _HANZI]
    frequent = sum(letter in _FREQUENT for letter in hanzi)
    return bool(hanzi) and frequent >= _FREQUENT_SHARE_MIN * len(hanzi)


def _undecided(path: Path, zh: str, en: str) -> TableError:
    with path.open("rb") as file:
        lines = [line for _, line in zip(range(_SAMPLE_LINES), file, strict=False)]
    found = readings(lines)
    if not found:
        return TableError(
            "encoding-unknown",
            f"{zh} 前 {_SAMPLE_LINES} 行按各候选编码均不像中文；"
            "请向导出方确认编码，并在映射文件 table.encoding 中写明。",
            f"{en} Under no candidate do the first {_SAMPLE_LINES} lines look like Chinese; "
            "ask whoever exported the file and state table.encoding in the mapping.",
        )
    samples = "\n".join(f"  {encoding}: {sample}" for encoding, sample in found)
    return TableError(
        "encoding-unknown",
        f"{zh} 前 {_SAMPLE_LINES} 行按下列编码可读且像中文：\n{samples}\n"
        "请在映射文件 table.encoding 中写明正确的一种（big5 请先转为 utf-8）。",
        f"{en} Its first {_SAMPLE_LINES} lines decode and look like Chinese under:\n{samples}\n"
        "State the right one as table.encoding in the mapping (convert big5 to utf-8 first).",
    )


def _bom_of(path: Path) -> str | None:
    with path.open("rb") as file:
        start = file.read(3)
    return next((name for bom, name in _BOMS.items() if start.startswith(bom)), None)


def _fault_of(path: Path, encoding: str) -> tuple[int, int] | None:
    """Return line and byte that do not decode, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK_LEN)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                fault = bytes(error.object)[error.start :]
                return line + bytes(error.object).count(b"\n", 0, error.start), fault[0]
            if not chunk:
                return None
            line += chunk.count(b"\n")
