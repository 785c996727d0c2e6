"""A page without its markup, every stretch of it placed in the raw HTML.

Which part of a page is the article is trafilatura's job. It returns bare text, so the
text is then laid over the page's own characters: both are read without white space, and
each paragraph is looked for after the one before it. What cannot be placed is counted.
The extraction slows down with the square of the tags, so a page of more markup than an
article has is read as all that it shows.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.errors import MissingExtraError
from groundswell.core.text import TextMap
from groundswell.reading.markup import MAX_VISIBLE, Visible, read_visible, strip_silent

if TYPE_CHECKING:
    from types import ModuleType

MAX_PAGE = 2_000_000
MAX_TAGS = 15_000
_SHORT, _NEAR = 24, 4_000
_MAX_HEADLINE = 300
_TOO_LARGE = (
    "The page has more text or markup than an article has: all that it shows was read, "
    "menus included."
)
_NO_MAIN_TEXT = (
    "The page's main text could not be told from its frame: all that it shows was read."
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The readable text of a page.

    Attributes
    ----------
    text
        Paragraphs, the headline first; an empty line between them.
    to_raw
        Way from `text` back to the HTML.
    title
        The headline; empty where none was found.
    notes
        What could not be read or placed.
    """

    text: str
    to_raw: TextMap
    title: str
    notes: tuple[str, ...]


def extract_page(raw: str) -> Page:
    """Take the article out of an HTML page.

    Parameters
    ----------
    raw
        The page.

    Returns
    -------
    Page
        Its readable text.

    Raises
    ------
    MissingExtraError
        If trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError(
            "trafilatura", extra="read", purpose="Reading HTML"
        ) from None
    visible = read_visible(raw)
    title, paragraphs, note = "", [""], _TOO_LARGE
    if len(visible.text) < MAX_VISIBLE:
        lean, n_tags = strip_silent(raw)
        if len(lean) <= MAX_PAGE and n_tags <= MAX_TAGS:
            title, paragraphs = _extract(trafilatura, lean)
            note = _NO_MAIN_TEXT
    found = [paragraph for paragraph in paragraphs if paragraph.strip()]
    shown = found or [line for line in visible.text.split("\n") if line.strip()]
    return _placed(
        [title, *shown] if title else shown,
        visible,
        title=title,
        notes=() if found else (note,),
    )


def _extract(trafilatura: "ModuleType", lean: str) -> tuple[str, list[str]]:
    tree = trafilatura.load_html(lean)
    if tree is None:
        return "", []
    headline = " ".join(tree.xpath("string((//article//h1 | //h1)[1])").split())
    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, with_metadata=False
    )
    if document is None or not document.text:
        return "", []
    paragraphs = str(document.text).split("\n")
    if not 0 < len(headline) <= _MAX_HEADLINE:
        return "", paragraphs
    return headline, [p for p in paragraphs if " ".join(p.split()) != headline]


class _Placement:
    """Lays extracted text over the characters of its page, from the top down."""

    def __init__(self, visible: Visible) -> None:
        self._visible = visible
        self._index = [i for i, char in enumerate(visible.text) if _is_seen(char)]
        self._packed = "".join([visible.text[i] for i in self._index])
        self._cursor = 0
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.n_lost = 0

    def skip(self, n_characters: int) -> None:
        """Put characters that the page does not have where the last one ended."""
        place = self.ends[-1] if self.ends else 0
        self.starts.extend([place] * n_characters)
        self.ends.extend([place] * n_characters)

    def put(self, paragraph: str) -> None:
        """Place a paragraph: whole where the page has it so, else word by word."""
        whole = self._find(paragraph) >= 0
        for words in [paragraph] if whole else re.findall(r"\S+\s*|\s+", paragraph):
            self._put_words(words, self._find(words))

    def _put_words(self, words: str, at: int) -> None:
        if at < 0:
            self.n_lost += sum(map(_is_seen, words))
            self.skip(len(words))
            return
        for char in words:
            if not _is_seen(char):
                self.skip(1)
                continue
            place = self._index[at]
            self.starts.append(self._visible.starts[place])
            self.ends.append(self._visible.ends[place])
            at += 1
        self._cursor = at

    def _find(self, words: str) -> int:
        wanted = "".join([char for char in words if _is_seen(char)])
        if not wanted:
            return -1
        # a short word stands nearly anywhere: only near by is it the same one
        end = self._cursor + _NEAR if len(wanted) < _SHORT else len(self._packed)
        return self._packed.find(wanted, self._cursor, end)


def _placed(
    paragraphs: list[str], visible: Visible, *, title: str, notes: tuple[str, ...]
) -> Page:
    placement = _Placement(visible)
    for number, paragraph in enumerate(paragraphs):
        placement.skip(2 if number else 0)
        placement.put(paragraph)
    if placement.n_lost:
        lost = (
            f"{placement.n_lost:,} characters of the extracted text could not be placed "
            "in the page; their offsets point to the nearest place before them."
        )
        notes = (*notes, lost)
    return Page(
        text="\n\n".join(paragraphs),
        to_raw=TextMap(tuple(placement.starts), tuple(placement.ends)),
        title=title,
        notes=notes,
    )


def _is_seen(char: str) -> bool:
    return not (char.isspace() or char in _UNSEEN)
