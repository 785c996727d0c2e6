"""Columns of numbers, days and words, as the text that a CSV export would hold.

A number is the shortest text that reads back as the same number. A column of which every
value is whole has whole numbers; where one is not, all have a decimal point, so that no
difference between them is made up or lost.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import isfinite
from pathlib import Path

import numpy as np

from groundswell.core.sources import Finding

_MOST_WHOLE = 10**15
_MIDNIGHT = "00:00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a file of typed columns says beside its rows.

    Attributes
    ----------
    labels
        Word by code, by column: what the file says that its codes mean.
    titles
        What the file says that a column holds, by column.
    findings
        What was odd in it.
    """

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def are_whole(values: Iterable[float | None]) -> bool:
    """Say whether all numbers are whole, and small enough to be written out.

    Examples
    --------
    >>> are_whole([1.0, None, -99.0]), are_whole([1.0, 0.5]), are_whole([1e300])
    (True, False, False)
    """
    return all(
        value is None or (abs(value) < _MOST_WHOLE and float(value).is_integer())
        for value in values
    )


def number_text(value: float, *, is_whole: bool, is_single: bool = False) -> str:
    """Write a number of a column.

    Parameters
    ----------
    value
        The number.
    is_whole
        Whether all numbers of the column are whole.
    is_single
        Whether it was stored with single precision.

    Returns
    -------
    str
        Its text.

    Examples
    --------
    >>> number_text(3.0, is_whole=True), number_text(3.0, is_whole=False)
    ('3', '3.0')
    >>> number_text(0.10000000149011612, is_whole=False, is_single=True)
    '0.1'
    """
    if is_whole:
        return str(int(value))
    return repr(float(str(np.float32(value)) if is_single else value))


def day_text(days: float, *, since: date) -> str:
    """Write the day that is so many days after another; empty where there is none."""
    if not (isfinite(days) and float(days).is_integer()):
        return ""
    try:
        return (since + timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""


def moment_text(seconds: float, *, since: datetime, zone: tzinfo = UTC) -> str:
    """Write the moment that is so many seconds after another, at midnight as a day."""
    try:
        moment = (since + timedelta(seconds=float(seconds))).astimezone(zone)
    except (OverflowError, ValueError):
        return ""
    day, _, rest = moment.replace(tzinfo=None).isoformat(sep=" ").partition(" ")
    return day if rest == _MIDNIGHT else f"{day} {rest}"


def write_columns(
    target: Path, header: Sequence[str], *, pieces: Iterable[Sequence[Sequence[str]]]
) -> None:
    """Write columns as a regular CSV file.

    Parameters
    ----------
    target
        Where to write.
    header
        Names of the columns.
    pieces
        Columns of some rows, then those of the next.
    """
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(header)
        for columns in pieces:
            writer.writerows(zip(*columns, strict=True))
