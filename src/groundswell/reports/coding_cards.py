"""What is found out about codebooks, as sheets for the terminal."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import (
    format_ends,
    format_share,
    join_words,
)
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import MARKED, QUIET, STRONG, Sheet
from groundswell.reports.terminal_parts import write_withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.codings import (
        ConfusionCell,
        DimensionEvaluation,
        Evaluation,
        Rate,
        SymmetryCheck,
        Trial,
        WordingEvaluation,
    )

_MOST_EXAMPLES = 12
_CONTEXT = 60  # characters kept on each side of matched words
_WIDE_RATE = 0.05  # a rate without an interval is printed in whole percent


def render_symmetry_card(check: "SymmetryCheck", *, width: int, colour: bool) -> str:
    """Render whether a codebook treats its sides alike.

    Parameters
    ----------
    check
        What was found.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text: problems first.
    """
    sheet = Sheet(width=width, colour=colour)
    outcome = "treats" if check.is_symmetric else "does not treat"
    sheet.title(f"{check.codebook_id} {check.version} {outcome} its sides alike")
    if check.exchange is not None:
        proof = check.exchange
        sheet.write(
            f"Sides exchanged in {plural(proof.n_texts, 'text')}: "
            f"{proof.n_mirrored:,} of {plural(proof.n_comparisons, 'result')} mirror "
            f"(seed {proof.seed})."
        )
        sheet.items(proof.failures)
    titles = {
        "problem": "Problems: treated differently without a declared reason",
        "declared": "Treated differently, with the reason that is declared",
        "note": "Differences that are no fault",
    }
    for kind, title in titles.items():
        found = [finding for finding in check.findings if finding.kind == kind]
        if found:
            sheet.heading(title)
            sheet.items(f"{finding.place}: {finding.message}" for finding in found)
    if check.pairs:
        sheet.heading("Phrases by rule and code")
    rows = [
        (
            f"{pair.place}{' (exclusion)' if pair.is_exclusion else ''}",
            _by_code(pair.phrases),
            _by_code(tuple((code, n) for code, n in pair.excepts if n)),
        )
        for pair in check.pairs
    ]
    sheet.table(("Rule", "Phrases", "Masks"), rows)
    return sheet.text()


def _by_code(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{n:,} {code}" for code, n in counts)


def render_trial_card(trial: "Trial", *, width: int, colour: bool) -> str:
    """Render what a codebook does with given texts.

    Parameters
    ----------
    trial
        What it does.
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
    sheet.title(f"{trial.codebook_id} {trial.version} on {plural(trial.n_rows, 'row')}")
    sheet.write(
        f"{plural(trial.n_texts, 'distinct text')}; {trial.n_on_topic_texts:,} of them "
        f"({plural(trial.n_on_topic_rows, 'row')}) name the topic."
    )
    for title, hits in (
        ("What was coded", trial.hits),
        ("Several codes at once", trial.overlaps),
    ):
        if hits:
            sheet.heading(title)
        rows = [
            (
                f"{hit.dimension}: {' + '.join(hit.codes)}",
                hit.wording,
                f"{hit.n_texts:,}",
                f"{hit.n_rows:,}",
            )
            for hit in hits
        ]
        sheet.table(("Code", "Wording", "Texts", "Rows"), rows, right=(2, 3))
    _write_frequent(sheet, trial)
    return sheet.text()


def _write_frequent(sheet: Sheet, trial: "Trial") -> None:
    _write_examples(sheet, trial)
    if trial.unmatched:
        sheet.heading("Frequent words in texts on the topic without a code")
    rows = [
        (phrase.phrase, f"{phrase.n_texts:,}", f"{phrase.n_rows:,}")
        for phrase in trial.unmatched
    ]
    sheet.table(("Words", "Texts", "Rows"), rows, right=(1, 2))
    if trial.misses:
        sheet.heading("Texts on the topic without a code")
        missed = [(f"{miss.n_rows:,}", miss.text) for miss in trial.misses]
        sheet.table(("Rows", "Text"), missed, right=(0,))
    write_withheld(sheet, trial.withheld)


def _write_examples(sheet: Sheet, trial: "Trial") -> None:
    if trial.examples:
        sheet.heading("Examples, with the words that decided")
    for hit in trial.examples[:_MOST_EXAMPLES]:
        text, start, end = hit.text, hit.start, hit.end
        before = (
            f"{'…' if start > _CONTEXT else ''}{text[max(start - _CONTEXT, 0) : start]}"
        )
        after = f"{text[end : end + _CONTEXT]}{'…' if len(text) > end + _CONTEXT else ''}"
        sheet.write((f"{hit.code}, {hit.rule}: ", QUIET), indent=2)
        words = (text[start:end], MARKED) if sheet.colour else f"[{text[start:end]}]"
        sheet.write(before, words, after, indent=4)
    more = len(trial.examples) - _MOST_EXAMPLES
    if more > 0:
        sheet.write((f"{plural(more, 'more example')} with --json.", QUIET), indent=2)


def render_evaluation_card(evaluation: "Evaluation", *, width: int, colour: bool) -> str:
    """Render a codebook held against texts that people coded by hand.

    Parameters
    ----------
    evaluation
        What came of it.
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
    sheet.title(f"{evaluation.codebook_id} {evaluation.version} against hand codes")
    for dimension in evaluation.dimensions:
        _write_agreement(sheet, dimension)
        for wording in dimension.wordings:
            _write_accuracy(sheet, wording)
        if dimension.assumptions:
            sheet.heading("What the intervals assume")
            sheet.items(dimension.assumptions)
    return sheet.text()


def _write_agreement(sheet: Sheet, dimension: "DimensionEvaluation") -> None:
    sheet.section(dimension.dimension)
    twice = f"{dimension.n_agreed:,} of {dimension.n_coded_twice:,} texts coded twice"
    sheet.write(
        ("Agreement of the coders: ", QUIET),
        (f"Krippendorff’s alpha {_alpha(dimension.alpha)}", STRONG),
        f", {dimension.reliability}",
    )
    sheet.pairs(
        [
            ("Coders", join_words(dimension.coders)),
            ("Coded by hand", plural(dimension.n_texts, "text")),
            ("All agree on", twice),
            ("Held against", plural(dimension.n_truth, "text")),
            *(
                (f"Stratum {s.stratum}", f"{s.n_drawn:,} of {plural(s.n_rows, 'row')}")
                for s in dimension.strata
            ),
            *((f"Alpha of {code}", _alpha(a)) for code, a in dimension.code_alphas),
        ]
    )
    names = ("Where coders disagree", "")
    _write_cells(sheet, dimension.disagreements, names=names)


def _write_accuracy(sheet: Sheet, wording: "WordingEvaluation") -> None:
    sheet.heading(f"Wording {wording.wording}")
    rows = [
        (
            code.code,
            f"{code.n_truth:,}",
            f"{code.n_coded:,}",
            f"{code.n_both:,}",
            _rate(code.sensitivity),
            _rate(code.precision),
        )
        for code in wording.codes
    ]
    names = ("Code", "By hand", "Coded", "Both", "Sensitivity", "Precision")
    sheet.table(names, rows, right=(1, 2, 3))
    either_way = [
        (code.code, _either_way(code.sensitivity), _either_way(code.precision))
        for code in wording.codes
        if code.sensitivity.either_way or code.precision.either_way
    ]
    sheet.table(
        ("Disagreements resolved either way", "Sensitivity", "Precision"), either_way
    )
    off = [cell for cell in wording.confusion if cell.first != cell.second]
    _write_cells(sheet, off, names=("By hand", "By the codebook"))


def _write_cells(
    sheet: Sheet, cells: "Sequence[ConfusionCell]", *, names: tuple[str, str]
) -> None:
    rows = [(cell.first, cell.second, f"{cell.n:,}") for cell in cells]
    sheet.table((*names, "Texts"), rows, right=(2,))


def _alpha(alpha: float | None) -> str:
    return "undefined" if alpha is None else f"{alpha:.3f}"


def _either_way(rate: "Rate") -> str:
    """Print a rate with disagreements resolved against it and for it."""
    if rate.either_way is None or rate.either_way_interval is None:
        return "no text"
    value, outer = rate.either_way, rate.either_way_interval
    values = format_ends(value.low, value.high, unit="share")
    return f"{values} ({format_ends(outer.low, outer.high, unit='share')})"


def _rate(rate: "Rate") -> str:
    """Print a rate with its interval, as exact as that allows."""
    if rate.value is None:
        return "no text"
    if rate.interval is None:
        return format_share(rate.value, width=_WIDE_RATE)
    low, high = rate.interval.low, rate.interval.high
    value = format_share(rate.value, width=high - low)
    return f"{value} ({format_ends(low, high, unit='share')})"
