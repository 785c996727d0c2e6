"""Crowd-size phrases beside the numbers that sources gave them, and where we differ.

Run it to list every difference, commonest first:

    python tests/unit/language/size_pairs.py FOLDER_OF_REFERENCE_DATA
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from groundswell.language.sizes import Size, read_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A phrase, and the lowest and highest number that its source wrote beside it."""

    text: str
    low: float | None
    high: float | None


@dataclass(slots=True, kw_only=True)
class Agreement:
    """How many pairs agree, and the rest by phrase, number and our reading."""

    n: int = 0
    n_agree: int = 0
    differences: Counter[tuple[str, float | None, float | None, object]] = field(
        default_factory=Counter
    )

    @property
    def share(self) -> float:
        return self.n_agree / self.n

    def add(self, pair: Pair, size: Size, *, agrees: bool) -> None:
        self.n += 1
        self.n_agree += agrees
        if not agrees:
            self.differences[pair.text, pair.low, pair.high, size.pairs] += 1

    def lines(self) -> Iterator[str]:
        yield f"{self.n_agree} of {self.n} agree ({self.share:.2%})"
        for (text, low, high, pairs), n in self.differences.most_common():
            yield f"{n:5} {text[:80]!r}: the source {low} to {high}, here {pairs}"


def mpeds_agreement(folder: Path) -> Agreement:
    """Compare the mpeds rule with its table; a number cell is read as a phrase itself."""
    result = Agreement()
    for row in _rows(folder / "sizes" / "mpeds_blm_size.csv"):
        size = read_size(row["raw"], rule="mpeds")
        given = read_size(row["parsed"], rule="mpeds").point
        pair = Pair(text=row["raw"], low=given, high=given)
        result.add(pair, size, agrees=size.point == given)
    return result


def ccc_agreement(folder: Path) -> Agreement:
    """Compare the ccc rule with the low and high columns of phase 1.

    Counted are rows with a number whose text is a size: not missing, and not only a
    pointer to a picture (`count pic`), which gives no number to compare.
    """
    result = Agreement()
    for pair in _ccc_pairs(folder):
        size = read_size(pair.text, rule="ccc")
        if pair.low is None or size.kind in {"missing", "evidence-only"}:
            continue
        given = (pair.low, pair.low if pair.high is None else pair.high)
        result.add(pair, size, agrees=given in size.pairs)
    return result


def _ccc_pairs(folder: Path) -> Iterator[Pair]:
    for row in ccc_rows(folder):
        yield Pair(
            text=row.get("EstimateText") or "",
            low=_number(row.get("EstimateLow")),
            high=_number(row.get("EstimateHigh")),
        )


def ccc_rows(folder: Path) -> Iterator[dict[str, str]]:
    """Read the rows of the monthly sheets of phase 1."""
    for path in sorted((folder / "ccc" / "phase1_monthly").glob("*/*.csv")):
        yield from _rows(path)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        yield from csv.DictReader(file)


def _number(cell: str | None) -> float | None:
    try:
        return float((cell or "").replace(",", ""))
    except ValueError:
        return None


if __name__ == "__main__":
    for measure in (mpeds_agreement, ccc_agreement):
        sys.stdout.write("\n".join(measure(Path(sys.argv[1])).lines()) + "\n")
