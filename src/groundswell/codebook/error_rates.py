"""How often a codebook errs, as a hand-coded sample showed: a part of its file."""

from typing import TYPE_CHECKING

from groundswell.core.codebooks import ErrorRate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.codebooks import Dimension
    from groundswell.core.toml_tables import TomlTable

_KEYS = ("code", "wording", "sensitivity", "precision", "n", "where")
_ENDS = 2


def parse_error_rates(
    root: "TomlTable", *, wordings: "Sequence[str]", dimensions: "Sequence[Dimension]"
) -> tuple[ErrorRate, ...]:
    """Read the tables `[[error_rate]]` of a codebook.

    Parameters
    ----------
    root
        The parsed file.
    wordings, dimensions
        What it declares, to which the rates must belong.

    Returns
    -------
    tuple
        At most one for each code and wording.
    """
    known = tuple(code.code for d in dimensions for code in d.codes)
    rates: list[ErrorRate] = []
    for table in root.tables("error_rate"):
        table.refuse_unknown(_KEYS)
        rate = ErrorRate(
            code=_one_of(table, "code", known=known),
            wording=_one_of(table, "wording", known=wordings),
            sensitivity=_ends(table, "sensitivity"),
            precision=_ends(table, "precision"),
            n=_count(table, "n"),
            where=table.text("where"),
        )
        if any((rate.code, rate.wording) == (r.code, r.wording) for r in rates):
            raise table.error("code", f"{rate.code} has two rates for {rate.wording}.")
        rates.append(rate)
    return tuple(rates)


def _one_of(table: "TomlTable", key: str, *, known: "Sequence[str]") -> str:
    value = table.text(key)
    if value not in known:
        raise table.error(
            key, f"{value!r} is not declared here.", allowed=", ".join(known)
        )
    return value


def _ends(table: "TomlTable", key: str) -> tuple[float, float]:
    value = table.data.get(key)
    listed = value if isinstance(value, list) else []
    numbers = [v for v in listed if type(v) in {int, float}]
    if (
        len(listed) != _ENDS
        or len(numbers) != _ENDS
        or not 0 < numbers[0] <= numbers[1] <= 1
    ):
        raise table.error(
            key,
            f"{value!r} is no interval of a rate.",
            allowed="two numbers above 0 and up to 1, the lower end first: [0.9, 0.98]",
        )
    return float(numbers[0]), float(numbers[1])


def _count(table: "TomlTable", key: str) -> int:
    value = table.data.get(key)
    if type(value) is not int or value < 1:
        raise table.error(
            key, f"{value!r} is no number of texts.", allowed="a whole number from 1"
        )
    return value
