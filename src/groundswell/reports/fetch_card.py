"""What was fetched, or would be, as a sheet for the terminal."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from groundswell.reports.formatting import format_bytes, plural, sentence_case
from groundswell.reports.sheet import QUIET, STRONG, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.fetching import Fetch, Fetchable, FetchedFile

_OUTCOMES = {
    "fetched": "new",
    "unchanged": "as before",
    "changed": "changed since before",
    "from-cache": "from the cache",
    "planned": "would be fetched",
}
_SHOWN = 20


def render_fetch_card(result: "Fetch", *, width: int, colour: bool) -> str:
    """Render what was fetched: files, terms, and how to read them.

    Parameters
    ----------
    result
        What was fetched, or would be.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    sheet.title(f"{result.name}: {_title(result)}")
    sheet.write(result.title)
    if result.files:
        sheet.blank()
        rows = [_row(file) for file in result.files]
        sheet.table(("File", "What it is", "Checked against", "Size"), rows, right=(3,))
    for file in result.files:
        if file.beside:
            words = f"{file.beside} has other bytes and stays as it was."
            sheet.write(words, indent=2)
    if result.mode == "dry-run":
        _write_requests(sheet, result.requests)
    if result.notes:
        sheet.heading("What to know")
        sheet.items([sentence_case(note) for note in result.notes])
    sheet.heading("Terms")
    sheet.pairs([("Licence", result.licence), ("Cite as", result.citation)])
    if result.terms_address:
        sheet.links([("Terms at", result.terms_address)])
    if result.mode != "dry-run" and result.files:
        sheet.heading("To read them" if len(result.files) > 1 else "To read it")
        sheet.command(_ingest(result))
    return sheet.text()


def _write_requests(sheet: Sheet, requests: "Sequence[str]") -> None:
    sheet.heading("What would be asked")
    sheet.command(*requests[:_SHOWN])
    if len(requests) > _SHOWN:
        sheet.write((f"and {len(requests) - _SHOWN:,} more", QUIET), indent=2)


def _title(result: "Fetch") -> str:
    if result.mode == "dry-run":
        return "nothing was asked"
    n_bytes = sum(file.n_bytes or 0 for file in result.files)
    words = plural(len(result.files), "file")
    return f"{words} in {result.folder}, {format_bytes(n_bytes)}"


def _row(file: "FetchedFile") -> tuple[tuple[str, str], str, str, str]:
    size = "not known" if file.n_bytes is None else format_bytes(file.n_bytes)
    name = file.name or "as in the archive"
    parts = f", of {file.n_parts:,} parts" if file.n_parts > 1 else ""
    published = file.held_against or ("" if file.outcome == "planned" else "nothing")
    return (name, STRONG), f"{_OUTCOMES[file.outcome]}{parts}", published, size


def _ingest(result: "Fetch") -> str:
    paths = [str(Path(result.folder) / file.name) for file in result.files[:_SHOWN]]
    more = " ..." if len(result.files) > _SHOWN else ""
    return f"groundswell ingest {shlex.join(paths)}{more} -w WORKSPACE"


def render_fetchable_card(
    what: "Sequence[Fetchable]", *, width: int, colour: bool
) -> str:
    """Render what can be fetched.

    Parameters
    ----------
    what
        In the order in which it is printed.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    sheet.title(f"{plural(len(what), 'thing')} that can be fetched")
    days = "by days, with --since and --until"
    pairs = [(one.name, f"{one.about}{f'; {days}' * one.by_days}") for one in what]
    sheet.pairs(pairs)
    return sheet.text()
