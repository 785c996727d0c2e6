"""Parts of a month or year, and weeks that are named by one of their days.

What is read, since nobody counts it otherwise:

- `the first half of January` is its days 1 to 15, `the second half` the rest; of a year,
  six months each.
- `the first ten days of January`, `the last day of January` and `the first two months of
  2025` are counted from the end that they name.
- `the week of` a Monday or a Sunday and `the week beginning` a day are the seven days
  from it on, `the week ending` a day the seven up to it; `the weekend of` a Saturday two.
- `the course of`, `the month of`, `the whole of` change nothing.

Everything else stays open with its reason: `the first week of January` can be seven days
or a week of the calendar, `the last days of January` does not say how many.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from groundswell.language.numbers import SMALL_WORDS
from groundswell.language.partial_dates import months_before

_COUNTS = {word: n for word, n in SMALL_WORDS.items() if n}
_N = "|".join(sorted(_COUNTS, key=len, reverse=True))
_OPENS = r"(?:^|(?<=[\s(\"'\u201c]))"
_PORTION = re.compile(
    rf"""{_OPENS}(?:
      (?:the|a)\s(?P<whole>course|whole|entirety|month|year)\sof
    | (?:the\s)?(?:
          (?P<which>first|opening|initial|last|final|closing|second|third|fourth|fifth
            |latter|former|middle|early|earliest|late|latest)\s
          (?:(?P<n>{_N}|\d{{1,3}}|few|couple\sof|several)\s)?
          (?P<unit>half|third|quarter|day|week|weekend|fortnight|month|night)(?P<plural>s?)
        | (?:(?:{_N}|\d{{1,2}}|an?|several|a\sfew|some|many|most|certain)\s)?
          (?P<vague>day|week|weekend|weekday|fortnight|night|morning|month)s?
      )\s(?:of|in)
    | (?:the\s)?(?P<part>most|much|parts?|rest|remainder|bulk|better\spart)\sof
    )\s(?:the\s(?:month|year)\sof\s)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_WEEK = re.compile(
    rf"""{_OPENS}(?:the\s)?(?:full\s)?(?P<unit>week|weekend)
    \s(?P<link>of|beginning|starting|commencing|from|ending)
    (?:\son)?(?:\s[a-z]{{3,6}}day,?)?\s$""",
    re.VERBOSE | re.IGNORECASE,
)
_PLACED = re.compile(r"(?i)\b(?:in|during|over|for|throughout|through)\s$")
_ANY = re.compile(r"(?i)\b(?:an?|one|any|each|every)\s$")
_LOOK_BACK = 48
_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6
_MIDDLE = 15
_LONGEST_MONTH = 31
_MONTHS_IN_HALF = 6
_LAST = frozenset({"last", "final", "closing"})
_FIRST = frozenset({"first", "opening", "initial"})
_SECOND_HALF = frozenset({"second", "latter", *_LAST})
_TOO_LONG = "it is longer than what it is a part of"
WHOLE, _VAGUE = "whole", "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Words before a date that take a part of it, or the week around it.

    Attributes
    ----------
    start
        Where they start.
    which
        `first`, `last` ...; for a week its link, `of`, `ending` ...
    n
        How many units; `None` where the words do not say.
    unit
        Of what; `whole` changes nothing, `vague` has no fixed days.
    is_week
        Whether a day names its week.
    """

    start: int
    which: str
    n: int | None
    unit: str
    is_week: bool = False


def portion_before(text: str, start: int, *, is_day: bool) -> Portion | None:
    """Find the words before a date that take a part of it.

    Parameters
    ----------
    text
        Any text.
    start
        Where the date starts.
    is_day
        Whether the date is a single day, which can name its week.

    Returns
    -------
    Portion or None
        `None` where the date stands for itself.

    Examples
    --------
    >>> portion_before("in the first ten days of January", 25, is_day=False).n
    10
    """
    pattern = _WEEK if is_day else _PORTION
    match = pattern.search(text, max(0, start - _LOOK_BACK), start)
    if match is None:
        return None
    if is_day and _ANY.search(text, 0, match.start()):
        return None  # "within a week of January 20" is near it, and no week of its own
    if is_day:
        unit, which = match["unit"].lower(), match["link"].lower()
        return Portion(start=match.start(), which=which, n=1, unit=unit, is_week=True)
    if match["part"] and not _PLACED.search(text, 0, match.start()):
        return None  # "most of January's marches" takes no part of January
    if match["unit"] is None:
        unit = WHOLE if match["whole"] else _VAGUE
        return Portion(start=match.start(), which="", n=None, unit=unit)
    word = (match["n"] or "").lower()
    n = int(word) if word.isdigit() else _COUNTS.get(word)
    if not word and not match["plural"]:
        n = 1
    return Portion(
        start=match.start(), which=match["which"].lower(), n=n, unit=match["unit"].lower()
    )


def take_portion(portion: Portion, *, start: date, end: date) -> tuple[date, date] | str:
    """Take a part of a stretch of days.

    Parameters
    ----------
    portion
        Which part.
    start, end
        First and last day of a month or a year, or twice the day that names a week.

    Returns
    -------
    tuple or str
        First and last day, or why the words fix none.

    Examples
    --------
    >>> half = Portion(start=0, which="second", n=1, unit="half")
    >>> take_portion(half, start=date(2025, 1, 1), end=date(2025, 1, 31))[0]
    datetime.date(2025, 1, 16)
    """
    if portion.is_week:
        return _week(portion, start)
    if portion.unit == WHOLE:
        return start, end
    if portion.unit == "half":
        return _half(portion.which, start, end=end)
    if portion.unit in {"day", "month"} and portion.which in _FIRST | _LAST:
        return _counted(portion, start, end=end)
    if portion.unit == "week":
        return "a week of a month can be seven days or a week of the calendar"
    return "the words do not fix its days"


def _week(portion: Portion, day: date) -> tuple[date, date] | str:
    if portion.unit == "weekend":
        if day.weekday() == _SATURDAY and portion.which == "of":
            return day, day + timedelta(days=1)
        return "only a Saturday names its weekend"
    if portion.which == "ending":
        return day - timedelta(days=6), day
    if portion.which == "of" and day.weekday() not in {_MONDAY, _SUNDAY}:
        return "a week can be named by its first day or by a day in it"
    return day, day + timedelta(days=6)


def _half(which: str, start: date, *, end: date) -> tuple[date, date] | str:
    if which not in _FIRST | _SECOND_HALF | {"former"}:
        return "the words do not say which half"
    if (end - start).days < _LONGEST_MONTH:
        middle = start.replace(day=_MIDDLE)
    else:
        middle = start.replace(month=_MONTHS_IN_HALF, day=30)
    if which in _SECOND_HALF:
        return middle + timedelta(days=1), end
    return start, middle


def _counted(portion: Portion, start: date, *, end: date) -> tuple[date, date] | str:
    n, is_last = portion.n, portion.which in _LAST
    if n is None:
        return "the words do not say how many"
    if n > (end - start).days:
        return _TOO_LONG
    if portion.unit == "day":
        first = end - timedelta(days=n - 1) if is_last else start
        last = end if is_last else start + timedelta(days=n - 1)
    else:
        after = end + timedelta(days=1)
        first = months_before(after, n) if is_last else start
        last = end if is_last else months_before(start, -n) - timedelta(days=1)
    if first < start or last > end:
        return _TOO_LONG
    return first, last
