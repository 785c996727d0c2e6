"""Which columns of one file feed each use of a mapping."""

from dataclasses import dataclass
from itertools import takewhile

from groundswell.ingest.files.table import OpenTable
from groundswell.ingest.mapping import WILD, Mapping, Use, find_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundUse:
    """A use, and the columns of one file that feed it.

    Attributes
    ----------
    use
        The use.
    names
        Names of the columns in the records, in the order of the file's columns or, for a
        single value, the one that was found first.
    when
        Names of the columns that say whether they count; none where they always do.
    paired
        The column that says something of each of them, empty where the file has none.
    others
        Names of the columns of further values.
    """

    use: Use
    names: tuple[str, ...]
    when: tuple[str, ...] = ()
    paired: "BoundUse | None" = None
    others: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Names of the columns that the value is made of, each once."""
        paired = self.paired.names if self.paired else ()
        return tuple(dict.fromkeys(name for name in (*self.names, *paired) if name))


def bind(mapping: Mapping, table: OpenTable) -> tuple[BoundUse, ...]:
    """Find the columns that a mapping names in a file.

    Parameters
    ----------
    mapping
        The mapping.
    table
        The file.

    Returns
    -------
    tuple
        The uses that the file has columns or a value for.
    """
    bound = []
    for use in mapping.uses:
        names = _names(use, table=table)
        columns, _ = use.when
        when = tuple(n for column in columns for n in find_columns(table, column))
        if (names or use.value) and (when or not columns):
            others = tuple(n for o in use.others for n in find_columns(table, o))
            paired = _pair(use, names=names, table=table)
            bound.append(
                BoundUse(use=use, names=names, when=when, paired=paired, others=others)
            )
    return tuple(bound)


def _pair(use: Use, *, names: tuple[str, ...], table: OpenTable) -> BoundUse | None:
    """Find what says something of each column: by the digits for which its `#` stands."""
    if use.paired is None:
        return None
    (pattern,) = use.paired.columns
    written = dict(zip(table.names, table.columns, strict=True))
    found = (
        find_columns(table, pattern.replace(WILD, "".join(filter(str.isdecimal, column))))
        for column in (written[name] for name in names)
    )
    return BoundUse(use=use.paired, names=tuple("".join(group[:1]) for group in found))


def _names(use: Use, *, table: OpenTable) -> tuple[str, ...]:
    found = [find_columns(table, name) for name in use.columns]
    if use.is_parts:
        # without a column of months, that of days says nothing
        found = list(takewhile(bool, found))
    elif not use.takes_all_columns:
        return next((group[:1] for group in found if group), ())
    return tuple(name for group in found for name in group)
