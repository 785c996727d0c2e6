"""The folder of a workspace: what may become one, and how it comes and goes."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from groundswell.core.errors import WorkspaceError
from groundswell.core.text import is_utf8
from groundswell.engine.connection import connect, interruptible
from groundswell.engine.lock import LOCK

FORMAT = 3
DATABASE = "workspace.duckdb"
FOLDERS = ("snapshots", "inputs", "receipts", "partial")


def check_folder(folder: Path, *, create: bool) -> None:
    """Refuse a folder that is no workspace and cannot become one.

    Parameters
    ----------
    folder
        The folder, resolved.
    create
        Whether it may become one.

    Raises
    ------
    WorkspaceError
        If it holds something else, or nothing and may not become one.
    """
    if not is_utf8(str(folder)):
        raise WorkspaceError(
            f"{folder} is not UTF-8, and the database can have no such name.",
            todo="name another folder with -w",
        )
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(
            f"{folder} is a file, and a workspace is a folder.",
            todo="name another folder with -w",
        )
    # looked at once: another process may make the database meanwhile
    names = _names(folder)
    if DATABASE in names:
        return
    ours = {*FOLDERS, LOCK, f"{DATABASE}.partial", f"{DATABASE}.partial.wal"}
    foreign = [name for name in names if name not in ours]
    if not create:
        make = "groundswell ingest FILE -w " + ("WORKSPACE" if foreign else str(folder))
        raise WorkspaceError(
            f"There is no workspace at {folder}.",
            allowed=f"a folder that holds {DATABASE}",
            todo=f"name the workspace with -w; {make} makes one",
        )
    if foreign:
        raise WorkspaceError(
            f"{folder} holds {', '.join(foreign[:3])}, so no workspace is made there.",
            allowed="a folder that is missing, empty or a workspace",
            todo="name another folder with -w",
        )


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def why_not_writable(folder: Path) -> str:
    """Say why a workspace cannot be written; empty where it can, or is not there yet."""
    if not (folder / DATABASE).exists():
        return ""
    for path in (folder, *(folder / name for name in (DATABASE, LOCK, *FOLDERS))):
        if path.exists() and not os.access(path, os.W_OK):
            return f"you have no right to write {path}, or its disk can only be read"
    return ""


def copy_database(folder: Path, target: Path) -> None:
    """Copy the database of a workspace, and what it has not yet written into itself."""
    for name in (DATABASE, f"{DATABASE}.wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(folder / name, target / name)


def make_in(folder: Path) -> None:
    """Make the database and the folders of a workspace; the database comes last."""
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    partial = folder / f"{DATABASE}.partial"
    for left_over in (partial, folder / f"{DATABASE}.partial.wal"):
        left_over.unlink(missing_ok=True)
    with connect(partial) as connection, interruptible():
        connection.execute(f"CREATE TABLE workspace_format AS SELECT {FORMAT} AS version")
        connection.execute("CREATE TABLE snapshot (snapshot_id VARCHAR, taken_as BIGINT)")
    partial.rename(folder / DATABASE)


def unmake(folder: Path) -> None:
    """Take away a workspace that was made here and in which nothing is kept."""
    # nobody else has the folder from before it was made
    kept = [*folder.glob("snapshots/*"), *folder.glob("receipts/*")]
    if kept:
        return
    with suppress(OSError):
        for name in FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        for path in folder.glob(f"{DATABASE}*"):
            path.unlink()


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        with suppress(FileNotFoundError):
            path.unlink()
