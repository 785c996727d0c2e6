"""Windows of a sentence, with what events and durations do to their days.

`groundswell.language.dates` settles dates. In an article a date may also be part of the
name of an event (`since the attack of 7 October`), a duration may bound it (`in the three
weeks after 7 October`), and a stretch may be named that no words settle (`since the war
began`): the last is kept as an open question and never dropped in silence.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from groundswell.core.dates import Window
from groundswell.language.dates import WindowSpan, find_windows
from groundswell.language.numbers import SMALL_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVENT = (
    r"(?:attacks?|massacres?|assaults?|raids?|killings|invasion|war|offensive|incursion|"
    r"events|ruling|decision|verdict|coup|shooting|bombing|hostilities|fighting|conflict|"
    r"outbreak|election|vote|ceasefire|truce)"
)
_SINCE_EVENT = re.compile(
    r"(?i)(?<![\w-])(?:since|after|following|in\sthe\s(?:wake|aftermath)\sof)\s"
    r"(?:[\w'-]+\s){0,6}?(?:(?:on|of|from)\s)?$"
)
_EVENT_BEFORE = re.compile(rf"(?i){_EVENT}\s(?:(?:of|on|from)\s)?$")
_EVENT_AFTER = re.compile(rf"(?i)\s(?:terror(?:ist)?\s|hamas\s)?{_EVENT}(?![\w-])")
_STARTS_ON = re.compile(
    r"(?i)(?:since|after|following|post|in\sthe\s(?:wake|aftermath)\sof)\b"
)
_HAS_PREPOSITION = re.compile(
    r"(?i)(?:in|on|at|by|from|since|after|following|before|until|till|through|between|during|"
    r"post|pre|up\sto|as\sof|prior\sto|throughout|within|starting|beginning)\b"
)
_N = "|".join(word for word, value in SMALL_WORDS.items() if value)
_DURATION = re.compile(
    rf"(?i)(?P<inside>(?:in|within|during|over|for|across)\s)?(?:the\s)?(?:first\s)?"
    rf"(?:(?P<n>{_N}|\d{{1,3}}|a|an)\s)?(?P<unit>day|week|month|year)s?\s"
    r"(?:immediately\s)?(?:of\s)?$"
)
_OPEN = re.compile(
    rf"(?i)(?<![\w-])(?:"
    rf"(?:since|after|during|before|until|following|from)\s(?:the\s)?(?:(?:start|outbreak|"
    rf"beginning|onset|end|height)\sof\s(?:the\s)?)?(?:[\w'-]+\s)?{_EVENT}(?:\s(?:began|"
    rf"started|broke\sout|erupted|ended))?"
    rf"|the\s(?:first|last|opening)\s(?:\w+\s)?(?:days?|weeks?|months?|years?)\sof\s(?:the\s)?"
    rf"(?:\w+\s)?{_EVENT}"
    r"|(?:in|over|during)\sthe\s(?:first|opening)\s(?:\w+\s)?(?:days?|weeks?|months?|years?)"
    r"|since\s(?:then|last\s\w+)|(?:in|over|during)\s(?:recent|the\scoming|those|these|that)\s"
    r"(?:days|weeks|months|years|period|time)"
    r"|at\sthe\stime|(?:that|the\ssame|the\sfollowing|the\sprevious|next)\s(?:day|week|month|year)"
    r"|(?:two|three|four|five|six|several|a\sfew)\s(?:days|weeks|months|years)\s(?:ago|earlier|"
    r"later)"
    r")(?![\w-])"
)
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
        As for `groundswell.language.dates.find_windows`.

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
    found: list[WindowSpan] = []
    for span in find_windows(text, published=published, named_dates=named_dates):
        settled = _as_claimed(text, span, published=published)
        if settled is not None:
            found.append(settled)
    for match in _OPEN.finditer(text):
        if not any(f.start < match.end() and match.start() < f.end for f in found):
            found.append(_unsettled(match))
    return tuple(sorted(found, key=lambda span: span.start))


def _as_claimed(
    text: str, span: WindowSpan, *, published: date | None
) -> WindowSpan | None:
    """Say what a date does here; `None` where it only belongs to an event's name."""
    is_day = span.is_resolved and span.window.start == span.window.end
    if is_day:
        opening = _SINCE_EVENT.search(text, max(0, span.start - _LOOK_BACK), span.start)
        after = _EVENT_AFTER.match(text, span.end)
        if opening and not _crosses(text[opening.start() : span.start]):
            end = after.end() if after else span.end
            span = _starting(
                text, span, start=opening.start(), end=end, published=published
            )
        elif after or _EVENT_BEFORE.search(text, 0, span.start) or _is_bare_name(span):
            return None
    if _STARTS_ON.match(span.text) and span.window.start:
        return _bounded(text, span)
    return span


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


def _bounded(text: str, span: WindowSpan) -> WindowSpan:
    """Apply `in the three weeks` before `after 7 October`; a bare `two weeks` is open."""
    duration = _DURATION.search(text, max(0, span.start - _LOOK_BACK), span.start)
    if duration is None or span.window.start is None:
        return span
    words = text[duration.start() : span.end]
    wider = replace(span, start=duration.start(), text=words)
    if not duration["inside"]:
        return replace(
            wider, window=Window(text=words), is_resolved=False, why="it names a moment"
        )
    n = _number(duration["n"])
    end = _after(span.window.start, n, unit=duration["unit"].lower())
    return replace(
        wider,
        window=Window(start=span.window.start, end=end, text=words),
        why=f"{n} {duration['unit']}(s) from {span.window.start}",
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
