"""The ledger: every row that was read, and why it left or where it was counted."""

from dataclasses import dataclass
from typing import Literal

from groundswell.core.errors import LedgerError

LineKind = Literal["left", "counted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """Rows that share one fate.

    Attributes
    ----------
    reason
        Stable identifier, `outside-window`.
    label
        The same in words for people.
    n
        Number of rows, not negative.
    kind
        `left`: the rows are not part of the number. `counted`: they are.
    """

    reason: str
    label: str
    n: int
    kind: LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A count beside the ledger that is no part of its sum, such as `counted twice`."""

    reason: str
    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """An account of rows that adds up, or is not built at all.

    Each row is charged to the first reason that applies, in the declared order of
    `lines`, so the lines are disjoint and their sum is `rows_in`.

    Attributes
    ----------
    rows_in
        Rows read.
    unit
        What a row is: `row`, `report`, `event`, `line`.
    lines
        In declared order. A line with `n == 0` says that the reason was looked for.
    memos
        Counts that help to read the ledger and are no part of its sum.

    Raises
    ------
    LedgerError
        If a count is negative, a reason occurs twice, or the lines do not add up.

    Examples
    --------
    >>> ledger = Ledger(
    ...     rows_in=10,
    ...     unit="row",
    ...     lines=(
    ...         LedgerLine(reason="undated", label="no date", n=3, kind="left"),
    ...         LedgerLine(reason="a", label="side A", n=7, kind="counted"),
    ...     ),
    ... )
    >>> ledger.counted
    7
    """

    rows_in: int
    unit: str
    lines: tuple[LedgerLine, ...]
    memos: tuple[Memo, ...] = ()

    def __post_init__(self) -> None:
        if self.rows_in < 0 or any(line.n < 0 for line in self.lines):
            raise LedgerError(f"a ledger counts rows, so no count is negative: {self}")
        reasons = [line.reason for line in self.lines]
        if len(reasons) != len(set(reasons)):
            raise LedgerError(f"a ledger names each reason once: {reasons}")
        total = sum(line.n for line in self.lines)
        if total != self.rows_in:
            raise LedgerError(
                f"the ledger does not add up: {self.rows_in} {self.unit}s read, "
                f"{total} accounted for ({self.lines})"
            )

    @property
    def counted(self) -> int:
        """Rows that are part of the number."""
        return sum(line.n for line in self.lines if line.kind == "counted")

    @property
    def left(self) -> int:
        """Rows that are not part of the number."""
        return self.rows_in - self.counted

    def n(self, reason: str) -> int:
        """Count the rows charged to a reason.

        Parameters
        ----------
        reason
            Identifier of one of the lines.

        Returns
        -------
        int
            Number of rows.

        Raises
        ------
        KeyError
            If the ledger has no such line.
        """
        for line in self.lines:
            if line.reason == reason:
                return line.n
        raise KeyError(reason)
