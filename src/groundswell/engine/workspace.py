"""A workspace: a folder with the database, the snapshots and the inputs of results."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import duckdb

from groundswell.core.errors import WorkspaceBusyError, WorkspaceError
from groundswell.core.hashes import sha256_bytes
from groundswell.engine.connection import connect
from groundswell.engine.folder import (
    DATABASE,
    FOLDERS,
    FORMAT,
    check_folder,
    copy_database,
    make_in,
    remove,
    unmake,
    why_not_writable,
)
from groundswell.engine.lock import busy, locked, locked_for_reading
from groundswell.engine.steps import Step
from groundswell.engine.tables import Tables

_SHOWN = 5
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Workspace(Tables):
    """An open workspace; only one process at a time has it open.

    Whatever is written appears whole or not at all: files are built in `partial/` and
    renamed, tables are committed, and what an interruption left behind is removed when
    the workspace is opened again.

    | in the folder | holds |
    |---|---|
    | `workspace.duckdb` | the tables of `core.tables` |
    | `snapshots/<snapshot_id>/` | a raw file, its records, what reading it did |
    | `inputs/<sha256>` | codebooks, articles and other small inputs, by content |
    | `receipts/` | what repeats a result |
    | `workspace.lock` | nothing; who has it locked has the workspace open |
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, *, folder: Path, can_keep: bool
    ) -> None:
        super().__init__(connection)
        self.folder = folder
        self.can_keep = can_keep

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, *, create: bool, keeps: bool = True
    ) -> Iterator["Workspace"]:
        """Open a workspace for the length of a `with` block.

        A folder that holds something else, a damaged database and one that another
        format version wrote are errors that say what to do; so is one that is open
        already, in this or another process. A workspace that was made for a block which
        fails before anything is kept is gone again.

        Parameters
        ----------
        path
            Its folder.
        create
            Whether to make it where there is none; the folder is then missing or empty.
        keeps
            Whether the block keeps anything in it. Where it does not, the folder need not
            be one that can be written: a copy of the database then serves.

        Yields
        ------
        Workspace
            The open workspace; `can_keep` says whether what is kept in it lasts.

        Raises
        ------
        WorkspaceError
            If the block keeps something, and the folder cannot be written.
        """
        folder = path.resolve()
        # before, so that nothing is written where no workspace belongs; and after,
        # since what it saw before may be another process's work that is not done yet
        check_folder(folder, create=create)
        if refusal := why_not_writable(folder):
            if keeps:
                raise WorkspaceError(
                    f"The workspace {folder} cannot be written: {refusal}.",
                    allowed="rows, replay and doctor, which keep nothing in it",
                    todo="copy it to a folder of your own, and name that one with -w",
                )
            with cls._open_copy(folder) as workspace:
                yield workspace
            return
        with locked(folder, keep_with=DATABASE, create=create):
            check_folder(folder, create=create)
            is_new = not (folder / DATABASE).exists()
            try:
                if is_new:
                    make_in(folder)
                with _connected(folder) as connection:
                    workspace = cls(connection, folder=folder, can_keep=True)
                    workspace._check_format()
                    workspace._tidy()
                    workspace._check_snapshots()
                    yield workspace
            except BaseException:
                if is_new:
                    unmake(folder)
                raise

    @classmethod
    @contextmanager
    def _open_copy(cls, folder: Path) -> Iterator["Workspace"]:
        with locked_for_reading(folder), TemporaryDirectory() as passing:
            copy_database(folder, Path(passing))
            with _connected(Path(passing)) as connection:
                workspace = cls(connection, folder=folder, can_keep=False)
                workspace._check_format()
                workspace._check_snapshots()
                yield workspace

    def snapshot_ids(self) -> tuple[str, ...]:
        """List the snapshots, in the order in which they were taken."""
        found = self.arrays("SELECT snapshot_id FROM snapshot ORDER BY taken_as")
        return tuple(str(name) for name in found["snapshot_id"])

    def snapshot_folder(self, snapshot_id: str) -> Path:
        """Folder of a snapshot, whose files are never changed.

        Parameters
        ----------
        snapshot_id
            One of `snapshot_ids`.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        WorkspaceError
            If there is no such snapshot.
        """
        if snapshot_id not in self.snapshot_ids():
            raise WorkspaceError(
                f"This workspace has no snapshot {snapshot_id!r}.",
                allowed=", ".join(self.snapshot_ids()) or "it holds none yet",
            )
        return self.folder / "snapshots" / snapshot_id

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of a block, or nothing of it; no folder of a snapshot stays either."""
        try:
            with super().transaction():
                yield
        except BaseException:
            # whether a commit that was stopped came to be, only the tables know
            if self.can_keep:
                self._remove_unnamed()
            raise

    @contextmanager
    def partial_folder(self) -> Iterator[Path]:
        """Make a folder to build in; what is left of it at the end is removed."""
        folder = Path(mkdtemp(dir=self.folder / "partial"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish_snapshot(self, partial: Path, *, snapshot_id: str) -> None:
        """Turn a folder that was built into a snapshot, inside a `transaction`.

        Parameters
        ----------
        partial
            Folder made by `partial_folder`.
        snapshot_id
            Its name from now on.

        Raises
        ------
        WorkspaceError
            If there is such a snapshot already.
        """
        _check_file_name(snapshot_id)
        if snapshot_id in self.snapshot_ids():
            raise WorkspaceError(f"The snapshot {snapshot_id!r} was taken already.")
        self.append(
            Step(
                name="register a snapshot",
                inputs=("snapshot",),
                output="snapshot",
                sql="SELECT $name AS snapshot_id, count(*) + 1 AS taken_as FROM snapshot",
            ),
            name=snapshot_id,
        )
        final = self.folder / "snapshots" / snapshot_id
        # a folder that no transaction came to name is what an interruption left
        shutil.rmtree(final, ignore_errors=True)
        partial.rename(final)

    def keep_input(self, data: bytes) -> str:
        """Keep the bytes of an input, and name them by their SHA-256.

        Parameters
        ----------
        data
            Bytes of a codebook, an article, a claims file.

        Returns
        -------
        str
            Their SHA-256, by which `input_bytes` finds them.
        """
        digest = sha256_bytes(data)
        self._keep(self.folder / "inputs" / digest, data)
        return digest

    def input_bytes(self, sha256: str) -> bytes:
        """Find the bytes of an input again.

        Parameters
        ----------
        sha256
            As `keep_input` gave it.

        Returns
        -------
        bytes
            The bytes.

        Raises
        ------
        WorkspaceError
            If the workspace does not hold them, or they were changed.
        """
        _check_file_name(sha256)
        path = self.folder / "inputs" / sha256
        if not path.is_file():
            raise WorkspaceError(f"This workspace has no input {sha256}.")
        data = path.read_bytes()
        if sha256_bytes(data) != sha256:
            raise WorkspaceError(
                f"The input {path} was changed after it was kept.",
                todo="put the original bytes back, or make the result anew",
            )
        return data

    def keep_receipt(self, receipt_id: str, *, data: bytes) -> None:
        """Keep a receipt under its identifier."""
        _check_file_name(receipt_id)
        self._keep(self.folder / "receipts" / f"{receipt_id}.json", data)

    def receipt_ids(self) -> tuple[str, ...]:
        """List the receipts, sorted."""
        return tuple(sorted(p.stem for p in (self.folder / "receipts").glob("*.json")))

    def receipt_bytes(self, receipt_id: str) -> bytes:
        """Find a receipt by its identifier or a beginning that no other shares.

        Parameters
        ----------
        receipt_id
            At least one character.

        Returns
        -------
        bytes
            What `keep_receipt` was given.

        Raises
        ------
        WorkspaceError
            If no receipt, or more than one, starts so.
        """
        found = [name for name in self.receipt_ids() if name.startswith(receipt_id)]
        if receipt_id in found:
            found = [receipt_id]
        if len(found) != 1:
            which = f"{len(found)} receipts begin" if found else "no receipt begins"
            shown = found or self.receipt_ids()
            more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
            raise WorkspaceError(
                f"In {self.folder} {which} with {receipt_id!r}.",
                allowed=", ".join(shown[:_SHOWN]) + more or "it holds no receipt yet",
                todo="the receipt that a result prints, and with -w the workspace "
                "that it was made in",
            )
        return (self.folder / "receipts" / f"{found[0]}.json").read_bytes()

    def _keep(self, final: Path, data: bytes) -> None:
        if final.is_file() and final.read_bytes() == data:
            return
        with self.partial_folder() as partial:
            (partial / final.name).write_bytes(data)
            (partial / final.name).replace(final)

    def _check_format(self) -> None:
        if "workspace_format" not in self.tables():
            raise WorkspaceError(
                f"{self.folder / DATABASE} is a database, but not a workspace.",
                todo="name another folder with -w",
            )
        version = int(self.arrays("SELECT version FROM workspace_format")["version"][0])
        if version != FORMAT:
            raise WorkspaceError(
                f"The workspace {self.folder} has format {version}.",
                allowed=f"format {FORMAT}",
                todo="use the version of Groundswell that made it, or ingest anew",
            )

    def _tidy(self) -> None:
        # remove what an interrupted write left
        for name in FOLDERS:
            (self.folder / name).mkdir(exist_ok=True)
        for left_over in (self.folder / "partial").iterdir():
            remove(left_over)
        self._remove_unnamed()

    def _check_snapshots(self) -> None:
        present = {path.name for path in (self.folder / "snapshots").iterdir()}
        if missing := set(self.snapshot_ids()) - present:
            raise WorkspaceError(
                f"The workspace {self.folder} has lost {', '.join(sorted(missing))} from "
                "its folder snapshots.",
                todo="put the folder back, or make a new workspace and ingest again",
            )

    def _remove_unnamed(self) -> None:
        known = set(self.snapshot_ids())
        for path in (self.folder / "snapshots").iterdir():
            if path.name not in known:
                remove(path)


@contextmanager
def _connected(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = folder / DATABASE
    try:
        connection = connect(path)
    except duckdb.Error as error:
        text = str(error)
        if "set lock" in text or "being used by another process" in text:
            raise WorkspaceBusyError(**busy(folder)) from error
        raise WorkspaceError(
            f"The database {path} cannot be read: {text.splitlines()[0]}",
            todo="put back a copy, or make a new workspace and ingest again; the raw "
            f"files are under {folder / 'snapshots'}",
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def _check_file_name(name: str) -> None:
    if not _SAFE_NAME.fullmatch(name):
        raise WorkspaceError(f"{name!r} names nothing in a workspace.")
