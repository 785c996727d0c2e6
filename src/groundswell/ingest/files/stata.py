"""Stata files as regular CSV, their codes as stored and their labels beside them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.core.sources import Finding
from groundswell.ingest.files.cleaning import decode_mixed
from groundswell.ingest.files.typed_columns import (
    Typed,
    are_whole,
    day_text,
    moment_text,
    number_text,
    write_columns,
)

_ROWS = 20_000
_FIRST_DAY = date(1960, 1, 1)
_FIRST_MOMENT = datetime(1960, 1, 1, tzinfo=UTC)
_MONTHS = 12
_WHOLE_TYPES = ("int8", "int16", "int32")
_BYTEWISE = "ISO-8859-1"  # every byte is a character, so that this always succeeds
_NEW, _END = b"<stata_dta>", b"</stata_dta>"
_NOT_UTF8 = (
    "not-utf8",
    "cells and labels hold bytes that are not UTF-8; those were read as Windows-1252",
)
_LETTERED = (
    "lettered-missing",
    "numbers are missing for a reason that has a letter (.a to .z); taken as missing",
)
_WRONG = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    MemoryError,
)


class _Stata:
    """A Stata file: what it says of itself, and its columns piece by piece."""

    def __init__(self, path: Path, *, encoding: str, name: str) -> None:
        self._path = path
        self._encoding = encoding
        self._name = name
        self.n_not_utf8 = self.n_lettered = 0
        _, self.about = self._read(metadataonly=True)
        self.columns: tuple[str, ...] = tuple(self.about.column_names)
        if not all(self.columns):
            raise InputError(**_unreadable(name, "a column has no name"))
        self.types: Mapping[str, str] = self.about.readstat_variable_types

    def pieces(
        self, columns: Sequence[str] | None = None
    ) -> Iterator[Mapping[str, Sequence[object]]]:
        """Read columns, all of them or some, so many rows at a time."""
        n_rows = self.about.number_rows or 0
        for start in range(0, n_rows, _ROWS):
            found, _ = self._read(row_offset=start, row_limit=_ROWS, usecols=columns)
            expected = min(_ROWS, n_rows - start)
            _check_rows(found, n_rows=expected, name=self._name)
            yield found

    def text(self, value: str) -> str:
        """Read text that came byte by byte."""
        if self._encoding or value.isascii():
            return value
        data = value.encode("latin-1")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self.n_not_utf8 += 1
            return decode_mixed(data)

    def number(self, value: object) -> float | None:
        """Read a number; a missing one may be a letter that says why."""
        if isinstance(value, int | float):
            return value
        self.n_lettered += value is not None
        return None

    def whole_columns(self) -> frozenset[str]:
        """Find the columns whose numbers are all whole: by their type, or by looking."""
        whole = {column for column, kind in self.types.items() if kind in _WHOLE_TYPES}
        parted = [c for c, kind in self.types.items() if kind in ("float", "double")]
        still = set(parted)
        for columns in self.pieces(parted) if parted else ():
            still &= {c for c in still if are_whole(map(self.number, columns[c]))}
        self.n_lettered = 0
        return frozenset(whole | still)

    def writer(
        self, column: str, *, is_whole: bool
    ) -> Callable[[Sequence[object]], list[str]]:
        """Make what writes the cells of a column."""
        kind = self.types[column]
        if kind == "string":
            return lambda values: [self.text(str(value or "")) for value in values]
        is_single = kind == "float"
        dated = _dated(self.about.original_variable_types.get(column) or "")

        def write(value: object) -> str:
            number = self.number(value)
            if number is None:
                return ""
            text = dated(number) if dated else ""
            return text or number_text(number, is_whole=is_whole, is_single=is_single)

        return lambda values: [write(value) for value in values]

    def findings(self) -> tuple[Finding, ...]:
        """Report what was odd in the cells that were written."""
        counted = ((_NOT_UTF8, self.n_not_utf8), (_LETTERED, self.n_lettered))
        return tuple(
            Finding(kind=kind, label=label, n=n) for (kind, label), n in counted if n
        )

    def _read(self, **options: Any) -> tuple[Mapping[str, Sequence[object]], Any]:  # noqa: ANN401 (of a package without types)
        stata = _pyreadstat()
        try:
            columns, about = stata.read_dta(
                str(self._path),
                encoding=self._encoding or _BYTEWISE,
                output_format="dict",
                disable_datetime_conversion=True,
                user_missing=True,
                **options,
            )
        except (stata.ReadstatError, stata.PyreadstatError, *_WRONG) as error:
            raise InputError(**_unreadable(self._name, str(error))) from error
        return columns, about


def write_stata(path: Path, *, target: Path, encoding: str, name: str) -> Typed:
    """Write the rows of a Stata file as regular CSV.

    Numbers are those that are stored, as `typed_columns` says; a day (`%td`), a moment
    (`%tc`) and a month (`%tm`) are in the form of ISO 8601. A missing value is empty.
    Text that is not UTF-8 is read as Windows-1252.

    Parameters
    ----------
    path
        The file.
    target
        Where to write.
    encoding
        Of its text, where the user states one.
    name
        What to call the file in an error.

    Returns
    -------
    Typed
        Labels of codes and columns, and what was odd. A file that is damaged is an
        `InputError`.
    """
    _check_end(path, name=name)
    stata = _Stata(path, encoding=encoding, name=name)
    wholes = stata.whole_columns()
    writers = {c: stata.writer(c, is_whole=c in wholes) for c in stata.columns}
    write_columns(
        target,
        [stata.text(column) for column in stata.columns],
        pieces=(
            [write(found[column]) for column, write in writers.items()]
            for found in stata.pieces()
        ),
    )
    titles = stata.about.column_names_to_labels.items()
    return Typed(
        labels={
            stata.text(column): {
                number_text(code, is_whole=column in wholes): stata.text(str(word))
                for code, word in labels.items()
                if isinstance(code, int | float)
            }
            for column, labels in stata.about.variable_value_labels.items()
        },
        titles={stata.text(c): stata.text(title) for c, title in titles if title},
        findings=stata.findings(),
    )


def _dated(display: str) -> Callable[[float], str] | None:
    shape = display.replace("-", "")
    if shape.startswith(("%td", "%d")):
        return lambda days: day_text(days, since=_FIRST_DAY)
    if shape.startswith(("%tc", "%tC")):
        return lambda ms: moment_text(ms / 1000, since=_FIRST_MOMENT)
    return _month_text if shape.startswith("%tm") else None


def _month_text(months: float) -> str:
    if not float(months).is_integer():
        return ""
    years, month = divmod(int(months), _MONTHS)
    return f"{_FIRST_DAY.year + years:04}-{month + 1:02}"


def _check_rows(found: Mapping[str, Sequence[object]], *, n_rows: int, name: str) -> None:
    if any(len(values) != n_rows for values in found.values()):
        raise InputError(**_unreadable(name, "it breaks off"))


def _check_end(path: Path, *, name: str) -> None:
    with path.open("rb") as file:
        if file.read(len(_NEW)) != _NEW:
            return
        size = file.seek(0, 2)
        file.seek(max(0, size - 2 * len(_END)))
        if _END not in file.read():
            raise InputError(**_unreadable(name, "it breaks off"))


def _unreadable(name: str, why: str) -> dict[str, str]:
    return {
        "what": f"{name} cannot be read as a Stata file: {why}.",
        "allowed": "a whole .dta file",
        "todo": "get it again, or save it as CSV with `export delimited, nolabel`",
    }


def _pyreadstat() -> ModuleType:
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtraError(
            "pyreadstat", extra="stata", purpose="Reading a Stata file"
        ) from error
    return pyreadstat
