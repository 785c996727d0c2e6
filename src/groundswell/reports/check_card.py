"""The check of an article as a sheet for the terminal: what the page says, shorter."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import join_words
from groundswell.reports.article_view import view_check
from groundswell.reports.formatting import plural, sentence_case, shorten
from groundswell.reports.sheet import ARTICLE, MARKED, QUIET, STRONG, Sheet
from groundswell.reports.terminal_parts import (
    write_decisions,
    write_ledger,
    write_nearest,
    write_range,
    write_source,
)
from groundswell.reports.wording import flip_heads

if TYPE_CHECKING:
    from groundswell.core.verdicts import ArticleCheck
    from groundswell.reports.article_view import ArticleView
    from groundswell.reports.claim_view import ClaimView
    from groundswell.reports.figure_view import FigureView

SHAPES = {
    "reproduced": "●",
    "traced": "◉",
    "narrower": "▣",
    "depends": "◐",
    "contradicted": "×",
    "inconsistent": "≠",
    "undecidable": "○",
}
_MOST_NEIGHBOURS = 20
_FEW_NEIGHBOURS = 3
_FIGURE_FACTS = {"When", "Where", "Missing words", "Printed by"}


def render_check_card(
    check: "ArticleCheck",
    *,
    width: int,
    colour: bool,
    details: bool = False,
    at: str = "",
) -> str:
    """Render the check of an article for a terminal.

    Parameters
    ----------
    check
        The article and the verdicts on its claims.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.
    details
        Whether to print what the page holds at length: every figure considered, the
        ledger line by line, all decisions, how the article was read.
    at
        Goes after the commands that find something again, such as ` -w WORKSPACE`.

    Returns
    -------
    str
        The text, with escape sequences only where colour is used.
    """
    sheet, page = Sheet(width=width, colour=colour), view_check(check)
    _write_opening(sheet, page)
    for claim in page.claims:
        _write_claim(sheet, claim, details=details, at=at)
    _write_arithmetic(sheet, page)
    _write_unchecked(sheet, page, details=details)
    if details:
        _write_reading(sheet, page)
    _write_sources(sheet, page, details=details)
    if page.receipt_id:
        sheet.section("To repeat the check, and to see more")
        sheet.command(f"groundswell replay {page.receipt_id}{at}")
        if not details:
            more = "All of it: the same command with --details, or with --html FILE."
            sheet.write((more, QUIET), indent=2)
    return sheet.text()


def _write_opening(sheet: Sheet, page: "ArticleView") -> None:
    sheet.title(page.headline)
    if page.title:
        sheet.write(f"“{page.title}”")
    sheet.write((f"{page.name}, {page.dateline}", QUIET))
    if page.tally:
        sheet.blank()
        sheet.write((f"{page.tally.capitalize()}.", STRONG))
    if len(page.claims) > 1:
        rows = [
            (c.claim_id, f"{SHAPES[c.kind]} {c.kind.capitalize()}", c.said)
            for c in page.claims
        ]
        sheet.table(("", "Verdict", "The article says"), rows)
    sheet.items(page.notes, indent=0)


def _write_claim(sheet: Sheet, claim: "ClaimView", *, details: bool, at: str) -> None:
    sheet.section(f"Claim {claim.claim_id} ({claim.number} of {claim.n_claims})")
    quote = [(piece.text, MARKED if piece.is_marked else "") for piece in claim.quote]
    sheet.write("“", *quote, "”")
    sheet.blank()
    verdict = f"{SHAPES[claim.kind]} {claim.kind.capitalize()}"
    sheet.write((verdict, STRONG), (f"  {claim.meaning}", QUIET))
    sheet.write(("In short: ", STRONG), claim.answer)
    if claim.missing_words:
        words = ", ".join(f"“{words}”" for words in claim.missing_words)
        sheet.write(("Words that are missing: ", ARTICLE), words)
    if details:
        sheet.heading("How the sentence was understood")
        sheet.pairs([(row.part, row.value) for row in claim.scope])
    else:
        sheet.write((f"Understood as: {claim.understood}.", QUIET))
    _write_numbers(sheet, claim, details=details)
    if claim.reasons:
        sheet.heading("Why this verdict")
        sheet.items(claim.reasons)
    _write_flips(sheet, claim)
    _write_figures(sheet, claim, details=details)
    _write_account(sheet, claim, details=details, at=at)
    if claim.needed:
        sheet.heading("What would decide it")
    for needed in claim.needed:
        sheet.write((needed.dataset, STRONG), f" {needed.why}", indent=2)
        sheet.command(needed.command)


def _write_numbers(sheet: Sheet, claim: "ClaimView", *, details: bool) -> None:
    measured = claim.measurement
    if measured is None:
        return
    sheet.blank()
    sheet.write(claim.coverage)
    sheet.heading(f"{sentence_case(measured.quantity)} ({measured.scope})")
    said = (measured.sentence, claim.holds, claim.off_by)
    sheet.write(" ".join(sentence for sentence in said if sentence))
    if measured.range is not None:
        sheet.blank()
        write_range(sheet, measured.range)
    sheet.heading("The nearest numbers")
    most = _MOST_NEIGHBOURS if details else _FEW_NEIGHBOURS
    rows = measured.nearest[: 1 + most]
    write_nearest(sheet, rows, related=claim.related)
    _write_more(sheet, len(measured.nearest) - len(rows), noun="definition")


def _write_flips(sheet: Sheet, claim: "ClaimView") -> None:
    if not claim.flips:
        return
    sheet.heading("What decides it")
    rows = [
        (flip.question, "; ".join(flip.holds_with), "; ".join(flip.fails_with))
        for flip in claim.flips
    ]
    sheet.table(("Decision", *flip_heads(claim.flips)), rows)


def _write_figures(sheet: Sheet, claim: "ClaimView", *, details: bool) -> None:
    if not claim.figures:
        return
    sheet.heading("Published figures considered")
    shown = claim.figures if details else claim.figures[:1]
    for figure in shown:
        _write_figure(sheet, figure)
    _write_more(sheet, len(claim.figures) - len(shown), noun="figure")


def _write_figure(sheet: Sheet, figure: "FigureView") -> None:
    sheet.write((figure.title, STRONG), f" “{figure.scope_words}”", indent=2)
    sheet.write(f"{sentence_case(figure.standing)}.", indent=4)
    if figure.is_probable_origin:
        sheet.write(
            ("Probably where the article’s number comes from.", ARTICLE), indent=4
        )
    kept = [fact for fact in figure.facts if fact[0] in _FIGURE_FACTS]
    sheet.pairs(kept, indent=4)
    sheet.links(figure.links[:1], indent=4)


def _write_account(sheet: Sheet, claim: "ClaimView", *, details: bool, at: str) -> None:
    measured = claim.measurement
    if measured is None:
        return
    sheet.heading(f"Every {measured.ledger.unit} accounted for")
    write_ledger(sheet, measured.ledger, brief=not details)
    if details:
        sheet.heading("Decisions and the options taken")
        write_decisions(sheet, measured)
    if measured.receipt_id:
        sheet.heading("The rows behind this number")
        sheet.command(f"groundswell rows {measured.receipt_id}{at}")


def _write_unchecked(sheet: Sheet, page: "ArticleView", *, details: bool) -> None:
    if not page.unchecked:
        return
    sheet.section("What was not checked, and why")
    if not details:
        rows = [(f"“{shorten(u.words.text, 40)}”", u.why) for u in page.unchecked]
        sheet.pairs(rows)
        return
    for statement in page.unchecked:
        sheet.write(f"“{statement.sentence.text}”", indent=2)
        sheet.write((f"“{statement.words.text}”: {statement.why}", QUIET), indent=4)


def _write_arithmetic(sheet: Sheet, page: "ArticleView") -> None:
    if not page.arithmetic:
        return
    sheet.section("Numbers that exclude one another")
    for finding in page.arithmetic:
        words = join_words([span.text for span in finding.spans])
        sheet.write((words, ARTICLE), f": {finding.explanation}", indent=2)
        if finding.claim_ids:
            touched = f"Touches {', '.join(finding.claim_ids)}."
            sheet.write((touched, QUIET), indent=4)


def _write_reading(sheet: Sheet, page: "ArticleView") -> None:
    sheet.section("How the article was read")
    if page.regions:
        read = [region.kind for region in page.regions if region.is_read]
        sheet.write(f"Claims are taken from {join_words(read) or 'no part'} only.")
        rows = [(r.kind, r.length, r.place) for r in page.regions]
        sheet.table(("Part", "Characters", "Place"), rows, right=(1, 2))
    sheet.pairs(page.reading_facts[:2])


def _write_sources(sheet: Sheet, page: "ArticleView", *, details: bool) -> None:
    if not page.sources and not page.codebooks:
        return
    sheet.section("Sources")
    for view in page.sources:
        if details:
            write_source(sheet, view)
        else:
            sheet.write(view.citation, indent=2)
            sheet.write((view.terms, QUIET), indent=4)
    if page.codebooks:
        sheet.pairs([("Sides and topics", "; ".join(page.codebooks))])


def _write_more(sheet: Sheet, n: int, *, noun: str) -> None:
    """Say what the sheet leaves out, in favour of the page."""
    if n > 0:
        more = plural(n, f"more {noun}")
        sheet.write((f"{more}: see --details.", QUIET), indent=2)
