"""Without this file a survey's answers would have to be guessed from its columns."""

from pathlib import Path
from typing import Literal

from domain.vocabulary import Resolution, Satisfaction
from replay.import_errors import MappingError
from replay.local_time import Ambiguous, Nonexistent
from replay.mapping import Form
from replay.mapping_check import check_field, check_source
from replay.mapping_fields import ClosedTable, FieldMapping, Stated
from replay.mapping_reader import read_tables, read_text
from replay.table import TableForm


class SurveyFields(ClosedTable, frozen=True, kw_only=True):
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

    def named(self) -> dict[str, FieldMapping]:
        """Return the fields that are stated, by name; pure."""
        return {
            name: FieldMapping.of(stated)
            for name in self.__struct_fields__
            if (stated := getattr(self, name)) is not None
        }


class SurveyMapping(ClosedTable, frozen=True, kw_only=True):
    """One mapping file of a survey.

    Attributes:
        schema: ``taizhang.survey/1``.
        source: Slug of the survey; with petition and instant it is an answer's identity.
        zone: IANA zone of the times in the file.
        ambiguous_times: What a time that the clock showed twice means.
        nonexistent_times: What a time that the clock skipped means.
        table: How the file is written.
        fields: Where each field comes from.
    """

    schema: Literal["taizhang.survey/1"]
    source: str
    zone: str
    ambiguous_times: Ambiguous = Ambiguous.REJECT
    nonexistent_times: Nonexistent = Nonexistent.REJECT
    table: Form = Form()
    fields: SurveyFields

    @property
    def form(self) -> TableForm:
        """How the file is written."""
        form = self.table
        return TableForm(form.encoding, form.delimiter, form.sheet, form.header_row)


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
    check_source(mapping.source, mapping.zone, mapping.table)
    for name, field in mapping.fields.named().items():
        if field.fixed is not None:
            raise MappingError(
                f"fields.{name}", "须来自一列，不能固定", "comes from a column, never fixed"
            )
        check_field(name, field)
        # Two questions, each with the words of ours: without a table a typist's "Yes" is none.
        words = {"resolution": Resolution, "satisfaction": Satisfaction}.get(name)
        if words is not None and not field.values:
            raise MappingError(
                f"fields.{name}.values",
                f"须写明对照；可用：{'、'.join(words)}",
                f"state the table of values; use {', '.join(words)}",
            )
    return mapping
