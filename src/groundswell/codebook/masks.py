"""Codes of a text as bits of one integer: reading, settling and folding them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from groundswell.codebook.model import Codebook


def unpack_mask(
    mask: int, *, keys: "Sequence[tuple[str, str]]"
) -> frozenset[tuple[str, str]]:
    """List the codes of a bit mask.

    Parameters
    ----------
    mask
        Bit `i` stands for `keys[i]`.
    keys
        Dimension and code of each bit.

    Returns
    -------
    frozenset
        The keys whose bits are set.
    """
    return frozenset(key for number, key in enumerate(keys) if mask >> number & 1)


def pack_codes(
    codes: "Iterable[tuple[str, str]]", *, keys: "Sequence[tuple[str, str]]"
) -> int:
    """Write codes as a bit mask; the reverse of `unpack_mask`.

    Parameters
    ----------
    codes
        Dimension and code of each.
    keys
        Dimension and code of each bit.

    Returns
    -------
    int
        Bit `i` stands for `keys[i]`.
    """
    return sum(1 << keys.index(key) for key in set(codes))


def side_bits(codebook: "Codebook") -> tuple[int, int]:
    """Return the bits of all sides, and those of all codes that count alone."""
    codes = [code for dimension in codebook.dimensions for code in dimension.codes]
    sides = sum(1 << number for number, c in enumerate(codes) if c.role == "side")
    return sides, sum(1 << number for number, c in enumerate(codes) if c.alone)


def settle_alone(mask: int, *, sides: int, alone: int) -> int:
    """Drop the codes that count alone from a mask that has a side."""
    return mask & ~alone if mask & sides else mask


def fold_mask(codebook: "Codebook", mask: int, *, choices: "Mapping[str, str]") -> int:
    """Count codes as sides as the chosen options of the codebook's decisions say.

    Parameters
    ----------
    codebook
        The codebook.
    mask
        Codes of one text, as a bit mask over `code_keys`.
    choices
        Option by decision; decisions of others are passed over, and an option that a
        decision lacks is refused.

    Returns
    -------
    int
        The mask with the folded codes replaced by their sides. Codes that count alone are
        dropped where a side has come about.
    """
    for decision in codebook.decisions:
        if decision.decision_id in choices:
            decision.option(choices[decision.decision_id])
    keys = codebook.code_keys
    folded = mask
    for fold in codebook.folds:
        if choices.get(fold.decision_id) != fold.option_id:
            continue
        bit = 1 << keys.index((fold.dimension, fold.code))
        if mask & bit:
            folded = folded & ~bit | 1 << keys.index((fold.dimension, fold.side))
    sides, alone = side_bits(codebook)
    return settle_alone(folded, sides=sides, alone=alone)
