"""Rows of an XLSX file, every cell as the text that a CSV export would hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.ingest.rows import Row


def read_sheet(path: Path, *, sheet: str, name: str) -> Iterator[Row]:
    """Read a sheet of an XLSX file.

    Parameters
    ----------
    path
        The file.
    sheet
        Name of the sheet; empty for the first one.
    name
        What to call the file in an error.

    Yields
    ------
    Row
        One row, the header included; empty rows at the top are left out.

    Raises
    ------
    MissingExtraError
        If python-calamine is not installed.
    InputError
        If the file is damaged or locked, or has no such sheet.
    """
    try:
        import python_calamine
    except ImportError as error:
        raise MissingExtraError(
            "python-calamine", extra="xlsx", purpose="Reading an XLSX file"
        ) from error
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError) as error:
        raise InputError(
            f"{name} cannot be read as a spreadsheet: {error}.",
            allowed="an XLSX file that is whole and has no password",
            todo="save it anew, or as CSV",
        ) from error
    wanted = sheet or book.sheet_names[0]
    if wanted not in book.sheet_names:
        raise InputError(
            f"{name} has no sheet {wanted!r}.", allowed=", ".join(book.sheet_names)
        )
    is_top = True
    for cells in book.get_sheet_by_name(wanted).iter_rows():
        texts = [_text(cell) for cell in cells]
        is_top = is_top and not any(texts)
        if not is_top:
            yield Row(cells=texts)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)
