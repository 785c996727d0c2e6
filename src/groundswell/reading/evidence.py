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
    own
        Tokens of the frame's own clause.
    layers
        Its clause, what ends a list of claims, the sentence (for the source alone), and
        the clause of the antecedent.
    antecedent
        Protests that it goes back to.
    earlier
        The claim before it in its sentence, where it goes back to that.
    """

    own: tuple["Token", ...]
    layers: tuple[Layer, ...]
    antecedent: "Antecedent | None"
    earlier: "Resolved | None"

    @property
    def note(self) -> str:
        """Why a window that words name stays open; empty where none does."""
        return next((layer.said.note for layer in self.layers if layer.said.note), "")

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
        for layer in self.layers:
            tokens: tuple[Token, ...] = getattr(layer.said, f"{part}_tokens")
            if tokens:
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
    own = _own_tokens(case)
    layers = [
        Layer(settle(own), case.line),
        Layer(settle(_shared_tokens(case)), case.line),
        Layer(settle(case.tagged.tokens).only_source(), case.line),
    ]
    if antecedent:
        layers.append(Layer(settle(antecedent.tokens), antecedent.line))
    return Evidence(own, tuple(layers), antecedent, earlier)


def _own_tokens(case: "Case") -> tuple["Token", ...]:
    """Return the tokens of the frame's clause that no other frame owns."""
    frame = case.frame
    first, last = clause_of(case.tagged, (frame.start, frame.end))
    for other in case.others:
        if other.quantity < frame.quantity:
            first = max(first, min(other.end, frame.start))
        else:
            last = min(last, max(other.start, frame.end))
    return case.tokens(lead_of(case.tagged, first)) + case.tokens((first, last))


def _shared_tokens(case: "Case") -> tuple["Token", ...]:
    """Return what ends a list of claims and holds for all: `and 12 percent X in May`."""
    frame = case.frame
    last = max((frame, *case.others), key=lambda f: f.quantity)
    if last is frame or ";" in case.tagged.tags[frame.end : last.start]:
        return ()
    _, end = clause_of(case.tagged, (last.start, last.end))
    return case.tokens((last.end, end))
