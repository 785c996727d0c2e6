"""Data frames of R (`.rda`, `.RData`, `.rds`) as regular CSV."""

import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.ingest.files.cleaning import decode_mixed
from groundswell.ingest.files.r_strings import parse_r
from groundswell.ingest.files.typed_columns import (
    Typed,
    are_whole,
    day_text,
    moment_text,
    number_text,
    write_columns,
)

_MAX_BYTES = 1 << 30
_SHOWN = 20
_MAGIC = (b"RDX", b"RDA")
_FIRST_DAY = date(1970, 1, 1)
_FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
_MISSING_WORD = 1954  # the low word of the one NaN that R calls NA
_MISSING_LONG = -(1 << 63)
_IS_LATIN = 1 << 2
_NUMBERS = ("INT", "REAL", "LGL")
_SPECIAL = {"inf": "Inf", "-inf": "-Inf", "nan": "NaN"}
_WRONG = (
    *(ValueError, IndexError, KeyError, TypeError, AttributeError, AssertionError),
    *(NotImplementedError, RecursionError, OverflowError, MemoryError, EOFError),
    *(NameError, UserWarning),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vector:
    """A column: its cells, and what it says of itself."""

    cells: list[str]
    labels: Mapping[str, str]
    title: str


def write_r_frame(path: Path, *, target: Path, sheet: str, name: str) -> Typed:
    """Write the rows of a data frame as regular CSV.

    Numbers are as `typed_columns` says; a factor is its label, a logical `TRUE` or
    `FALSE`, a `Date` and a `POSIXct` (in its time zone, else in UTC) in the form of
    ISO 8601. `NA` is empty. Names of rows, where there are any, are the first column.

    Parameters
    ----------
    path
        The file, unpacked.
    target
        Where to write.
    sheet
        Name of the data frame; empty where there is one.
    name
        What to call the file in an error.

    Returns
    -------
    Typed
        Labels of codes and columns, as the package `haven` keeps them.

    Raises
    ------
    InputError
        If the file is damaged, or leaves open which data frame is meant.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise InputError(
            f"{name} unpacks to more than {_MAX_BYTES:,} bytes.",
            allowed="an R file of that size, unpacked",
            todo="save it as CSV with write.csv",
        )
    try:
        columns = _columns_of(_choose(_parse(path), sheet=sheet, name=name))
    except _WRONG as error:
        raise InputError(
            f"{name} cannot be read as R data: {str(error)[:200] or 'it breaks off'}.",
            allowed="a whole file as save() or saveRDS() write it",
            todo="get it again, or save it as CSV with write.csv",
        ) from error
    write_columns(target, list(columns), pieces=[[c.cells for c in columns.values()]])
    return Typed(
        labels={key: column.labels for key, column in columns.items() if column.labels},
        titles={key: column.title for key, column in columns.items() if column.title},
    )


def _parse(path: Path) -> Any:  # noqa: ANN401 (objects of R, of any kind)
    _rdata()
    data = path.read_bytes()
    extension = ".rda" if data.startswith(_MAGIC) else ".rds"
    with warnings.catch_warnings():
        # the package warns of what it leaves out
        warnings.simplefilter("error", UserWarning)
        return parse_r(data, extension=extension)


def _choose(found: Any, *, sheet: str, name: str) -> Any:  # noqa: ANN401 (as above)
    # the one data frame, or the one that is named
    if _is_frame(found):
        return found
    frames = {key: value for key, value in _members(found) if _is_frame(value)}
    if sheet in frames:
        return frames[sheet]
    if len(frames) == 1 and not sheet:
        return next(iter(frames.values()))
    names = ", ".join(list(frames)[:_SHOWN]) or "none"
    if sheet:
        what = f"{name} has no data frame {sheet!r}."
    else:
        what = f"{name} holds {len(frames):,} data frames."
    raise InputError(
        what,
        allowed=f"one data frame; this file holds {names}",
        todo=f'name it in a mapping, [file] sheet = "{next(iter(frames))}"'
        if frames
        else "save the table with saveRDS()",
    )


def _members(found: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (as above)
    """List what a file or a list holds, by name."""
    if found.info.type.name == "VEC":
        names = _attributes(found).get("names")
        yield from zip(_words(names) if names else (), found.value, strict=False)
        return
    while found.info.type.name == "LIST":
        if found.tag is not None:
            tag = found.tag.referenced_object or found.tag
            yield _word(tag.value), found.value[0]
        found = found.value[1]


def _attributes(found: Any) -> dict[str, Any]:  # noqa: ANN401 (as above)
    return dict(_members(found.attributes)) if found.attributes is not None else {}


def _is_frame(found: Any) -> bool:  # noqa: ANN401 (as above)
    return found.info.type.name == "VEC" and "data.frame" in _classes(found)


def _classes(found: Any) -> list[str]:  # noqa: ANN401 (as above)
    classes = _attributes(found).get("class")
    return _words(classes) if classes else []


def _columns_of(frame: Any) -> dict[str, _Vector]:  # noqa: ANN401 (as above)
    about = _attributes(frame)
    columns = {}
    row_names = about.get("row.names")
    if row_names is not None and row_names.info.type.name == "STR":
        columns["row.names"] = _Vector(cells=_words(row_names), labels={}, title="")
    for key, value in zip(_words(about["names"]), frame.value, strict=True):
        name, copy = key, 1
        while name in columns:
            copy += 1
            name = f"{key} ({copy})"
        columns[name] = _vector(value, name=name)
    n_rows = {len(column.cells) for column in columns.values()}
    if len(n_rows) > 1:
        raise ValueError(f"its columns have {min(n_rows):,} to {max(n_rows):,} rows")
    return columns


def _vector(found: Any, *, name: str) -> _Vector:  # noqa: ANN401 (as above)
    kind, about = found.info.type.name, _attributes(found)
    if "dim" in about or "data.frame" in _classes(found):
        raise ValueError(f"its column {name!r} is a table of its own")
    if kind == "STR":
        return _Vector(cells=_words(found), labels={}, title=_title(about))
    if kind == "VEC":
        cells = [_cell(item, name=name) for item in found.value]
        return _Vector(cells=cells, labels={}, title=_title(about))
    if kind not in _NUMBERS:
        raise ValueError(f"its column {name!r} is of type {kind}")
    values = _numbers(found)
    write = _writer(found, about=about, values=values)
    return _Vector(
        cells=["" if value is None else write(value) for value in values],
        labels=_labels(about, write=write),
        title=_title(about),
    )


def _cell(found: Any, *, name: str) -> str:  # noqa: ANN401 (as above)
    """Write an item of a column of lists: one value as it is, several as JSON."""
    if found.info.type.name in ("NIL", "NILVALUE"):
        return ""
    cells = _vector(found, name=name).cells
    if len(cells) == 1:
        return cells[0]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")) if cells else ""


def _numbers(found: Any) -> list[Any]:  # noqa: ANN401 (as above)
    """List the values of a vector, `None` for `NA`."""
    values = found.value
    if "integer64" in _classes(found):
        longs = values.view(np.int64).tolist()
        return [None if value == _MISSING_LONG else value for value in longs]
    if found.info.type.name != "REAL":
        return list(values.tolist())  # a masked array lists what is masked as None
    low_words = values.view(np.uint64) & np.uint64(0xFFFFFFFF)
    is_missing = np.isnan(values) & (low_words == _MISSING_WORD)
    listed = values.astype(object)
    listed[is_missing] = None
    return list(listed)


def _writer(
    found: Any,  # noqa: ANN401 (as above)
    *,
    about: Mapping[str, Any],
    values: Sequence[Any],
) -> Callable[[Any], str]:
    classes = _classes(found)
    if "levels" in about and "factor" in classes:
        levels = _words(about["levels"])
        return lambda value: levels[value - 1]
    if found.info.type.name == "LGL":
        return lambda value: "TRUE" if value else "FALSE"
    if "integer64" in classes:
        return str
    finite = [value for value in values if value is not None and np.isfinite(value)]
    is_whole = are_whole(finite)

    def number(value: float) -> str:
        return _SPECIAL.get(str(value)) or number_text(value, is_whole=is_whole)

    if "Date" in classes:
        return lambda value: day_text(value, since=_FIRST_DAY) or number(value)
    if "POSIXct" in classes:
        zone = _zone(about)
        return lambda value: (
            moment_text(value, since=_FIRST_MOMENT, zone=zone) or number(value)
        )
    return number


def _zone(about: Mapping[str, Any]) -> tzinfo:
    names = _words(about["tzone"]) if "tzone" in about else []
    # a zone that is not known here, or no zone of the world
    with suppress(KeyError, ValueError, OSError):
        return ZoneInfo(names[0]) if names and names[0] else UTC
    return UTC


def _labels(
    about: Mapping[str, Any], *, write: Callable[[Any], str]
) -> Mapping[str, str]:
    """Read what the package `haven` keeps of the labels of a column."""
    codes = about.get("labels")
    if codes is None or codes.info.type.name not in ("INT", "REAL"):
        return {}
    words = _words(_attributes(codes)["names"])
    pairs = zip(_numbers(codes), words, strict=True)
    return {write(code): word for code, word in pairs if code is not None}


def _title(about: Mapping[str, Any]) -> str:
    return " ".join(_words(about["label"])) if "label" in about else ""


def _words(found: Any) -> list[str]:  # noqa: ANN401 (as above)
    known: dict[int, str] = {}  # equal strings may be one object
    for word in found.value:
        if id(word) not in known:
            known[id(word)] = _word(word)
    return [known[id(word)] for word in found.value]


def _word(found: Any) -> str:  # noqa: ANN401 (as above)
    data = found.value
    if data is None:
        return ""
    if data.isascii():
        return str(data, "ascii")
    is_latin = found.info.gp & _IS_LATIN
    return data.decode("cp1252", "replace") if is_latin else decode_mixed(data)


def _rdata() -> None:
    try:
        import rdata  # noqa: F401 (whether it is there)
    except ImportError as error:
        raise MissingExtraError(
            "rdata", extra="rdata", purpose="Reading a file of R"
        ) from error
