"""Sentences to claims, and to the reasons where a number is none.

Check-worthiness runs from 0 to 1 and orders the claims: a number (.4) before a word such
as `majority` (.2), then .2 for a side, .1 for a share, and .1 each for a window, a place
and a source.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.claims import FactualClaim, ScopeWord, Span, UncheckedStatement
from groundswell.core.text import fold_words
from groundswell.reading.lexicon import HEDGE_PHRASES, HEDGES
from groundswell.reading.overlooked import find_overlooked
from groundswell.reading.sentence_reader import SentenceReader
from groundswell.reading.smoothing import smooth
from groundswell.reading.tagging import TagContext
from groundswell.reading.terms import TermFinder
from groundswell.reading.unframed import find_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from groundswell.codebook.model import Vocabulary
    from groundswell.reading.article import Article
    from groundswell.reading.cases import Resolved, Words
    from groundswell.reading.sentence_reader import SentenceRead
    from groundswell.reading.sentences import Sentence

MAX_NUMBERED = 250_000
_NUMBERED = re.compile(
    r"(?i)\d|%|per\s?cent|\b(?:most(?:ly)?|majority|minority|half|thirds?|quarters?|bulk|"
    r"preponderance|share|dozens|scores|hundreds|thousands|millions?|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|"
    r"eigh|nine)ty\S*|hundred|thousand|overwhelmingly|mainly|predominantly|largely|"
    r"primarily|chiefly|fifths?|tenths?)\b"
)
_QUOTED = 80
_SHOWN_IDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What the sentences of an article say that is numbered, or looks so.

    Attributes
    ----------
    claims, unchecked
        In the order of the text.
    notes
        What the reader should know.
    """

    claims: tuple[FactualClaim, ...]
    unchecked: tuple[UncheckedStatement, ...]
    notes: tuple[str, ...]


def find_statements(
    article: "Article",
    sentences: "Sequence[Sentence]",
    *,
    vocabularies: "Sequence[Vocabulary]",
    published: "date | None",
) -> Statements:
    """Find the claims of an article's title and body, and what only looks like one.

    Parameters
    ----------
    article
        The article.
    sentences
        Its sentences, with offsets in the text as read.
    vocabularies
        How articles name topics and sides, one for each codebook.
    published
        Day of publication; `None` where not known.

    Returns
    -------
    Statements
        Claims and unchecked statements.
    """
    finders = {v.codebook_id: TermFinder(v) for v in vocabularies}
    looked_for = _looked_for(vocabularies)
    readers = [
        SentenceReader(
            sentences,
            codebook_id=vocabulary.codebook_id,
            context=TagContext(
                finder=finders[vocabulary.codebook_id],
                published=published,
                named_dates=vocabulary.named_dates,
                looked_for=looked_for,
            ),
            is_only=is_only,
        )
        for vocabulary, is_only in _used(sentences, vocabularies, finders=finders)
    ]
    collector = _Collector(
        article, finders=tuple(finders.values()), looked_for=looked_for
    )
    n_numbered = 0
    for index, sentence in enumerate(sentences):
        results: list[SentenceRead] = []
        if _NUMBERED.search(sentence.text):
            n_numbered += len(sentence.text)
            if n_numbered <= MAX_NUMBERED:
                reads = [reader.read(index) for reader in readers]
                results = [read for read in reads if read is not None]
        collector.add(sentence, results)
    if n_numbered > MAX_NUMBERED:
        collector.notes.append(
            f"Of {n_numbered:,} characters in sentences with numbers, the first "
            f"{MAX_NUMBERED:,} were read for claims."
        )
    return collector.statements()


def _looked_for(vocabularies: "Sequence[Vocabulary]") -> str:
    """Name what the codebooks with words for articles are about."""
    named = [v.title or v.codebook_id for v in vocabularies if v.sides or v.topic_terms]
    return "; ".join(named) or "nothing, since no codebook lists words for articles"


def _used(
    sentences: "Sequence[Sentence]",
    vocabularies: "Sequence[Vocabulary]",
    *,
    finders: "Mapping[str, TermFinder]",
) -> "list[tuple[Vocabulary, bool]]":
    """Return each codebook whose words occur, else all; and whether it is alone."""
    text = fold_words(" \n ".join(sentence.text for sentence in sentences))
    found = [v for v in vocabularies if finders[v.codebook_id].names_topic(text)]
    used = found or vocabularies
    return [(vocabulary, len(used) == 1) for vocabulary in used]


class _Collector:
    """Gathers what the sentences say, and places it in the raw text."""

    def __init__(
        self, article: "Article", *, finders: "Sequence[TermFinder]", looked_for: str
    ) -> None:
        self.notes: list[str] = []
        self._article = article
        self._finders = finders
        self._looked_for = looked_for
        self._noted: dict[str, list[str]] = {}
        self._claims: list[FactualClaim] = []
        self._unchecked: list[UncheckedStatement] = []

    def add(self, sentence: "Sentence", results: "list[SentenceRead]") -> None:
        """Add what a sentence says under every codebook whose words it may hold."""
        n_before = len(self._claims) + len(self._unchecked)
        self._add_claims(sentence, results)
        self._add_unread(sentence, results)
        if n_before == len(self._claims) + len(self._unchecked):
            words, back = smooth(sentence.text)
            found = find_overlooked(
                words, finders=self._finders, looked_for=self._looked_for
            ) or find_statement(words)
            if found:
                span = back.to_raw(found.start, found.end)
                self._add_unchecked(sentence, span, why=found.why)

    def _add_claims(self, sentence: "Sentence", results: "list[SentenceRead]") -> None:
        """Add the claims of the codebook that reads the most; say so where two do."""
        best = max((result.claims for result in results), key=len, default=())
        codebooks = {c.scope.codebook_id for result in results for c in result.claims}
        if len(codebooks) > 1:
            self.notes.append(
                f"{sentence.text[:_QUOTED]!r} fits several codebooks "
                f"({', '.join(sorted(codebooks))}); it was read with "
                f"{best[0].scope.codebook_id}."
            )
        for resolved in best:
            claim = self._claim(resolved, sentence)
            self._claims.append(claim)
            if resolved.note:
                self._noted.setdefault(resolved.note, []).append(claim.claim_id)

    def _add_unread(self, sentence: "Sentence", results: "list[SentenceRead]") -> None:
        """Add the numbers that no codebook made a claim of, each once."""
        done = {r.printed(claim.frame)[0] for r in results for claim in r.claims}
        has_claim = bool(done)
        for result in results:
            for refused in result.refused:
                span = result.printed(refused.frame)
                if span[0] not in done:
                    done.add(span[0])
                    self._add_unchecked(sentence, span, why=refused.why)
        for one, span in (pair for result in results for pair in result.unframed()):
            is_word = not any(char.isdigit() for char in sentence.text[slice(*span)])
            if span[0] not in done and not (has_claim and is_word):
                done.add(span[0])
                self._add_unchecked(sentence, span, why=one.why)

    def _claim(self, resolved: "Resolved", sentence: "Sentence") -> FactualClaim:
        words = [
            ScopeWord(part=words.part, span=self._span(words.line.start, _printed(words)))
            for words in resolved.words
        ]
        words.sort(key=lambda word: (word.span.start, word.span.end, word.part))
        return FactualClaim(
            claim_id=f"c{len(self._claims) + 1}",
            sentence=self._span(sentence.start, (0, len(sentence.text))),
            value=resolved.value,
            scope=resolved.scope,
            words=tuple(dict.fromkeys(words)),
            hedges=_hedges(resolved),
            check_worthiness=_worthiness(resolved),
        )

    def _add_unchecked(
        self, sentence: "Sentence", span: tuple[int, int], *, why: str
    ) -> None:
        self._unchecked.append(
            UncheckedStatement(
                sentence=self._span(sentence.start, (0, len(sentence.text))),
                words=self._span(sentence.start, span),
                why=why,
            )
        )

    def _span(self, offset: int, within: tuple[int, int]) -> Span:
        start, end = offset + within[0], offset + within[1]
        raw_start, raw_end = self._article.to_raw.to_raw(start, end)
        return Span(start=raw_start, end=raw_end, text=self._article.text[start:end])

    def statements(self) -> Statements:
        """Return what was gathered."""
        return Statements(
            claims=tuple(self._claims),
            unchecked=tuple(self._unchecked),
            notes=tuple(dict.fromkeys([*self.notes, *self._grouped_notes()])),
        )

    def _grouped_notes(self) -> "Iterator[str]":
        """Yield each note on claims once, before it the claims that it is on."""
        for note, ids in self._noted.items():
            more = len(ids) - _SHOWN_IDS
            shown = ", ".join(ids[:_SHOWN_IDS] if more > 1 else ids)
            yield f"{shown} and {more} more: {note}" if more > 1 else f"{shown}: {note}"


def _printed(words: "Words") -> tuple[int, int]:
    return words.line.tagged.to_printed.to_raw(words.start, words.end)


def _hedges(resolved: "Resolved") -> tuple[str, ...]:
    tagged, frame = resolved.line.tagged, resolved.frame
    start = tagged.tokens[max(0, frame.start - 3)].start
    end = tagged.tokens[frame.end - 1].end
    words = re.findall(r"[\w-]+", tagged.text[start:end])
    phrases = HEDGE_PHRASES.finditer(tagged.text, start, end)
    return (*(w for w in words if w.lower() in HEDGES), *(m[0] for m in phrases))


def _worthiness(resolved: "Resolved") -> float:
    scope = resolved.scope
    is_number = resolved.value.comparator not in {"majority", "minority"}
    tenths = (
        (4 if is_number else 2)
        + 2 * bool(scope.side)
        + (scope.statistic == "share")
        + (scope.window is not None)
        + (scope.place is not None)
        + bool(scope.source)
    )
    return tenths / 10
