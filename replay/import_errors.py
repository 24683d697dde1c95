"""Without this file a file that cannot be imported would be refused without a reason."""

from domain.text import Text


class ImportRefusedError(Exception):
    """A whole import was refused before anything was recorded.

    Attributes:
        code: Stable kebab-case identifier.
        text: What happened, what was kept, and what to do next.
    """

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.text = Text(zh, en)


class MappingError(ImportRefusedError):
    """The mapping file contradicts itself or names something that does not exist."""

    def __init__(self, place: str, zh: str, en: str) -> None:
        """Say where in the mapping, ``fields.unit.values``, and what is wrong there."""
        super().__init__(
            "mapping-invalid",
            f"映射文件 {place}：{zh}。未导入任何内容；请修改映射文件后重试。",
            f"Mapping file, {place}: {en}. Nothing was imported; correct the mapping and repeat.",
        )
        self.place = place


class TableError(ImportRefusedError):
    """The file is no table that this program can read."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(
            code,
            f"{zh}未导入任何内容。",
            f"{en} Nothing was imported.",
        )
