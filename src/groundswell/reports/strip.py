"""One line of characters along a number line: marks, bars and words beside them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from groundswell.reports.number_line import Pile

_LEVELS = "▁▂▃▄▅▆▇█"


class Strip:
    """A line of `n` characters on which places are given in percent of its length.

    Parameters
    ----------
    n
        Number of characters.

    Examples
    --------
    >>> strip = Strip(12)
    >>> strip.stretch(25, 50, inside="━", ends="━")
    >>> strip.beside("86%", start=25, end=50)
    >>> strip.text
    '   ━━━━ 86%'
    """

    def __init__(self, n: int) -> None:
        self._cells = [" "] * n

    @property
    def text(self) -> str:
        """The line, without the spaces at its end."""
        return "".join(self._cells).rstrip()

    def place(self, percent: float) -> int:
        """Say which character stands at a place."""
        n = len(self._cells)
        return min(max(int(percent * n / 100), 0), n - 1)

    def put(self, percent: float, symbol: str) -> None:
        """Put one character at a place."""
        self._cells[self.place(percent)] = symbol

    def stretch(self, start: float, end: float, *, inside: str, ends: str) -> None:
        """Draw a line between two places."""
        first, last = self.place(start), self.place(end)
        for i in range(first, last + 1):
            self._cells[i] = inside
        self._cells[first] = self._cells[last] = ends

    def beside(self, words: str, *, start: float, end: float) -> None:
        """Write words to the right of a mark, or to its left where there is no room."""
        after = self.place(end) + 2
        if after + len(words) > len(self._cells):
            after = max(self.place(start) - 1 - len(words), 0)
        self._write(words, after)

    def centred(self, labels: "Iterable[tuple[float, str]]") -> None:
        """Write words centred at places, leaving out any that would touch the last."""
        free = 0
        for percent, words in labels:
            last_start = len(self._cells) - len(words)
            start = min(max(self.place(percent) - len(words) // 2, 0), last_start)
            if start >= free and last_start >= 0:
                self._write(words, start)
                free = start + len(words) + 1

    def pile(self, piles: "Sequence[Pile]") -> None:
        """Draw piles of values as blocks of eight heights."""
        highest = max((pile.n for pile in piles), default=1)
        for pile in piles:
            first = self.place(pile.start)
            level = _LEVELS[(pile.n * len(_LEVELS) - 1) // highest]
            for i in range(first, max(self.place(pile.end), first + 1)):
                self._cells[i] = level

    def _write(self, words: str, start: int) -> None:
        for i, character in enumerate(words, start=start):
            if i < len(self._cells):
                self._cells[i] = character
