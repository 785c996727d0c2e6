"""An article to a reading: the one way through all the steps of this package."""

import re
from typing import TYPE_CHECKING

from groundswell.core.claims import Reading, Region
from groundswell.reading.arithmetic import find_arithmetic
from groundswell.reading.article import load_article
from groundswell.reading.claims import find_statements
from groundswell.reading.regions import Paragraph, find_regions
from groundswell.reading.sentences import MAX_SENTENCE, Sentence, split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.codebook.model import Vocabulary
    from groundswell.reading.article import Article

_READ = frozenset({"title", "body"})
_LONG = 300


def read_article(
    content: bytes | str,
    *,
    name: str,
    vocabularies: "Sequence[Vocabulary]",
    published: "date | None",
) -> Reading:
    """Read an article, or one sentence, for what records of protests can check.

    Parameters
    ----------
    content
        The article: bytes of a file (HTML or plain text), or its characters.
    name
        File name, or `text`.
    vocabularies
        How articles name topics and sides, one for each codebook. Where several fit, the
        one whose words occur is used; a sentence that fits two is noted.
    published
        Day of publication, which settles `last week` and dates without a year; `None`
        where not known.

    Returns
    -------
    Reading
        Regions, claims, unchecked statements and arithmetic. Spans are offsets in the
        article as it was given (decoded, without a byte order mark); their text is the
        words there, for HTML without the markup between them.

    Notes
    -----
    An article that is empty, binary or too large is an `InputError`; HTML without the
    extra `read` is a `MissingExtraError`.
    """
    article = load_article(content, name=name)
    paragraphs = find_regions(article.text, title=article.title)
    notes = [*article.notes, *_note_on_tail(paragraphs)]
    sentences = _sentences(paragraphs, notes)
    found = find_statements(
        article, sentences, vocabularies=vocabularies, published=published
    )
    claims = sorted(found.claims, key=lambda c: (-c.check_worthiness, c.sentence.start))
    return Reading(
        title=_title(paragraphs),
        name=name,
        sha256=article.sha256,
        n_characters=len(article.raw),
        regions=_regions(article, paragraphs),
        claims=tuple(claims),
        unchecked=found.unchecked,
        arithmetic=find_arithmetic(article, sentences, claims=found.claims),
        notes=(*notes, *found.notes),
    )


def _note_on_tail(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """Say how much text after an author's note was not taken for the body."""
    kinds = [paragraph.kind for paragraph in paragraphs]
    tail = next((i for i, kind in enumerate(kinds) if kind in {"bio", "donation"}), None)
    if tail is None:
        return []
    left = [p for p in paragraphs[tail:] if p.kind == "footer" and len(p.text) > _LONG]
    if not left:
        return []
    note = (
        f"{len(left)} long paragraphs after the author's note or the call for donations "
        "were not read for claims."
    )
    return [note]


def _sentences(
    paragraphs: tuple[Paragraph, ...], notes: list[str]
) -> tuple[Sentence, ...]:
    """Split title and body into sentences; a stretch without full stops is left out."""
    kept: list[Sentence] = []
    n_long = 0
    for paragraph in paragraphs:
        if paragraph.kind not in _READ:
            continue
        for piece in split_sentences(paragraph.text):
            if len(piece.text) > MAX_SENTENCE:
                n_long += len(piece.text)
                continue
            start = paragraph.start + piece.start
            kept.append(
                Sentence(start=start, end=start + len(piece.text), text=piece.text)
            )
    if n_long:
        notes.append(
            f"{n_long:,} characters stand in stretches of more than {MAX_SENTENCE:,} "
            "without the end of a sentence; they were not read for claims."
        )
    return tuple(kept)


def _title(paragraphs: tuple[Paragraph, ...]) -> str:
    title = next((p.text for p in paragraphs if p.kind == "title"), "")
    return re.sub(r"^#+\s*", "", " ".join(title.split()))


def _regions(article: "Article", paragraphs: tuple[Paragraph, ...]) -> tuple[Region, ...]:
    """Join neighbouring paragraphs of one kind, in offsets of the raw text."""
    regions: list[Region] = []
    for paragraph in paragraphs:
        start, end = article.to_raw.to_raw(paragraph.start, paragraph.end)
        if regions and regions[-1].kind == paragraph.kind:
            start = regions.pop().start
        regions.append(Region(kind=paragraph.kind, start=start, end=end))
    return tuple(regions)
