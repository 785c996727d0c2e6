"""Dates of records and windows in running text, each with its precision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from groundswell.core.dates import DatedSpan, DatePrecision, Window

DateOrder = Literal["mdy", "dmy", "ymd"]
_NO_NAMES: Mapping[str, date] = MappingProxyType({})
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSpan:
    """A stretch of days that a text names, and where it stands.

    Attributes
    ----------
    window
        The days; both ends open where `is_resolved` is false.
    start, end
        Half-open offsets in the text as it was given.
    text
        The characters there, exactly.
    precision
        How exact the words are.
    is_resolved
        Whether the words, the publication date and the named dates settle the days.
    why
        How they were settled, or what was missing.
    """

    window: Window
    start: int
    end: int
    text: str
    precision: DatePrecision
    is_resolved: bool
    why: str


def read_date(text: str, *, order: DateOrder) -> DatedSpan:
    """Read one cell of a record as a date with its precision."""
    match = _ISO.fullmatch(text.strip())
    if not match:
        return DatedSpan(
            start=None, end=None, precision="unknown", text=text, problem="no date"
        )
    day = date(*(int(part) for part in match.groups()))
    return DatedSpan(start=day, end=day, precision="day", text=text)


def find_windows(
    text: str, *, published: date | None, named_dates: Mapping[str, date] = _NO_NAMES
) -> tuple[WindowSpan, ...]:
    """Find the stretches of days that a text names, in the order of the text."""
    return tuple(
        WindowSpan(
            window=Window(
                start=date.fromisoformat(match[0]),
                end=date.fromisoformat(match[0]),
                text=match[0],
            ),
            start=match.start(),
            end=match.end(),
            text=match[0],
            precision="day",
            is_resolved=True,
            why="written in full",
        )
        for match in _ISO.finditer(text)
    )
