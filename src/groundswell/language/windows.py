"""Stretches of days named in running text, settled against the day of publication.

Conventions, said in `WindowSpan.why` where they decided something:

- `since` a date starts on its first day, `after`, `following` and `post-` a day on that
  day, after a month or year when it is over; all end on the day of publication.
- `until`, `through`, `by`, `as of` include the day, month or year named; `before` does
  not.
- `early`, `mid`, `late` (and the beginning, middle, end of) are thirds: months 1-4, 5-8,
  9-12 of a year, days 1-10, 11-20, 21 to the end of a month.
- `last week` is the calendar week (Monday to Sunday) before that of publication, and so
  for months and years; `the past week`, `the last three weeks` end on publication.
- Parts of a month or year (`the first half of January`) and weeks (`the week of Monday,
  January 20`) follow `groundswell.language.window_portions`.
- `January 20 and 21` are two days in a row and one stretch; `January 20 and 25` are not.
- A date without a year is the codebook's named date where it has one; else the most
  recent one not after publication; without either it stays unresolved.
- A numeric date that can be read as day-month and as month-day stays unresolved; with
  dots it is day first.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from groundswell.core.dates import DatePrecision, Window
from groundswell.language.partial_dates import Partial
from groundswell.language.window_days import AFTER, BEFORE, SINCE, UNTIL, Known, settle
from groundswell.language.window_portions import WHOLE, portion_before
from groundswell.language.window_words import Atom, find_atoms

_NO_NAMES: Mapping[str, date] = MappingProxyType({})
# Prepositions that make a bare month or a bare year a date.
_PLACING = frozenset({"in", "during", "throughout", "within", "between", "from"})
_DATING = _PLACING | SINCE | AFTER | UNTIL | BEFORE
_PREFIX = re.compile(
    r"""
    (?:^|(?<=[\s("'\u2018\u201c\u2010-\u2015-]))
    (?P<word>between|from|since|after|following|post|until|till|through|thru|before
      |prior\sto|pre|by|as\sof|(?<![a-z]-)up\sto|up\suntil|to|in|on|during|throughout|within
      |starting|beginning)
    (?:\s(?:on|in|from|about|around))?(?:\s[a-z]{3,6}day,?)?
    (?:\s{1,3}|(?<=post)[-\u2010\u2011\u2013]|(?<=pre)[-\u2010\u2011\u2013])$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONNECTOR = re.compile(
    r"(?i)\s?[-\u2010-\u2015\u2212]\s?"
    r"|,?\s{1,3}(?P<word>to|until|till|through|thru|through\sto|up\sto|and)\s{1,3}"
)
_ONWARDS = re.compile(
    r"(?i)\s(?:onwards?|forward|on(?=\s?(?:$|[.,;:)]|\s(?:were|was|have|had|and)\b))|(?:to|until|through|and)\s(?:now|today|date|the\spresent))\b"
)
_NO_NOUN = re.compile(
    r"(?i)\s?(?:$|[.,;:)]|\s(?:in|at|across|around|throughout|when|as|were|was|have|had|and)\b)"
)
_LOOK_BACK = 24


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
        Whether the words, the day of publication and the named dates settle the days.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    """An atom with its preposition, and where both stand."""

    start: int
    end: int
    atom: Atom
    preposition: str


def find_windows(
    text: str, *, published: date | None, named_dates: Mapping[str, date] = _NO_NAMES
) -> tuple[WindowSpan, ...]:
    """Find the stretches of days that a text names, in the order of the text.

    The conventions are listed at the top of this module.

    Parameters
    ----------
    text
        Any text.
    published
        Day on which the text appeared; `None` where not known.
    named_dates
        Dates that a codebook fixes, by the words for them: `{"October 7": ...}` settles
        every `October 7` or `7 Oct.` without a year; other words are looked up as such.

    Returns
    -------
    tuple
        The windows; those that nothing settles are open at both ends and say why.

    Examples
    --------
    >>> first, second = find_windows(
    ...     "Between 7 and 27 October 2023 it rose; since then, in January and "
    ...     "February 2025, it fell.",
    ...     published=date(2025, 3, 6),
    ... )
    >>> first.text, str(first.window.start), str(first.window.end)
    ('Between 7 and 27 October 2023', '2023-10-07', '2023-10-27')
    >>> second.text, str(second.window.end)
    ('in January and February 2025', '2025-02-28')
    >>> find_windows("since October 7", published=None)[0].why
    'no year, and no publication date to settle it'
    """
    known = Known.of(published, named_dates)
    return tuple(
        _window_span(text, phrase, known=known) for phrase in _phrases(text, known)
    )


def _window_span(text: str, phrase: _Phrase, *, known: Known) -> WindowSpan:
    atom, words = phrase.atom, text[phrase.start : phrase.end]
    settled = settle(
        atom,
        preposition=phrase.preposition,
        words=text[atom.start : atom.end],
        known=known,
    )
    return WindowSpan(
        window=Window(start=settled.start, end=settled.end, text=words),
        start=phrase.start,
        end=phrase.end,
        text=words,
        precision=atom.precision if settled.is_resolved else "unknown",
        is_resolved=settled.is_resolved,
        why=settled.why,
    )


def _phrases(text: str, known: Known) -> Iterator[_Phrase]:
    atoms = _with_named(text, list(find_atoms(text)), known=known)
    index = end = 0
    while index < len(atoms):
        atom = atoms[index]
        index += 1
        if atom.start < end:
            continue  # "to date" of "from October to date"
        start, preposition = _preposition(text, atom.start)
        if atom.single and preposition not in {"between", "from"}:
            atom = _in_a_row(text, atom, preposition=preposition)
        atom = _with_portion(text, atom)
        start, preposition = _preposition(text, atom.start)
        joined = atom
        while index < len(atoms) and _joins(
            text, joined, following=atoms[index], preposition=preposition
        ):
            joined = _join(joined, atoms[index])
            index += 1
        phrase = _Phrase(start=start, end=joined.end, atom=joined, preposition="")
        if joined is not atom:
            yield phrase
            end = phrase.end
        elif placed := _place(text, phrase, preposition=preposition):
            yield placed
            end = placed.end


def _in_a_row(text: str, atom: Atom, *, preposition: str) -> Atom:
    """Settle what `January 20 and 21` is, where no `between` makes it two ends."""
    if atom.single is None or atom.first.day is None or atom.last.day is None:
        return atom
    is_written_out = bool(atom.first.year) or atom.single.start > atom.start
    if not is_written_out and not _NO_NOUN.match(text, atom.end):
        return atom.single  # "on October 7 and 26 others"
    if atom.last.day == atom.first.day + 1:
        return replace(atom, single=None)
    if preposition == "on":
        return replace(atom, kind="unclear", problem="it names several days", single=None)
    return atom.single


def _with_portion(text: str, atom: Atom) -> Atom:
    """Take in the words before a date that take a part of it: `the first half of`."""
    written = atom.first
    if atom.kind not in {"date", "month", "year"} or written != atom.last or written.part:
        return atom
    portion = portion_before(text, atom.start, is_day=bool(written.day))
    if portion is None:
        return atom
    return replace(atom, start=portion.start, kind="date", portion=portion)


def _with_named(text: str, atoms: list[Atom], *, known: Known) -> list[Atom]:
    """Add the codebook's named dates that are no dates in words, such as `the ruling`."""
    if not known.phrases:
        return atoms
    words = "|".join(sorted(map(re.escape, known.phrases), key=len, reverse=True))
    words = words.replace(r"\ ", r"\s{1,3}")
    pattern = re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")
    named = [
        Atom(start=match.start(), end=match.end(), kind="named")
        for match in pattern.finditer(text)
    ]
    starts = [atom.start for atom in named]
    kept = []
    for atom in atoms:
        before = bisect_left(starts, atom.end)
        if not before or named[before - 1].end <= atom.start:
            kept.append(atom)
    return sorted(kept + named, key=lambda atom: atom.start)


def _preposition(text: str, start: int) -> tuple[int, str]:
    match = _PREFIX.search(text, max(0, start - _LOOK_BACK), start)
    if not match:
        return start, ""
    return match.start("word"), " ".join(match["word"].lower().split())


def _joins(text: str, atom: Atom, *, following: Atom, preposition: str) -> bool:
    """Say whether two dates are the ends of one stretch."""
    dates = {"date", "month", "year"}
    if atom.kind not in dates or following.kind not in dates or following.single:
        return False
    if atom.portion and atom.portion.unit != WHOLE:
        return False
    match = _CONNECTOR.fullmatch(text, atom.end, following.start)
    if not match:
        return False
    if match["word"] != "and" or preposition == "between":
        return True
    return _is_next(atom.last, following.first)


def _is_next(one: Partial, other: Partial) -> bool:
    """Say whether two months or two years follow each other: `in May and June`."""
    if one.day or other.day or one.part or other.part:
        return False
    if one.month and other.month:
        same = one.year in {None, other.year}
        return same and other.month == one.month + 1
    return not one.month and not other.month and other.year == (one.year or 0) + 1


def _join(atom: Atom, following: Atom) -> Atom:
    return replace(
        atom,
        kind="date",
        end=following.end,
        last=following.last,
        precision=following.precision,
        single=None,
    )


def _place(text: str, phrase: _Phrase, *, preposition: str) -> _Phrase | None:
    """Keep what is a date here: a bare month or year needs a preposition."""
    atom = phrase.atom
    onwards = _ONWARDS.match(text, atom.end)
    if onwards and atom.kind != "relative":
        return replace(phrase, end=onwards.end(), preposition="since")
    is_one = atom.first == atom.last
    if preposition == "from" and is_one and text.startswith(",", atom.end):
        preposition = "since"  # "From January 2025, most protests ..."
    if preposition == "to" and not (atom.first.year and atom.last.day):
        # "compared to October", "a link to 7 May"
        phrase, preposition = replace(phrase, start=atom.start), ""
    if atom.kind in {"month", "year"} and preposition not in _DATING:
        return None
    return replace(phrase, preposition=preposition)
