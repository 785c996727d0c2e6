"""Options that several commands share, and how their values are read."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from groundswell.core.errors import UsageError

DEFAULT_WORKSPACE = Path(".groundswell")

Workspace = Annotated[
    Path, typer.Option("-w", "--workspace", help="Folder for snapshots and receipts.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Html = Annotated[
    Path | None, typer.Option("--html", help="Also write one self-contained HTML page.")
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", help="TOML that says which column of a table is what."),
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest", help="TOML on what the files are (else FILE.manifest.toml)."
    ),
]
Corrections = Annotated[
    Path | None,
    typer.Option("--corrections", help="TOML of known errors of the source."),
]
Taken = Annotated[
    str,
    typer.Option("--taken", help="Day on which the files were taken: YYYY-MM-DD."),
]
Figures = Annotated[
    list[Path] | None,
    typer.Option("--figures", help="Your own published figures, as TOML. Repeatable."),
]


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
