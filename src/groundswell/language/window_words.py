"""The words in which running text writes dates, before anything settles their year."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from groundswell.language.numbers import SMALL_WORDS
from groundswell.language.partial_dates import MONTH_NUMBERS, Part, Partial
from groundswell.language.window_portions import Portion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from groundswell.core.dates import DatePrecision

AtomKind = Literal["date", "month", "year", "relative", "named", "unclear"]

_DASH = "[-\u2010-\u2015\u2212]"
_GAP = r"\s{1,3}"
# `may`, `march`, `august` in lower case are words; so are most lower-case abbreviations.
_MONTH = (
    r"(?:[Jj]anuary|JANUARY|[Ff]ebruary|FEBRUARY|March|MARCH|[Aa]pril|APRIL|May|MAY"
    r"|[Jj]une|JUNE|[Jj]uly|JULY|August|AUGUST|[Ss]eptember|SEPTEMBER|[Oo]ctober|OCTOBER"
    r"|[Nn]ovember|NOVEMBER|[Dd]ecember|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w]|[.,:/][0-9]|\s?%)"
_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)(?!\w|[.,][0-9]|\s?%)"
_TO = rf"(?:\s?{_DASH}\s?|{_GAP}(?:to|until|till|through|thru){_GAP})"
_AND = rf"{_GAP}and{_GAP}"
_N = (
    "[1-9][0-9]{0,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    "|a couple of|couple of|couple|a few|few|several"
)
_PART = "[Ee]arly|[Mm]id|[Ll]ate"
_OF_PART = "beginning|start|middle|end"

_ATOM = re.compile(
    rf"""
    (?<![\w$€£])(?:
      (?P<iso>[12][0-9]{{3}}-[01][0-9]-[0-3][0-9])(?![\w-])
    | (?P<numeric>[0-3]?[0-9][./][0-3]?[0-9][./](?:19|20)[0-9]{{2}})(?!\w|[./-][0-9])
    | (?P<md>(?P<md_m>{_MONTH}){_GAP}(?P<md_d>{_DAY})
        (?:(?P<md_to>{_TO}|{_AND})(?P<md_d2>{_DAY})(?!{_GAP}{_MONTH}))?
        (?:,?{_GAP}(?P<md_y>{_YEAR}))?)
    | (?P<dm>(?:(?P<dm_d1>{_DAY})(?P<dm_to>{_TO}|{_AND}))?
        (?P<dm_d>{_DAY}){_GAP}(?:of{_GAP})?(?P<dm_m>{_MONTH})(?!\w)
        (?:,?{_GAP}(?P<dm_y>{_YEAR}))?)
    | (?P<my>(?:(?P<my_part>{_PART})(?:{_DASH}|{_GAP})(?:in{_GAP})?
               |(?:the{_GAP})?(?P<my_of>{_OF_PART}){_GAP}of{_GAP})?
        (?P<my_m>{_MONTH})(?!\w)(?:,?{_GAP}(?:of{_GAP})?(?P<my_y>{_YEAR}))?)
    | (?P<quarter>(?:the{_GAP})?(?P<q_n>first|second|third|fourth|last){_GAP}
        (?P<q_unit>quarter|half|months){_GAP}of{_GAP}(?P<q_y>{_YEAR})
        |Q(?P<q_q>[1-4]){_GAP}(?:of{_GAP})?(?P<q_y2>{_YEAR}))
    | (?P<season>(?:the{_GAP})?(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter){_GAP}
        (?:of{_GAP})?(?:19|20)[0-9]{{2}}(?:\s?[/\u2010-\u2015-]\s?[0-9]{{2,4}})?(?!\w|[.,][0-9]))
    | (?P<decade>(?:the{_GAP})?(?:(?P<dec_part>{_PART})(?:{_DASH}|{_GAP}))?
        (?P<dec>(?:19|20)[0-9]0)['\u2019]?s)(?!\w)
    | (?P<y>(?:(?:the{_GAP})?(?P<y_part>{_PART})(?:{_DASH}|{_GAP})
               |(?:the{_GAP})?(?P<y_of>{_OF_PART}){_GAP}of{_GAP})?
        (?P<y_y>{_YEAR})(?:{_DASH}(?P<y_y2>[0-9]{{2}})(?![\w-]))?)
    | (?P<rolling>(?:[Tt]he|[Tt]his){_GAP}(?:past|last|previous){_GAP}
        (?:(?P<r_n>{_N}){_GAP})?(?P<r_unit>day|week|month|year)s?)(?!\w|{_GAP}of\b)
    | (?P<calendar>(?P<c_which>[Ll]ast|[Tt]his|[Pp]revious){_GAP}
        (?P<c_unit>week|month|year))(?!\w|{_GAP}of\b)
    | (?P<todate>to{_GAP}date)(?!\w)
    )
    """,
    re.VERBOSE,
)
_PARTS: dict[str, Part] = {
    "early": "early",
    "beginning": "early",
    "start": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "late",
}
_NUMBERS = {
    **{str(n): n for n in range(1, 1000)},
    **{word: n for word, n in SMALL_WORDS.items() if n},
    "": 1,
    "couple of": 2,
    "couple": 2,
    "a couple of": 2,
}
_MONTHS_IN_YEAR = 12
_NOTHING = Partial()
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# A protest and not the month: "the Women's March 2017", "March on Washington".
_NAME_BEFORE = re.compile(
    r"(?:['\u2019]s|s['\u2019]|\b(?!(?:On|In|Since|From|By|Until|Till|Through|After"
    r"|Before|During|Late|Early|Mid|Last|This|Next|Between|And|To|The|Of|For|Post|Around"
    r"|[A-Z][a-z]+day)\b)[A-Z][a-z]+)\s$"
)
_NAME_AFTER = re.compile(r"\s(?:on|for|of|against|to)\s(?:the\s|our\s)?[A-Z]")
_COUNTED = re.compile(
    r"\s(?:people|persons|protest[eo]rs|demonstrators|participants|marchers|supporters"
    r"|students|attendees|activists|cities|towns|places|locations|countries|arrests"
    r"|deaths|cases|miles|dollars|euros|pounds)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """One date, month, year or relative phrase, before prepositions are looked at.

    Attributes
    ----------
    start, end
        Half-open offsets in the text.
    kind
        `month` and `year` stand bare and count only beside a preposition or another date.
    first, last
        Ends of the stretch as written; the same for a single date.
    precision
        How exact the words are.
    relative
        For `relative`: which (`last`, `this`, `past`, `to date`), how many, of what.
    problem
        For `unclear`: why the words settle no days.
    single
        For `October 7 and 27`: the reading as one day, where no `between` makes it two
        ends.
    portion
        Words before it that take a part of it; `None` where it stands for itself.
    """

    start: int
    end: int
    kind: AtomKind
    first: Partial = _NOTHING
    last: Partial = _NOTHING
    precision: "DatePrecision" = "day"
    relative: tuple[str, int, str] = ("", 0, "")
    problem: str = ""
    single: "Atom | None" = None
    portion: Portion | None = None


def find_atoms(text: str) -> "Iterator[Atom]":
    """Find the dates, months, years and relative phrases of a text, in order.

    Parameters
    ----------
    text
        Any text.

    Yields
    ------
    Atom
        One phrase; never overlapping the one before.
    """
    for match in _ATOM.finditer(text):
        atom = _READERS[str(match.lastgroup)](match)
        if not _is_name_or_count(text, atom):
            yield atom


def _is_name_or_count(text: str, atom: Atom) -> bool:
    if atom.kind == "year":
        return bool(_COUNTED.match(text, atom.end))
    if atom.first.month != MONTH_NUMBERS["march"] or atom.first.day:
        return False
    before = _NAME_BEFORE.search(text, max(0, atom.start - 20), atom.start)
    return bool(before or _NAME_AFTER.match(text, atom.end))


def _month(word: str) -> int:
    return MONTH_NUMBERS[word.lower().rstrip(".")]


def _day(word: str) -> int:
    return int(word[:2].rstrip("sntr"))


def _number(word: str | None) -> int | None:
    return int(word) if word else None


def _date_atom(match: re.Match[str], first: Partial, *, last: Partial) -> Atom:
    return Atom(
        start=match.start(),
        end=match.end(),
        kind="date",
        first=first,
        last=last,
        precision=last.precision,
    )


def _read_iso(match: re.Match[str]) -> Atom:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    written = Partial(year, month, day)
    return _date_atom(match, written, last=written)


def _read_numeric(match: re.Match[str]) -> Atom:
    one, other, year = (int(part) for part in re.split(r"[./]", match["numeric"]))
    if one == other or one > _MONTHS_IN_YEAR or "." in match["numeric"]:
        written = Partial(year, other, one)
    elif other > _MONTHS_IN_YEAR:
        written = Partial(year, one, other)
    else:
        return _unclear(match, "day and month can be read either way round")
    return _date_atom(match, written, last=written)


def _read_month_day(match: re.Match[str]) -> Atom:
    month, year = _month(match["md_m"]), _number(match["md_y"])
    first = Partial(year, month, _day(match["md_d"]))
    single = _date_atom(match, first, last=first)
    if not match["md_d2"]:
        return single
    last = first._replace(day=_day(match["md_d2"]))
    is_and = match["md_to"].strip() == "and"
    short = replace(single, end=match.end("md_d")) if is_and else None
    return replace(single, last=last, single=short)


def _read_day_month(match: re.Match[str]) -> Atom:
    month, year = _month(match["dm_m"]), _number(match["dm_y"])
    last = Partial(year, month, _day(match["dm_d"]))
    single = _date_atom(match, last, last=last)
    if not match["dm_d1"]:
        return single
    first = last._replace(day=_day(match["dm_d1"]))
    is_and = match["dm_to"].strip() == "and"
    short = replace(single, start=match.start("dm_d")) if is_and else None
    return replace(single, first=first, single=short)


def _read_month(match: re.Match[str]) -> Atom:
    part = _PARTS.get((match["my_part"] or match["my_of"] or "").lower(), "")
    written = Partial(_number(match["my_y"]), _month(match["my_m"]), None, part)
    atom = _date_atom(match, written, last=written)
    return atom if part or written.year else replace(atom, kind="month")


def _read_year(match: re.Match[str]) -> Atom:
    part = _PARTS.get((match["y_part"] or match["y_of"] or "").lower(), "")
    year, short = int(match["y_y"]), match["y_y2"]
    written = Partial(year, None, None, part)
    atom = _date_atom(match, written, last=written)
    if short and int(short) == (year + 1) % 100:
        return replace(atom, last=Partial(year + 1), precision="year")
    if short and 1 <= int(short) <= _MONTHS_IN_YEAR:
        month = Partial(year, int(short))
        return replace(atom, first=month, last=month, precision="month")
    return atom if part else replace(atom, kind="year", end=match.end("y_y"))


def _read_quarter(match: re.Match[str]) -> Atom:
    year = int(match["q_y"] or match["q_y2"])
    months = 6 if match["q_unit"] == "half" else 3
    n = int(match["q_q"] or _ORDINALS.get(match["q_n"], _MONTHS_IN_YEAR // months))
    end = n * months
    if match["q_unit"] == "months" or end > _MONTHS_IN_YEAR:
        return _unclear(match, "the words do not say how many months")
    return _date_atom(match, Partial(year, end - months + 1), last=Partial(year, end))


def _read_season(match: re.Match[str]) -> Atom:
    return _unclear(match, "a season has no fixed days and differs by hemisphere")


def _read_decade(match: re.Match[str]) -> Atom:
    year = int(match["dec"])
    if match["dec_part"]:
        return _unclear(match, "part of a decade has no fixed years")
    return _date_atom(match, Partial(year), last=Partial(year + 9))


def _read_rolling(match: re.Match[str]) -> Atom:
    n = _NUMBERS.get(match["r_n"] or "")
    if n is None:
        return _unclear(match, f"{match['r_n']!r} is no number")
    return _relative(match, "past", n=n, unit=match["r_unit"])


def _read_calendar(match: re.Match[str]) -> Atom:
    which = "this" if match["c_which"].lower() == "this" else "last"
    return _relative(match, which, n=1, unit=match["c_unit"])


def _read_to_date(match: re.Match[str]) -> Atom:
    return _relative(match, "to date", n=1, unit="day")


def _relative(match: re.Match[str], which: str, *, n: int, unit: str) -> Atom:
    units: dict[str, DatePrecision] = {"week": "week", "month": "month", "year": "year"}
    return Atom(
        start=match.start(),
        end=match.end(),
        kind="relative",
        relative=(which, n, unit),
        precision=units.get(unit, "day"),
    )


def _unclear(match: re.Match[str], problem: str) -> Atom:
    return Atom(start=match.start(), end=match.end(), kind="unclear", problem=problem)


_READERS: dict[str, Callable[[re.Match[str]], Atom]] = {
    "iso": _read_iso,
    "numeric": _read_numeric,
    "md": _read_month_day,
    "dm": _read_day_month,
    "my": _read_month,
    "quarter": _read_quarter,
    "season": _read_season,
    "decade": _read_decade,
    "y": _read_year,
    "rolling": _read_rolling,
    "calendar": _read_calendar,
    "todate": _read_to_date,
}
