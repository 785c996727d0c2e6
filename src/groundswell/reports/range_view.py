"""What is drawn of a range over definitions: bands, piles and marks on a number line."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import format_value
from groundswell.reports.number_line import draw_number_line, pile_up
from groundswell.reports.scope_view import scope_line
from groundswell.reports.wording import (
    allowed_values,
    claim_value,
    published_ends,
    range_sentence,
    specification_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.claims import FactualClaim
    from groundswell.core.measurements import Measurement
    from groundswell.core.verdicts import FigureMatch
    from groundswell.reports.number_line import NumberLine, Pile
_CAPTIONS = {
    "claim": "The article says",
    "reference": "The reference",
    "in-print": "Used in print",
    "figures": "Published figures",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point or a stretch on the number line, positions in percent of its length.

    Attributes
    ----------
    start, end
        Equal for a point.
    is_printed
        Whether the value stood in print, rather than following from printed counts.
    """

    start: float
    end: float
    is_printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRow:
    """Marks of one kind.

    Attributes
    ----------
    kind
        `claim`, `reference`, `in-print` or `figures`.
    caption
        What the marks are.
    label
        Their value as printed; empty where there are several.
    marks
        The marks.
    """

    kind: str
    caption: str
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeView:
    """A range, ready to be drawn and to be read as a table.

    Attributes
    ----------
    title, sentence
        What the values are, and how far they reach.
    line
        The number line.
    piles
        How many definitions give which printed value; empty where that was not kept.
    ends
        The stretch from the lowest to the highest value.
    low_label, high_label
        Those values as printed.
    claim
        The values that the words of the claim allow; `None` without a claim.
    rows
        Marks beneath the piles.
    table
        The same as pairs of words and value, without the piles.
    n_definitions
        How many definitions there are.
    """

    title: str
    sentence: str
    line: "NumberLine"
    piles: "tuple[Pile, ...]"
    ends: Mark
    low_label: str
    high_label: str
    claim: MarkRow | None
    rows: tuple[MarkRow, ...]
    table: tuple[tuple[str, str], ...]
    n_definitions: int


def view_range(
    measurement: "Measurement",
    *,
    claim: "FactualClaim | None" = None,
    figures: "Sequence[FigureMatch]" = (),
) -> RangeView | None:
    """Prepare a range for drawing.

    Parameters
    ----------
    measurement
        The quantity and its range.
    claim
        The claim that is held against it.
    figures
        Published figures; those with the claim's statistic and unit are marked.

    Returns
    -------
    RangeView
        Or `None` where no definition gives a value.
    """
    over, unit = measurement.range, measurement.estimate.unit
    if over.low is None or over.high is None:
        return None
    printed = _printed_values(figures, claim=claim)
    shown = [over.low, over.high, *(value for value, _ in printed)]
    line = draw_number_line([*shown, *_claim_ends(claim)], unit=unit)
    width = over.high - over.low
    return RangeView(
        title=f"{measurement.estimate.quantity} ({scope_line(measurement.scope)})",
        sentence=range_sentence(over, unit=unit),
        line=line,
        piles=pile_up(
            [v.value for v in over.values if v.value is not None],
            line=line,
            unit=unit,
            width=width,
        ),
        ends=Mark(start=line.position(over.low), end=line.position(over.high)),
        low_label=format_value(over.low, unit=unit, width=width),
        high_label=format_value(over.high, unit=unit, width=width),
        claim=_claim_row(claim, line=line),
        rows=_mark_rows(measurement, printed, line=line),
        table=_table(measurement, claim=claim),
        n_definitions=over.n_specifications,
    )


def _printed_values(
    figures: "Sequence[FigureMatch]", *, claim: "FactualClaim | None"
) -> tuple[tuple[float, bool], ...]:
    """Take the values of read figures that measure what the claim measures, each once."""
    if claim is None:
        return ()
    values = {
        (value.value, value.printed)
        for match in figures
        if match.figure.read != "unread"
        and match.relation != "apart"
        and match.figure.statistic == claim.scope.statistic
        and match.figure.unit == claim.scope.unit
        for value in match.figure.values
    }
    return tuple(sorted(values))


def _claim_ends(claim: "FactualClaim | None") -> list[float]:
    """Give the values that the line must show for a claim: what was printed, and near."""
    if claim is None:
        return []
    value = claim.value
    is_narrow = value.high - value.low <= abs(value.printed)
    return [value.printed, value.low, value.high] if is_narrow else [value.printed]


def _claim_row(claim: "FactualClaim | None", *, line: "NumberLine") -> MarkRow | None:
    if claim is None:
        return None
    value = claim.value
    band = Mark(start=line.position(value.low), end=line.position(value.high))
    printed = claim_value(value, statistic=claim.scope.statistic)
    return _row(band, kind="claim", label=printed)


def _mark_rows(
    measurement: "Measurement",
    printed: tuple[tuple[float, bool], ...],
    *,
    line: "NumberLine",
) -> tuple[MarkRow, ...]:
    over, estimate = measurement.range, measurement.estimate
    width = (over.high or 0.0) - (over.low or 0.0)
    rows = []
    if estimate.value is not None:
        place = line.position(estimate.value)
        value = format_value(estimate.value, unit=estimate.unit, width=width)
        point = Mark(start=place, end=place)
        rows.append(_row(point, kind="reference", label=value))
    if over.published_low is not None and over.published_high is not None:
        stretch = Mark(
            start=line.position(over.published_low),
            end=line.position(over.published_high),
        )
        label = published_ends(over, unit=estimate.unit)
        rows.append(_row(stretch, kind="in-print", label=label))
    if printed:
        points = [
            Mark(start=line.position(value), end=line.position(value), is_printed=is_read)
            for value, is_read in printed
        ]
        rows.append(_row(*points, kind="figures", label=""))
    return tuple(rows)


def _row(*marks: Mark, kind: str, label: str) -> MarkRow:
    return MarkRow(kind=kind, caption=_CAPTIONS[kind], label=label, marks=marks)


def _table(
    measurement: "Measurement", *, claim: "FactualClaim | None"
) -> tuple[tuple[str, str], ...]:
    over, estimate = measurement.range, measurement.estimate
    width = (over.high or 0.0) - (over.low or 0.0)

    def show(value: float | None) -> str:
        return format_value(value, unit=estimate.unit, width=width)

    low_at, high_at = (
        specification_words(
            at, reference=estimate.specification, decisions=over.decisions
        )
        for at in (over.low_at, over.high_at)
    )
    rows = [
        (f"Lowest: {low_at}", show(over.low)),
        ("Middle definition", show(over.median)),
        (f"Highest: {high_at}", show(over.high)),
        (f"Reference: {measurement.reference_note}", show(estimate.value)),
    ]
    if over.published_low is not None and over.published_high is not None:
        ends = published_ends(over, unit=estimate.unit)
        rows.append(("Definitions that somebody uses in print", ends))
    if claim is not None:
        allowed = allowed_values(claim.value, statistic=claim.scope.statistic)
        rows.insert(0, ("The article, with what its words allow", allowed))
    return tuple(rows)
