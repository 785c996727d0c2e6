"""Where the parts of a drawn range stand: rows of a table, each with its own drawing.

Each drawing is as wide as its column. Places along the number line are percentages and
heights are pixels, so that text keeps its size on a telephone and on a wide screen.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.reports.formatting import plural

if TYPE_CHECKING:
    from groundswell.reports.number_line import NumberLine, Pile
    from groundswell.reports.range_view import Mark, MarkRow, RangeView

FULL = 1000  # units of the outline, both ways
_PILE_HEIGHT = 96
_ROW_HEIGHT = 30
_CLAIM_HEIGHT = 26
_AXIS_HEIGHT = 26
_LEAST = 40  # height of a pile of one among thousands: it must be seen
_GAP = 0.16  # of a pile's width, left free beside it
_EDGE = 8.0  # percent: nearer to an end than this, a label is written inwards
_BESIDE = 60.0  # percent: labels beside a mark are written to its left from here on
_APART = 24.0  # percent: labels of the two ends nearer than this become one


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words at a place on the line.

    Attributes
    ----------
    position
        In percent of the length of the line.
    anchor
        Which part of the words stands there, in the terms of SVG.
    shift
        Pixels to the right of it.
    text
        The words.
    """

    position: float
    anchor: str
    text: str
    shift: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """One row: the words beside it, its height, its marks and its labels."""

    kind: str
    caption: str
    height: int
    marks: "tuple[Mark, ...]" = ()
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A range, drawn.

    Attributes
    ----------
    band
        The values that the claim's words allow, through all rows; `None` without a claim.
    grid
        Places of the ticks, in percent.
    outline
        All piles as one path, in units of `FULL`; empty where they were not kept.
    rows
        From the top down: the claim, the piles, the marks, the axis.
    """

    band: "Mark | None"
    grid: tuple[float, ...]
    outline: str
    rows: tuple[DrawnRow, ...]


def draw_range(view: "RangeView") -> Drawing:
    """Lay out the drawing of a range.

    Parameters
    ----------
    view
        The range.

    Returns
    -------
    Drawing
        Places and heights of all its parts.
    """
    piles = DrawnRow(
        kind="piles",
        caption=f"All {plural(view.n_definitions, 'definition')}",
        height=_PILE_HEIGHT if view.piles else _ROW_HEIGHT,
        marks=(view.ends,),
        labels=_end_labels(view),
    )
    axis = DrawnRow(
        kind="axis",
        caption="",
        height=_AXIS_HEIGHT,
        labels=axis_labels(view.line),
    )
    claim = [_claim_row(view.claim)] if view.claim else []
    return Drawing(
        band=view.claim.marks[0] if view.claim else None,
        grid=tuple(tick.position for tick in view.line.ticks),
        outline=outline(view.piles),
        rows=(*claim, piles, *(_mark_row(row) for row in view.rows), axis),
    )


def axis_labels(line: "NumberLine") -> tuple[Label, ...]:
    """Label the ticks of a number line so that no label reaches over its ends."""
    return tuple(_label(tick.position, tick.label) for tick in line.ticks)


def outline(piles: "tuple[Pile, ...]") -> str:
    """Draw all piles as one path.

    Parameters
    ----------
    piles
        From low to high.

    Returns
    -------
    str
        Path data in units of `FULL`, as short for ten thousand values as for ten.
    """
    highest = max((pile.n for pile in piles), default=1)
    steps = []
    for pile in piles:
        width = (pile.end - pile.start) * FULL / 100
        start = pile.start * FULL / 100 + width * _GAP / 2
        height = max(round(FULL * pile.n / highest), _LEAST)
        steps.append(f"M{start:.1f} {FULL}v-{height}h{width * (1 - _GAP):.1f}v{height}z")
    return "".join(steps)


def _claim_row(row: "MarkRow") -> DrawnRow:
    band = row.marks[0]
    middle = _label((band.start + band.end) / 2, row.label, edge=20.0)
    return DrawnRow(
        kind=row.kind, caption=row.caption, height=_CLAIM_HEIGHT, labels=(middle,)
    )


def _mark_row(row: "MarkRow") -> DrawnRow:
    labels = []
    if row.label:
        start, end = row.marks[0].start, row.marks[-1].end
        labels.append(
            Label(position=end, anchor="start", text=row.label, shift=12)
            if end < _BESIDE
            else Label(position=start, anchor="end", text=row.label, shift=-12)
        )
    return DrawnRow(
        kind=row.kind,
        caption=row.caption,
        height=_ROW_HEIGHT,
        marks=row.marks,
        labels=tuple(labels),
    )


def _end_labels(view: "RangeView") -> tuple[Label, ...]:
    start, end = view.ends.start, view.ends.end
    if end - start < _APART:
        same = view.low_label == view.high_label
        text = view.low_label if same else f"{view.low_label} to {view.high_label}"
        return (_label((start + end) / 2, text),)
    return _label(start, view.low_label), _label(end, view.high_label)


def _label(position: float, text: str, *, edge: float = _EDGE) -> Label:
    anchor = "middle"
    if position < edge:
        anchor = "start"
    elif position > 100 - edge:
        anchor = "end"
    return Label(position=round(position, 2), anchor=anchor, text=text)
