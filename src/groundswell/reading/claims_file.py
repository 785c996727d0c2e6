"""Corrections by hand: a TOML file of claims that a person edits, put over a reading.

Each claim of the file names the claim it corrects by `id` and repeats its sentence in
`expect`, so that a changed article is noticed and nothing is corrected by accident. A
claim without `id` is added; its `sentence` must stand in the article exactly once. Keys
that are left out keep what was read.
"""

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from groundswell.core.claims import Reading, Span
from groundswell.core.errors import DefinitionError
from groundswell.core.hashes import SHORT, sha256_text
from groundswell.reading.article import load_article
from groundswell.reading.claim_entries import ClaimEntry, read_entry, write_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.codebook.model import Vocabulary
    from groundswell.core.claims import FactualClaim
    from groundswell.reading.article import Article

_HEAD = """\
# Claims as read from {name}. Edit what was read wrongly and give the file with --claims.
#   side       a code of the codebook; "" for its topic as a whole
#   among      sided | topic | all | open   unit   events | participants
#   window     "2023-10-07..2023-10-27", "2023-10-07.." with an open end, "" where unsaid
#   place      "world", "USA", "USA/CA", "" where unsaid
#   value      the words of the number: "about 86 percent"
#   drop       true takes the claim out
# A further [[claim]] with `sentence` instead of `id` and `expect` adds one.
"""


def draft_claims(reading: Reading) -> str:
    """Write the claims of a reading as a file that a person can edit.

    Parameters
    ----------
    reading
        A reading.

    Returns
    -------
    str
        TOML; given back unchanged to `apply_claims` it changes nothing.
    """
    claims = sorted(reading.claims, key=lambda c: (c.sentence.start, c.claim_id))
    name = reading.name.replace("\n", " ").replace("\r", " ")
    return "\n".join([_HEAD.format(name=name), *(write_entry(c) for c in claims)])


def apply_claims(
    reading: Reading,
    toml_text: str,
    *,
    content: bytes | str = "",
    vocabularies: "Sequence[Vocabulary]" = (),
) -> Reading:
    """Put corrections over a reading.

    Parameters
    ----------
    reading
        The reading.
    toml_text
        A claims file.
    content
        The article as it was given, to place added claims in; without it an added claim's
        sentence must be one that the reading already lists.
    vocabularies
        Where given, codebooks and sides are held against them.

    Returns
    -------
    Reading
        The reading with corrected, dropped and added claims; a note says which.

    Notes
    -----
    A file that is no TOML, has an unknown key or value, names a claim that is not there,
    or expects another sentence, is a `DefinitionError`.
    """
    entries = [
        read_entry(table, number=number, vocabularies=vocabularies)
        for number, table in enumerate(_tables(toml_text), start=1)
    ]
    _check_repeats(entries)
    claims = {claim.claim_id: claim for claim in reading.claims}
    notes = list(reading.notes)
    for entry in entries:
        if entry.claim_id:
            notes += _correct(entry, claims)
    added = [entry for entry in entries if not entry.claim_id]
    for number, entry in enumerate(added, start=1):
        claim = entry.added(
            _find_sentence(entry, reading, content=content), number=number
        )
        claims[claim.claim_id] = claim
        notes.append(f"{claim.claim_id} was added by hand.")
    return _with_claims(reading, claims, notes=notes)


def _check_repeats(entries: list[ClaimEntry]) -> None:
    for entry in entries:
        if entry.claim_id and sum(e.claim_id == entry.claim_id for e in entries) > 1:
            raise DefinitionError(
                f"The claims file corrects {entry.claim_id!r} more than once.",
                allowed="one [[claim]] for each id",
            )


def _correct(entry: ClaimEntry, claims: "dict[str, FactualClaim]") -> list[str]:
    """Correct or drop a claim, and say so."""
    before = _find_claim(entry, claims)
    if entry.drop:
        del claims[entry.claim_id]
        return [f"{entry.claim_id} was dropped by hand."]
    after, changed = entry.corrected(before)
    claims[entry.claim_id] = after
    return [f"{entry.claim_id}: {', '.join(changed)} set by hand."] if changed else []


def _tables(toml_text: str) -> list[object]:
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(
            f"The claims file is not TOML: {error}.",
            todo="groundswell check ARTICLE --write-claims FILE, and start from that",
        ) from None
    unknown = sorted(set(document) - {"claim"})
    tables = document.get("claim", [])
    if unknown or not isinstance(tables, list):
        raise DefinitionError(
            f"The claims file has {', '.join(unknown) or 'a claim that is no list'}.",
            allowed="[[claim]] tables only",
        )
    return tables


def _find_claim(entry: ClaimEntry, claims: "dict[str, FactualClaim]") -> "FactualClaim":
    claim = claims.get(entry.claim_id)
    if claim is None:
        raise DefinitionError(
            f"{entry.where} corrects {entry.claim_id!r}, which was not read.",
            allowed=", ".join(claims) or "no claim was read",
        )
    if not _is_same(entry.expect, claim.sentence.text):
        raise DefinitionError(
            f"{entry.where} expects another sentence for {entry.claim_id!r}: the article "
            f"has changed, or the id is wrong. It reads now: {claim.sentence.text!r}",
            allowed="the sentence itself, or the first 12 digits of its SHA-256",
            todo="draft the claims file again",
        )
    return claim


def _is_same(expected: str, sentence: str) -> bool:
    words = " ".join(sentence.split())
    return (
        expected == sha256_text(sentence)[:SHORT] or " ".join(expected.split()) == words
    )


def _find_sentence(
    entry: ClaimEntry, reading: Reading, *, content: bytes | str
) -> "Span":
    # an added claim's sentence must stand in the article exactly once
    if content:
        spans = _spans_in(load_article(content, name=reading.name), entry.sentence)
        found = f"{len(spans)} times"
    else:
        listed = [claim.sentence for claim in reading.claims]
        listed += [statement.sentence for statement in reading.unchecked]
        spans = [s for s in dict.fromkeys(listed) if _is_same(entry.sentence, s.text)]
        found = f"{len(spans)} times among the sentences that were listed"
    if len(spans) == 1:
        return spans[0]
    raise DefinitionError(
        f"{entry.where} adds a sentence that stands in the article {found}.",
        allowed="a sentence that stands there exactly once, letter by letter",
    )


def _spans_in(article: "Article", sentence: str) -> list[Span]:
    spans: list[Span] = []
    start = article.text.find(sentence)
    while start >= 0:
        first, last = article.to_raw.to_raw(start, start + len(sentence))
        spans.append(Span(start=first, end=last, text=sentence))
        start = article.text.find(sentence, start + 1)
    return spans


def _with_claims(
    reading: Reading, claims: "dict[str, FactualClaim]", *, notes: list[str]
) -> Reading:
    return replace(
        reading,
        claims=tuple(
            sorted(claims.values(), key=lambda c: (-c.check_worthiness, c.sentence.start))
        ),
        arithmetic=tuple(
            replace(a, claim_ids=tuple(i for i in a.claim_ids if i in claims))
            for a in reading.arithmetic
        ),
        notes=tuple(notes),
    )
