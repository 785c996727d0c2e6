"""Texts as people coded them by hand: labels, weights and strata, and what is wrong."""

from collections import defaultdict
from dataclasses import dataclass
from math import isclose, isfinite
from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension

NONE = "none"
BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandCoded:
    """A text as people coded it on one dimension.

    Attributes
    ----------
    text
        The text.
    dimension
        The dimension of the codebook.
    codes
        For each coder who coded the text, the codes given; none is a coding too.
    weight
        How many rows it stands for: rows of its stratum over rows drawn from it.
    stratum
        The part of the records that it was drawn from; empty where the sample has no
        strata.
    """

    text: str
    dimension: str
    codes: tuple[tuple[str, frozenset[str]], ...]
    weight: float = 1.0
    stratum: str = ""

    @property
    def classes(self) -> tuple[frozenset[str], ...]:
        """The codings without repetition: one where all coders agree."""
        return tuple(dict.fromkeys(codes for _, codes in self.codes))


def read_label(label: str, *, dimension: "Dimension") -> frozenset[str]:
    """Read one cell of a hand-coded file: a code, several joined by `+`, or a word.

    Parameters
    ----------
    label
        A code of the dimension, `pro-a + pro-b`, `none`, or `both` where the dimension
        has two sides.
    dimension
        The dimension.

    Returns
    -------
    frozenset
        The codes; empty for `none`.

    Raises
    ------
    UsageError
        If the label is none of these.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> side = load_codebook("us-abortion").side_dimension
    >>> sorted(read_label("both", dimension=side))
    ['abortion-rights', 'anti-abortion']
    """
    word = label.strip()
    if word == NONE:
        return frozenset()
    if word == BOTH and len(dimension.sides) == 2:  # noqa: PLR2004 (both of two)
        return frozenset(dimension.sides)
    codes = frozenset(part.strip() for part in word.split("+"))
    known = [code.code for code in dimension.codes]
    if not codes <= set(known):
        raise UsageError(
            f"{label!r} is not a label of the dimension {dimension.dimension!r}.",
            allowed=f"{', '.join(known)}, several of them joined by +, {NONE}, {BOTH}",
        )
    return codes


def check_hand_codes(codebook: "Codebook", hand_codes: "Sequence[HandCoded]") -> None:
    """Refuse hand codes that no rate can be taken from.

    Parameters
    ----------
    codebook
        Declares the codes.
    hand_codes
        What people coded.

    Raises
    ------
    UsageError
        If there are none, a text has no coder, one coder twice or an unknown code, a
        weight is not a positive number, or strata are named for some texts only or hold
        texts of different weight.
    """
    if not hand_codes:
        raise UsageError(
            "There are no hand codes.", allowed="one or more texts with codes"
        )
    for row in hand_codes:
        _check_row(codebook, row)
    weights: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for row in hand_codes:
        weights[row.dimension, row.stratum].append(row.weight)
    named = {dimension for dimension, stratum in weights if stratum}
    for (dimension, stratum), of_it in weights.items():
        if not stratum and dimension in named:
            raise UsageError(
                f"{len(of_it)} texts have no stratum, and others have one.",
                allowed="a stratum for every text, or none for any",
            )
        if stratum and not isclose(min(of_it), max(of_it)):
            raise UsageError(
                f"Texts of the stratum {stratum!r} have weights from {min(of_it)} to "
                f"{max(of_it)}.",
                allowed="one weight a stratum: its rows over the rows drawn from it",
            )


def _check_row(codebook: "Codebook", row: HandCoded) -> None:
    known = {code.code for code in codebook.dimension(row.dimension).codes}
    if not isfinite(row.weight) or row.weight <= 0:
        raise UsageError(
            f"The weight {row.weight} is not a positive number.", allowed="such as 1"
        )
    coders = [coder for coder, _ in row.codes]
    if not coders or len(set(coders)) < len(coders):
        raise UsageError(
            f"The text {row.text[:60]!r} has no coder, or one coder twice.",
            allowed="each coder once",
        )
    unknown = sorted({code for _, codes in row.codes for code in codes} - known)
    if unknown:
        raise UsageError(
            f"The dimension {row.dimension!r} has no code {unknown[0]!r}.",
            allowed=", ".join(sorted(known)),
        )
