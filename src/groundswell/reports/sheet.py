"""A sheet of terminal text: headings, pairs and tables, wrapped to a width."""

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from groundswell.reports.formatting import (
    inert,
    one_line,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

Cell = str | tuple[str, str] | None

QUIET = "dim"
STRONG = "bold"
ARTICLE = "yellow"
MARKED = "bold yellow underline"
LONGEST_LINE = 600  # characters of one field on a terminal
_ONE_LINE = dict.fromkeys(map(ord, "\n\t\u2028\u2029"), " ")
_NARROWEST = 40
_WIDEST = 100


class Sheet:
    """Text for a terminal, written from the top down.

    Whatever is put on it is plain text: nothing in it is read as markup, and control
    characters are taken out.

    Parameters
    ----------
    width
        Columns of the terminal. A sheet is never narrower than 40.
    colour
        Whether to use colours and weights.
    widest
        Columns that are used at most: longer lines are hard to read.
    """

    def __init__(self, *, width: int, colour: bool, widest: int = _WIDEST) -> None:
        self.width = max(min(width, widest), _NARROWEST)
        self.colour = colour
        self._file = StringIO()
        self._console = Console(
            file=self._file,
            width=self.width,
            color_system="standard" if colour else None,
            force_terminal=colour,
            no_color=not colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def text(self) -> str:
        """Return all that was written, without spaces at the ends of lines."""
        lines = self._file.getvalue().split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"

    def blank(self) -> None:
        """Leave a line empty."""
        self._console.print()

    def write(self, *parts: "str | tuple[str, str]", indent: int = 0) -> None:
        """Write a paragraph of parts, each plain or with its style."""
        self.show(assemble(*parts), indent=indent)

    def show(self, what: "RenderableType", *, indent: int = 0) -> None:
        """Write anything that Rich can draw."""
        self._console.print(Padding(what, (0, 0, 0, indent)) if indent else what)

    def title(self, words: str) -> None:
        """Write the first line of a sheet."""
        self.write((words, STRONG))

    def section(self, words: str) -> None:
        """Begin a part of the sheet under a line."""
        self.blank()
        title = Text(_clean(words), style=STRONG)
        self._console.print(Rule(title, align="left", characters="─", style=QUIET))

    def heading(self, words: str) -> None:
        """Begin a smaller part."""
        self.blank()
        self.write((words, STRONG))

    def items(self, words: "Iterable[str]", *, indent: int = 2) -> None:
        """Write a list, an item to a paragraph."""
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column()
        grid.add_column(overflow="fold")
        for item in words:
            grid.add_row("-", assemble(item))
        if grid.row_count:
            self.show(grid, indent=indent)

    def pairs(self, pairs: "Sequence[tuple[str, str]]", *, indent: int = 2) -> None:
        """Write labels with their words beside them."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style=QUIET, max_width=self.width // 3, overflow="fold")
        grid.add_column(ratio=1, overflow="fold")
        for label, words in pairs:
            grid.add_row(_text(label), assemble(words))
        if grid.row_count:
            self.show(grid, indent=indent)

    def links(self, pairs: "Sequence[tuple[str, str]]", *, indent: int = 2) -> None:
        """Write labels with addresses, each on its own line and never broken."""
        widest = max((len(label) for label, _ in pairs), default=0)
        for label, address in pairs:
            shown = f"{' ' * indent}{label:<{widest}}  "
            text = assemble((shown, QUIET), address)
            self._console.print(text, soft_wrap=" " not in text.plain[len(shown) :])

    def table(
        self,
        names: "Sequence[str]",
        rows: "Iterable[Sequence[Cell]]",
        *,
        right: "Sequence[int]" = (),
        indent: int = 2,
    ) -> None:
        """Write a table; a cell of `None` is a line above a sum.

        Parameters
        ----------
        names
            Names of the columns.
        rows
            Cells, each plain or with its style.
        right
            Places of the columns that hold numbers: they stand to the right.
        indent
            Columns left free.
        """
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=QUIET)
        for place, name in enumerate(names):
            is_number = place in right
            table.add_column(
                _text(name),
                justify="right" if is_number else "left",
                no_wrap=is_number,
                overflow="fold",
            )
        for row in rows:
            table.add_row(*(_cell(cell) for cell in row))
        if table.row_count:
            self.show(table, indent=indent)

    def command(self, *lines: str, indent: int = 2) -> None:
        """Write commands, each on its own line and never wrapped by the sheet."""
        for line in lines:
            text = _text(" " * indent + one_line(line), style="cyan")
            self._console.print(text, soft_wrap=True)


def assemble(*parts: "str | tuple[str, str]") -> Text:
    """Join plain and styled parts into one text that is read as nothing but text."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(_clean(words), style=style or None)
    return text


def _text(words: str, *, style: str = "") -> Text:
    return Text(_clean(words), style=style)


def _cell(cell: Cell) -> Text:
    if cell is None:
        return Text("─" * 7, style=QUIET)
    return assemble(cell)


def _clean(words: str) -> str:
    """Put a field on one line, inert and of bearable length, its outer spaces kept."""
    return inert(shorten(words, LONGEST_LINE)).translate(_ONE_LINE)
