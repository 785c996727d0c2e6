"""A first mapping for a table that nobody has described yet."""

# ruff: noqa: S608 (every identifier is quoted)

import json
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from groundswell.engine.steps import quoted
from groundswell.engine.tables import Tables, passing_tables
from groundswell.ingest.files.content import file_state
from groundswell.ingest.files.records import table_rows
from groundswell.ingest.files.table import INCOMING, FileOptions, OpenTable, open_table
from groundswell.ingest.missing import TOKENS
from groundswell.language.dates import DateOrder, read_date

_N_ROWS = 1000
_SHOWN, _SHOWN_CHARS = 3, 30
_MOSTLY = 0.8
_LONG = 5
_SEPARATORS = (";", "|", ",")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]+)?")
# what columns are called, most telling first; a name that only contains one comes later
_NAMES: dict[str, tuple[str, ...]] = {
    "date": (
        "date",
        "sqldate",
        "eventdate",
        "startdate",
        "datestart",
        "datum",
        "fecha",
        "day",
    ),
    "date_end": ("enddate", "dateend", "ende", "end"),
    "country": ("country", "countryname", "land", "pais"),
    "admin1": ("state", "admin1", "province", "bundesland", "region", "stateterritory"),
    "admin2": ("county", "admin2", "district", "resolvedcounty", "countynamelong"),
    "locality": ("locality", "city", "town", "citytown", "ort", "municipality", "place"),
    "place_detail": ("location", "locationdetail", "venue", "address"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "is_online": ("online", "isonline", "virtual"),
    "title": ("title", "name", "eventname"),
    "tactics": ("eventtype", "subeventtype", "tactic", "form", "etype", "type"),
    "size_low": ("sizelow", "estimatelow"),
    "size_high": ("sizehigh", "estimatehigh"),
    "size_text": (
        *("sizetext", "sizestr", "size", "attendees", "attendance", "teilnehmer"),
        *("participants", "crowd", "crowdsize", "npart"),
    ),
    "claims_summary": ("claims", "claim", "claimssummary", "thema", "topic", "demand"),
    "claims_verbatim": ("claimsverbatim", "slogans"),
    "issues": ("issues", "issue", "tags", "issuetags", "kategorie", "category"),
    "actors": (
        "organizations",
        "organisations",
        "actors",
        "actor",
        "actor1",
        "organizer",
    ),
    "n_arrests": ("arrests", "narrests", "reportedarrests"),
    "n_injured": ("injuries", "ninjured", "injured"),
    "urls": ("url", "urls", "sourceurl", "link", "source", "sources", "u"),
    "published_at": ("published", "publishedat", "pubdate", "dateadded"),
}
_LISTS = ("tactics", "issues", "actors", "urls")
_HEAD = """\
# A draft, made from the names and first values of the columns of {name}.
# Read it line by line: a wrong line gives wrong numbers. Delete what does not fit.

source = "own"  # or the identifier of a known source: groundswell sources
"""


class _Sample(NamedTuple):
    """A column of the file and what its first rows hold."""

    column: str
    values: Sequence[str]


def draft_mapping(path: Path) -> str:
    """Propose a mapping for a file, as TOML to be corrected by hand.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        A mapping, with a comment for each column; where the values of a date do not tell
        the order of day and month, it has to be filled in before the mapping is accepted.
    """
    file_state(path)
    with TemporaryDirectory() as work, passing_tables() as tables:
        table = open_table(tables, path, work=Path(work), options=FileOptions())
        samples = _samples(tables, table)
    chosen = _choose(samples)
    lines = [_HEAD.format(name=table.name), *_file_lines(table), "[report]"]
    for sample in samples:
        lines.append(_comment(sample))
        lines += [
            _line(target, sample)
            for target, column in chosen.items()
            if column == sample.column
        ]
    if "date" not in chosen:
        lines.append('# date = { column = "...", order = "..." }   # this one is needed')
    return "\n".join(lines) + "\n"


def _samples(tables: Tables, table: OpenTable) -> list[_Sample]:
    if table.kind == "parquet":
        shown = ", ".join(
            f"coalesce(CAST({quoted(c)} AS VARCHAR), '') AS {quoted(n)}"
            for c, n in zip(table.columns, table.names, strict=True)
        )
        found = tables.arrays(f"SELECT {shown} FROM {INCOMING} LIMIT {_N_ROWS}")
        columns = [list(found[name]) for name in table.names]
    else:
        rows = [row.cells for row in islice(table_rows(table), _N_ROWS) if row.cells]
        width = len(table.columns)
        padded = [[*row[:width], *[""] * (width - len(row))] for row in rows]
        columns = [[row[i] for row in padded] for i in range(width)]
    return [
        _Sample(name, [v.strip() for v in values if _is_filled(v)])
        for name, values in zip(table.names, columns, strict=True)
    ]


def _is_filled(value: str) -> bool:
    return bool(value.strip()) and value.strip().lower() not in TOKENS


def _choose(samples: Sequence[_Sample]) -> dict[str, str]:
    """Give each target the column whose name tells most, each column to one target."""
    ranked = sorted(
        (rank, position, target, sample.column)
        for target, names in _NAMES.items()
        for position, sample in enumerate(samples)
        if sample.values and (rank := _rank(sample.column, names)) is not None
    )
    chosen: dict[str, str] = {}
    for _, _, target, column in ranked:
        if target not in chosen and column not in chosen.values():
            chosen[target] = column
    by_name = {sample.column: sample for sample in samples}
    if "date" in chosen and not _reads_as_date(by_name[chosen["date"]].values):
        del chosen["date"]
    return chosen


def _rank(column: str, names: Sequence[str]) -> tuple[int, int] | None:
    key = "".join(c for c in column.casefold() if c.isalnum())
    if key in names:
        return 0, names.index(key)
    inside = [i for i, name in enumerate(names) if len(name) >= _LONG and name in key]
    return (1, inside[0]) if inside else None


def _reads_as_date(values: Sequence[str]) -> bool:
    read = [any(read_date(v, order=o).start for o in _ORDERS) for v in values]
    return sum(read) >= _MOSTLY * len(values)


_ORDERS: tuple[DateOrder, ...] = ("mdy", "dmy", "ymd")


def _find_order(values: Sequence[str]) -> str:
    """Find the order under which all values are dates; empty where several differ."""
    readings = {
        order: [read_date(value, order=order).start for value in values]
        for order in _ORDERS
    }
    most = max(sum(day is not None for day in days) for days in readings.values())
    best = {
        order: days
        for order, days in readings.items()
        if sum(day is not None for day in days) == most
    }
    if len({tuple(days) for days in best.values()}) > 1:
        return ""
    is_year_first = all(value[:4].isdecimal() for value in values)
    return "ymd" if "ymd" in best and is_year_first else next(iter(best))


def _file_lines(table: OpenTable) -> list[str]:
    if table.kind == "text" and table.delimiter != ",":
        return ["[file]", f"delimiter = {json.dumps(table.delimiter)}", ""]
    return []


def _comment(sample: _Sample) -> str:
    distinct = list(dict.fromkeys(sample.values))[:_SHOWN]
    shown = " | ".join(" ".join(value.split())[:_SHOWN_CHARS] for value in distinct)
    printable = "".join(c if c.isprintable() else " " for c in shown)
    column = " ".join(sample.column.split())
    return f"# {column}: {printable or 'empty in the first rows'}"


def _line(target: str, sample: _Sample) -> str:
    column = json.dumps(sample.column, ensure_ascii=False)
    if target in ("date", "date_end", "published_at"):
        order = _find_order(sample.values)
        why = "" if order else '  # "mdy" or "dmy": the values do not tell'
        return f'{target} = {{ column = {column}, order = "{order}" }}{why}'
    if target in _LISTS:
        separator = _find_separator(sample.values)
        parts = [f"column = {column}"]
        parts += [f"separator = {json.dumps(separator)}"] if separator else []
        parts += ['role = "organisation"'] if target == "actors" else []
        return f"{target} = {{ {', '.join(parts)} }}"
    is_number = all(_NUMBER.fullmatch(value) for value in sample.values)
    if target == "size_text" and is_number:
        return f"size_low = {column}\nsize_high = {column}"
    return f"{target} = {column}"


def _find_separator(values: Sequence[str]) -> str:
    for separator in _SEPARATORS:
        if sum(separator in value for value in values) > len(values) / 5:
            return separator
    return ""
