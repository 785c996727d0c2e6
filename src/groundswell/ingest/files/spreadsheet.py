"""Rows of an XLSX file, every cell as the text that a CSV export would hold."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import ModuleType

from groundswell.core.errors import InputError, MissingExtraError
from groundswell.ingest.files.rows import Row
from groundswell.ingest.files.sheet_extent import check_extent, unreadable


def check_sheet(path: Path, *, sheet: str, name: str) -> None:
    """Refuse an XLSX file that `read_sheet` cannot read, or not without great memory.

    Parameters
    ----------
    path
        The file.
    sheet
        Name of the sheet; empty for the first one.
    name
        What to call the file in an error.
    """
    _calamine()
    check_extent(path, sheet=sheet, name=name)


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
    InputError
        If the file is damaged or locked, or has no such sheet.
    """
    calamine = _calamine()
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        wanted = sheet or next(iter(book.sheet_names), "")
        if wanted not in book.sheet_names:
            raise InputError(
                f"{name} has no sheet {wanted!r}.", allowed=", ".join(book.sheet_names)
            )
        rows = book.get_sheet_by_name(wanted).iter_rows()
    except (calamine.CalamineError, OSError) as error:
        raise InputError(**unreadable(name, str(error))) from error
    is_top = True
    for cells in rows:
        texts = [_text(cell) for cell in cells]
        is_top = is_top and not any(texts)
        if not is_top:
            yield Row(cells=texts)


def _calamine() -> ModuleType:
    try:
        import python_calamine
    except ImportError as error:
        raise MissingExtraError(
            "python-calamine", extra="xlsx", purpose="Reading an XLSX file"
        ) from error
    return python_calamine


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
