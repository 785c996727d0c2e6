"""Bytes to text: decoding, HTML or plain, and the limits of what is read."""

import re
from dataclasses import dataclass
from typing import Literal

from groundswell.core.errors import InputError
from groundswell.core.hashes import sha256_bytes, sha256_text
from groundswell.core.text import IDENTITY, TextMap

MAX_BYTES = 16_000_000
MAX_CHARACTERS = 1_000_000
_HEAD = 4_096
_PROBE = 65_536
_CONTROL_SHARE = 0.02
_SAVE_AS_TEXT = "save the article as plain text or HTML and give that file"

Kind = Literal["plain", "html"]

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet file"),
)
_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CHARSET = re.compile(rb"(?i)\bcharset\s*=\s*[\"']?\s*([a-z0-9_.:-]{2,20})")
# encodings that a page may declare and that do no more than turn bytes into letters
_KNOWN_CHARSET = re.compile(
    r"(?i)(?:iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}|cp\d{3,4}|koi8-[ru]|"
    r"shift[_-]jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5|mac-?roman)"
)
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|h[1-6]|br|article|section|main|script|meta|em|strong)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGS_OF_A_PAGE = 3
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bf©¨¤¶¼±]|â\u20ac[\u0153\u2122\u201c\u201d™œ]|Â\u00a0"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as characters, and how its readable text lies in them.

    Attributes
    ----------
    name
        File name, or `text`.
    sha256
        Of the bytes, or of the characters where no bytes were given.
    kind
        Whether markup was taken off.
    raw
        The article as it was given, decoded.
    text
        What is read: `raw` itself, or what is left of a page without its markup.
    to_raw
        Way from `text` back to `raw`.
    title
        Headline that a page declares; empty for plain text.
    notes
        What the reader should know about how the text was read.
    """

    name: str
    sha256: str
    kind: Kind
    raw: str
    text: str
    to_raw: TextMap
    title: str
    notes: tuple[str, ...]


def load_article(content: bytes | str, *, name: str) -> Article:
    """Turn what was given as an article into text.

    More than 16 MB is refused; of less, the first million characters of text are read (an
    article seldom has more than fifty thousand) and a note says so. HTML needs the extra
    `read`; without it a `MissingExtraError` gives the install line.

    Parameters
    ----------
    content
        Bytes of a file, or its characters.
    name
        File name, or `text`.

    Returns
    -------
    Article
        The text, with its way back to what was given.

    Raises
    ------
    InputError
        If it is empty, too large, or no text.

    Examples
    --------
    >>> load_article("Most of the marches were small.", name="text").kind
    'plain'
    """
    if len(content) > MAX_BYTES:
        raise InputError(
            f"{name} has {len(content):,} bytes, which is no article.",
            allowed=f"up to {MAX_BYTES:,} bytes",
            todo="give the article alone, as plain text or HTML",
        )
    if isinstance(content, bytes):
        raw, notes = _decode(content, name=name)
        digest = sha256_bytes(content)
    else:
        raw, notes, digest = content, [], sha256_text(content)
    if not _has_words(raw):
        raise InputError(
            f"{name} holds no text.",
            allowed="an article as plain text or HTML",
            todo="give the article's text, or one sentence with --text",
        )
    if _MOJIBAKE.search(raw[:_PROBE]):
        notes.append(
            "Some letters look like UTF-8 that was once read as Windows-1252 (mojibake); "
            "words with them may be missed."
        )
    if _is_html(raw, name=name):
        return _from_html(raw, name=name, digest=digest, notes=notes)
    text = _cut(raw, notes)
    return Article(
        name=name,
        sha256=digest,
        kind="plain",
        raw=raw,
        text=text,
        to_raw=IDENTITY,
        title="",
        notes=tuple(notes),
    )


def _from_html(raw: str, *, name: str, digest: str, notes: list[str]) -> Article:
    from groundswell.reading.html import extract_page

    page = extract_page(raw)
    if not _has_words(page.text):
        raise InputError(
            f"{name} is a page without text: a frame for scripts, or a paywall.",
            allowed="a page that holds the article's words",
            todo="copy the text of the article into a file and give that",
        )
    notes.extend(page.notes)
    return Article(
        name=name,
        sha256=digest,
        kind="html",
        raw=raw,
        text=_cut(page.text, notes),
        to_raw=page.to_raw,
        title=page.title,
        notes=tuple(notes),
    )


def _cut(text: str, notes: list[str]) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    notes.append(
        f"Only the first {MAX_CHARACTERS:,} of {len(text):,} characters were read."
    )
    return text[:MAX_CHARACTERS]


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_html(raw: str, *, name: str) -> bool:
    if _HTML_START.match(raw):
        return True
    tags = len(_HTML_TAG.findall(raw, 0, _PROBE))
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return tags >= (1 if named else _TAGS_OF_A_PAGE)


def _decode(content: bytes, *, name: str) -> tuple[str, list[str]]:
    _refuse_binary(content, name=name)
    notes: list[str] = []
    text = _decode_text(content, notes)
    probe = text[:_PROBE]
    if len(_CONTROL.findall(probe)) > _CONTROL_SHARE * len(probe):
        raise InputError(
            f"{name} is not text: it is full of control characters.",
            allowed="plain text or HTML",
            todo=_SAVE_AS_TEXT,
        )
    return text, notes


def _refuse_binary(content: bytes, *, name: str) -> None:
    for signature, what in _SIGNATURES:
        if content.startswith(signature):
            raise InputError(
                f"{name} is {what}, not an article.",
                allowed="plain text or HTML",
                todo=_SAVE_AS_TEXT,
            )


def _decode_text(content: bytes, notes: list[str]) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content[len(bom) :], encoding, notes=notes)
    head = content[:_HEAD]
    if head.count(0) > len(head) // 4:
        in_front = head[0::2].count(0) > head[1::2].count(0)
        encoding = "utf-16-be" if in_front else "utf-16-le"
        notes.append(f"Read as {encoding.upper()}: every other byte is zero.")
        return _decode_as(content, encoding, notes=notes)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(content, _fall_back(head, notes), notes=notes)


def _fall_back(head: bytes, notes: list[str]) -> str:
    declared = _CHARSET.search(head)
    name = declared[1].decode("ascii").lower() if declared else ""
    if _KNOWN_CHARSET.fullmatch(name) and name not in {"iso-8859-1", "latin1"}:
        return name
    notes.append("Not UTF-8: read as Windows-1252.")
    return "cp1252"


def _decode_as(content: bytes, encoding: str, *, notes: list[str]) -> str:
    try:
        text = content.decode(encoding, errors="replace")
    except LookupError:
        notes.append(f"The page declares {encoding}, unknown here: read as Windows-1252.")
        text = content.decode("cp1252", errors="replace")
    n_unread = text.count("\ufffd")
    if n_unread:
        notes.append(
            f"{n_unread} characters could not be decoded and are shown as \ufffd."
        )
    return text
