"""Numbers in running English text, in digits and in words.

Not numbers here: ordinals (`7th`), decades (`1960s`), names with a number in them
(`COVID-19`, `G7`), clock times, numeric dates (`2023-10-07`, `10/7`), fractions, vague
words (`hundreds`, `several hundred`: see `groundswell.language.sizes`). Years and days of
a month are found like any number; telling them apart needs the words around them.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_SMALL.split())},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), start=2)},
}
SCALE_WORDS: dict[str, int] = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_FRACTIONS = {"half": 0.5, "quarter": 0.25, "quarters": 0.25}
_FIRST_TENS, _HUNDRED, _THOUSAND = 20, 100, 1000
_LARGEST = 10**15
_LONGEST = 24  # more digits than this are a key, not a number

_LENGTHS = "tall|long|wide|high|deep|away|race|sprint|run|dash|hurdles"
_DIGITS = r"""
    [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?
  | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])
  | [0-9]{1,3}(?:(?P<space>[ \u00a0\u2009\u202f])[0-9]{3}(?:(?P=space)[0-9]{3})*)
    (?![0-9])(?:\.[0-9]+)?
  | [0-9]*\.[0-9]+ | [0-9]+
"""
_WORDS = "|".join(sorted((*SMALL_WORDS, *SCALE_WORDS), key=len, reverse=True))
_TOKEN = re.compile(
    rf"""
    (?<!\w)(?<![0-9],(?=[0-9]{{3}}(?![0-9])))(?:
        # three parts or more are a date, an address, a telephone number; h:mm is a time,
        # n/n a date, a fraction, a resolution
        (?P<chain>[0-9]+(?:([./:-])[0-9]+)(?:\2[0-9]+)+
          | [0-9]{{1,2}}:[0-9]{{2}}(?![0-9]) | [0-9]+/[0-9]+)
      | (?<![A-Za-z][-\u2010\u2011])(?<![0-9.]\.)(?P<digits>{_DIGITS})
        (?:(?P<suffix>(?ai:k|mn|m|bn))(?!\w)(?!\s(?:{_LENGTHS})\b) | (?!\w))
      | (?P<word>(?ai:{_WORDS}|half|quarters?|an?|and|of|point))(?!\w)
    )
    """,
    re.VERBOSE,
)
_MONTH_BEFORE = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s$"
)
_PRONOUN_BEFORE = re.compile(
    r"(?i)\b(?:no|any|every|some|each|this|that|which|the|another|a)[\s-]$"
)
_PRONOUN_AFTER = re.compile(
    r"(?i)['\u2019]s\b|-|\s(?:another|who|whom|must|might|should|could|would|can|may)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpan:
    """A number and where it stands.

    Attributes
    ----------
    value
        The number.
    start, end
        Half-open offsets in the text as it was given.
    text
        The characters there, exactly.
    decimals
        Digits printed after the decimal point; `None` where the number is in words.
    scale
        What the printed digits were multiplied by: 1,000,000 in `1.2 million`. A printed
        number is rounded to `scale / 10**decimals`.
    """

    value: float
    start: int
    end: int
    text: str
    decimals: int | None
    scale: int = 1


class _Token(NamedTuple):
    """A piece of a number: its word in lower case, or `""` and its digits."""

    word: str
    start: int
    end: int
    is_joined: bool
    value: float = 0.0
    decimals: int = 0
    scale: int = 1


class _Read(NamedTuple):
    """A number read from a run of tokens, and the token that follows it."""

    value: float
    decimals: int | None
    scale: int
    after: int


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Find the numbers of a text, in the order of the text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    tuple
        The numbers. A word that only hints at a number (`dozens`, `several hundred`) is
        none, and neither is `one` where it is a pronoun (`no one`).

    Examples
    --------
    >>> [n.value for n in find_numbers("1,869 against 433 in some 2.3 million posts")]
    [1869.0, 433.0, 2300000.0]
    >>> [
    ...     n.text
    ...     for n in find_numbers("Half a million marched, two hundred and fifty sat.")
    ... ]
    ['Half a million', 'two hundred and fifty']
    >>> find_numbers("86.4 percent")[0].decimals
    1
    """
    found: list[NumberSpan] = []
    for run in _runs(text):
        index = 0
        while index < len(run):
            read = _read_number(run, index)
            if read is None:
                index += 1
                continue
            start, end = run[index].start, run[read.after - 1].end
            if not _is_pronoun(text, start=start, end=end):
                found.append(
                    NumberSpan(
                        value=read.value,
                        start=start,
                        end=end,
                        text=text[start:end],
                        decimals=read.decimals,
                        scale=read.scale,
                    )
                )
            index = read.after
    return tuple(found)


def _runs(text: str) -> list[list[_Token]]:
    """Group the tokens that stand next to each other, so that one may extend another."""
    runs: list[list[_Token]] = []
    last_end = -1
    for match in _TOKEN.finditer(text):
        if match["chain"] or match.end() - match.start() > _LONGEST:
            continue
        between = text[last_end : match.start()] if last_end >= 0 else "."
        is_joined = len(between) <= 3 and (  # noqa: PLR2004 (room for "\r\n ")
            between in {"-", "\u2010", "\u2011"}
            or (between.isspace() and between.count("\n") <= 1)
        )
        if not is_joined:
            runs.append([])
        runs[-1].extend(_tokens(text, match, is_joined=is_joined))
        last_end = match.end()
    return runs


def _tokens(text: str, match: re.Match[str], *, is_joined: bool) -> list[_Token]:
    start, end = match.span()
    word = match["word"]
    if word:
        return [_Token(word.lower(), start, end, is_joined)]
    digits = match["digits"]
    if match["space"] == " " and _MONTH_BEFORE.search(text, max(0, start - 12), start):
        day, _, rest = digits.partition(" ")  # "October 7 300 people"
        middle = start + len(day)
        return [
            _Token("", start, middle, is_joined, float(day)),
            _digit_token(rest, match["suffix"], start=middle + 1, is_joined=False),
        ]
    return [_digit_token(digits, match["suffix"], start=start, is_joined=is_joined)]


def _digit_token(
    digits: str, suffix: str | None, *, start: int, is_joined: bool
) -> _Token:
    end = start + len(digits) + len(suffix or "")
    if digits.isdigit() and not suffix:
        return _Token("", start, end, is_joined, float(digits))
    plain = re.sub(r"[,\s]", "", digits)
    scale = _SUFFIXES[suffix.lower()] if suffix else 1
    value, decimals = _scaled(float(plain), scale), len(plain.partition(".")[2])
    return _Token("", start, end, is_joined, value, decimals, scale)


def _scaled(value: float, scale: float) -> float:
    """Multiply without the noise of binary fractions: 2.3 thousand is 2,300."""
    product = value * scale
    nearest = round(product)
    return float(nearest) if abs(product - nearest) < 1e-6 * max(1.0, scale) else product


def _read_number(run: list[_Token], index: int) -> _Read | None:
    token = run[index]
    if not token.word:
        return _read_digits(run, index)
    if token.word in SMALL_WORDS or token.word in {"a", "an", *_FRACTIONS}:
        return _read_fraction(run, index) or _read_words(run, index)
    return None


def _read_digits(run: list[_Token], index: int) -> _Read:
    token = run[index]
    value, after = token.value, index + 1
    if after == len(run):
        return _Read(value, token.decimals, token.scale, after)
    if _words(run, after, n=3) in {("and", "a", "half"), ("and", "a", "quarter")}:
        fraction = _FRACTIONS[run[after + 2].word]
        if _scale_at(run, after + 3):
            value, after = value + fraction, after + 3
    scale = token.scale
    while factor := _scale_at(run, after):
        if scale > 1 and (factor < _THOUSAND or scale * factor > _LARGEST):
            break
        value, scale, after = _scaled(value, factor), scale * factor, after + 1
    return _Read(value, token.decimals, scale, after)


def _read_fraction(run: list[_Token], index: int) -> _Read | None:
    """Read `half a million`, `a half-dozen`, `three quarters of a million`."""
    times, at = 1, index
    word = run[at].word
    if word in {"a", "an"} or (
        word in SMALL_WORDS and _words(run, at + 1, n=1) == ("quarters",)
    ):
        times, at = SMALL_WORDS.get(word, 1), at + 1
    (word,) = _words(run, at, n=1) or ("",)
    if word not in _FRACTIONS:
        return None
    value = times * _FRACTIONS[word]
    at += 1
    at += _words(run, at, n=1) == ("of",)
    at += _words(run, at, n=1) in {("a",), ("an",)}
    scale = _scale_at(run, at)
    return _Read(value * scale, None, scale, at + 1) if scale else None


def _read_words(run: list[_Token], index: int) -> _Read | None:
    """Read a cardinal number in words, up to the trillions."""
    group = _read_group(run, index)
    if group is None:
        return None
    value: float
    value, at = group
    total, limit = 0.0, float("inf")
    if _words(run, at, n=3) == ("and", "a", "half") and _scale_at(run, at + 3):
        value, at = value + 0.5, at + 3
    if _words(run, at, n=1) == ("point",):
        return _read_point(run, at, whole=value)
    while (scale := _scale_at(run, at)) and scale < limit:
        total, value, limit, at = total + value * scale, 0, scale, at + 1
        rest = _read_rest(run, at, limit=scale)
        if rest is None:
            break
        value, at = rest
    return _Read(total + value, None, 1, at)


def _read_rest(run: list[_Token], index: int, *, limit: int) -> tuple[int, int] | None:
    """Read what follows a scale word: `(two thousand) three hundred and five`."""
    has_and = _words(run, index, n=1) == ("and",)
    index += has_and
    if _words(run, index, n=1) in {(), ("a",), ("an",)}:
        return None
    group = _read_group(run, index)
    if group is None:
        return None
    value, after = group
    scale = _scale_at(run, after)
    if has_and and (scale or value >= _HUNDRED):
        return None  # "between one thousand and two thousand"
    return None if scale >= limit or value >= limit else group


def _read_group(run: list[_Token], index: int) -> tuple[int, int] | None:
    """Read up to the hundreds: `a hundred and fifty`, `twelve hundred`, `two dozen`."""
    if run[index].word in {"a", "an"}:
        if not _scale_at(run, index + 1):
            return None
        value, at = 1, index + 1
    else:
        below = _read_below_hundred(run, index)
        if below is None:
            return None
        value, at = below
    if _words(run, at, n=1) != ("hundred",):
        return value, at
    value, at = value * _HUNDRED, at + 1
    rest = _read_below_hundred(run, at + (_words(run, at, n=1) == ("and",)))
    if rest and _scale_at(run, rest[1]) not in {SCALE_WORDS["dozen"], _HUNDRED}:
        return value + rest[0], rest[1]
    return value, at


def _read_below_hundred(run: list[_Token], index: int) -> tuple[int, int] | None:
    if index >= len(run) or run[index].word not in SMALL_WORDS:
        return None
    value = SMALL_WORDS[run[index].word]
    if value >= _FIRST_TENS and index + 1 < len(run):
        unit = SMALL_WORDS.get(run[index + 1].word, 0)
        if 0 < unit < 10:  # noqa: PLR2004 (a single digit)
            return value + unit, index + 2
    return value, index + 1


def _read_point(run: list[_Token], index: int, *, whole: float) -> _Read:
    """Read `(eighty-six) point four`; `index` is that of `point`."""
    digits = ""
    at = index + 1
    while at < len(run) and SMALL_WORDS.get(run[at].word, 10) < 10:  # noqa: PLR2004
        digits += str(SMALL_WORDS[run[at].word])
        at += 1
    if not digits:
        return _Read(whole, None, 1, index)
    scale = _scale_at(run, at) or 1
    value = _scaled(float(f"{whole:.0f}.{digits}"), scale)
    return _Read(value, len(digits), scale, at + (scale > 1))


def _scale_at(run: list[_Token], index: int) -> int:
    """Return the scale word at a place of a run, 0 where there is none."""
    return SCALE_WORDS.get(run[index].word, 0) if index < len(run) else 0


def _words(run: list[_Token], index: int, *, n: int) -> tuple[str, ...]:
    """Return `n` words of a run, or as many as there are."""
    return tuple(token.word for token in run[index : index + n])


def _is_pronoun(text: str, *, start: int, end: int) -> bool:
    if end - start != len("one") or text[start:end].lower() != "one":
        return False
    before = _PRONOUN_BEFORE.search(text, max(0, start - 10), start)
    return bool(before or _PRONOUN_AFTER.match(text, end))
