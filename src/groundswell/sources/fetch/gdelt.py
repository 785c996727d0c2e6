"""Files of GDELT by days.

GDELT 1.0 has a file a day since 1 April 2013, a file a month from 2006 to March 2013 and
a file a year before; `events/md5sums` lists them with their MD5. GDELT 2.0 has a file
every quarter of an hour since 18 February 2015; `gdeltv2/masterfilelist.txt` lists each
with size, MD5 and address. It grows by some 300 lines a day, and is asked for only where
the one in the cache does not reach to the end of the days.

The server has no certificate of its own name, so it is asked without encryption, as its
producer does: a checksum from there tells a broken file, not a forged one.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from groundswell.core.errors import UsageError
from groundswell.sources.fetch.getting import Getter, Held, Part
from groundswell.sources.fetch.plan import Job, Plan, Target

_FIRST_DAILY = date(2013, 4, 1)
_FIRST_MONTHLY = date(2006, 1, 1)
_FIRST = date(1979, 1, 1)
_FIRST_QUARTERS = date(2015, 2, 18)
_A_DAY = 96
_MD5 = re.compile(r"[0-9a-f]{32}")
_STAMP = re.compile(r"(\d{8})\d{6}\.(\w+)\.csv\.zip", re.IGNORECASE | re.ASCII)
_SHOWN = 5


def listing(job: Job) -> Part:
    """Say where the list of files is."""
    path = job.recipe.listing
    return Part(address=f"{job.base}/{path}", name=path.rpartition("/")[2])


def planned(job: Job) -> tuple[str, ...]:
    """List the addresses that are asked for the days, as far as they can be known."""
    if job.recipe.kind == "gdelt-1":
        return tuple(f"{job.base}/events/{name}" for name in _daily_names(job))
    days = _days_from(job, _FIRST_QUARTERS)
    pattern = f"{{day}}??????.{job.recipe.table}.CSV.zip"
    return tuple(
        f"{job.base}/gdeltv2/{pattern.format(day=f'{day:%Y%m%d}')}" for day in days
    )


def plan(job: Job, getter: Getter) -> Plan:
    """Find the files of the days that a user wants.

    Parameters
    ----------
    job
        What is wanted.
    getter
        Gets the list of files.

    Returns
    -------
    Plan
        A file for each day (or month, or year), and which of them there are not.
    """
    return _daily(job, getter) if job.recipe.kind == "gdelt-1" else _quarters(job, getter)


def _daily(job: Job, getter: Getter) -> Plan:
    names = _daily_names(job)
    held = getter.get(listing(job))
    listed: dict[str, str] = {}
    for line in _lines(held.path):
        md5, _, name = line.partition(" ")
        if _MD5.fullmatch(md5):
            listed[name.strip()] = md5
    targets = [
        _target(Part(address=f"{job.base}/events/{name}", name=name, md5=listed[name]))
        for name in names
        if name in listed
    ]
    return _plan(targets, missing=[name for name in names if name not in listed])


def _daily_names(job: Job) -> list[str]:
    """Name the files that hold the days, each once and in order."""
    names = [_name_for(day) for day in _days_from(job, _FIRST)]
    return list(dict.fromkeys(names))


def _name_for(day: date) -> str:
    if day >= _FIRST_DAILY:
        return f"{day:%Y%m%d}.export.CSV.zip"
    return f"{day:%Y%m}.zip" if day >= _FIRST_MONTHLY else f"{day:%Y}.zip"


def _quarters(job: Job, getter: Getter) -> Plan:
    days = _days_from(job, _FIRST_QUARTERS)
    wanted = {f"{day:%Y%m%d}": list[Part]() for day in days}
    for line in _lines(_reaching(days[-1], getter=getter, part=listing(job)).path):
        size, _, rest = line.partition(" ")
        md5, _, address = rest.partition(" ")
        name = address.strip().rpartition("/")[2]
        stamp = _STAMP.fullmatch(name)
        if stamp and stamp[1] in wanted and stamp[2].casefold() == job.recipe.table:
            # the list says a host as well: ours is the one that is asked
            part = Part(
                address=f"{job.base}/gdeltv2/{name}",
                name=name,
                md5=md5 if _MD5.fullmatch(md5) else "",
                n_bytes=int(size) if size.isdigit() else None,
            )
            wanted[stamp[1]].append(part)
    targets = [
        Target(
            name=f"{day}.{job.recipe.table}.CSV",
            parts=tuple(sorted(parts, key=lambda part: part.name)),
            unpack=("*",),
        )
        for day, parts in wanted.items()
        if parts
    ]
    notes = tuple(
        f"{day}: {len(parts)} of {_A_DAY} quarters of an hour are listed"
        for day, parts in wanted.items()
        if 0 < len(parts) < _A_DAY
    )
    found = _plan(targets, missing=[day for day, parts in wanted.items() if not parts])
    return Plan(targets=found.targets, notes=(*found.notes, *notes))


def _reaching(day: date, *, getter: Getter, part: Part) -> Held:
    """Find a list that reaches beyond a day: the one in the cache, if it does."""
    held = getter.held(part)
    if held is not None and getter.web is not None:
        last = ""
        for line in _lines(held.path):
            stamp = _STAMP.fullmatch(line.rpartition("/")[2])
            last = max(last, stamp[1]) if stamp else last
        if last > f"{day:%Y%m%d}":
            return held
    return getter.get(part)


def _days_from(job: Job, first: date) -> tuple[date, ...]:
    days = job.each_day()
    if days[0] < first:
        raise UsageError(
            f"{job.recipe.name} begins on {first}, after {days[0]}.",
            allowed=f"--since {first} or later",
        )
    return days


def _target(part: Part) -> Target:
    name = part.name.removesuffix(".zip")
    name = name if name.endswith(".CSV") else f"{name}.csv"
    return Target(name=name, parts=(part,), unpack=("*",))


def _plan(targets: list[Target], *, missing: list[str]) -> Plan:
    """Make a plan, with what the producer does not list.

    Raises
    ------
    UsageError
        If nothing of what is asked for is listed.
    """
    words = ", ".join(missing[:_SHOWN])
    if len(missing) > _SHOWN:
        words += f" and {len(missing) - _SHOWN} more"
    if not targets:
        raise UsageError(
            f"GDELT lists no file for the days that are asked for: {words}.",
            allowed="days up to yesterday",
            todo="ask for other days",
        )
    notes = (f"GDELT lists no file for {words}: those days are missing",)
    return Plan(targets=tuple(targets), notes=notes if missing else ())


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            yield line.rstrip("\r\n")
