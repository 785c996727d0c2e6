"""Windows of a sentence, with what events and durations do to their days.

`groundswell.language.windows` settles dates. In an article a date may also be part of the
name of an event (`since the attack of 7 October`), a duration may bound it (`in the three
weeks after 7 October`), and a stretch may be named that no words settle (`since the war
began`): the last is kept as an open question and never dropped in silence. What an
article counts lies before its publication: a stretch that runs past that day ends on it.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from groundswell.core.dates import Window
from groundswell.language.numbers import SMALL_WORDS
from groundswell.language.windows import WindowSpan, find_windows
from groundswell.reading.open_times import EVENT, find_open_times, is_clause

if TYPE_CHECKING:
    from collections.abc import Mapping

_SINCE_EVENT = re.compile(
    r"(?i)(?<![\w-])(?:since|after|following|in\sthe\s(?:wake|aftermath)\sof)\s"
    r"(?:[\w'-]+\s){0,6}?(?:(?:on|of|from)\s)?$"
)
_EVENT_BEFORE = re.compile(rf"(?i){EVENT}\s(?:(?:of|on|from)\s)?$")
_EVENT_AFTER = re.compile(rf"(?i)\s(?:[\w-]+\s)?{EVENT}(?![\w-])")
_BEGINS = re.compile(rf"(?i)\b(?:began|started|broke\sout|erupted|{EVENT})\b")
_STARTS_ON = re.compile(
    r"(?i)(?:since|after|following|post|in\sthe\s(?:wake|aftermath)\sof)\b"
)
_ENDS_ON = re.compile(r"(?i)(?:before|prior\sto|up\sto|until|leading\sup\sto)\b")
_HAS_PREPOSITION = re.compile(
    r"(?i)(?:in|on|at|by|from|since|after|following|before|until|till|through|between|"
    r"during|post|pre|up\sto|as\sof|prior\sto|throughout|within|starting|beginning)\b"
)
_N = "|".join(word for word, value in SMALL_WORDS.items() if value)
_DURATION = re.compile(
    r"(?i)(?P<inside>(?:in|within|during|over|for|across)\s)?(?:the\s)?(?:first\s)?"
    rf"(?:(?P<n>{_N}|\d{{1,3}}|a|an)\s)?(?P<unit>day|week|month|year)(?P<plural>s?)\s"
    r"(?:immediately\s)?(?:of\s)?$"
)
_ROUGHLY = re.compile(
    r"(?i)(?<![\w-])(?:around|about|circa|near|close\sto|towards?|approximately|roughly|"
    r"surrounding)\s(?:the\s)?$"
)
CUT = "read up to publication"
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_LOOK_BACK = 80


def find_claim_windows(
    text: str, *, published: date | None, named_dates: "Mapping[str, date]"
) -> tuple[WindowSpan, ...]:
    """Find the windows of a sentence that can be the time of a claim.

    Parameters
    ----------
    text
        A smooth sentence.
    published, named_dates
        As for `groundswell.language.windows.find_windows`.

    Returns
    -------
    tuple
        Windows in the order of the text; those that no words settle are not resolved.

    Examples
    --------
    >>> (span,) = find_claim_windows(
    ...     "In the three weeks after the attack of 7 October 2023, ...",
    ...     published=None,
    ...     named_dates={},
    ... )
    >>> str(span.window.start), str(span.window.end)
    ('2023-10-07', '2023-10-27')
    """
    opens = list(find_open_times(text))
    found: list[WindowSpan] = []
    for span in find_windows(text, published=published, named_dates=named_dates):
        settled = _as_claimed(text, span, published=published)
        if settled is not None and _is_vague(text, settled):
            why = "it is not exact"
            settled = replace(
                settled, window=Window(text=span.text), is_resolved=False, why=why
            )
        if settled is not None and not any(_takes_in(m, settled) for m in opens):
            found.append(_until_publication(settled, published))
    for match in opens:
        if not any(f.start < match.end() and match.start() < f.end for f in found):
            found.append(_unsettled(match))
    return tuple(sorted(found, key=lambda span: span.start))


def _takes_in(match: re.Match[str], span: WindowSpan) -> bool:
    """Say whether a date is a part of a time that no words settle."""
    is_inside = match.start() < span.start and span.end < match.end()
    return is_inside or (is_clause(match) and match.start() <= span.start < match.end())


def _until_publication(span: WindowSpan, published: date | None) -> WindowSpan:
    """End a stretch on the day of publication where it runs past it."""
    window = span.window
    if published is None or window.end is None or window.end <= published:
        return span
    if window.start and window.start > published:
        why = f"it starts after publication on {published}"
        return replace(span, window=Window(text=span.text), is_resolved=False, why=why)
    return replace(
        span,
        window=replace(window, end=published),
        why=f"{CUT} on {published}",
    )


def _as_claimed(
    text: str, span: WindowSpan, *, published: date | None
) -> WindowSpan | None:
    """Say what a date does here; `None` where it only belongs to an event's name."""
    is_day = span.is_resolved and span.window.start == span.window.end
    opening = _SINCE_EVENT.search(text, max(0, span.start - _LOOK_BACK), span.start)
    words = text[opening.start() : span.start] if opening else ""
    is_since = opening is not None and not _crosses(words)
    if is_since and not is_day:
        is_since = span.is_resolved and bool(_BEGINS.search(words))
    if opening and is_since and not (is_day or words.lower().startswith("since")):
        words, why = text[opening.start() : span.end], "the day of the event is not given"
        window = Window(text=words)
        return replace(
            span,
            window=window,
            start=opening.start(),
            text=words,
            is_resolved=False,
            why=why,
        )
    if opening and is_since:
        after = _EVENT_AFTER.match(text, span.end)
        end = after.end() if after else span.end
        span = _starting(text, span, start=opening.start(), end=end, published=published)
    elif is_day:
        after = _EVENT_AFTER.match(text, span.end)
        if after or _EVENT_BEFORE.search(text, 0, span.start) or _is_bare_name(span):
            return None
    duration = _DURATION.search(text, max(0, span.start - _LOOK_BACK), span.start)
    is_bound = _STARTS_ON.match(span.text) or _ENDS_ON.match(span.text)
    return _bounded(text, span, duration=duration) if duration and is_bound else span


def _is_vague(text: str, span: WindowSpan) -> bool:
    """Say whether a date is only near what is meant: `around January 20`."""
    return bool(_ROUGHLY.search(text, max(0, span.start - _LOOK_BACK), span.start))


def _crosses(words: str) -> bool:
    return any(mark in words for mark in ",;:()") or bool(re.search(r"\d", words))


def _is_bare_name(span: WindowSpan) -> bool:
    has_digit = any(char.isdigit() for char in span.text)
    return not has_digit and not _HAS_PREPOSITION.match(span.text)


def _starting(
    text: str, span: WindowSpan, *, start: int, end: int, published: date | None
) -> WindowSpan:
    first = span.window.start
    last = published if published and first and published >= first else None
    words = text[start:end]
    return replace(
        span,
        window=Window(start=first, end=last, text=words),
        start=start,
        end=end,
        text=words,
        why=f"from the day of an event on ({span.why})",
    )


def _bounded(text: str, span: WindowSpan, *, duration: re.Match[str]) -> WindowSpan:
    """Apply `in the three weeks` to `after 7 October`; a bare `two weeks` is a moment."""
    words = text[duration.start() : span.end]
    wider = replace(span, start=duration.start(), text=words)
    why = "" if duration["inside"] else "it names a moment"
    if span.text.lower().startswith("since"):
        return replace(span, start=duration.start(), text=words)  # runs to the present
    if not why and duration["plural"] and not duration["n"]:
        why = "it does not say how many"
    if why:
        return replace(wider, window=Window(text=words), is_resolved=False, why=why)
    n, unit = _number(duration["n"]), duration["unit"].lower()
    if _STARTS_ON.match(span.text) and span.window.start:
        start, end = span.window.start, _after(span.window.start, n, unit=unit)
    elif span.window.end:
        start, end = _before(span.window.end, n, unit=unit), span.window.end
    else:
        return span
    return replace(
        wider,
        window=Window(start=start, end=end, text=words),
        why=f"{n} {unit}(s) from a day that is given",
    )


def _number(word: str | None) -> int:
    lower = (word or "one").lower()
    if lower.isdigit():
        return int(lower)
    return SMALL_WORDS.get(lower, 1)


def _after(start: date, n: int, *, unit: str) -> date:
    if unit in _DAYS:
        return start + timedelta(days=max(1, n * _DAYS[unit]) - 1)
    months = start.month - 1 + n * _MONTHS[unit]
    first = date(start.year + months // 12, months % 12 + 1, 1)
    return first + timedelta(days=start.day - 1) - timedelta(days=1)


def _before(end: date, n: int, *, unit: str) -> date:
    if unit in _DAYS:
        return end - timedelta(days=max(1, n * _DAYS[unit]) - 1)
    months = end.month - 1 - n * _MONTHS[unit]
    first = date(end.year + months // 12, months % 12 + 1, 1)
    return first + timedelta(days=end.day)


def _unsettled(match: re.Match[str]) -> WindowSpan:
    return WindowSpan(
        window=Window(text=match[0]),
        start=match.start(),
        end=match.end(),
        text=match[0],
        precision="unknown",
        is_resolved=False,
        why="no date is given",
    )
