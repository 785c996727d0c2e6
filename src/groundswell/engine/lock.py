"""A folder for one process at a time, from before it is looked at.

The lock is the system's own on a file in the folder (`fcntl` on Unix, `msvcrt` on
Windows), not the presence of the file: the system takes it back however a process ends,
so nothing is left that would have to be told from a live one. On Unix it belongs to the
process and not to the open file, so that workers which outlive their parent hold nothing.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from groundswell.core.errors import WorkspaceBusyError, WorkspaceError

LOCK = "workspace.lock"
_IS_WINDOWS = sys.platform == "win32"
_HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_held_here: set[Path] = set()

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    _take_to_read = _take

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _take_to_read(descriptor: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)


def busy(folder: Path) -> dict[str, str]:
    """Say that a workspace is open elsewhere, as the arguments of an error."""
    return {
        "what": f"The workspace {folder} is open in another process or block.",
        "allowed": "one at a time",
        "todo": "wait until it is done, or use another workspace with -w",
    }


@contextmanager
def locked(folder: Path, *, keep_with: str, create: bool) -> Iterator[None]:
    """Hold a folder for the length of a `with` block.

    Parameters
    ----------
    folder
        The folder, resolved.
    keep_with
        Name of the file without which the folder is given up at the end: the lock is
        then removed, and so is the folder where it was made here and is empty.
    create
        Whether to make the folder where there is none.

    Yields
    ------
    None
        While no other process holds it.

    Raises
    ------
    WorkspaceBusyError
        If it is held already, in this or another process.
    """
    if folder in _held_here:
        raise WorkspaceBusyError(**busy(folder))
    _held_here.add(folder)
    try:
        descriptor, is_made = _acquire(folder, create=create)
        try:
            yield
        finally:
            is_kept = (folder / keep_with).exists()
            _release(descriptor, folder / LOCK, is_kept=is_kept)
            if is_made and not is_kept:
                with suppress(OSError):  # somebody put something into it
                    folder.rmdir()
    finally:
        _held_here.discard(folder)


@contextmanager
def locked_for_reading(folder: Path) -> Iterator[None]:
    """Keep a folder from being written for the length of a `with` block.

    For a folder in which nothing can be written: others may read it meanwhile. Where it
    has no lock, or its disk knows none, nobody is kept away.

    Parameters
    ----------
    folder
        The folder, resolved.

    Yields
    ------
    None
        While no process that knows of the lock writes into it.

    Raises
    ------
    WorkspaceBusyError
        If somebody writes into it.
    """
    if folder in _held_here:
        raise WorkspaceBusyError(**busy(folder))
    with ExitStack() as held:
        with suppress(FileNotFoundError, PermissionError):
            descriptor = os.open(folder / LOCK, os.O_RDONLY)
            held.callback(os.close, descriptor)
            _read_along(descriptor, folder)
        _held_here.add(folder)
        held.callback(_held_here.discard, folder)
        yield


def _read_along(descriptor: int, folder: Path) -> None:
    try:
        _take_to_read(descriptor)
    except OSError as error:
        if error.errno in _HELD:
            raise WorkspaceBusyError(**busy(folder)) from error


def _acquire(folder: Path, *, create: bool) -> tuple[int, bool]:
    """Lock a folder; return the open lock, and whether the folder was made for it.

    Raises
    ------
    WorkspaceBusyError
        If it is held already.
    WorkspaceError
        If it is not there, or cannot be locked.
    """
    path = folder / LOCK
    while True:
        is_made = create and _make(folder)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:
            if create:  # who held it gave the folder up in between
                continue
            raise WorkspaceError(
                f"There is no workspace at {folder}.", todo="name another folder with -w"
            ) from None
        except OSError as error:
            raise WorkspaceError(**_no_lock(folder, error)) from error
        try:
            _take(descriptor)
            if _is_at(path, descriptor):
                return descriptor, is_made
        except OSError as error:
            os.close(descriptor)
            if error.errno in _HELD:
                raise WorkspaceBusyError(**busy(folder)) from error
            raise WorkspaceError(**_no_lock(folder, error)) from error
        os.close(descriptor)


def _make(folder: Path) -> bool:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir()
            return True
    except OSError as error:
        raise WorkspaceError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            todo="name another folder with -w",
        ) from error
    return False


def _is_at(path: Path, descriptor: int) -> bool:
    # whoever held the lock may have removed the file between our opening and locking it
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _release(descriptor: int, path: Path, *, is_kept: bool) -> None:
    # Unix removes a file that is open, and removed before it is unlocked it is nobody
    # else's; Windows removes it only once it is closed, and only if none opened it since
    if not is_kept and not _IS_WINDOWS:
        path.unlink(missing_ok=True)
    os.close(descriptor)
    if not is_kept and _IS_WINDOWS:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _no_lock(folder: Path, error: OSError) -> dict[str, str]:
    return {
        "what": f"The folder {folder} cannot be locked: {error.strerror}.",
        "allowed": "a folder that can be written to, on a disk that has locks",
        "todo": "name another folder with -w",
    }
