"""What the commands print, and where: results on standard output, progress beside it."""

import os
import sys
import time
from typing import TYPE_CHECKING, Self

from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

_PATIENCE_S = 2.0
_WIDEST = 110
_NARROWEST = 40


def emit(name: str, result: object, *, as_json: bool, details: bool = False) -> None:
    """Print a result, as JSON or for people."""
    from groundswell.api import rendering

    if as_json:
        write(rendering.as_json(name, result))
    else:
        width, colour = terminal_width(), has_colour()
        text = rendering.as_text(
            name, result, width=width, colour=colour, details=details
        )
        write(text)


def write(text: str) -> None:
    """Write a text to standard output, whatever encoding the terminal has."""
    data = text.rstrip("\n") + "\n"
    try:
        sys.stdout.write(data)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(data.encode(encoding, "replace").decode(encoding))


def write_html(result: object, path: "Path | None") -> None:
    """Write the HTML page of a result, whole or not at all."""
    from groundswell.api import rendering

    if path is None:
        return
    write_file(path, rendering.as_html(result))
    sys.stderr.write(f"written: {path}\n")


def write_file(path: "Path", text: str) -> None:
    """Write a text file beside its place and move it there.

    Parameters
    ----------
    path
        Where it is to stand; a file that is there is replaced.
    text
        What to write, as UTF-8.

    Raises
    ------
    UsageError
        If it cannot be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def has_colour() -> bool:
    """Whether to use colours: on a terminal, unless `NO_COLOR` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def terminal_width() -> int:
    """Columns to use: those of the terminal, within reason."""
    import shutil

    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))


class Progress:
    """A progress bar on standard error, for work of more than two seconds.

    Use it as a context manager; call it with a stage, how much of it is done and how much
    there is. Nothing is shown where standard error is no terminal.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: "TracebackType | None",
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """Show how far a stage is."""
        if not sys.stderr.isatty() or time.monotonic() - self._began < _PATIENCE_S:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(stage, total=total)
        if self._task is not None:
            self._bar.update(
                self._task, description=stage, completed=done, total=total or None
            )
