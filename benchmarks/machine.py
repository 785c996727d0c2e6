"""The machine and the versions that numbers were measured on: no names, no paths."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

_CPU = Path("/proc/cpuinfo")
_GB = 10**9


def describe_machine() -> dict[str, str]:
    """Say what the machine is made of."""
    return {
        "processor": _processor(),
        "cores": str(_cores()),
        "memory": f"{_memory() / _GB:.0f} GB",
        "system": _system(),
    }


def describe_versions() -> dict[str, str]:
    """Say which versions computed."""
    packages = {name: version(name) for name in ("groundswell", "duckdb", "numpy")}
    return {**packages, "python": platform.python_version()}


def load() -> str:
    """Say how busy the machine is, since other work lengthens every measurement."""
    return f"{os.getloadavg()[1]:.1f} of {_cores()} cores over the last five minutes"


def _cores() -> int:
    has_affinity = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


def _processor() -> str:
    lines = _CPU.read_text().splitlines() if _CPU.exists() else []
    models = [s.split(":", 1)[1].strip() for s in lines if s.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _system() -> str:
    if platform.system() != "Linux":
        return f"{platform.system()} {platform.release()}"
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):  # a Linux need not say which
        return "Linux"
