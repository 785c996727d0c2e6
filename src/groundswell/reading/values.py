"""What the words around a number allow: the one table of it.

Shares are fractions of one, counts are plain numbers.

| words | allowed values |
|---|---|
| `86 percent`, `86.4 %`, `1,869` | what rounds to it: [85.5, 86.5), [86.35, 86.45) |
| `two million`, `1.2 million` | what rounds to it at its last digit |
| `about`, `around`, `some`, `or so` | 2 points either way; counts 5 % either way |
| `nearly`, `almost`, `just under` | from 5 % below (relative) up to the value |
| `just over`, `slightly more than` | above the value, up to 5 % above (relative) |
| `more than`, `over`, `above` | strictly above |
| `at least`, `no fewer than`, `or more` | from the value up |
| `less than`, `under`, `fewer than` | strictly below |
| `at most`, `up to`, `as many as` | up to the value |
| `86 to 90 percent`, `70 to 80` | from the lower to the upper, each as rounded |
| `more than 85 but less than 95` | between the two bounds |
| `half`, `a third`, `three quarters` | 2 points either way |
| `nine in ten`, `4 out of 5` | half of one part either way, at most 5 points |
| `majority`, `most`, `more than half` | strictly above 50 |
| `vast majority`, `overwhelmingly` | two thirds and more |
| `minority`, `fewer than half` | strictly below 50 |
| `hundreds`, `thousands`, `dozens` | the word's interval: `groundswell.language.sizes` |
"""

from typing import Literal

from groundswell.core.claims import COUNT_CEILING, ClaimValue, Comparator

SHARE_SLACK = 0.02
COUNT_SLACK = 0.05
NEARLY = 0.95
BARELY_ABOVE = 1.05
PART_SLACK = 0.05
VAST = 2 / 3

Kind = Literal["share", "count"]
Words = Literal[
    "equal",
    "about",
    "nearly",
    "just-over",
    "more-than",
    "at-least",
    "less-than",
    "at-most",
]


def allowed_values(
    printed: float, *, kind: Kind, words: Words, half_width: float
) -> ClaimValue:
    """Work out which values a printed number allows.

    Parameters
    ----------
    printed
        The number; a share as a fraction of one.
    kind
        Share or count.
    words
        How it is qualified.
    half_width
        Half of its rounding step; half of one part for `nine in ten`.

    Returns
    -------
    ClaimValue
        The number with the ends of what it allows.

    Examples
    --------
    >>> value = allowed_values(0.86, kind="share", words="equal", half_width=0.005)
    >>> value.low, value.high, value.high_open
    (0.855, 0.865, True)
    >>> allowed_values(12_400, kind="count", words="nearly", half_width=0.5).low
    11780.0
    """
    ceiling = 1.0 if kind == "share" else COUNT_CEILING
    slack = SHARE_SLACK if kind == "share" else COUNT_SLACK * printed
    slack = max(slack, half_width)
    ends: dict[Words, tuple[float, float, bool, bool]] = {
        "equal": (printed - half_width, printed + half_width, False, True),
        "about": (printed - slack, printed + slack, False, False),
        "nearly": (printed * NEARLY, printed, False, False),
        "just-over": (printed, printed * BARELY_ABOVE, True, False),
        "more-than": (printed, ceiling, True, False),
        "at-least": (printed, ceiling, False, False),
        "less-than": (0.0, printed, False, True),
        "at-most": (0.0, printed, False, False),
    }
    low, high, low_open, high_open = ends[words]
    comparator: Comparator = "more-than" if words == "just-over" else words
    return claim_value(
        printed,
        comparator,
        ends=(low, min(high, ceiling)),
        low_open=low_open,
        high_open=high_open and high <= ceiling,
    )


def claim_value(
    printed: float,
    comparator: Comparator,
    /,
    *,
    ends: tuple[float, float],
    low_open: bool = False,
    high_open: bool = False,
) -> ClaimValue:
    """Build a value whose ends carry no noise of binary fractions.

    Parameters
    ----------
    printed, comparator
        The number and how it is qualified.
    ends
        Lowest and highest allowed value.
    low_open, high_open
        Whether that end itself is not allowed.

    Returns
    -------
    ClaimValue
        The value, its lower end not below zero.
    """
    return ClaimValue(
        printed=round(printed, 10),
        comparator=comparator,
        low=max(0.0, round(ends[0], 10)),
        high=round(ends[1], 10),
        low_open=low_open,
        high_open=high_open,
    )


def value_of_part(parts: int, whole: int, *, words: Words, is_spoken: bool) -> ClaimValue:
    """Work out what `nine in ten` or `two thirds` allows.

    Parameters
    ----------
    parts, whole
        Nine and ten.
    words
        How it is qualified.
    is_spoken
        Whether it is a fraction (`two thirds`) rather than a count of parts.

    Returns
    -------
    ClaimValue
        The share. `More than half` is a majority, `fewer than half` a minority.

    Examples
    --------
    >>> value_of_part(9, 10, words="equal", is_spoken=False).low
    0.85
    >>> value_of_part(1, 2, words="more-than", is_spoken=True).comparator
    'majority'
    """
    share = parts / whole
    half_width = SHARE_SLACK if is_spoken else min(0.5 / whole, PART_SLACK)
    if 2 * parts == whole and words in {"more-than", "less-than"}:
        return majority() if words == "more-than" else minority()
    if words in {"equal", "about"}:
        return claim_value(
            share, "about", ends=(share - half_width, min(1.0, share + half_width))
        )
    return allowed_values(share, kind="share", words=words, half_width=half_width)


def majority(*, vast: bool = False) -> ClaimValue:
    """Return what `majority` allows, and `vast majority`.

    Parameters
    ----------
    vast
        Whether the words claim far more than half.

    Returns
    -------
    ClaimValue
        Strictly above one half; two thirds and more where it is vast.
    """
    low = VAST if vast else 0.5
    return claim_value(low, "majority", ends=(low, 1.0), low_open=not vast)


def minority() -> ClaimValue:
    """Return what `minority` allows: strictly below one half."""
    return claim_value(0.5, "minority", ends=(0.0, 0.5), high_open=True)
