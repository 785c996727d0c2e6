"""Two sources side by side, as a sheet for the terminal."""

from typing import TYPE_CHECKING

from groundswell.core.phrases import format_date, format_share, format_window
from groundswell.reports.evidence_view import view_ledger
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import QUIET, STRONG, Sheet
from groundswell.reports.source_view import coverage_words, terms_words
from groundswell.reports.terminal_parts import write_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.core.comparisons import (
        CityDayOverlap,
        ComparedSource,
        Comparison,
        LabelUse,
        SizeAgreement,
        ValueCount,
    )
    from groundswell.reports.sheet import Cell

_MOST_WEEKS = 60
_BAR = 12
_PLACES_OF_RATIO = 2
_NOT_LINKED = (
    "A city-day is a town and a day with at least one report: that both have one does "
    "not say that they mean the same happening."
)


def render_comparison_card(result: "Comparison", *, width: int, colour: bool) -> str:
    """Render a comparison of two sources.

    Parameters
    ----------
    result
        What was counted.
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
    where = result.place.name if result.place else "everywhere"
    sheet.title(f"A: {result.a.name}   B: {result.b.name}")
    sheet.write(f"{format_window(result.window)}, {where}")
    if result.flags:
        sheet.heading("What makes them less comparable")
        sheet.items(result.flags)
    sheet.section("Reports")
    _write_reports(sheet, result)
    sheet.section("Days")
    write_ledger(sheet, view_ledger(result.days))
    _write_weeks(sheet, result)
    sheet.section("City-days")
    sheet.table(
        ("Both on", "Of A in B", "Share", "Of B in A", "Share"),
        [_overlap_row(overlap) for overlap in result.overlaps],
        right=(1, 2, 3, 4),
    )
    sheet.write((_NOT_LINKED, QUIET), indent=2)
    sheet.section("Sizes")
    _write_sizes(sheet, result)
    sheet.section("Labels")
    _write_labels(sheet, result)
    for letter, side in (("A", result.a), ("B", result.b)):
        sheet.section(f"{letter}: {side.name}")
        _write_source(sheet, side)
    return sheet.text()


def _write_reports(sheet: "Sheet", result: "Comparison") -> None:
    """Write the ledgers of both sides beside one another."""
    pairs = list(zip(result.a.ledger.lines, result.b.ledger.lines, strict=True))
    line: Sequence[Cell] = ("", None, None)
    counted = f"{result.a.ledger.counted:,}", f"{result.b.ledger.counted:,}"
    rows: list[Sequence[Cell]] = [
        (a.label, f"{a.n:,}", f"{b.n:,}") for a, b in pairs if a.kind == "left"
    ]
    rows.append(line)
    rows += [(a.label, f"{a.n:,}", f"{b.n:,}") for a, b in pairs if a.kind == "counted"]
    rows.append(line)
    rows.append((("Compared", STRONG), *((n, STRONG) for n in counted)))
    rows.append(line)
    totals = (f"{result.a.ledger.rows_in:,}", f"{result.b.ledger.rows_in:,}")
    rows.append(("All reports read", *totals))
    sheet.table(("Reports", "A", "B"), rows, right=(1, 2))
    facts: list[Sequence[Cell]] = [
        ("First day", *(_day(x.first_day) for x in (result.a, result.b))),
        ("Last day", *(_day(x.last_day) for x in (result.a, result.b))),
        ("Towns", *(f"{x.n_towns:,}" for x in (result.a, result.b))),
        ("City-days", *(f"{x.n_city_days:,}" for x in (result.a, result.b))),
        ("Dates exact to", *(_words(x.date_precision) for x in (result.a, result.b))),
        ("Places exact to", *(_words(x.place_precision) for x in (result.a, result.b))),
    ]
    sheet.blank()
    sheet.table(("", "A", "B"), facts)


def _day(day: "date | None") -> str:
    return format_date(day) if day else "none"


def _words(values: "Sequence[ValueCount]") -> str:
    return ", ".join(f"{one.value or 'not given'} {one.n:,}" for one in values) or "none"


def _write_weeks(sheet: "Sheet", result: "Comparison") -> None:
    shown = result.by_week[:_MOST_WEEKS]
    most = max((max(week.n_a, week.n_b) for week in shown), default=0)
    rows = []
    for week in shown:
        bars = _bar(week.n_a, most, block="█"), _bar(week.n_b, most, block="░")
        counts = f"{week.n_a:,}", f"{week.n_b:,}"
        rows.append((week.day.isoformat(), *counts, (" ".join(bars), QUIET)))
    sheet.blank()
    sheet.table(("Week of", "A", "B", ""), rows, right=(1, 2))
    if len(result.by_week) > _MOST_WEEKS:
        more = plural(len(result.by_week) - _MOST_WEEKS, "further week")
        sheet.write((f"{more} in --json.", QUIET), indent=2)


def _bar(n: int, most: int, *, block: str) -> str:
    length = -(-n * _BAR // most) if most else 0  # rounded up: one report is seen
    return f"{block * length:<{_BAR}}"


def _overlap_row(overlap: "CityDayOverlap") -> "Sequence[Cell]":
    when = (
        "the same day" if not overlap.slack_days else f"within {overlap.slack_days} day"
    )
    cells: list[Cell] = [when]
    for ledger in (overlap.of_a, overlap.of_b):
        cells.append((f"{ledger.counted:,} of {ledger.rows_in:,}", STRONG))
        cells.append(_share(ledger.counted, ledger.rows_in))
    return cells


def _share(n: int, of: int) -> str:
    return format_share(n / of, width=0) if of else "none"


def _write_sizes(sheet: "Sheet", result: "Comparison") -> None:
    sides = (result.a, result.b)
    sheet.table(
        ("", "A", "B"),
        [
            ("Reports with a size", *(_sized(side) for side in sides)),
            ("Sizes by rule", *(_words(side.size_rules) for side in sides)),
        ],
    )
    sheet.write(("Where both have one report of a town and a day:", QUIET), indent=2)
    write_ledger(sheet, view_ledger(result.sizes.ledger))
    if result.sizes.ledger.counted:
        _write_agreement(sheet, result.sizes)


def _sized(side: "ComparedSource") -> str:
    n = side.ledger.counted
    return f"{side.n_sized:,} of {n:,} ({_share(side.n_sized, n)})"


def _write_agreement(sheet: "Sheet", sizes: "SizeAgreement") -> None:
    n = sizes.ledger.counted
    sheet.pairs(
        [
            ("The same ends", f"{sizes.n_equal:,} of {n:,}"),
            ("Intervals that meet", f"{sizes.n_meeting:,} of {n:,}"),
            ("Within a factor of two", f"{sizes.n_within_two:,} of {n:,}"),
            (
                "A divided by B",
                "; ".join(
                    f"{one.level:.0%} of pairs at most {one.ratio:.{_PLACES_OF_RATIO}f}"
                    for one in sizes.ratios
                ),
            ),
        ]
    )


def _write_labels(sheet: "Sheet", result: "Comparison") -> None:
    sheet.pairs(
        [
            (f"{kind}, {letter}", _label_words(use))
            for kind, uses in (
                ("Tactics", (result.a.tactics, result.b.tactics)),
                ("Issues", (result.a.issues, result.b.issues)),
            )
            for letter, use in zip("AB", uses, strict=True)
        ]
    )


def _label_words(use: "LabelUse") -> str:
    if not use.n_reports:
        return "none"
    head = f"{plural(use.n_labels, 'label')} on {plural(use.n_reports, 'report')}"
    return f"{head}: {_words(use.most)}" if use.most else head


def _write_source(sheet: "Sheet", side: "ComparedSource") -> None:
    known = {snapshot.source.source_id: snapshot.source for snapshot in side.snapshots}
    for source in known.values():
        sheet.write((source.title, STRONG), indent=2)
        sheet.write(source.citation, indent=2)
        sheet.pairs([("Terms", terms_words(source)), ("Crowd sizes", source.size_rule)])
    sheet.pairs(
        [
            (
                snapshot.snapshot_id,
                coverage_words(snapshot.coverage, source=snapshot.source),
            )
            for snapshot in side.snapshots
        ]
    )
