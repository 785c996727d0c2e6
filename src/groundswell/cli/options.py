"""Options that several commands share, and how their values are read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from groundswell.api import RecordFiles

DEFAULT_WORKSPACE = Path(".groundswell")

Workspace = Annotated[
    Path,
    typer.Option(
        "-w",
        "--workspace",
        metavar="FOLDER",
        help="Folder for snapshots and receipts.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Also write one self-contained HTML page. Replaces such a page, and no "
        "other file.",
    ),
]
WithNames = Annotated[
    bool,
    typer.Option(
        "--with-names", help="Also what can name private persons or exact places."
    ),
]
Events = Annotated[
    list[Path] | None,
    typer.Option("--events", metavar="FILE", help="A file of records. Repeatable."),
]
Mapping = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="TOML that says which column of a table is what.",
    ),
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="FILE",
        help="TOML on what the files are; else NAME.manifest.toml beside each.",
    ),
]
Corrections = Annotated[
    Path | None,
    typer.Option(
        "--corrections", metavar="FILE", help="TOML of known errors of the source."
    ),
]
Taken = Annotated[
    str,
    typer.Option(
        "--taken",
        metavar="DAY",
        help="Day on which the files were taken, as 2024-03-05.",
    ),
]
Figures = Annotated[
    list[Path] | None,
    typer.Option(
        "--figures",
        metavar="FILE",
        help="Your own published figures, as TOML. Repeatable.",
    ),
]


def read_records(
    files: "list[Path] | None",
    *,
    mapping: Path | None = None,
    manifest: Path | None = None,
    corrections: Path | None = None,
    taken: str = "",
    select: str = "",
) -> "RecordFiles":
    """Take files of records with what is said about them.

    Parameters
    ----------
    files
        The files.
    mapping, manifest, corrections
        TOML files on them.
    taken
        What the user wrote for the day of taking.
    select
        What the user wrote for the kinds of rows.

    Returns
    -------
    groundswell.api.RecordFiles
        For the verbs.

    Raises
    ------
    UsageError
        If something is said about files, and there are none.
    """
    from groundswell import api

    given = {
        "--mapping": mapping,
        "--manifest": manifest,
        "--corrections": corrections,
        "--taken": taken,
    }
    if not files and (idle := [name for name, value in given.items() if value]):
        raise UsageError(
            f"{' and '.join(idle)} without a file of records to read.",
            allowed="these options beside files; records of a workspace are read already",
            todo="give the file with --events, or leave the option out",
        )
    return api.RecordFiles(
        files=tuple(files or ()),
        mapping=mapping,
        manifest=manifest,
        corrections=corrections,
        taken=read_day(taken, option="--taken"),
        select=tuple(kind.strip() for kind in select.split(",") if kind.strip()),
    )


def read_day(text: str, *, option: str) -> date | None:
    """Read a day as YYYY-MM-DD; nothing is no day.

    Parameters
    ----------
    text
        What the user wrote.
    option
        The option, for the message.

    Returns
    -------
    date or None
        The day.

    Raises
    ------
    UsageError
        If the text is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option} {text!r} is not a day.", allowed="YYYY-MM-DD, as 2024-03-05"
        ) from error


def read_pairs(entries: list[str] | None, *, option: str) -> dict[str, str]:
    """Read `name=value` entries.

    Parameters
    ----------
    entries
        What the user wrote.
    option
        The option, for the message.

    Returns
    -------
    dict
        Value by name.

    Raises
    ------
    UsageError
        If an entry has no equals sign, or a name occurs twice.
    """
    pairs: dict[str, str] = {}
    for entry in entries or ():
        name, equals, value = entry.partition("=")
        if not equals or not name or name in pairs:
            raise UsageError(
                f"{option} {entry!r} cannot be read.",
                allowed=f"{option} NAME=VALUE, each name once",
            )
        pairs[name] = value
    return pairs
