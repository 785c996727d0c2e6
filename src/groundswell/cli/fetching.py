"""`fetch`, and the part of `doctor` that asks a server."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import emit
from groundswell.cli.progress import Progress
from groundswell.core.errors import FetchError, UsageError

if TYPE_CHECKING:
    from groundswell.api.fetching import Credentials
    from groundswell.core.fetching import FetchMode

Since = Annotated[
    str, typer.Option("--since", metavar="DAY", help="First day, as 2024-03-01.")
]
Until = Annotated[
    str, typer.Option("--until", metavar="DAY", help="Last day, as 2024-03-05.")
]
Countries = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        metavar="NAME",
        help="Of acled: a country, as ACLED writes it. Repeatable.",
    ),
]
_MB = 1_000_000


def fetch(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What to fetch; none lists it all.")
    ] = "",
    *,
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Folder for the files.")
    ] = Path(),
    since: Since = "",
    until: Until = "",
    countries: Countries = None,
    files: Annotated[
        list[str] | None,
        typer.Option(
            "--file",
            metavar="PATTERN",
            help="Files of a dataset by name, as '*.csv'. Repeatable.",
        ),
    ] = None,
    edition: Annotated[
        str,
        typer.Option("--edition", metavar="NUMBER", help="Of ucdp-ged, as 25.1."),
    ] = "",
    offline: Annotated[
        bool, typer.Option("--offline", help="Take what the cache has; ask nobody.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be asked, and ask nothing."),
    ] = False,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="FOLDER",
            help="Folder of the cache, in place of the one of the system.",
        ),
    ] = None,
    max_mb: Annotated[
        int | None,
        typer.Option(
            "--max-mb", metavar="N", min=1, help="Largest file that is taken, in MB."
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Fetch files of a source from where its producer keeps them.

    A file comes whole or not at all, is held against the checksum that its producer
    publishes, never replaces another one, and gets a manifest that ingest finds beside
    it. Nothing is sent but the request. ACLED asks for your own account, in
    GROUNDSWELL_ACLED_EMAIL and GROUNDSWELL_ACLED_PASSWORD or when prompted.

    Example: groundswell fetch gdelt-1 --since 2024-03-01 --until 2024-03-05 --to data
    """
    from groundswell.api import fetching

    if not name:
        emit("fetchable", fetching.list_fetchable(), as_json=as_json)
        return
    if offline and dry_run:
        raise UsageError(
            "--offline and --dry-run exclude each other.",
            allowed="--dry-run alone, which asks nobody either",
        )
    mode: FetchMode = "dry-run" if dry_run else "offline" if offline else "online"
    request = fetching.FetchRequest(
        to=to,
        since=options.read_day(since, option="--since"),
        until=options.read_day(until, option="--until"),
        countries=tuple(countries or ()),
        files=tuple(files or ()),
        edition=edition,
        mode=mode,
        cache=cache,
        most_bytes=max_mb * _MB if max_mb else None,
        credentials=_credentials() if name == "acled" and mode == "online" else None,
    )
    if mode == "online":
        fetching.quiet_retries()
    with Progress() as progress:
        result = fetching.fetch(name, request, progress=progress)
    emit("fetch", result, as_json=as_json)


def look_at(
    what: str, *, since: str, until: str, workspace: Path | None, as_json: bool
) -> None:
    """Say why ACLED gives no events, where it gives none."""
    from groundswell.api import fetching

    if what != "acled":
        raise UsageError(
            f"doctor does not know how to look into {what!r}.",
            allowed="acled, or nothing for what is installed here",
        )
    if workspace is not None:
        raise UsageError("doctor acled looks into no workspace.", todo="leave -w out")
    request = fetching.FetchRequest(
        since=options.read_day(since, option="--since"),
        until=options.read_day(until, option="--until"),
        credentials=_credentials(),
    )
    fetching.quiet_retries()
    found = fetching.diagnose_acled_access(request)
    emit("doctor", found, as_json=as_json)
    if not all(fact.is_well for fact in found.facts):
        raise typer.Exit(FetchError.exit_code)


def can_answer() -> bool:
    """Whether somebody sees a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _credentials() -> "Credentials":
    """Take credentials from the environment; ask for them where somebody can answer."""
    from groundswell.api import fetching

    found = fetching.credentials_from_environment()
    if found.is_complete or not can_answer():
        return found
    email = found.email or typer.prompt(
        "E-mail address of your myACLED account", err=True
    )
    password = typer.prompt("Password (not shown, not kept)", hide_input=True, err=True)
    return fetching.Credentials(email=email.strip(), password=password)
