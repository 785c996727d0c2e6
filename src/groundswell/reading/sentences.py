"""Where sentences start and end: our own splitter, which keeps the offsets.

A full stop ends a sentence unless it belongs to an abbreviation, an initial, a number or
a list mark, or the next word goes on in small letters. Where both readings are possible
(`in the U.S. The march ...`) the next word decides: only words that seldom stand inside a
name open a new sentence after an abbreviation.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

MAX_SENTENCE = 2_000

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_STOP = re.compile(
    r"(?P<mark>\.{2,}|[.!?\u2026\u3002\u061f]+)"
    r"(?P<close>[\"'\u2019\u201d\u00bb)\]}]*)(?=\s|$)"
)
_LAST_TOKEN = re.compile(r"[^\s(\[\u201c\u2018\"']+$")
_NEXT = re.compile(r"\s+[\"'\u201c\u2018\u00ab(\[\u2013\u2014-]*\s*(?P<word>\w+)")
_LIST_MARK = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")
_LOOK_BACK, _LOOK_AHEAD = 24, 48
_LINE_ENDS = frozenset(".!?:\u2026\u201d\"'\u2019)")
_ITEM = re.compile(r"(?:\d{1,3}[.)]|[*\u2022\u25aa\u25e6-])\s")
_DANGLING_TEXT = """
the a an of in on at to and or for by with from that as were was are is these those
percent per
"""
_DANGLING = frozenset(_DANGLING_TEXT.split())
_SHORTEST_WRAPPED, _LONGEST_WRAPPED, _FEWEST_WRAPPED, _MOST = 45, 100, 3, 0.7

_OPEN_TEXT = """
mr mrs ms mx dr prof st gen sen rep gov lt col sgt capt cmdr adm hon rev fr pres supt
messrs vs v cf ca c approx est fig figs eq nos vol pp p ch sec art para e.g i.e viz ed
eds mt ft
"""
_CLOSED_TEXT = """
u.s u.k u.n u.s.a e.u d.c n.y l.a a.m p.m inc co corp ltd jr sr bros ph.d m.d b.c etc
a.d al no ave blvd dept rd jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues
wed thu thur thurs fri
"""
_OPENER_TEXT = """
a an the this that these those it its he she they we i you his her their our my but and
or so yet in on at by for from of to with as if when while where since after before
during between among according although though because however meanwhile then there here
some many most more few fewer several all both each every no not nearly almost about
around over under only still what who why how which one two three four five six seven
eight nine ten another other others
"""
_OPEN = frozenset(_OPEN_TEXT.split())  # something always follows
_CLOSED = frozenset(_CLOSED_TEXT.split())  # ends only where the next word opens
_OPENERS = frozenset(_OPENER_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence and where it stands: `start` and `end` are half-open offsets."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split one paragraph into sentences.

    Parameters
    ----------
    text
        A paragraph; line breaks inside it count as spaces.

    Returns
    -------
    tuple
        The sentences in the order of the text, without the white space around them.

    Examples
    --------
    >>> paragraph = "Dr. J. Lee spoke at 5 p.m. on Oct. 7. He counted 1.2 million. Why?"
    >>> for sentence in split_sentences(paragraph):
    ...     print(sentence.text)
    Dr. J. Lee spoke at 5 p.m. on Oct. 7.
    He counted 1.2 million.
    Why?
    """
    found: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _is_end(text, stop, start=start):
            found.extend(_trimmed(text, start, end=stop.end()))
            start = stop.end()
    found.extend(_trimmed(text, start, end=len(text)))
    return tuple(found)


def _trimmed(text: str, start: int, *, end: int) -> list[Sentence]:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        return []
    return [Sentence(start=start + left, end=start + left + len(words), text=words)]


def _is_end(text: str, stop: re.Match[str], *, start: int) -> bool:
    following = _NEXT.match(text, stop.end(), stop.end() + _LOOK_AHEAD)
    if following is None:
        return True
    word = following["word"]
    if word[0].islower():
        return False
    if stop["mark"] != "." or stop["close"]:
        return not (stop["close"] == ")" and stop["mark"].startswith(".."))
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start()]
    return _is_end_after(before, word, at_start=stop.start() - start < _LOOK_BACK)


def _is_end_after(before: str, word: str, *, at_start: bool) -> bool:
    if at_start and _LIST_MARK.match(before):
        return False
    last = _LAST_TOKEN.search(before)
    abbreviation = last[0].rstrip(".").lower() if last else ""
    if abbreviation in _OPEN:
        return False
    if len(abbreviation) == 1 or abbreviation in _CLOSED:
        return word.lower() in _OPENERS and word.lower() != abbreviation
    return True


def split_paragraphs(text: str) -> tuple[Sentence, ...]:
    r"""Split a text into paragraphs: lines, joined where they were only wrapped.

    Parameters
    ----------
    text
        A text with any kind of line break.

    Returns
    -------
    tuple
        The paragraphs in the order of the text.

    Examples
    --------
    >>> [p.text for p in split_paragraphs("A headline\n\nIt said\nso. \n")]
    ['A headline', 'It said\nso.']
    """
    lines = [
        line
        for match in _LINE.finditer(text)
        for line in _trimmed(text, match.start(), end=match.end())
    ]
    is_wrapped = _is_wrapped(text, lines)
    groups: list[list[Sentence]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        has_gap = last is None or _has_gap(text[last.end : line.start])
        if last and not has_gap and _goes_on(last, line, is_wrapped=is_wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(
        Sentence(start=g[0].start, end=g[-1].end, text=text[g[0].start : g[-1].end])
        for g in groups
    )


def _has_gap(between: str) -> bool:
    return between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between


def _goes_on(before: Sentence, after: Sentence, *, is_wrapped: bool) -> bool:
    """Say whether a line was broken for its length alone."""
    if before.text[-1] in _LINE_ENDS or _ITEM.match(after.text):
        return False
    if after.text[0].islower() or before.text.rsplit(None, 1)[-1].lower() in _DANGLING:
        return True
    return is_wrapped and len(before.text) >= _SHORTEST_WRAPPED


def _is_wrapped(text: str, lines: list[Sentence]) -> bool:
    """Say whether a text was broken at a fixed width, as in mails and old archives."""
    inner = [a for a, b in pairwise(lines) if not _has_gap(text[a.end : b.start])]
    if len(inner) < _FEWEST_WRAPPED:
        return False
    filled = sum(
        _SHORTEST_WRAPPED <= len(line.text) <= _LONGEST_WRAPPED for line in inner
    )
    ended = sum(line.text[-1] in _LINE_ENDS for line in inner)
    return filled > _MOST * len(inner) and ended < (1 - _MOST) * len(inner)
