"""What was odd in a file as a file: its bytes, its quotation marks, its rows."""

from collections.abc import Mapping

from groundswell.core.sources import Finding
from groundswell.ingest.files.cleaning import CleanText, OddLine
from groundswell.ingest.files.rows import Fit
from groundswell.ingest.files.structure import Structure

_SHOWN = 5
_SHORT = (
    "short-rows",
    "rows have fewer cells than the header; the rest were taken as empty",
)
_LONG = (
    "long-rows",
    "rows have more cells than the header; they are kept as records, not as reports",
)
_UNFIT = (
    "unknown-width",
    "rows have as many cells as no layout; they are kept as records, not as reports",
)
_UNREAD = ("unread-lines", "lines are no rows; kept as records, not as reports")


def text_findings(
    text: CleanText | None, *, rows_of: Mapping[int, int]
) -> tuple[Finding, ...]:
    """Report what was mended in the bytes of a text file.

    Parameters
    ----------
    text
        What was mended; `None` for a file that is no text.
    rows_of
        Row by line, for the lines that were mended.

    Returns
    -------
    tuple
        Findings `encoding`, `not-utf8` and `nul-bytes`, those that apply.
    """
    if text is None:
        return ()
    findings = []
    if text.encoding not in ("utf-8", "utf-8 with a mark"):
        findings.append(
            Finding(kind="encoding", label=f"the file is in {text.encoding}", n=1)
        )
    if text.n_not_utf8:
        findings.append(
            Finding(
                kind="not-utf8",
                label="lines hold bytes that are not UTF-8; those bytes were read as "
                "Windows-1252",
                n=text.n_not_utf8,
                examples=_examples(text.not_utf8, rows_of=rows_of),
            )
        )
    if text.n_nul:
        findings.append(
            Finding(
                kind="nul-bytes",
                label="lines hold NUL bytes, which were left out",
                n=text.n_nul,
                examples=_examples(text.nul, rows_of=rows_of),
            )
        )
    return tuple(findings)


def fit_findings(fit: Fit, *, irregular: Structure | None) -> tuple[Finding, ...]:
    """Report how rows fitted their header.

    Parameters
    ----------
    fit
        How they fitted.
    irregular
        The count of an irregular CSV file; `None` for other files.

    Returns
    -------
    tuple
        Findings `irregular-csv`, `short-rows`, `long-rows`, `unread-lines` and
        `unknown-width`, those that apply.
    """
    findings = []
    if irregular is not None and irregular.irregular:
        findings.append(
            Finding(
                kind="irregular-csv",
                label="the file is not regular CSV; it was read as Python's csv reads it",
                n=1,
                examples=(f"row {irregular.irregular_row:,}: {irregular.irregular}",),
            )
        )
    counted = (
        (_SHORT, fit.n_short, fit.short),
        (_LONG, fit.n_long, fit.long),
        (_UNREAD, fit.n_unread, fit.unread),
        (_UNFIT, fit.n_unfit, fit.unfit),
    )
    findings += [
        Finding(kind=kind, label=label, n=n, examples=tuple(examples))
        for (kind, label), n, examples in counted
        if n
    ]
    return tuple(findings)


def _examples(lines: list[OddLine], *, rows_of: Mapping[int, int]) -> tuple[str, ...]:
    examples = []
    for odd in lines[:_SHOWN]:
        where = f"line {odd.line:,}, byte {odd.raw_offset:,}"
        if odd.line in rows_of:
            where = f"row {rows_of[odd.line]:,} ({where})"
        examples.append(f"{where}: {odd.words}")
    return tuple(examples)
