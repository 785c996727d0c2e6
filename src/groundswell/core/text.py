"""Text folding that keeps its way back: every folded character knows its raw place.

Two texts that a reader takes for the same words (`Côte d’Ivoire`, `COTE D'IVOIRE`) fold
to the same string. Folding changes lengths (`ß` becomes `ss`, a soft hyphen becomes
nothing), so a `TextMap` goes with every changed text and takes spans back to the raw one.
"""

import re
import unicodedata
from dataclasses import dataclass

_NEEDS_WORK = re.compile(r"[^\x21-\x7e ]|  ")
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c")
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u00b4", "'")
_DOUBLE_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
_DASHES = dict.fromkeys(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe63\uff0d", "-"
)
_LETTERS = {
    "\u0131": "i",
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f0": "d",
    "\u00fe": "th",
}
_FIXED = {**_QUOTES, **_DOUBLE_QUOTES, **_DASHES, **_LETTERS}


class _FoldTable(dict[str, str]):
    """Folded form of one character, computed once."""

    def __missing__(self, char: str) -> str:
        folded = self[char] = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if char in _DROPPED:
        return ""
    if char.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    # casefold can compose what NFKD took apart, so decompose once more
    bare = "".join(
        _FIXED.get(c, c)
        for c in unicodedata.normalize("NFKD", decomposed)
        if not unicodedata.combining(c)
    )
    return " " if bare.isspace() else bare


_TABLE = _FoldTable()


@dataclass(frozen=True, slots=True)
class TextMap:
    """Where each character of a changed text came from in the text before.

    Attributes
    ----------
    starts, ends
        For character `i` of the changed text, the half-open span of the characters that
        it came from. Both are non-decreasing. `None` for both: nothing moved.
    """

    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Take a half-open span of the changed text back to the text before.

        Parameters
        ----------
        start, end
            Span in the changed text; `start <= end`.

        Returns
        -------
        tuple
            The span of the text before that holds all the characters it came from. An
            empty span maps to an empty span at the place where it stands.

        Examples
        --------
        >>> folded, back = fold("Straße\u00a0 86\u00a0%")
        >>> folded
        'strasse 86 %'
        >>> back.to_raw(8, 12)
        (8, 12)
        """
        if self.starts is None or self.ends is None:
            return start, end
        if start == end:
            place = self.starts[start] if start < len(self.starts) else self._length()
            return place, place
        return self.starts[start], self.ends[end - 1]

    def after(self, first: "TextMap") -> "TextMap":
        """Join two steps: `first` changed the raw text, this one changed its result.

        Parameters
        ----------
        first
            Map of the earlier step.

        Returns
        -------
        TextMap
            The map from this step's text straight to the raw text of `first`.
        """
        if self.starts is None or self.ends is None:
            return first
        if first.starts is None or first.ends is None:
            return self
        spans = [first.to_raw(s, e) for s, e in zip(self.starts, self.ends, strict=True)]
        return TextMap(tuple(s for s, _ in spans), tuple(e for _, e in spans))

    def _length(self) -> int:
        return self.ends[-1] if self.ends else 0


IDENTITY = TextMap()


def fold(text: str) -> tuple[str, TextMap]:
    """Fold case, accents, quotation marks, dashes and white space.

    Use it to match words, never to show them. Accents and other combining marks are
    dropped, all apostrophes become `'`, all dashes `-`, a run of white space (no-break
    and line breaks included) becomes one space; soft hyphens, zero-width characters and
    direction marks vanish.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    tuple
        The folded text and its way back to `text`.

    Examples
    --------
    >>> fold("İstanbul’da ﬁnal")[0]
    "istanbul'da final"
    """
    if not _NEEDS_WORK.search(text):
        return text.lower(), IDENTITY
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, char in enumerate(text):
        folded = _TABLE[char]
        if folded == " " and chars and chars[-1] == " ":
            ends[-1] = index + 1
            continue
        for piece in folded:
            chars.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return "".join(chars), TextMap(tuple(starts), tuple(ends))


def fold_words(text: str) -> str:
    """Fold a text where no way back is needed; the same string as `fold(text)[0]`.

    Examples
    --------
    >>> fold_words("Côte  d’Ivoire")
    "cote d'ivoire"
    """
    if not _NEEDS_WORK.search(text):
        return text.lower()
    folded = "".join([_TABLE[char] for char in text])
    return re.sub(" {2,}", " ", folded)


def is_utf8(text: str) -> bool:
    r"""Say whether a text can be written as UTF-8; the name of a file may not be so.

    Examples
    --------
    >>> is_utf8("caf\u00e9"), is_utf8("caf\udce9")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
