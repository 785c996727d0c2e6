"""The values of a published figure: those that stood in print, and those that follow."""

from dataclasses import dataclass
from decimal import Decimal
from re import compile as pattern
from typing import TYPE_CHECKING, get_args

from groundswell.core.claims import Among, Statistic, Unit
from groundswell.core.figures import FigureValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.toml_tables import TomlTable

_PERCENT = pattern(r"(\d+(?:\.\d+)?)\s?(?:%|per\s?cent)")
_MOST_DECIMALS = 8
_SIDED = {
    "events": "events that take a side",
    "participants": "participants in events that take a side",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a figure counts, and the numbers that were printed by code.

    Attributes
    ----------
    statistic, side, among, unit
        The estimand, as in a claim's scope.
    counts
        Printed counts by code; empty where there are none.
    neutral
        The codes of `counts` that take no side.
    distinct
        Printed number of distinct events, or of all protests where `among` is `all`.
    """

    statistic: Statistic
    side: str
    among: Among
    unit: Unit
    counts: dict[str, int]
    neutral: tuple[str, ...]
    distinct: int | None


def read_tally(entry: "TomlTable") -> Tally:
    """Read the estimand and the printed counts of an entry."""
    by_code = entry.table("counts")
    counts = {code: by_code.count(code) for code in by_code.data}
    tally = Tally(
        statistic=entry.choice("statistic", get_args(Statistic)),
        side=entry.text("side", may_be_empty=True),
        among=entry.choice("among", get_args(Among)),
        unit=entry.choice("unit", get_args(Unit)),
        counts=counts,
        neutral=entry.texts("neutral", required=False),
        distinct=entry.count("distinct") if "distinct" in entry else None,
    )
    for code in tally.neutral:
        if code not in counts:
            raise entry.error(
                "neutral",
                f"{code!r} is not counted.",
                allowed=", ".join(counts) or "no code, because there are no counts",
            )
    if counts and tally.side not in counts:
        raise entry.error(
            "counts", f"the side {tally.side!r} is missing.", allowed="its count too"
        )
    if tally.distinct is not None and tally.distinct < max(counts.values(), default=1):
        raise entry.wrong("distinct", "at least every count")
    return tally


def read_values(entry: "TomlTable", *, tally: Tally) -> tuple[FigureValue, ...]:
    """Read the printed values of an entry and add those that follow from its counts.

    Parameters
    ----------
    entry
        The entry.
    tally
        Its estimand and printed counts.

    Returns
    -------
    tuple of FigureValue
        The printed ones first.
    """
    printed = [
        _read_printed(value, statistic=tally.statistic)
        for value in entry.tables("values")
    ]
    derived = derive_values(tally)
    if not printed and not derived:
        raise entry.error(
            "values", "there is none.", allowed="printed values, counts, or both"
        )
    _check_agreement(entry, printed=printed, derived=derived)
    stated = [
        FigureValue(value=float(number), definition=words, printed=True)
        for number, words in printed
    ]
    return (*stated, *derived)


def derive_values(tally: Tally) -> tuple[FigureValue, ...]:
    """Compute every share that follows from printed counts, each with its base.

    Parameters
    ----------
    tally
        The estimand and the printed counts.

    Returns
    -------
    tuple of FigureValue
        The side over the events that take a side, over all classes where some are
        neutral, and over distinct events; empty for a count. Counts by side say nothing
        about other protests, so a share among all of them follows from `distinct` alone.

    Examples
    --------
    >>> tally = Tally(
    ...     statistic="share",
    ...     side="for",
    ...     among="topic",
    ...     unit="events",
    ...     counts={"for": 60, "against": 20, "neither": 20},
    ...     neutral=("neither",),
    ...     distinct=96,
    ... )
    >>> for value in derive_values(tally):
    ...     print(f"{value.value:.3f} {value.definition}")
    0.750 60 of 80 events that take a side
    0.600 60 of 100 events of all classes, neutral ones included
    0.625 60 of 96 distinct events
    """
    if not tally.counts or tally.statistic == "count":
        return ()
    sided = {c: n for c, n in tally.counts.items() if c not in tally.neutral}
    bases: list[tuple[int, str]] = []
    if tally.among != "all":
        if tally.side in sided and len(sided) > 1:
            bases.append((sum(sided.values()), _SIDED[tally.unit]))
        if tally.neutral:
            classes = f"{tally.unit} of all classes, neutral ones included"
            bases.append((sum(tally.counts.values()), classes))
    if tally.distinct:
        bases.append((tally.distinct, f"distinct {tally.unit}"))
    n = tally.counts[tally.side]
    return tuple(
        FigureValue(value=n / base, definition=f"{n:,} of {base:,} {of}", printed=False)
        for base, of in bases
        if base
    )


def _read_printed(value: "TomlTable", *, statistic: Statistic) -> tuple[Decimal, str]:
    value.refuse_unknown(("value", "definition"))
    words = value.text("definition").strip()
    if statistic == "count":
        return Decimal(value.count("value")), words
    return _read_fraction(value, words=words), words


def _read_fraction(value: "TomlTable", *, words: str) -> Decimal:
    number = value.value("value")
    # a bare 1 could mean one percent, so decimals are asked for
    if not isinstance(number, Decimal) or not _decimals(number) or not 0 <= number <= 1:
        raise value.wrong(
            "value", "a fraction of one with its printed decimals: 0.90 for 90%"
        )
    for percent in _PERCENT.findall(words):
        if Decimal(percent) != number * 100:
            raise value.wrong("value", f"what the words say: {words}")
    return number


def _decimals(number: Decimal) -> int:
    """Count the decimals of a number; 0 where it has none, or no sensible number."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -_MOST_DECIMALS <= exponent < 0:
        return -exponent
    return 0


def _check_agreement(
    entry: "TomlTable",
    *,
    printed: "Sequence[tuple[Decimal, str]]",
    derived: "Sequence[FigureValue]",
) -> None:
    """Hold each printed share against the printed counts, unless the entry notes it."""
    is_noted = bool(entry.text("disagreement", default=""))
    strays = [
        f"{number} ({words})"
        for number, words in printed
        if derived and not any(_rounds_to(value.value, number) for value in derived)
    ]
    if strays and not is_noted:
        follows = ", ".join(f"{value.value:.4f}" for value in derived)
        raise entry.error(
            "values",
            f"{strays[0]} is printed, and none of the counts gives it.",
            allowed=f"{follows}, or a disagreement that says why",
        )
    if is_noted and not strays:
        raise entry.error(
            "disagreement", "one is noted, and there is none.", allowed="no such key"
        )


def _rounds_to(value: float, printed: Decimal) -> bool:
    # a hair more than half a unit: halves go either way in print
    return abs(value - float(printed)) <= 0.5000001 * 10.0 ** -_decimals(printed)
