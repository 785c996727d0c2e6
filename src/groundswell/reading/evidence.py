"""Everything that may settle window, place and source of a frame, the nearest first."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from groundswell.reading.cases import Words
from groundswell.reading.clauses import Settled, clause_of, lead_of, settle

if TYPE_CHECKING:
    from groundswell.core.dates import Window
    from groundswell.core.places import Place
    from groundswell.reading.anaphora import Antecedent
    from groundswell.reading.cases import Case, Line, Resolved
    from groundswell.reading.frames import Frame, Range
    from groundswell.reading.tagging import Token

Part = Literal["window", "place", "source"]


@dataclass(frozen=True, slots=True)
class Layer:
    """What one stretch of words says, and the sentence that it stands in."""

    said: Settled
    line: "Line"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Layers of words, the nearest first; then what the frame goes back to.

    Attributes
    ----------
    ranges
        Where its own words stand: what leads in, its clause, what opens the list.
    layers
        Its clause, what ends a list of claims, what stands between two, what opens the
        list, the sentence (for the source alone), and the clause of the antecedent.
    antecedent
        Protests that it goes back to.
    earlier
        The claim before it in its sentence, where it goes back to that.
    """

    ranges: tuple["Range", ...]
    layers: tuple[Layer, ...]
    antecedent: "Antecedent | None"
    earlier: "Resolved | None"

    @property
    def note(self) -> str:
        """What the reader should know about the window; often empty."""
        layer = self._layer("window")
        return layer.said.note if layer else ""

    @property
    def problem(self) -> str:
        """Why the nearest words on time or place settle none; empty where they do."""
        window, place = self._layer("window"), self._layer("place")
        return (window.said.window_problem if window else "") or (
            place.said.place_problem if place else ""
        )

    def _layer(self, part: Part) -> Layer | None:
        return next((x for x in self.layers if getattr(x.said, f"{part}_tokens")), None)

    def take(self, part: Part) -> "tuple[Window | Place | str | None, tuple[Words, ...]]":
        """Return a part of the scope from the nearest words that speak of it.

        Parameters
        ----------
        part
            The part.

        Returns
        -------
        tuple
            Its value, `None` where no words say it or they leave it open; its words.
        """
        layer = self._layer(part)
        if layer:
            tokens: tuple[Token, ...] = getattr(layer.said, f"{part}_tokens")
            return getattr(layer.said, part), tuple(
                Words(part=part, line=layer.line, start=t.start, end=t.end)
                for t in tokens
            )
        if self.earlier is None:
            return None, ()
        words = tuple(w for w in self.earlier.words if w.part == part)
        return getattr(self.earlier.scope, part), words


def gather(
    case: "Case", antecedent: "Antecedent | None", *, earlier: "Resolved | None"
) -> Evidence:
    """Gather what may settle the scope of a frame.

    Parameters
    ----------
    case
        The frame in its sentence.
    antecedent
        Protests that it goes back to.
    earlier
        The claim before it in its sentence, where it goes back to that.

    Returns
    -------
    Evidence
        The layers.
    """
    own, opening = _own_ranges(case), _opening_range(case)
    layers = [
        Layer(settle([t for tokens in own for t in case.tokens(tokens)]), case.line),
        Layer(settle(_shared_tokens(case)), case.line),
        Layer(settle(case.tokens(_range_between(case))), case.line),
        Layer(settle(case.tokens(opening)), case.line),
        Layer(settle(case.tagged.tokens).only_source(), case.line),
    ]
    if antecedent:
        layers.append(Layer(settle(antecedent.tokens), antecedent.line))
    return Evidence((*own, opening), tuple(layers), antecedent, earlier)


def _own_ranges(case: "Case") -> tuple["Range", "Range"]:
    """Return the frame's clause, without what another frame owns, and what leads in."""
    frame = case.frame
    first, last = clause_of(case.tagged, (frame.start, frame.end))
    for other in case.others:
        if other.quantity < frame.quantity:
            first = max(first, _end_of_other(case, other))
        else:
            # "of the 300 protests in May, 9 in 10": the other takes this one in
            is_around = other.start <= frame.start
            opens = other.quantity if is_around else other.start
            last = min(last, max(opens, frame.end))
    return lead_of(case.tagged, first), (first, last)


def _end_of_other(case: "Case", other: "Frame") -> int:
    """Return where another frame before ends: at the `and` between the two."""
    end = min(other.end, case.frame.start)
    return max(end, case.tagged.tags.rfind("c", end, case.frame.start) + 1)


def _shared_tokens(case: "Case") -> tuple["Token", ...]:
    """Return what ends a list of claims and holds for all: `and 12 percent X in May`."""
    frame = case.frame
    last = max((frame, *case.others), key=lambda f: f.quantity)
    if last is frame or ";" in case.tagged.tags[frame.end : last.start]:
        return ()
    _, end = clause_of(case.tagged, (last.start, last.end))
    return case.tokens((last.end, end))


def _range_between(case: "Case") -> "Range":
    """Return what stands between the claim before and this one, where both share it.

    `300 X protests in May and 12 Y ones`, `300 X were held in May, compared with 12 Y`;
    but not where a comma parts two clauses with a verb each.
    """
    frame, tags = case.frame, case.tagged.tags
    before = [other for other in case.others if other.quantity < frame.quantity]
    if not before:
        return 0, 0
    start = max(before, key=lambda f: f.quantity).end
    words = tags[start : frame.start]
    comma = max(tags.rfind(",", start, frame.start), start)
    has_verb = bool(set("vkrM") & set(tags[comma : frame.end]))
    if ";" in words or "-" in words or ("," in words and has_verb):
        return 0, 0
    return start, max(start, frame.start)


def _opening_range(case: "Case") -> "Range":
    """Return what opens a list of claims and holds for all: `In May, 300 X and 12 Y`."""
    frame, tags = case.frame, case.tagged.tags
    first = min((frame, *case.others), key=lambda f: f.quantity)
    if first is frame:
        return 0, 0
    start, _ = clause_of(case.tagged, (first.start, first.end))
    if ";" not in tags[first.end : frame.start]:
        return start, first.start
    if not _is_contrast(case, (first.end, frame.start)):
        return 0, 0
    # "In May, 300 were X, while 12 were Y": only what stands before the comma
    return start, max(start, tags.rfind(",", start, first.start))


def _is_contrast(case: "Case", tokens: "Range") -> bool:
    """Say whether the only break between two claims is `while` or `whereas`."""
    breaks = [i for i in range(*tokens) if case.tagged.tags[i] == ";"]
    words = {case.tagged.words((i, i + 1)).lower() for i in breaks}
    return words <= {"while", "whereas"}
