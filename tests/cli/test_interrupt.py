"""Ctrl-C while a command works: a short message, 130, and the workspace as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.running import EXAMPLES, MAPPING, N_ROWS, RECORDS, files_of
from groundswell.engine import Workspace

MANIFEST = ("--manifest", EXAMPLES / "records.manifest.toml")
SAYS = "groundswell: interrupted; what was there before is unchanged\n"
N_COPIES = 20
# what appears in the workspace, and the seconds after it until the signal is sent
MOMENTS = [
    ("partial/*/raw", 0.0),
    ("partial/*/record.parquet", 0.0),
    *(
        pytest.param("partial/*/record.parquet", delay, marks=pytest.mark.full)
        for delay in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
    ),
    ("snapshots/own-*", 0.0),
]


@pytest.fixture(name="many", scope="module")
def _many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    header, *rows = RECORDS.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path_factory.mktemp("records") / "many.csv"
    path.write_text(header + "".join(rows) * N_COPIES, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no process can send another one Ctrl-C")
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "used"])
@pytest.mark.parametrize(("sign", "delay"), MOMENTS)
def test_ctrl_c_leaves_what_was_there(
    *, tmp_path: Path, workspace: Path, many: Path, sign: str, delay: float, is_new: bool
) -> None:
    folder = tmp_path / "w"
    if not is_new:
        shutil.copytree(workspace, folder)
    before = files_of(folder)
    code, said = _stopped_ingest(many, folder, sign=sign, delay=delay)
    # the last: it was done, and Python about to leave
    assert (code, said) in {(130, SAYS), (0, ""), (130, "")}
    after = files_of(folder)
    added = after.keys() - before.keys()
    assert {name: after.get(name) for name in before} == before
    if not added:
        assert said
        assert folder.exists() is not is_new
        return
    # it was done before the signal came
    assert (sign, delay) not in MOMENTS[:2]
    assert {Path(name).parts[0] for name in added} <= {"snapshots", "workspace.lock"}
    with Workspace.open(folder, create=False) as opened:
        assert len(opened.snapshot_ids()) == 2 - is_new
        assert opened.count("report") == N_ROWS * (N_COPIES + (not is_new))


def _stopped_ingest(
    records: Path, folder: Path, *, sign: str, delay: float
) -> tuple[int, str]:
    seen = {*folder.glob(sign)}
    command = ("ingest", records, *MAPPING, *MANIFEST, "-w", folder)
    with subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
        [sys.executable, "-m", "groundswell", *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None and {*folder.glob(sign)} <= seen:
            time.sleep(0.001)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    # Python may end itself with the signal, which a shell tells in the same way
    code = process.returncode
    return (130 if code == -signal.SIGINT else code), said
