"""`reference/codebooks.md`: what the shipped codebooks declare, side by side."""

from collections.abc import Iterator, Sequence

from generating.decisions import decisions_table
from generating.markdown import code, facts_list, page, phrase, plain, table
from groundswell import list_codebooks, show_codebook
from groundswell.core.codebooks import (
    CodebookView,
    Dimension,
    PhraseList,
    PublishedUse,
    Rule,
)

_INTRO = """\
Sides are declared in codebooks and nowhere else. These come with the package; their files
are plain TOML in `src/groundswell/codebook/shipped/`. For another cause,
[write one](../how-to/write-a-codebook.md).

How a text is coded: case, accents, kinds of quotation marks and white space make no
difference. A phrase matches whole words; a `*` at its end lets the last word go on. A
**mask** is a longer phrase that takes the match of a shorter one away where it stands in
it. An **exclusion** takes a code away from the whole text. A rule counts only in the
**wordings** that it names. A code marked *alone* is given only where the text has no
side.

`groundswell codebook check NAME` proves that exchanging the sides mirrors every result.
It does not prove that the phrases are fair; that is measured: see
[Codebook evaluation](evaluation.md)."""


def codebooks_page() -> str:
    """Write the page."""
    parts: list[str] = []
    for summary in list_codebooks().codebooks:
        parts += _codebook(show_codebook(summary.codebook_id))
    return page("Codebooks", _INTRO, *parts, source="the shipped codebooks")


def _codebook(view: CodebookView) -> Iterator[str]:
    summary = view.summary
    yield f"## {summary.codebook_id}"
    yield f"**{plain(summary.title)}**, version {summary.version}."
    yield plain(summary.summary)
    facts = [
        ("wordings", ", ".join(map(code, summary.wordings))),
        ("languages", ", ".join(map(code, summary.languages))),
        ("size", f"{summary.n_codes} codes, {summary.n_phrases:,} phrases"),
        ("articles name the topic by", ", ".join(map(phrase, view.topic_terms))),
        ("SHA-256 of the file", code(summary.sha256)),
    ]
    yield facts_list(facts)
    for dimension in view.dimensions:
        yield from _dimension(view, dimension)
    yield from _decisions(view)
    yield from _uses(view)
    yield from _error_rates(view)


def _dimension(view: CodebookView, dimension: Dimension) -> Iterator[str]:
    name = view.summary.codebook_id
    yield f"### {name}: {dimension.dimension}"
    reads = ", ".join(map(code, dimension.reads))
    yield f"{plain(dimension.title)} Read from {reads}."
    yield table(
        ("code", "kind", "meaning", "articles say"),
        [
            (
                code(one.code),
                one.role + (", alone" if one.alone else ""),
                plain(one.meaning),
                ", ".join(map(phrase, one.article_terms)),
            )
            for one in dimension.codes
        ],
    )
    for rule in dimension.rules:
        yield from _rule(view, rule)


def _rule(view: CodebookView, rule: Rule) -> Iterator[str]:
    kind = "exclusion" if rule.is_exclusion else "rule"
    yield f"#### {rule.dimension}.{rule.rule_id}"
    words = [f"{kind.capitalize()}."]
    if len(view.summary.wordings) > 1:
        words.append(f"Wordings: {', '.join(map(code, rule.wordings))}.")
    if rule.source:
        words.append(f"After {code(rule.source)}.")
    if rule.asymmetry:
        words.append(f"**One-sided on purpose**: {plain(rule.asymmetry)}.")
    yield " ".join(words)
    yield table([code(one.code) for one in rule.lists], _cells(rule.lists))


def _cells(lists: Sequence[PhraseList]) -> Iterator[list[str]]:
    yield [_listed(one.phrases) for one in lists]
    if any(one.excepts for one in lists):
        yield [
            f"*masks:* {_listed(one.excepts)}" if one.excepts else "*no masks*"
            for one in lists
        ]


def _listed(phrases: Sequence[str]) -> str:
    return " · ".join(map(phrase, phrases))


def _decisions(view: CodebookView) -> Iterator[str]:
    if not view.decisions and view.reference is None:
        return
    name = view.summary.codebook_id
    yield f"### {name}: decisions"
    if view.decisions:
        yield (
            "The codebook's own decisions; those that every measure meets are in "
            "[Decisions and the multiverse](../explanation/multiverse.md)."
        )
    yield decisions_table(view.decisions)
    if view.reference is not None:
        reference = view.reference
        yield (
            f"**Reference** {code(reference.reference_id)}: {plain(reference.label)}; "
            f"{plain(reference.why)}. {_choices(reference.choices)}"
        )


def _choices(choices: Sequence[tuple[str, str]]) -> str:
    return ", ".join(code(f"{decision}={option}") for decision, option in choices) + "."


def _uses(view: CodebookView) -> Iterator[str]:
    sources = [
        (
            code(source.key),
            plain(source.who),
            plain(source.what),
            f"<{source.address}>" if source.address else "",
        )
        for source in view.wording_sources
    ]
    uses = [_use(one) for one in view.published_uses]
    if sources or uses:
        yield f"### {view.summary.codebook_id}: sources and uses in print"
    yield table(("wording source", "who", "what", "where"), sources)
    yield table(("use in print", "who", "where", "choices that are known"), uses)


def _use(use: PublishedUse) -> tuple[str, str, str, str]:
    return code(use.use_id), plain(use.who), plain(use.where), _choices(use.choices)


def _error_rates(view: CodebookView) -> Iterator[str]:
    if not view.error_rates:
        return
    yield f"### {view.summary.codebook_id}: error rates"
    yield (
        "Ends of 95 % confidence intervals, rounded outwards, as the error budget of a "
        "check uses them. How they were found: [Codebook evaluation](evaluation.md)."
    )
    yield table(
        ("code", "wording", "sensitivity", "precision", "texts"),
        [
            (
                code(rate.code),
                code(rate.wording),
                _ends(rate.sensitivity),
                _ends(rate.precision),
                str(rate.n),
            )
            for rate in view.error_rates
        ],
    )


def _ends(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.3f} to {ends[1]:.3f}"
