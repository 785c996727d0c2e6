"""A progress bar beside the results, where there is a terminal and time passes."""

import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

_PATIENCE_S = 2.0


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
