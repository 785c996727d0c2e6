"""Files that the commands write: where they may stand, and whole or not at all."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from groundswell.core.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_OURS = b'<meta name="generator" content="Groundswell">'
_HEAD = 4096  # bytes of a page that hold its head down to the title


def check_target(
    path: "Path | None", *, option: str, inputs: "Iterable[Path | None]" = ()
) -> None:
    """Refuse a place where no file can be written, before any work is done.

    Parameters
    ----------
    path
        Where a file is to be written; `None` where none is.
    option
        The option that says so, for the message.
    inputs
        Files that are read, none of which is to be written over.

    Raises
    ------
    UsageError
        If it is a folder, lies in none, or is an input.
    """
    if path is None:
        return
    if path.is_dir():
        raise UsageError(
            f"{option} {path} is a folder.", allowed="the name of a file to write"
        )
    if not path.parent.is_dir():
        raise UsageError(
            f"{option} {path} cannot be written: there is no folder {path.parent}.",
            allowed="a file in a folder that exists",
            todo="make the folder first, or name another file",
        )
    if path.exists() and any(given and _is_same(given, path) for given in inputs):
        raise UsageError(
            f"{option} {path} would write over a file that is read.",
            todo="name another file",
        )


def _is_same(given: "Path", path: "Path") -> bool:
    return given.exists() and given.samefile(path)


def check_new(path: "Path", *, option: str) -> None:
    """Refuse to write over a file that a person may have edited; see `check_target`."""
    check_target(path, option=option)
    if path.exists():
        raise UsageError(
            f"{option} {path} exists already, and is not written over.",
            allowed="a new file",
            todo=f"name another {option}, or move that file away",
        )


def check_page(path: "Path | None", *, inputs: "Iterable[Path | None]" = ()) -> None:
    """Refuse to write a page over anything but a page; see `check_target`.

    A page that was written before is replaced: it holds nothing that a receipt does not
    bring back. An empty file holds nothing at all.

    Parameters
    ----------
    path
        What `--html` names; `None` where it was not given.
    inputs
        Files that are read.

    Raises
    ------
    UsageError
        If it holds something else, or no file can be written there.
    """
    check_target(path, option="--html", inputs=inputs)
    if path is None or not path.is_file():
        return
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise OutputError(
            f"--html {path} cannot be read: {error.strerror or error}.",
            todo="name another file",
        ) from error
    if head and _OURS not in head:
        raise UsageError(
            f"--html {path} exists already and is no page of Groundswell, so it is not "
            "written over.",
            allowed="a new file, or a page that Groundswell wrote",
            todo="name another file, or move that one away",
        )


def write_html(result: object, path: "Path | None") -> None:
    """Write the HTML page of a result, whole or not at all."""
    from groundswell.api import rendering

    if path is not None:
        write_file(path, rendering.as_html(result))


def write_file(path: "Path", text: str) -> None:
    """Write a text file beside its place and move it there, and say so.

    Parameters
    ----------
    path
        Where it is to stand; a file that is there is replaced.
    text
        What to write, as UTF-8.

    Raises
    ------
    OutputError
        If it cannot be written; what was there before is unchanged.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}.",
            todo="see that the disk is not full and that you may write there",
        ) from error
    sys.stderr.write(f"written: {path}\n")
