"""What codebooks declare, as sheets for the terminal."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import join_words
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import QUIET, STRONG, Sheet
from groundswell.reports.terminal_parts import write_options

if TYPE_CHECKING:
    from groundswell.core.codebooks import (
        CodebookList,
        CodebookSummary,
        CodebookView,
        Dimension,
        Rule,
    )

_MOST_PHRASES = 12


def render_codebooks_card(listed: "CodebookList", *, width: int, colour: bool) -> str:
    """Render the list of codebooks.

    Parameters
    ----------
    listed
        The codebooks.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour)
    sheet.title(plural(len(listed.codebooks), "codebook"))
    for summary in listed.codebooks:
        sheet.section(summary.codebook_id)
        _write_summary(sheet, summary)
    return sheet.text()


def _write_summary(
    sheet: Sheet, summary: "CodebookSummary", *, topic: tuple[str, ...] = ()
) -> None:
    sheet.write((summary.title, STRONG), f", version {summary.version}")
    sheet.write(summary.summary)
    sizes = f"{plural(summary.n_codes, 'code')}, {plural(summary.n_phrases, 'phrase')}"
    sheet.pairs(
        [
            ("Dimensions", ", ".join(summary.dimensions)),
            ("Sides", ", ".join(summary.sides) or "none"),
            ("Wordings", ", ".join(summary.wordings)),
            ("Languages", ", ".join(summary.languages)),
            ("Size", sizes),
            ("SHA-256", summary.sha256),
            *([("Topic words", ", ".join(topic))] if topic else []),
        ]
    )


def render_codebook_card(view: "CodebookView", *, width: int, colour: bool) -> str:
    """Render everything that a codebook declares.

    Parameters
    ----------
    view
        The codebook.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text; long lists of phrases are cut, which is said.
    """
    sheet = Sheet(width=width, colour=colour)
    _write_summary(sheet, view.summary, topic=view.topic_terms)
    for dimension in view.dimensions:
        _write_dimension(sheet, dimension)
    if view.decisions:
        sheet.section("Decisions")
        write_options(sheet, view.decisions)
    if view.folds:
        sheet.heading("What options fold into a side")
        rows = [
            (f"{fold.decision_id}={fold.option_id}", f"{fold.code} counts as {fold.side}")
            for fold in view.folds
        ]
        sheet.pairs(rows)
    _write_uses(sheet, view)
    return sheet.text()


def _write_dimension(sheet: Sheet, dimension: "Dimension") -> None:
    sheet.section(f"{dimension.dimension}: {dimension.title}")
    sheet.write((f"Reads {join_words(dimension.reads)}.", QUIET))
    for code in dimension.codes:
        counterpart = f", counterpart {code.counterpart}" if code.counterpart else ""
        alone = ", only where the text has no side" if code.alone else ""
        sheet.write(
            (code.code, STRONG),
            f": {code.label}. {code.meaning}",
            (f" ({code.role}{counterpart}{alone})", QUIET),
            indent=2,
        )
        if code.article_terms:
            terms = ", ".join(code.article_terms)
            sheet.write((f"In articles: {terms}", QUIET), indent=4)
    for rule in dimension.rules:
        _write_rule(sheet, rule)


def _write_rule(sheet: Sheet, rule: "Rule") -> None:
    kind = "Exclusion" if rule.is_exclusion else "Rule"
    source = f", from {rule.source}" if rule.source else ""
    wordings = f" ({', '.join(rule.wordings)}{source})"
    sheet.blank()
    sheet.write((f"{kind} {rule.rule_id}", STRONG), (wordings, QUIET), indent=2)
    if rule.asymmetry:
        sheet.write(f"No counterpart, on purpose: {rule.asymmetry}", indent=4)
    for phrases in rule.lists:
        shown = ", ".join(phrases.phrases[:_MOST_PHRASES])
        more = len(phrases.phrases) - _MOST_PHRASES
        cut = f" and {plural(more, 'more phrase')}" if more > 0 else ""
        masks = f"; not {', '.join(phrases.excepts)}" if phrases.excepts else ""
        sheet.write((f"{phrases.code}: ", QUIET), f"{shown}{cut}{masks}", indent=4)


def _write_uses(sheet: Sheet, view: "CodebookView") -> None:
    if view.reference is not None:
        sheet.section(f"Printed first: {view.reference.label}")
        sheet.write(view.reference.why)
        sheet.pairs(view.reference.choices)
    for use in view.published_uses:
        sheet.section(f"Used in print by {use.who}")
        sheet.write((use.where, QUIET))
        sheet.pairs(use.choices)
    if view.wording_sources:
        sheet.section("Where the wordings come from")
    for source in view.wording_sources:
        read = ", ".join(part for part in (source.address, source.date) if part)
        sheet.write((source.key, STRONG), f": {source.who}, {source.what}", indent=2)
        if read:
            sheet.write((read, QUIET), indent=4)
