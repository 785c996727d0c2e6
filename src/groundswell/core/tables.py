"""The tables in which stages meet: columns, types, and what a missing value means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name
        Name of the column.
    sql_type
        Its type, as DuckDB and Spark both know it.
    meaning
        What it holds, with its unit, and what null means.
    """

    name: str
    sql_type: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table contract.

    Attributes
    ----------
    name
        Singular.
    columns
        In order.
    key
        Columns that identify a row.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _table(name: str, key: tuple[str, ...], *columns: tuple[str, str, str]) -> Table:
    return Table(
        name=name,
        key=key,
        columns=tuple(Column(name=n, sql_type=t, meaning=m) for n, t, m in columns),
    )


REPORT = _table(
    "report",
    ("report_id",),
    ("report_id", "VARCHAR", "snapshot id, a colon and the record number"),
    ("source_id", "VARCHAR", "source, an id of a manifest"),
    ("snapshot_id", "VARCHAR", "snapshot that the row came from"),
    ("record_no", "BIGINT", "row of the file, from 1, the header not counted"),
    ("source_event_id", "VARCHAR", "the source's own id; several reports can share it"),
    ("date_start", "DATE", "first possible day; null where the text gives none"),
    ("date_end", "DATE", "last possible day; null where the text gives none"),
    ("date_text", "VARCHAR", "the date as the source wrote it"),
    ("date_precision", "VARCHAR", "day, week, month, year or unknown"),
    ("country", "VARCHAR", "ISO 3166 alpha-3; null where not known"),
    ("admin1", "VARCHAR", "first-level unit by its usual code; null where not known"),
    ("admin2", "VARCHAR", "second-level unit, such as a county"),
    ("locality", "VARCHAR", "town as the source names it"),
    ("place_detail", "VARCHAR", "where in the town; withheld from exports by default"),
    ("latitude", "DOUBLE", "degrees north; null where the source gives none"),
    ("longitude", "DOUBLE", "degrees east; null where the source gives none"),
    ("place_precision", "VARCHAR", "locality, admin2, admin1, country or unknown"),
    ("is_online", "BOOLEAN", "held online only; null where the source does not say"),
    ("title", "VARCHAR", "name of the action; null where none is given"),
    ("tactics", "VARCHAR[]", "forms of action as the source names them"),
    ("size_low", "BIGINT", "fewest participants, under size_rule; null is unknown"),
    ("size_high", "BIGINT", "most participants, under size_rule; null is unknown"),
    ("size_text", "VARCHAR", "the size in the source's words"),
    ("size_rule", "VARCHAR", "word rule, or source for the source's own numbers"),
    (
        "registered_low",
        "BIGINT",
        "fewest announced to an authority; null is unknown",
    ),
    (
        "registered_high",
        "BIGINT",
        "most announced to an authority; null is unknown",
    ),
    ("claims_summary", "VARCHAR", "demands as coders summed them up"),
    ("claims_verbatim", "VARCHAR", "words of signs, banners and chants"),
    ("issues", "VARCHAR[]", "issue tags of the source"),
    ("actors", "STRUCT(name VARCHAR, role VARCHAR)[]", "who; names are withheld"),
    ("macro_event", "VARCHAR", "id that ties protests and their counter-protests"),
    ("is_counter_protest", "BOOLEAN", "the source calls it a counter-protest"),
    ("recurrence_text", "VARCHAR", "the source's note that it recurs; null is none"),
    ("n_arrests_low", "BIGINT", "fewest arrests; null is unknown"),
    ("n_arrests_high", "BIGINT", "most arrests; null is unknown or unbounded"),
    ("n_injured_low", "BIGINT", "fewest injured participants; null is unknown"),
    ("n_injured_high", "BIGINT", "most injured participants; null is unknown"),
    ("n_killed_low", "BIGINT", "fewest people killed; null is unknown"),
    ("n_killed_high", "BIGINT", "most people killed; null is unknown or unbounded"),
    ("urls", "VARCHAR[]", "sources as the record cites them"),
    ("published_at", "DATE", "day on which the record was published; null is unknown"),
    ("is_after_snapshot", "BOOLEAN", "starts after the snapshot; null is not known"),
    ("duplicate_of", "BIGINT", "record_no of the first exact copy; null is none"),
)

CODE = _table(
    "code",
    ("report_id", "codebook_sha256", "dimension", "code", "rule", "start"),
    ("report_id", "VARCHAR", "the report that was coded"),
    ("codebook_id", "VARCHAR", "codebook"),
    ("codebook_version", "VARCHAR", "its version"),
    ("codebook_sha256", "VARCHAR", "hash of its bytes"),
    ("dimension", "VARCHAR", "dimension of the codebook"),
    ("code", "VARCHAR", "code"),
    ("rule", "VARCHAR", "rule whose phrase matched"),
    ("field", "VARCHAR", "column of report whose text was matched"),
    ("start", "INTEGER", "first character of the matched words in that text"),
    ("end", "INTEGER", "one past their last character"),
    ("words", "VARCHAR", "the matched words"),
)

TABLES: dict[str, Table] = {table.name: table for table in (REPORT, CODE)}
