"""A workspace that cannot be written: what can be done with it, and what is said."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.running import EVENTS, OURS, SENTENCE, files_of

Reader = Callable[..., "subprocess.CompletedProcess[str]"]
SHARE = ("measure", "share", *OURS, "--side", "pro-tunnel")


@pytest.fixture(name="read_only")
def _read_only(own_workspace: Path) -> Iterator[Path]:
    paths = [own_workspace, *own_workspace.rglob("*")]
    modes = [path.stat().st_mode for path in paths]
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode & 0o555)
    yield own_workspace
    for path, mode in zip(paths, modes, strict=True):
        path.chmod(mode)


@pytest.fixture(name="as_reader")
def _as_reader() -> Reader:
    """Run a command in a process that has no right to write what is read-only."""
    before: list[str] = []
    if sys.platform == "win32":
        pytest.skip("folders have no such rights there")
    if os.geteuid() == 0:
        if not (setpriv := shutil.which("setpriv")):
            pytest.skip("root may write everything, and setpriv is not installed")
        before = [setpriv, "--bounding-set", "-dac_override"]

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 (our own interpreter and arguments)
            [*before, sys.executable, "-m", "groundswell", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.slow
def test_what_keeps_nothing_works_in_a_read_only_workspace(
    read_only: Path, as_reader: Reader, receipt: str
) -> None:
    before = files_of(read_only)
    rows = as_reader("rows", receipt, "-w", read_only, "--json")
    assert rows.returncode == 0, rows.stderr
    assert json.loads(rows.stdout)["result"]["rows"]
    replayed = as_reader("replay", receipt, "-w", read_only, "--json")
    assert replayed.returncode == 0, replayed.stderr
    assert json.loads(replayed.stdout)["result"]["is_same"] is True
    tried = as_reader("codebook", "try", OURS[1], "-w", read_only)
    assert tried.returncode == 0, tried.stderr
    looked = as_reader("doctor", "-w", read_only)
    assert looked.returncode == 0, looked.stderr
    assert "nothing can be written in it" in " ".join(looked.stdout.split())
    assert files_of(read_only) == before


@pytest.mark.parametrize(
    "command", [SHARE, ("check", "--text", SENTENCE), ("ingest", *EVENTS[1:])]
)
def test_what_keeps_something_says_what_to_do(
    read_only: Path, as_reader: Reader, command: tuple[object, ...]
) -> None:
    before = files_of(read_only)
    refused = as_reader(*command, "-w", read_only)
    assert refused.returncode == 5
    assert f"The workspace {read_only} cannot be written" in refused.stderr
    assert "copy it to a folder of your own" in refused.stderr
    assert files_of(read_only) == before
