"""Which states were members of the United Nations on a day."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("un_members.toml")
_LAST = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Days on which a state was a member under one code.

    Attributes
    ----------
    country
        ISO 3166 alpha-3, for former states that of ISO 3166-3.
    seat
        The code that stands for all those which held this seat one after another.
    first, last
        Days; the last one is the end of time for a member of today.
    away
        First and last day of a time in which it took no part; `None` for none.
    """

    country: str
    seat: str
    first: date
    last: date
    away: tuple[date, date] | None = None

    def takes_part(self, year: int) -> bool:
        """Say whether it was a member that took part on every day of a year."""
        start, end = date(year, 1, 1), date(year, 12, 31)
        if not (self.first <= start and end <= self.last):
            return False
        return self.away is None or self.away[1] < start or end < self.away[0]


@cache
def un_members() -> tuple[Membership, ...]:
    """List the members of the United Nations, present and former, by code.

    Returns
    -------
    tuple
        One membership for each code.

    Examples
    --------
    >>> [str(one.first) for one in un_members() if one.country == "NAM"]
    ['1990-04-23']
    """
    data = tomllib.loads(_TABLE.read_text("utf-8"))
    seats = {code: seat for seat, codes in data["seat"].items() for code in codes}
    found = [
        _membership(code, since=date.fromisoformat(day), data=data, seats=seats)
        for day, codes in data["since"].items()
        for code in codes
    ]
    return tuple(sorted(found, key=lambda one: one.country))


def _membership(
    code: str, *, since: date, data: Mapping[str, Any], seats: Mapping[str, str]
) -> Membership:
    away = data["away"].get(code)
    return Membership(
        country=code,
        seat=seats.get(code, code),
        first=since,
        last=data["until"].get(code, _LAST),
        away=(away[0], away[1]) if away else None,
    )
