"""Numbers of an article that cannot all be true, under any rounding.

Precision comes first. A percentage and a count that stand together (`38 % (770)`) fit a
range of bases. A stated base is held against them where the words tie it to them (`770 of
2,301`, `of the 2,301 events`, `of which`), or where two such pairs agree with each other
on a base and with no base that is stated near them. Qualified numbers (`about 40 %`) are
left out.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from groundswell.core.claims import ArithmeticFinding, FactualClaim, Span
from groundswell.language.numbers import find_numbers
from groundswell.reading.number_pairs import (
    NumberLine,
    PrintedNumber,
    read_number_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.reading.article import Article
    from groundswell.reading.bases import BaseRange
    from groundswell.reading.number_pairs import (
        SharePair,
    )
    from groundswell.reading.sentences import Sentence

_NEAR = 3
_NOISE = 1e-9  # of sums of binary fractions
_CAVEAT = (
    "unless the percentages have a base of their own that the article does not state"
)


@dataclass(frozen=True, slots=True)
class _Conflict:
    """Numbers that exclude one another, and why."""

    numbers: tuple[PrintedNumber, ...]
    why: str


def find_arithmetic(
    article: "Article",
    sentences: "Sequence[Sentence]",
    *,
    claims: "Sequence[FactualClaim]",
) -> tuple[ArithmeticFinding, ...]:
    """Find numbers of an article that exclude one another.

    Parameters
    ----------
    article
        The article.
    sentences
        Sentences of its title and body.
    claims
        Its claims, to say which of them rest on the numbers.

    Returns
    -------
    tuple
        Findings of single sentences, then across sentences, then among claims.
    """
    lines = [read_number_line(s.text, start=s.start) for s in sentences]
    conflicts = [c for line in lines for c in _tied_conflicts(line)]
    conflicts += _untied_conflicts(lines)
    found = [_finding(article, conflict, claims=claims) for conflict in conflicts]
    return (*found, *_sums_above_whole(claims))


def _tied_conflicts(line: NumberLine) -> "Iterator[_Conflict]":
    for part, whole in line.fractions:
        if part.value > whole.value:
            yield _Conflict(
                (part, whole), f"{part.text} is more than the {whole.text} that it is of."
            )
    for pair, base in line.tied:
        if pair.count.value <= base.value and not pair.fits(base):
            exact = 100 * pair.count.value / base.value
            yield _Conflict(
                (base, pair.share, pair.count),
                f"{pair.count.text} of {base.text} is {exact:.1f} %, not "
                f"{pair.share.text}; that percentage needs a base of {pair.bases}.",
            )


def _untied_conflicts(lines: "Sequence[NumberLine]") -> list[_Conflict]:
    """Hold pairs that agree on a base against the bases stated in their neighbourhood."""
    found: list[_Conflict] = []
    for run in _runs(lines):
        pairs = [pair for line in run for pair in line.free_pairs]
        common = _common(pairs)
        if common is None or common.high is None or len(pairs) == 1:
            continue
        largest = max(pair.count.value for pair in pairs)
        bases = [b for line in run for b in line.bases if b.value > largest]
        if not bases or any(_may_be_base(base, pairs, common=common) for base in bases):
            continue
        stated = " and ".join(dict.fromkeys(base.text for base in bases))
        printed = " and ".join(f"{p.share.text} ({p.count.text})" for p in pairs)
        found.append(
            _Conflict(
                (*bases, *(n for p in pairs for n in (p.share, p.count))),
                f"{printed} fit any base from {common}; the stated {stated} fits none of "
                f"them, {_CAVEAT}.",
            )
        )
    return found


def _runs(lines: "Sequence[NumberLine]") -> "Iterator[list[NumberLine]]":
    """Yield stretches of sentences in which no two pairs are far apart."""
    marked = [index for index, line in enumerate(lines) if line.free_pairs]
    group = 0
    groups: list[tuple[int, int]] = []
    for before, index in zip([None, *marked], marked, strict=False):
        group += before is not None and index - before > _NEAR
        groups.append((group, index))
    for _, members in groupby(groups, key=lambda pair: pair[0]):
        places = [index for _, index in members]
        yield list(lines[max(0, places[0] - _NEAR) : places[-1] + 1])


def _common(pairs: "Sequence[SharePair]") -> "BaseRange | None":
    common: BaseRange | None = None
    for index, pair in enumerate(pairs):
        bases = pair.bases
        if bases is None:
            return None
        common = bases if index == 0 else common and common.meet(bases)
    return common


def _may_be_base(
    base: PrintedNumber, pairs: "Sequence[SharePair]", *, common: "BaseRange"
) -> bool:
    return common.holds(base.value) or any(pair.fits(base) for pair in pairs)


def _sums_above_whole(
    claims: "Sequence[FactualClaim]",
) -> "Iterator[ArithmeticFinding]":
    """Flag parts of one whole, in one sentence, that come to more than it."""
    exact = [c for c in claims if c.scope.side and c.value.comparator == "equal"]
    for _, members in groupby(exact, key=lambda c: (c.sentence, _estimand(c))):
        group = list({claim.scope.side: claim for claim in members}.values())
        is_share = group[0].scope.statistic == "share"
        whole = 1.0 if is_share else _whole(group[0])
        total = sum(claim.value.low for claim in group)
        if len(group) == 1 or whole is None or total <= whole + _NOISE:
            continue
        printed = " and ".join(
            f"{100 * c.value.printed:g} %" if is_share else f"{c.value.printed:,.0f}"
            for c in group
        )
        yield ArithmeticFinding(
            spans=tuple(w.span for c in group for w in c.words if w.part == "value"),
            explanation=(
                f"{printed} of the same protests come to more than "
                f"{'100 %' if is_share else f'{whole:,.0f}'}, unless protests that take "
                "both sides are counted twice."
            ),
            claim_ids=tuple(claim.claim_id for claim in group),
        )


def _whole(claim: FactualClaim) -> float | None:
    """Return the number in the words that a count is a part of."""
    words = " ".join(w.span.text for w in claim.words if w.part == "among")
    numbers = find_numbers(words)
    return numbers[0].value if len(numbers) == 1 else None


def _estimand(claim: FactualClaim) -> tuple[object, ...]:
    scope = claim.scope
    return (
        scope.statistic,
        scope.codebook_id,
        scope.among,
        scope.unit,
        scope.window,
        scope.place,
    )


def _finding(
    article: "Article", conflict: _Conflict, *, claims: "Sequence[FactualClaim]"
) -> ArithmeticFinding:
    spans = []
    for number in sorted(set(conflict.numbers), key=lambda n: n.place):
        start, end = article.to_raw.to_raw(*number.place)
        spans.append(Span(start=start, end=end, text=article.text[slice(*number.place)]))
    resting = [
        claim.claim_id
        for claim in claims
        for word in claim.words
        if word.part == "value"
        and any(s.start < word.span.end and word.span.start < s.end for s in spans)
    ]
    return ArithmeticFinding(
        spans=tuple(spans),
        explanation=conflict.why,
        claim_ids=tuple(dict.fromkeys(resting)),
    )
