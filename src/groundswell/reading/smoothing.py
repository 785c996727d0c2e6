"""One sentence without its typography, and the way back.

Case and accents stay, since names need them; what changes is what no reader sees:
no-break spaces, soft hyphens, zero-width and direction marks, the many forms of quotation
marks and of the hyphen. Long dashes stay, since they part clauses.
"""

import re

from groundswell.core.text import IDENTITY, TextMap

_NEEDS_WORK = re.compile(r"[^\x21-\x7e \u2013\u2014]|  ")
_DROPPED = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\u0000"
)
_CHANGED = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2043\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2012\u2015", "\u2014"),
    **dict.fromkeys("\u066a\uff05\ufe6a", "%"),
    "\u2026": "...",
}
_DIGITS = {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_TABLE = {**_CHANGED, **_DIGITS}


def smooth(text: str) -> tuple[str, TextMap]:
    r"""Take the typography out of a text.

    Parameters
    ----------
    text
        A sentence as printed.

    Returns
    -------
    tuple
        The smooth text and its way back.

    Examples
    --------
    >>> words, back = smooth("86\u00a0percent of “pro\u00ad-bono” lawyers")
    >>> words
    '86 percent of "pro-bono" lawyers'
    >>> back.to_raw(15, 23)
    (15, 24)
    """
    if not _NEEDS_WORK.search(text):
        return text, IDENTITY
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        if char in _DROPPED:
            continue
        plain = " " if char.isspace() else _TABLE.get(char, char)
        if plain == " " and chars and chars[-1] == " ":
            ends[-1] = index + 1
            continue
        for piece in plain:
            chars.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return "".join(chars), TextMap(tuple(starts), tuple(ends))
