"""Without this file a survey's answers would have to be guessed from its columns."""

from pathlib import Path
from typing import Literal

from domain.vocabulary import Resolution, Satisfaction
from replay.import_errors import MappingError
from replay.mapping import Form, TableMapping
from replay.mapping_check import check_table
from replay.mapping_fields import FieldMapping, Stated, StatedFields
from replay.mapping_reader import read_tables, read_text


class SurveyFields(StatedFields, frozen=True, kw_only=True):
    """What a row of a survey states; a plain text is the name of its column.

    Attributes:
        petition: Number or id of the petition.
        answered_at: When the petitioner was asked.
        resolution: Whether it was solved.
        satisfaction: How content the petitioner is.
        comment: What else was said, or null.
    """

    petition: Stated
    answered_at: Stated
    resolution: Stated
    satisfaction: Stated
    comment: Stated | None = None


class SurveyMapping(TableMapping, frozen=True, kw_only=True):
    """One mapping file of a survey; petition and instant name an answer of the source.

    Attributes:
        schema: ``taizhang.survey/1``.
        fields: Where each field comes from.
    """

    schema: Literal["taizhang.survey/1"]
    fields: SurveyFields


_TABLES = (SurveyMapping, Form, SurveyFields, FieldMapping)


def load_survey_mapping(path: Path) -> SurveyMapping:
    """Return the mapping of a survey from its file. Blocking.

    Raises:
        MappingError: it contradicts itself; the text says where.
        FileNotFoundError: there is no such file.
    """
    return read_survey_mapping(read_text(path))


def read_survey_mapping(text: str) -> SurveyMapping:
    """Return the mapping of a survey from its TOML text; pure.

    Raises:
        MappingError: it contradicts itself; the text says where.
    """
    mapping = read_tables(text, SurveyMapping, _TABLES)
    for name, field in mapping.fields.named().items():
        if field.fixed is not None:
            raise MappingError(
                f"fields.{name}", "须来自一列，不能固定", "comes from a column, never fixed"
            )
    check_table(mapping)
    for name, field in mapping.fields.named().items():
        # Two questions, each with the words of ours: without a table a typist's "Yes" is none.
        words = {"resolution": Resolution, "satisfaction": Satisfaction}.get(name)
        if words is not None and not field.values:
            raise MappingError(
                f"fields.{name}.values",
                f"须写明对照；可用：{'、'.join(words)}",
                f"state the table of values; use {', '.join(words)}",
            )
    return mapping
