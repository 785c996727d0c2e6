"""What a mapping says about the file itself: `[file]` and `[recognise] cells`."""

from groundswell.core.toml_tables import TomlTable
from groundswell.ingest.files.layouts import CELL_KINDS
from groundswell.ingest.files.table import FileOptions

_KEYS = ("delimiter", "encoding", "sheet", "columns", "layout", "quotes")


def read_file_options(table: TomlTable, *, cells: TomlTable) -> FileOptions:
    """Read what a mapping says about a file.

    Parameters
    ----------
    table
        `[file]`.
    cells
        `[recognise] cells`: what cells of a first row without a header are, by number.

    Returns
    -------
    FileOptions
        What it says; every key was understood.
    """
    table.refuse_unknown(_KEYS)
    layouts = _layouts(table)
    columns = table.texts("columns", required=False)
    if layouts and columns:
        raise table.error(
            "layout",
            "it stands beside `columns`.",
            allowed="columns for a file whose rows are alike, else [[file.layout]]",
        )
    return FileOptions(
        delimiter=_delimiter(table),
        encoding=_encoding(table),
        sheet=table.text("sheet", default=""),
        columns=columns,
        layouts=layouts,
        cells=_cells(cells),
        quotes=table.flag("quotes") if "quotes" in table else True,
    )


def _delimiter(table: TomlTable) -> str:
    delimiter = table.data.get("delimiter", "")
    if not isinstance(delimiter, str) or delimiter in {'"', "\r", "\n"}:
        raise table.error("delimiter", "it is no delimiter.", allowed='",", ";", "\\t"')
    if delimiter and not (len(delimiter) == 1 and delimiter.isascii()):
        raise table.error(
            "delimiter", f"{delimiter!r} is not one character.", allowed='",", ";", "\\t"'
        )
    return delimiter


def _encoding(table: TomlTable) -> str:
    encoding = table.text("encoding", default="")
    try:
        "".encode(encoding or "utf-8")
    except LookupError as error:
        raise table.error(
            "encoding", f"{encoding!r} is not known.", allowed="utf-8, cp1252, utf-16 ..."
        ) from error
    return encoding


def _layouts(table: TomlTable) -> tuple[tuple[str, ...], ...]:
    layouts: list[tuple[str, ...]] = []
    for layout in table.tables("layout") if "layout" in table else ():
        layout.refuse_unknown(("columns",))
        columns = layout.texts("columns", required=True)
        if len({column.casefold() for column in columns}) < len(columns):
            raise layout.error("columns", "two of them are alike.")
        if len(columns) in map(len, layouts):
            raise layout.error(
                "columns",
                f"another layout has {len(columns):,} columns too.",
                allowed="layouts that differ in their number of columns",
            )
        layouts.append(columns)
    return tuple(layouts)


def _cells(table: TomlTable) -> dict[int, str]:
    kinds = {}
    for number, kind in table.data.items():
        if not (number.isdecimal() and int(number)):
            raise table.error(number, "it is no number of a cell.", allowed="1, 2, 3 ...")
        if kind not in CELL_KINDS:
            raise table.error(
                number, f"{kind!r} is not known.", allowed=", ".join(CELL_KINDS)
            )
        kinds[int(number)] = str(kind)
    return kinds
