"""A connection to the database: its settings, and what can go wrong on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from groundswell.core.errors import WorkspaceError

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "1600MB",
    "preserve_insertion_order": "true",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "pandas_analyze_sample": "0",
}
# while a query runs, and while Python gives it what it reads
_STOPPED = ("Query interrupted", "KeyboardInterrupt")
_BEYOND_A_QUERY = (
    duckdb.IOException,
    duckdb.FatalException,
    duckdb.InternalException,
    duckdb.SerializationException,
    duckdb.OutOfMemoryException,
)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database with the settings that every part relies on."""
    return duckdb.connect(str(path), config=_SETTINGS)


@contextmanager
def interruptible() -> Iterator[None]:
    """Say of a query that the user stopped what Python says: `KeyboardInterrupt`.

    DuckDB looks for signals while it works, and then raises an error of its own, so every
    call that can run a query stands in such a block.

    Yields
    ------
    None
        While DuckDB works.

    Raises
    ------
    KeyboardInterrupt
        If it was stopped.
    Error
        If DuckDB failed in another way, as it came.
    RuntimeError
        Likewise.
    """
    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        is_interrupt = isinstance(error, duckdb.InterruptException)
        if is_interrupt or str(error).startswith(_STOPPED):
            raise KeyboardInterrupt from error
        raise


@contextmanager
def faults() -> Iterator[None]:
    """Say in words what a user can do something about, and that a query was stopped.

    Yields
    ------
    None
        While DuckDB works.

    Raises
    ------
    WorkspaceError
        If a table is missing, a disk full or a file damaged.
    """
    try:
        with interruptible():
            yield
    except duckdb.CatalogException as error:
        raise WorkspaceError(
            f"The workspace lacks what was asked for: {str(error).splitlines()[0]}",
            todo="groundswell ingest FILE -w WORKSPACE",
        ) from error
    except _BEYOND_A_QUERY as error:
        raise WorkspaceError(
            f"The workspace cannot be read or written: {str(error).splitlines()[0]}",
            todo="see that the disk is not full and the files are whole; the raw files "
            "are under snapshots/ of the workspace",
        ) from error
