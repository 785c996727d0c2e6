"""Characters of a page outside its markup, in one pass, each with its place in the HTML.

A page is somebody else's input: tags may never close, scripts may hold text, text may be
hidden. What a browser does not show is left out: scripts, styles, comments, templates,
and elements that are hidden by an attribute or an inline style.
"""

import html as entities
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_VISIBLE = 1_500_000

_PIECE = re.compile(
    r"""
    (?P<silent><!--.*?(?:--!?>|\Z)
      | <(?P<name>script|style|noscript|template|svg|math|iframe|object|textarea|select)\b
        [^>]*+(?:>.*?(?:</(?P=name)\s*>|\Z)|\Z)
      | <[!?][^>]*+(?:>|\Z))
  | <(?P<close>/?)(?P<tag>[a-z][a-z0-9:-]*)
        (?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>
  | (?P<entity>&(?:\#x[0-9a-f]{1,6}|\#[0-9]{1,7}|[a-z][a-z0-9]{1,31});?)
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_HIDDEN = re.compile(
    r"""
    (?:^|\s)hidden(?:\s|=|/|$)
    | aria-hidden\s*=\s*["']?true
    | style\s*=\s*["'][^"']*
      (?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_INLINE_TEXT = """
a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s
samp small span strike strong sub sup time tt u var wbr
"""
_VOID_TEXT = "area base br col embed hr img input link meta param source track wbr"
_INLINE = frozenset(_INLINE_TEXT.split())
_VOID = frozenset(_VOID_TEXT.split())
_CLOSED_BY_BLOCKS = frozenset({"p", "li", "dt", "dd", "td", "th", "option"})


@dataclass(frozen=True, slots=True)
class Visible:
    """Characters of a page, and where in the HTML each one comes from."""

    text: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a page that is shown: words, an entity, or a tag."""

    start: int
    end: int
    kind: str
    tag: str = ""


def read_visible(raw: str) -> Visible:
    """Read what a page shows; the edge of a block is a line break.

    Parameters
    ----------
    raw
        The page; of one that shows more, the first 1.5 million characters are read.

    Returns
    -------
    Visible
        Its characters, entities decoded.
    """
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _pieces(raw):
        words = raw[piece.start : piece.end]
        if piece.kind == "words":
            chars.extend(" " if c in "\r\n\t" else c for c in words[:MAX_VISIBLE])
            n_taken = min(len(words), MAX_VISIBLE)
            starts.extend(range(piece.start, piece.start + n_taken))
            ends.extend(range(piece.start + 1, piece.start + n_taken + 1))
        elif piece.kind == "entity" or piece.tag not in _INLINE:
            shown = entities.unescape(words) if piece.kind == "entity" else "\n"
            end = piece.end if piece.kind == "entity" else piece.start
            chars.extend(shown)
            starts.extend([piece.start] * len(shown))
            ends.extend([end] * len(shown))
        if len(chars) > MAX_VISIBLE:
            break
    return Visible("".join(chars), starts, ends)


def strip_silent(raw: str) -> tuple[str, int]:
    """Cut off what a page does not show.

    Parameters
    ----------
    raw
        The page.

    Returns
    -------
    tuple
        The page with its markup, and how many tags it has.

    Examples
    --------
    >>> strip_silent("<p>Shown</p><script>run()</script><p hidden>Not</p>")
    ('<p>Shown</p>', 2)
    """
    kept = list(_pieces(raw))
    return "".join([raw[p.start : p.end] for p in kept]), sum(
        p.kind == "tag" for p in kept
    )


def _pieces(raw: str) -> "Iterator[_Piece]":
    last = depth = 0
    hidden = ""
    for match in _PIECE.finditer(raw):
        start, end = match.span()
        if not hidden and start > last:
            yield _Piece(last, start, "words")
        last = end
        if hidden:
            depth = _depth(match, hidden, depth=depth)
            hidden = hidden if depth else ""
            if hidden or match["close"]:
                continue
        if _is_hidden(match):
            hidden, depth = match["tag"].lower(), 1
        else:
            yield from _shown(match)
    if not hidden and last < len(raw):
        yield _Piece(last, len(raw), "words")


def _shown(match: re.Match[str]) -> "Iterator[_Piece]":
    if match["tag"]:
        yield _Piece(*match.span(), "tag", match["tag"].lower())
    elif match["entity"]:
        yield _Piece(*match.span(), "entity")


def _is_hidden(match: re.Match[str]) -> bool:
    if not match["attributes"] or match["close"] or match["tag"].lower() in _VOID:
        return False
    return _HIDDEN.search(match["attributes"]) is not None


def _depth(match: re.Match[str], hidden: str, *, depth: int) -> int:
    """Count how many elements of the hidden one's kind are still open."""
    tag = (match["tag"] or "").lower()
    if tag == hidden and match["close"]:
        return depth - 1
    if hidden in _CLOSED_BY_BLOCKS and tag and tag not in _INLINE and not match["close"]:
        return 0
    return depth + (tag == hidden)
