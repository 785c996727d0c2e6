"""Which days a date in running text means: years, publication, prepositions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from groundswell.core.text import fold_words
from groundswell.language.partial_dates import (
    FIRST_YEAR,
    LAST_YEAR,
    Partial,
    first_day,
    last_day,
    months_before,
    week_of,
)
from groundswell.language.window_portions import take_portion
from groundswell.language.window_words import Atom, find_atoms

SINCE = frozenset({"since", "starting", "beginning"})
AFTER = frozenset({"after", "following", "post"})
UNTIL = frozenset(
    ("until", "till", "through", "thru", "by", "as of", "up to", "up until", "to")
)
BEFORE = frozenset({"before", "prior to", "pre"})
_ONE_DAY = timedelta(days=1)
_ONE_YEAR = "one year is written for both ends"
_LEAP_CYCLE = 8  # years within which 29 February recurs, 1900 and 2100 included


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Days, `None` for an end that stays open, and how they were settled."""

    start: date | None
    end: date | None
    why: str
    is_resolved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What settles a date whose words do not.

    Attributes
    ----------
    published
        Day of publication.
    by_day
        Named dates by month and day.
    by_phrase
        Named dates by other words, folded.
    phrases
        Those words as the codebook has them.
    """

    published: date | None
    by_day: Mapping[tuple[int, int], date]
    by_phrase: Mapping[str, date]
    phrases: tuple[str, ...]

    @classmethod
    def of(cls, published: date | None, named_dates: Mapping[str, date]) -> "Known":
        """Sort named dates into those that are a day of a month and other words."""
        return _known(published, tuple(named_dates.items()))

    def named(self, partial: Partial) -> date | None:
        """Return the named date for a day of a month, if it is not after publication."""
        day = self.by_day.get((partial.month or 0, partial.day or 0))
        if day and self.published and day > self.published:
            return None
        return day


@lru_cache(maxsize=32)
def _known(published: date | None, named_dates: tuple[tuple[str, date], ...]) -> Known:
    # the same for every sentence of an article: 2 of its 3 ms when not kept
    by_day: dict[tuple[int, int], date] = {}
    phrases: dict[str, date] = {}
    for words, day in named_dates:
        atom = next(find_atoms(words), None)
        if atom and atom.end - atom.start == len(words) and atom.first.day:
            by_day[atom.first.month or 0, atom.first.day] = day
        elif words.strip():
            phrases[words.strip()] = day
    return Known(
        published=published,
        by_day=by_day,
        by_phrase={fold_words(words): day for words, day in phrases.items()},
        phrases=tuple(phrases),
    )


def settle(atom: Atom, *, preposition: str, words: str, known: Known) -> Settled:
    """Settle the days of a phrase.

    Parameters
    ----------
    atom
        The date as written.
    preposition
        The preposition before it in lower case, empty where none matters.
    words
        The atom's words, to look up a named date.
    known
        Publication and named dates.

    Returns
    -------
    Settled
        The days; unresolved with a reason where nothing settles them.
    """
    if atom.kind == "unclear":
        return _unsettled(atom.problem)
    if atom.kind == "relative":
        days = _relative(atom, known.published)
    elif atom.kind == "named":
        day = known.by_phrase[fold_words(words)]
        days = Settled(start=day, end=day, why="a date that the codebook names")
    else:
        days = _part_of(_written(atom.first, last=atom.last, known=known), atom)
    return _placed(days, preposition, known=known) if days.is_resolved else days


def _part_of(days: Settled, atom: Atom) -> Settled:
    if atom.portion is None or days.start is None or days.end is None:
        return days
    taken = take_portion(atom.portion, start=days.start, end=days.end)
    if isinstance(taken, str):
        return _unsettled(taken)
    return replace(days, start=taken[0], end=taken[1])


def _written(first: Partial, *, last: Partial, known: Known) -> Settled:
    if first.year and last.year:
        return _stretch(first, last, why="written with its year")
    if first.year:
        return _stretch(
            first, _from(last, first), why="one year is written for both ends"
        )
    if last.year:
        year = last.year - (_order(first) > _order(last))
        return _stretch(first.in_year(year), last, why=_ONE_YEAR)
    return _yearless(first, last=last, known=known)


def _yearless(first: Partial, *, last: Partial, known: Known) -> Settled:
    """Settle a date without a year: a named date, else the last before publication."""
    is_single = first == last
    named = known.named(first) if is_single or not known.published else None
    if named:
        start, why = first.in_year(named.year), "a date that the codebook names"
    elif known.published:
        year = _latest_year(first, known.published)
        if year is None:
            return _unsettled("there is no such day")
        start = first.in_year(year)
        why = f"the most recent one not after publication on {known.published}"
    elif named := known.named(last):
        year = named.year - (_order(first) > _order(last))
        start, why = first.in_year(year), "a date that the codebook names"
    else:
        return _unsettled("no year, and no publication date to settle it")
    return _stretch(start, _from(last, start), why=why)


def _latest_year(partial: Partial, day: date) -> int | None:
    for year in range(day.year, day.year - _LEAP_CYCLE - 1, -1):
        try:
            if first_day(partial.in_year(year)) <= day:
                return year
        except ValueError:
            continue  # 29 February, or a day that no year has
    return None


def _from(last: Partial, first: Partial) -> Partial:
    """Return the first such end that does not come before the start."""
    return last.in_year((first.year or 0) + (_order(last) < _order(first)))


def _order(partial: Partial) -> tuple[int, int]:
    return partial.month or 1, partial.day or 1


def _stretch(first: Partial, last: Partial, *, why: str) -> Settled:
    try:
        start, end = first_day(first), last_day(last)
    except ValueError:
        return _unsettled("there is no such day")
    if end < start:
        return _unsettled("it ends before it starts")
    if not FIRST_YEAR <= start.year <= end.year <= LAST_YEAR:
        return _unsettled(f"a year is not from {FIRST_YEAR} to {LAST_YEAR}")
    return Settled(start=start, end=end, why=why)


def _relative(atom: Atom, published: date | None) -> Settled:
    which, n, unit = atom.relative
    if published is None:
        return _unsettled("counted from publication, and no publication date is known")
    why = f"counted from publication on {published}"
    if which == "to date":
        return Settled(start=None, end=published, why=why)
    try:
        start, end = _relative_days(which, n, unit=unit, published=published)
    except (ValueError, OverflowError):
        return _unsettled("it reaches back before the calendar")
    return Settled(start=start, end=end, why=why)


def _relative_days(
    which: str, n: int, *, unit: str, published: date
) -> tuple[date, date]:
    if which == "past":
        return _rolling_start(n, unit=unit, published=published), published
    starts = {
        "week": week_of(published)[0],
        "month": published.replace(day=1),
        "year": published.replace(month=1, day=1),
    }
    start = starts[unit]
    if which == "this":
        return start, published
    before = {
        "week": start - 7 * _ONE_DAY,
        "month": months_before(start, 1),
        "year": months_before(start, 12),
    }
    return before[unit], start - _ONE_DAY


def _rolling_start(n: int, *, unit: str, published: date) -> date:
    days = {"day": n, "week": 7 * n}
    if unit in days:
        return published - (days[unit] - 1) * _ONE_DAY
    months = {"month": n, "year": 12 * n}
    return months_before(published, months[unit]) + _ONE_DAY


def _placed(days: Settled, preposition: str, *, known: Known) -> Settled:
    """Open or close the stretch as its preposition says."""
    if days.start is None or days.end is None:
        return days
    if preposition in SINCE or preposition in AFTER:
        is_over_first = preposition in AFTER and days.start != days.end
        start = days.end + _ONE_DAY if is_over_first else days.start
        if known.published and known.published < start:
            return _unsettled("it starts after publication")
        why = days.why
        if not known.published:
            why += "; open, since no publication date is known"
        elif str(known.published) not in why:
            why += f"; to publication on {known.published}"
        return replace(days, start=start, end=known.published, why=why)
    if preposition in BEFORE:
        return replace(days, start=None, end=days.start - _ONE_DAY)
    if preposition in UNTIL:
        return replace(days, start=None)
    return days


def _unsettled(why: str) -> Settled:
    return Settled(start=None, end=None, why=why, is_resolved=False)
