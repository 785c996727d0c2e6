"""Files, readings, rows, replays and figures as sheets for the terminal."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import format_count, join_words
from groundswell.core.sources import FINDINGS_OF_THE_FILE
from groundswell.reports.claim_view import view_claim_scope
from groundswell.reports.evidence_view import view_ledger
from groundswell.reports.figure_view import view_figure_entry
from groundswell.reports.formatting import plural, sentence_case
from groundswell.reports.sheet import MARKED, QUIET, STRONG, Sheet
from groundswell.reports.source_view import view_snapshot
from groundswell.reports.terminal_parts import write_ledger, write_withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import FactualClaim, Reading
    from groundswell.core.doctor import Diagnosis
    from groundswell.core.figures import Figure
    from groundswell.core.receipts import Replay, RowSet
    from groundswell.core.sources import Finding, IngestResult

_NAMELESS = "(no name)"
_PART = 200
_CELL = 12  # columns below which a table of rows is written row by row instead


def render_ingest_card(result: "IngestResult", *, width: int, colour: bool) -> str:
    """Render what reading a file of records did: every row, every column, what was odd.

    Parameters
    ----------
    result
        What was read.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet, snapshot = Sheet(width=width, colour=colour), view_snapshot(result.snapshot)
    news = "read" if result.is_new else "held already, nothing was done"
    sheet.title(f"{result.snapshot.file_name}: {news}")
    sheet.write(snapshot.title)
    sheet.write((snapshot.citation, QUIET))
    sheet.pairs(snapshot.facts, indent=0)
    unit = view_ledger(result.rows)
    sheet.heading(f"Every {unit.unit} accounted for")
    write_ledger(sheet, unit)
    used = [column for column in result.columns if column.target]
    kept = [column for column in result.columns if not column.target]
    sheet.heading(f"{plural(len(result.columns), 'column')}, {len(used):,} of them used")
    cells = [(c.column.strip() or _NAMELESS, c.target, f"{c.n_filled:,}") for c in used]
    sheet.table(("Column", "Becomes", "Filled rows"), cells, right=(2,))
    if kept:
        names = _all_names([column.column for column in kept])
        sheet.write(("Kept as it is in the record, not used: ", QUIET), *names, indent=2)
    if result.findings:
        sheet.heading("What was odd, and what was done about it")
    for finding in result.findings:
        sheet.write(*_odd(finding), indent=2)
        sheet.items(finding.examples, indent=4)
    return sheet.text()


def _all_names(columns: "Sequence[str]") -> list[str]:
    """Write names of columns in parts, since of a long text only the start is shown."""
    n_nameless = sum(not column.strip() for column in columns)
    names = [column for column in columns if column.strip()]
    if n_nameless:
        names.append(f"{n_nameless} without a name")
    words = join_words(names)
    cuts = range(0, len(words), _PART)
    return [words[cut : cut + _PART] for cut in cuts]


def _odd(finding: "Finding") -> tuple[str | tuple[str, str], ...]:
    """Write a finding, its count behind it: a label suits one row and a thousand."""
    words = sentence_case(finding.label)
    if finding.kind in FINDINGS_OF_THE_FILE:
        return (f"{words}.",)
    return (f"{words}: ", (format_count(finding.n), STRONG))


def render_reading_card(reading: "Reading", *, width: int, colour: bool) -> str:
    """Render an article as read: its claims with their scope, and what was left.

    Parameters
    ----------
    reading
        The article as read.
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
    sheet.title(f"{plural(len(reading.claims), 'claim')} that records can speak to")
    sheet.write(f"“{reading.title}”" if reading.title else reading.name)
    sheet.write((f"{reading.name}, {plural(reading.n_characters, 'character')}", QUIET))
    sheet.items(reading.notes, indent=0)
    for claim in reading.claims:
        _write_claim(sheet, claim)
    if reading.unchecked:
        sheet.section("What no record can decide")
    for statement in reading.unchecked:
        sheet.write(f"“{statement.sentence.text}”", indent=2)
        sheet.write((f"“{statement.words.text}”: {statement.why}", QUIET), indent=4)
    if reading.arithmetic:
        sheet.section("Numbers that exclude one another")
    for finding in reading.arithmetic:
        words = join_words([span.text for span in finding.spans])
        sheet.write((words, STRONG), f": {finding.explanation}", indent=2)
    sheet.section("Parts of the page")
    rows = [(r.kind, f"{r.start:,}", f"{r.end:,}") for r in reading.regions]
    sheet.table(("Part", "From", "To"), rows, right=(1, 2))
    return sheet.text()


def _write_claim(sheet: Sheet, claim: "FactualClaim") -> None:
    quote, scope = view_claim_scope(claim)
    sheet.section(f"Claim {claim.claim_id}")
    sheet.write("“", *((p.text, MARKED if p.is_marked else "") for p in quote), "”")
    sheet.pairs(
        [
            (row.part, f"{row.value} (“{row.words}”)" if row.words else row.value)
            for row in scope
        ]
    )


def render_rows_card(rows: "RowSet", *, width: int, colour: bool) -> str:
    """Render the rows behind a number: a table where it fits, else row by row.

    Parameters
    ----------
    rows
        The rows, or a sample of them.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text.
    """
    sheet = Sheet(width=width, colour=colour, widest=width)
    sheet.title(f"{plural(rows.n_rows, 'row')} behind {rows.receipt_id}")
    if len(rows.rows) < rows.n_rows:
        sheet.write((f"{plural(len(rows.rows), 'row')} of them shown.", QUIET))
    if len(rows.columns) * _CELL <= sheet.width:
        sheet.blank()
        sheet.table(rows.columns, rows.rows, indent=0)
    else:
        for number, row in enumerate(rows.rows, start=1):
            sheet.heading(f"{number:,}")
            pairs = zip(rows.columns, row, strict=True)
            sheet.pairs([(name, cell) for name, cell in pairs if cell])
    write_withheld(sheet, rows.withheld)
    if rows.snapshots:
        sheet.section("Sources")
    for snapshot in rows.snapshots:
        source = view_snapshot(snapshot)
        sheet.write(source.citation, indent=2)
        sheet.write((source.terms, QUIET), indent=4)
    return sheet.text()


def render_replay_card(replay: "Replay", *, width: int, colour: bool) -> str:
    """Render what repeating a receipt gave.

    Parameters
    ----------
    replay
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
    outcome = "the same bytes" if replay.is_same else "not the same bytes"
    sheet.title(f"Receipt {replay.receipt_id}: {outcome}")
    if replay.changes:
        sheet.heading("What is different now")
        sheet.items(replay.changes)
    return sheet.text()


def render_figures_card(figures: "Sequence[Figure]", *, width: int, colour: bool) -> str:
    """Render published figures, each with its exact scope.

    Parameters
    ----------
    figures
        In the order in which they are printed.
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
    sheet.title(plural(len(figures), "published figure"))
    for figure in figures:
        view = view_figure_entry(figure)
        sheet.section(figure.figure_id)
        sheet.write((view.title, STRONG), f" “{view.scope_words}”")
        sheet.pairs(view.facts)
        sheet.links(view.links)
        if view.note:
            sheet.write((view.note, QUIET), indent=2)
    return sheet.text()


def render_doctor_card(diagnosis: "Diagnosis", *, width: int, colour: bool) -> str:
    """Render what `doctor` finds.

    Parameters
    ----------
    diagnosis
        Everything that was looked at.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text: what is not as it should be is named first.
    """
    sheet = Sheet(width=width, colour=colour)
    odd = [fact.name for fact in diagnosis.facts if not fact.is_well]
    words = f"Not as it should be: {join_words(odd)}" if odd else "All is as it should be"
    sheet.title(words)
    sheet.pairs([(fact.name, fact.words) for fact in diagnosis.facts])
    return sheet.text()


def render_facts_card(
    title: str, facts: "Sequence[tuple[str, str]]", *, width: int, colour: bool
) -> str:
    """Render names with what is known of them, a pair to a line.

    Parameters
    ----------
    title
        The first line.
    facts
        Pairs of a name and words.
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
    sheet.title(title)
    sheet.pairs(facts)
    return sheet.text()
