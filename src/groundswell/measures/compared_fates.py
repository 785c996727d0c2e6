"""Which reports of two sources are compared, and the reason why the others are not."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from groundswell.core.ledger import Ledger, LedgerLine
from groundswell.core.text import fold_words
from groundswell.measures.attributes import EPOCH
from groundswell.measures.city_days import OnCityDay

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from groundswell.core.dates import Window
    from groundswell.core.places import Place

    NamedPlace = tuple[str | None, str | None, str | None]

REASONS: tuple[tuple[str, str], ...] = (
    ("exact-copy", "exact copies of an earlier row"),
    ("undated", "no usable date"),
    ("outside-window", "outside the days compared"),
    ("date-too-coarse", "date not exact enough to say whether inside these days"),
    ("outside-place", "outside the place"),
    ("place-unknown", "place not exact enough to say whether inside"),
)
COUNTED: tuple[tuple[str, str], ...] = (
    ("no-day", "compared, but the date is not exact to the day"),
    ("no-town", "compared, but held online or in no town that is named"),
    ("city-day", "compared, with a town and a day"),
)
_BETWEEN = re.compile(r"[\W_]+")
_OPEN = ("is_open_below", "is_open_above")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """Reports of two sources with what became of each.

    Attributes
    ----------
    reports
        Columns of the reports, by name.
    fate
        Of each, a place in `REASONS`, or behind them in `COUNTED`.
    town
        Of each, the number of its town; -1 where none is named.
    """

    reports: "dict[str, NDArray[Any]]"
    fate: "NDArray[np.int64]"
    town: "NDArray[np.int64]"

    def ledger(self, side: int) -> Ledger:
        """Account for every report of a side."""
        of_side = self.fate[self.reports["side"] == side]
        n = np.bincount(of_side, minlength=len(REASONS) + len(COUNTED)).tolist()
        left = (
            LedgerLine(reason=reason, label=label, n=count, kind="left")
            for (reason, label), count in zip(REASONS, n, strict=False)
        )
        counted = (
            LedgerLine(reason=reason, label=label, n=count, kind="counted")
            for (reason, label), count in zip(COUNTED, n[len(REASONS) :], strict=True)
        )
        return Ledger(rows_in=len(of_side), unit="report", lines=(*left, *counted))

    def is_compared(self, side: int) -> "NDArray[np.bool_]":
        """Say which reports are compared, of one side."""
        of_side: NDArray[np.bool_] = self.reports["side"] == side
        return of_side & (self.fate >= len(REASONS))

    def days(self, side: int) -> "NDArray[np.int64]":
        """Take the days of the compared reports of a side that are exact to the day."""
        days: NDArray[np.int64] = self.reports["first"][
            self.is_compared(side) & self.reports["is_day"]
        ]
        return days

    def on_city_days(self, side: int) -> OnCityDay:
        """Take the reports of a side that have a town and a day."""
        rows = self.is_compared(side) & (self.fate == fate_number("city-day"))
        columns = {name: self.reports[name][rows] for name in ("low", "high", *_OPEN)}
        return OnCityDay(
            town=self.town[rows],
            day=self.reports["first"][rows],
            is_sized=self.reports["is_sized"][rows],
            **columns,
        )


def fate_number(reason: str) -> int:
    """Give the number of a reason, or a way of being counted."""
    return [name for name, _ in (*REASONS, *COUNTED)].index(reason)


def assign_to_comparison(
    reports: "dict[str, NDArray[Any]]",
    *,
    places: "Sequence[NamedPlace]",
    window: "Window",
    place: "Place | None",
) -> Fates:
    """Say of each report whether it is compared, or the first reason against.

    A report whose date is exact to the day is on its first day; another one is inside a
    window only with all its days.

    Parameters
    ----------
    reports
        Columns of the reports: `side` (0 or 1), `place`, days (`first`, `last`), sizes
        (`low`, `high`) and flags.
    places
        Country, first-level unit and locality, by the number in `place`.
    window, place
        What is compared.

    Returns
    -------
    Fates
        Of all reports.
    """
    of_place = reports["place"]
    towns = _town_numbers(places)
    path = place.path if place else ()
    outside = np.array([_is_outside(p, path) for p in places], dtype=np.bool_)
    unknown = np.array([None in p[: len(path)] for p in places], dtype=np.bool_)
    town = towns[of_place]
    first = _day_number(window.start, default=np.iinfo(np.int64).min)
    last = _day_number(window.end, default=np.iinfo(np.int64).max)
    # a report is on its first day, where that is known
    ends = np.where(reports["is_day"], reports["first"], reports["last"])
    reasons = {
        "exact-copy": reports["is_copy"],
        "undated": ~reports["is_dated"],
        "outside-window": (ends < first) | (reports["first"] > last),
        "date-too-coarse": (reports["first"] < first) | (ends > last),
        "outside-place": outside[of_place],
        "place-unknown": unknown[of_place],
        "no-day": ~reports["is_day"],
        "no-town": (town < 0) | reports["is_online"],
        "city-day": np.ones(len(of_place), dtype=np.bool_),
    }
    fate = np.select(list(reasons.values()), [fate_number(r) for r in reasons])
    return Fates(reports=reports, fate=fate.astype(np.int64), town=town)


def _day_number(day: "date | None", *, default: int) -> int:
    return default if day is None else int((np.datetime64(day, "D") - EPOCH).astype(int))


def _is_outside(place: "NamedPlace", path: tuple[str, ...]) -> bool:
    pairs = zip(place, path, strict=False)
    return any(given is not None and given != wanted for given, wanted in pairs)


def _town_numbers(places: "Sequence[NamedPlace]") -> "NDArray[np.int64]":
    """Give towns numbers as they are told apart; -1 where none is named."""
    numbers: dict[tuple[str | None, ...], int] = {}
    found = []
    for country, admin1, locality in places:
        name = _BETWEEN.sub(" ", fold_words(locality or "")).strip()
        key = (country, admin1, name)
        found.append(numbers.setdefault(key, len(numbers)) if name else -1)
    return np.array(found, dtype=np.int64)
