"""Dates of records and windows in running text, each with its precision."""

import re
from datetime import date
from typing import Literal

from groundswell.core.dates import DatedSpan
from groundswell.language.windows import WindowSpan, find_windows

__all__ = ["DateOrder", "WindowSpan", "find_windows", "read_date"]

DateOrder = Literal["mdy", "dmy", "ymd"]
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def read_date(text: str, *, order: DateOrder) -> DatedSpan:
    """Read one cell of a record as a date with its precision."""
    match = _ISO.fullmatch(text.strip())
    if not match:
        return DatedSpan(
            start=None, end=None, precision="unknown", text=text, problem="no date"
        )
    day = date(*(int(part) for part in match.groups()))
    return DatedSpan(start=day, end=day, precision="day", text=text)
