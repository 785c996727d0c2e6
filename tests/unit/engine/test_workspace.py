import errno
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from groundswell.core.errors import WorkspaceBusyError, WorkspaceError
from groundswell.engine import Step, Workspace, lock
from groundswell.engine import workspace as module


def _keep_number(workspace: Workspace, number: int) -> None:
    workspace.create(
        Step(name="n", inputs=(), output="kept", sql=f"SELECT {number} AS number")
    )


def _kept_number(folder: Path) -> int:
    with Workspace.open(folder, create=False) as workspace:
        return int(workspace.arrays("SELECT number FROM kept")["number"][0])


def _take(workspace: Workspace, name: str) -> None:
    with workspace.partial_folder() as partial, workspace.transaction():
        (partial / "data.txt").write_text(name)
        workspace.publish_snapshot(partial, snapshot_id=name)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_workspace_is_made_once_and_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "w"
    with Workspace.open(folder, create=True) as workspace:
        _keep_number(workspace, 7)
        _take(workspace, "one")
        _take(workspace, "two")
        digest = workspace.keep_input(b"codebook")
        assert workspace.keep_input(b"codebook") == digest
        workspace.keep_receipt("abc1", data=b"{}")
        assert workspace.version[0] == "duckdb"
    assert _kept_number(folder) == 7
    with Workspace.open(folder, create=True) as workspace:
        assert workspace.snapshot_ids() == ("one", "two")
        kept = workspace.snapshot_folder("one") / "data.txt"
        assert kept.read_text() == "one"
        assert workspace.input_bytes(digest) == b"codebook"
        assert workspace.receipt_bytes("abc") == b"{}"
        assert workspace.receipt_ids() == ("abc1",)
        assert _names(folder / "partial") == []


def test_what_is_asked_for_and_not_there(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", create=True) as workspace:
        workspace.keep_receipt("abc1", data=b"1")
        workspace.keep_receipt("abc2", data=b"2")
        for ask in (
            lambda: workspace.snapshot_folder("one"),
            lambda: workspace.input_bytes("0" * 64),
            lambda: workspace.input_bytes("../workspace.duckdb"),
            lambda: workspace.receipt_bytes("abc"),
            lambda: workspace.receipt_bytes("x"),
            lambda: workspace.receipt_bytes(""),
        ):
            with pytest.raises(WorkspaceError):
                ask()
        assert workspace.receipt_bytes("abc2") == b"2"


def test_an_input_that_was_changed_is_found_out(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", create=True) as workspace:
        digest = workspace.keep_input(b"codebook")
        (workspace.folder / "inputs" / digest).write_bytes(b"c0debook")
        with pytest.raises(WorkspaceError, match="changed after"):
            workspace.input_bytes(digest)


def test_a_snapshot_is_never_taken_twice(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w", create=True) as workspace:
        _take(workspace, "one")
        with pytest.raises(WorkspaceError, match="already"):
            _take(workspace, "one")
        assert workspace.snapshot_ids() == ("one",)


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden"])
def test_names_stay_inside_the_workspace(tmp_path: Path, name: str) -> None:
    with (
        Workspace.open(tmp_path / "w", create=True) as workspace,
        pytest.raises(WorkspaceError, match="names nothing"),
    ):
        _take(workspace, name)


def _nothing(folder: Path) -> None:
    del folder


def _file(folder: Path) -> None:
    folder.write_text("I am a file")


def _other_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").write_text("mine")


def _damaged(folder: Path) -> None:
    folder.mkdir()
    (folder / "workspace.duckdb").write_text("this is no database")


def _cut(folder: Path) -> None:
    with Workspace.open(folder, create=True) as workspace:
        _keep_number(workspace, 1)
    path = folder / "workspace.duckdb"
    path.write_bytes(path.read_bytes()[:9000])


def _empty_database(folder: Path) -> None:
    folder.mkdir()
    module.connect(folder / "workspace.duckdb").close()


def _newer(folder: Path) -> None:
    with Workspace.open(folder, create=True) as workspace:
        workspace.create(
            Step(
                name="n",
                inputs=(),
                output="workspace_format",
                sql="SELECT 999 AS version",
            )
        )


def _lost_snapshot(folder: Path) -> None:
    with Workspace.open(folder, create=True) as workspace:
        _take(workspace, "one")
    (folder / "snapshots" / "one").rename(folder.parent / "elsewhere")


@pytest.mark.parametrize(
    ("prepare", "create", "words"),
    [
        (_nothing, False, "no workspace"),
        (_file, False, "is a file"),
        (_file, True, "is a file"),
        (_other_folder, False, "no workspace"),
        (_other_folder, True, r"thesis\.docx"),
        (_damaged, True, "cannot be read"),
        (_cut, True, "cannot be read"),
        (_empty_database, True, "not a workspace"),
        (_newer, True, "format 999"),
        (_lost_snapshot, True, "has lost one"),
    ],
)
def test_what_is_no_workspace_is_refused_and_left_alone(
    tmp_path: Path, prepare: object, create: bool, words: str
) -> None:
    folder = tmp_path / "w"
    assert callable(prepare)
    prepare(folder)
    before = {p: p.stat().st_size for p in sorted(tmp_path.rglob("*"))}
    with (
        pytest.raises(WorkspaceError, match=words) as caught,
        Workspace.open(folder, create=create),
    ):
        pass
    assert caught.value.allowed or caught.value.todo
    assert before.keys() <= {*tmp_path.rglob("*")}


def test_left_overs_of_an_interrupted_write_are_removed(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with Workspace.open(folder, create=True) as workspace:
        _take(workspace, "one")
    (folder / "partial" / "half").mkdir()
    (folder / "partial" / "half" / "x").write_text("x")
    (folder / "snapshots" / "unknown").mkdir()
    with Workspace.open(folder, create=False) as workspace:
        assert workspace.snapshot_ids() == ("one",)
    assert _names(folder / "partial") == []
    assert _names(folder / "snapshots") == ["one"]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("is_committed", [True, False])
def test_a_commit_that_is_stopped_is_done_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_new: bool, is_committed: bool
) -> None:
    folder = tmp_path / "w"
    if not is_new:
        with Workspace.open(folder, create=True) as workspace:
            _take(workspace, "one")

    class Stopped:
        """A connection that is stopped while it commits."""

        def __init__(self, real: duckdb.DuckDBPyConnection) -> None:
            self.real = real

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

        def commit(self) -> None:
            if is_committed:
                self.real.commit()
            raise RuntimeError("Query interrupted")

    connect = module.connect
    with monkeypatch.context() as patch:
        patch.setattr(
            module,
            "connect",
            lambda path: (
                connect(path) if "partial" in path.name else Stopped(connect(path))
            ),
        )
        with (
            pytest.raises(KeyboardInterrupt),
            Workspace.open(folder, create=True) as workspace,
        ):
            _take(workspace, "two")
    expected = ["one"] * (not is_new) + ["two"] * is_committed
    assert folder.exists() is bool(expected)
    if expected:
        assert _names(folder / "snapshots") == expected
        with Workspace.open(folder, create=False) as workspace:
            assert list(workspace.snapshot_ids()) == expected


def test_a_half_made_workspace_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    (folder / "snapshots").mkdir(parents=True)
    (folder / "workspace.duckdb.partial").write_text("half")
    with Workspace.open(folder, create=True) as workspace:
        assert workspace.snapshot_ids() == ()


_SECOND = """
import sys
from pathlib import Path
from groundswell.core.errors import WorkspaceBusyError
from groundswell.engine import Workspace
try:
    with Workspace.open(Path(sys.argv[1]), create=True):
        print("opened")
except WorkspaceBusyError as error:
    print("busy", error)
"""


def test_a_second_process_hears_at_once_that_it_is_busy(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    command = [sys.executable, "-c", _SECOND, str(folder)]
    with Workspace.open(folder, create=True):
        second = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        assert second.stdout.startswith("busy The workspace")
        with (
            pytest.raises(WorkspaceBusyError),
            Workspace.open(tmp_path / "." / "w", create=True),
        ):
            pass
    third = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    assert third.stdout == "opened\n"


_READER = """
import sys
from pathlib import Path
from groundswell.core.errors import WorkspaceBusyError
from groundswell.engine import workspace as module
module.why_not_writable = lambda folder: "it is not yours"
try:
    with module.Workspace.open(Path(sys.argv[1]), create=False, keeps=False) as opened:
        print("opened", opened.can_keep, opened.receipt_ids())
except WorkspaceBusyError as error:
    print("busy", error.what)
"""


def test_who_may_not_write_reads_along_unless_somebody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "w"
    command = [sys.executable, "-c", _READER, str(folder)]

    def said() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603

    with Workspace.open(folder, create=True) as workspace:
        workspace.keep_receipt("abc1", data=b"{}")
        assert said().startswith("busy The workspace")
    opened = "opened False ('abc1',)\n"
    assert said() == opened
    monkeypatch.setattr(module, "why_not_writable", lambda _: "it is not yours")
    with Workspace.open(folder, create=False, keeps=False) as workspace:
        _keep_number(workspace, 7)
        assert said() == opened
    with (
        pytest.raises(WorkspaceError, match="cannot be written: it is not yours"),
        Workspace.open(folder, create=False),
    ):
        pass
    monkeypatch.undo()
    with Workspace.open(folder, create=False) as workspace:
        assert "kept" not in workspace.tables()


_RACER = """
import sys, time
from pathlib import Path
from groundswell.core.errors import WorkspaceBusyError
from groundswell.engine import Workspace
folder, go = Path(sys.argv[1]), Path(sys.argv[2])
Path(sys.argv[2] + sys.argv[3]).touch()
while not go.exists():
    time.sleep(0.001)
for number in range(int(sys.argv[4])):
    try:
        with Workspace.open(folder / str(number), create=True) as workspace:
            workspace.keep_receipt(sys.argv[3], data=b"{}")
            print(number, "kept")
    except WorkspaceBusyError:
        print(number, "busy")
"""


def test_two_processes_that_make_the_same_workspaces_at_once(tmp_path: Path) -> None:
    go, n_rounds, names = tmp_path / "go", 12, ("one", "two")
    racers = [
        subprocess.Popen(  # noqa: S603
            [
                *(sys.executable, "-c", _RACER, str(tmp_path), str(go)),
                *(name, str(n_rounds)),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    while not all((tmp_path / f"go{name}").exists() for name in names):
        time.sleep(0.01)
    go.touch()
    said = [racer.communicate()[0].splitlines() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    for number in range(n_rounds):
        kept = {
            name
            for name, lines in zip(names, said, strict=True)
            if f"{number} kept" in lines
        }
        # whoever said that it kept something did, whatever the other one did meanwhile
        with Workspace.open(tmp_path / str(number), create=False) as workspace:
            assert kept
            assert set(workspace.receipt_ids()) == kept


def test_nobody_enters_while_a_workspace_is_being_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, said = tmp_path / "w", []
    make = module.make_in

    def ask_before_it_is_made(path: Path) -> None:
        command = [sys.executable, "-c", _SECOND, str(folder)]
        second = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        said.append(second.stdout)
        make(path)

    monkeypatch.setattr(module, "make_in", ask_before_it_is_made)
    with Workspace.open(folder, create=True) as workspace:
        _keep_number(workspace, 3)
    assert [words[:4] for words in said] == ["busy"]
    assert _kept_number(folder) == 3


@pytest.mark.parametrize("was_there", [True, False])
def test_a_block_that_fails_leaves_nothing_behind(
    tmp_path: Path, was_there: bool
) -> None:
    folder = tmp_path / "w"
    if was_there:
        folder.mkdir()
    with (
        pytest.raises(WorkspaceError, match="names nothing"),
        Workspace.open(folder, create=True) as workspace,
    ):
        workspace.keep_receipt("../up", data=b"{}")
    assert folder.exists() == was_there
    assert not was_there or _names(folder) == []


def test_a_folder_that_cannot_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available", descriptor)

    monkeypatch.setattr(lock, "_take", without_locks)
    with (
        pytest.raises(WorkspaceError, match="cannot be locked: No locks"),
        Workspace.open(tmp_path / "w", create=True),
    ):
        pass


_KILLED = """
import os, sys
from pathlib import Path
from groundswell.engine import Step, Workspace, lock
with Workspace.open(Path(sys.argv[1]), create=False) as workspace:
    with workspace.partial_folder() as partial, workspace.transaction():
        (partial / "data.txt").write_text("half")
        workspace.create(Step(name="n", inputs=(), output="kept",
                              sql="SELECT 2 AS number"))
        workspace.publish_snapshot(partial, snapshot_id="two")
        os._exit(9)
"""


def test_a_killed_process_leaves_the_state_before(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with Workspace.open(folder, create=True) as workspace:
        _keep_number(workspace, 1)
        _take(workspace, "one")
    killed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _KILLED, str(folder)], check=False
    )
    assert killed.returncode == 9
    assert _names(folder / "snapshots") == ["one", "two"]
    assert _kept_number(folder) == 1
    with Workspace.open(folder, create=False) as workspace:
        assert workspace.snapshot_ids() == ("one",)
        _take(workspace, "two")
    assert _names(folder / "snapshots") == ["one", "two"]
