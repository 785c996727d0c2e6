"""Markdown: tables, escapes, and links that stay within the site."""

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*_\[\]#|~])")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


def plain(text: str) -> str:
    """Escape a text so that Markdown prints it as it is, on one line."""
    return _escape(" ".join(text.split()))


def prose(text: str) -> str:
    """Escape a text that may hold code in backticks, which is kept."""
    parts = " ".join(text.split()).split("`")
    return "".join(
        _escape(part) if number % 2 == 0 else code(part)
        for number, part in enumerate(parts)
    )


def _escape(text: str) -> str:
    escaped = _MARKS.sub(r"\\\1", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """Print a text as code; a bar is kept apart from those of tables."""
    return f"`{text}`".replace("|", "\\|")


def phrase(text: str) -> str:
    """Print a phrase, those written from the right without turning the line around."""
    escaped = plain(text)
    return f"<bdi>{escaped}</bdi>" if _RIGHT_TO_LEFT.search(text) else escaped


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; no row at all gives no table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join(
        [f"| {' | '.join(head)} |", f"|{'|'.join(' --- ' for _ in head)}|", *lines]
    )


def facts_list(facts: Iterable[tuple[str, str]]) -> str:
    """Write facts as a list, each with its name; those without words are left out."""
    return "\n".join(f"- **{name}**: {words}" for name, words in facts if words)


def page(title: str, *parts: str, source: str) -> str:
    """Put a page together.

    Parameters
    ----------
    title
        Its heading.
    parts
        What it holds, block by block; empty ones are left out.
    source
        What it is generated from, in words.

    Returns
    -------
    str
        The page, ending in one line break.
    """
    note = f"<!-- Written by docs/generate.py from {source}. Do not edit by hand. -->"
    return "\n\n".join([note, f"# {title}", *(p for p in parts if p)]) + "\n"
