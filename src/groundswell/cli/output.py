"""What the commands print: results on standard output, for people or for programs."""

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from groundswell.cli.options import DEFAULT_WORKSPACE
from groundswell.core.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WIDEST = 110
_NARROWEST = 40


class OutputClosedError(Exception):
    """Whoever read standard output has closed it."""


def emit(
    name: str,
    result: object,
    *,
    as_json: bool,
    details: bool = False,
    workspace: "Path | None" = None,
) -> None:
    """Print a result, as JSON or for people.

    Parameters
    ----------
    name
        Name of its schema.
    result
        What a verb returned.
    as_json
        Whether to print JSON.
    details
        Whether to print at length what a check holds.
    workspace
        Where it was made; the commands that the text names are to find it there.
    """
    from groundswell.api import rendering

    if as_json:
        write_machine(rendering.as_json(name, result))
        return
    text = rendering.as_text(
        name,
        result,
        width=terminal_width(),
        colour=has_colour(),
        details=details,
        at=_option(workspace),
    )
    write(text)


def write(text: str) -> None:
    """Write a text to standard output, whatever encoding the terminal has."""
    data = text.rstrip("\n") + "\n"
    encoding = sys.stdout.encoding or "ascii"
    data = data.encode(encoding, "replace").decode(encoding)
    with _writing():
        sys.stdout.write(data)
        sys.stdout.flush()


def write_machine(text: str) -> None:
    """Write JSON or TOML to standard output: as UTF-8, unless people look at it."""
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        write(text)
        return
    data = text.rstrip("\n") + "\n"
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


@contextmanager
def _writing() -> "Iterator[None]":
    try:
        yield
    except OSError as error:
        # Windows says EINVAL where a pipe was closed
        if error.errno in {errno.EPIPE, errno.EINVAL}:
            raise OutputClosedError from error
        raise OutputError(
            f"Standard output cannot be written: {error.strerror}.",
            todo="see that the disk is not full",
        ) from error


def forget_output() -> None:
    """Send nowhere what is still to be written, or Python would try at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def has_colour() -> bool:
    """Whether to use colours: on a terminal, unless `NO_COLOR` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Columns to use: those of the terminal, within reason."""
    import shutil

    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))


def _option(workspace: "Path | None") -> str:
    """Write the option that names a workspace, as a shell reads it."""
    if workspace is None or workspace == DEFAULT_WORKSPACE:
        return ""
    if os.name == "nt":
        from subprocess import list2cmdline

        return f" -w {list2cmdline([str(workspace)])}"
    import shlex

    return f" -w {shlex.quote(str(workspace))}"
