"""What the benchmarks share: results, clocks, and commands in a process of their own.

Each `bench_*.py` prints one result a line as JSON; `run.py` starts them and writes the
table. Seconds are wall clock; the processor's seconds stand beside them, since other work
on the machine lengthens the first and hardly the second.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GROUNDSWELL = (sys.executable, "-m", "groundswell")
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: seconds on the wall, seconds of the processor, most memory in bytes."""

    wall: float
    processor: float
    peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to be reached; `not_judged` says why it cannot be judged here."""

    seconds: float
    n_bytes: int | None = None
    not_judged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What is measured beside it, in the same run.

    Attributes
    ----------
    what
        The peer in words, with what it leaves out.
    seconds
        Its runs.
    ours
        Our seconds for the same work, where they are not those of the result.
    """

    what: str
    seconds: tuple[float, ...]
    ours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A line of the table."""

    what: str
    size: str
    runs: tuple[Run, ...]
    goal: Goal | None = None
    peer: Peer | None = None
    notes: tuple[str, ...] = ()


def emit(result: Result) -> None:
    """Hand a result to whoever started this benchmark."""
    print(json.dumps(asdict(result)), flush=True)


def read_result(line: str) -> Result:
    """Read what `emit` wrote."""
    plain: dict[str, Any] = json.loads(line)
    goal, peer = plain["goal"], plain["peer"]
    return Result(
        what=plain["what"],
        size=plain["size"],
        runs=tuple(Run(**run) for run in plain["runs"]),
        goal=Goal(**goal) if goal else None,
        peer=Peer(**{**peer, "seconds": tuple(peer["seconds"])}) if peer else None,
        notes=tuple(plain["notes"]),
    )


def is_quick() -> bool:
    """Say whether small sizes are asked for, the only option of a benchmark."""
    parser = argparse.ArgumentParser(description="Prints results as JSON, one a line.")
    parser.add_argument("--quick", action="store_true", help="small sizes, few runs")
    return bool(parser.parse_args().quick)


def time_here(work: "Callable[[], object]", *, n_runs: int) -> tuple[Run, ...]:
    """Time a call in this process; the peak is that of the process so far."""
    runs = []
    for _ in range(n_runs):
        busy, start = _busy(), time.perf_counter()
        work()
        wall = time.perf_counter() - start
        runs.append(Run(wall=wall, processor=_busy() - busy, peak=_peak()))
    return tuple(runs)


def _busy() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _peak() -> int:
    """Most memory of this process, not of the one that started it."""
    if _STATUS.exists():
        line = next(s for s in _STATUS.read_text().splitlines() if s.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return _in_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _in_bytes(maxrss: int) -> int:
    return maxrss if sys.platform == "darwin" else maxrss * 1024


def time_command(
    command: "Sequence[str | Path]", *, output: IO[str] | None = None
) -> Run:
    """Run a command to its end in a process of its own, and stop if it fails.

    A child is charged with the memory of the process that started it where that is more,
    so whoever calls this stays small.

    Raises
    ------
    subprocess.CalledProcessError
        If its exit code is not 0.
    """
    start = time.perf_counter()
    target = output or subprocess.DEVNULL
    child = subprocess.Popen([str(part) for part in command], stdout=target)  # noqa: S603 (our own commands)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, child.args)
    busy = used.ru_utime + used.ru_stime
    return Run(wall=wall, processor=busy, peak=_in_bytes(used.ru_maxrss))


def time_to_receipt(command: "Sequence[str | Path]") -> tuple[Run, str]:
    """Run a command that writes a receipt; return its identifier as well."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        run = time_command([*command, "--json"], output=output)
        output.seek(0)
        return run, json.load(output)["result"]["receipt_id"]


def run_python(script: str, *arguments: "str | Path") -> str:
    """Run a script in a process of its own and return what it printed."""
    command = [sys.executable, script, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own scripts)
    return done.stdout
