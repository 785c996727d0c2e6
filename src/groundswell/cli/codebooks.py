"""`codebook list | show | new | try | check | evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.files import check_new, write_file
from groundswell.cli.help import Command, Group
from groundswell.cli.output import emit
from groundswell.cli.progress import Progress
from groundswell.core.errors import AsymmetryError

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

_Codebook = Annotated[
    str,
    typer.Argument(metavar="CODEBOOK", help="Name of a shipped codebook, or a file."),
]


@app.command("list", cls=Command)
def list_(*, as_json: options.AsJson = False) -> None:
    """List the codebooks that come with the package.

    Example: groundswell codebook list
    """
    from groundswell import api

    emit("codebooks", api.list_codebooks(), as_json=as_json)


@app.command(cls=Command)
def show(codebook: _Codebook, *, as_json: options.AsJson = False) -> None:
    """Show codes, rules, decisions and who uses which wording.

    Example: groundswell codebook show israel-palestine
    """
    from groundswell import api

    emit("codebook", api.show_codebook(codebook), as_json=as_json)


@app.command(cls=Command)
def new(
    codebook_id: Annotated[
        str, typer.Argument(metavar="ID", help="Its name, such as harbour-tunnel.")
    ],
    *,
    side: Annotated[
        list[str],
        typer.Option("--side", metavar="ID", help="A side. Give it twice or more."),
    ],
    title: Annotated[
        str, typer.Option("--title", metavar="WORDS", help="What it is about.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to; default: ID.toml."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Start a codebook for another cause: TOML with comments.

    The draft passes the check. Write phrases for every side next to each other, and hold
    it against records with `codebook try`.

    Example: groundswell codebook new harbour-tunnel --title "The harbour tunnel"
    --side for-tunnel --side against-tunnel
    """
    from groundswell import api

    draft = api.new_codebook(codebook_id, sides=side, title=title)
    path = out or Path(f"{codebook_id}.toml")
    check_new(path, option="--out")
    write_file(path, draft)
    if as_json:
        emit("codebook", api.show_codebook(str(path)), as_json=True)


@app.command("try", cls=Command)
def try_(
    codebook: _Codebook,
    *,
    events: options.Events = None,
    mapping: options.Mapping = None,
    with_names: options.WithNames = False,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Show what a codebook finds in records, and what it misses.

    Hits for each code, the words that were matched, and frequent words of texts without a
    hit. Whole texts can name private persons: they are left out unless they are asked
    for. Without --events the records of the workspace are used.

    Example: groundswell codebook try my.toml --events ccc.csv
    """
    from groundswell import api

    with Progress() as progress:
        found = api.try_codebook(
            codebook,
            workspace,
            records=options.read_records(events, mapping=mapping),
            with_names=with_names,
            progress=progress,
        )
    emit("codebook-try", found, as_json=as_json)


@app.command(cls=Command)
def check(codebook: _Codebook, *, as_json: options.AsJson = False) -> None:
    """Prove that the sides of a codebook are treated alike.

    Exchanges the sides and compares every result, and names each rule of one side that
    has no counterpart; the exit code is 7 where there is one.

    Example: groundswell codebook check my.toml
    """
    from groundswell import api

    found = api.check_codebook(codebook)
    emit("codebook-check", found, as_json=as_json)
    if not found.is_symmetric:
        raise typer.Exit(AsymmetryError.exit_code)


@app.command(cls=Command)
def evaluate(
    codebook: _Codebook,
    hand_codes: Annotated[
        Path,
        typer.Argument(
            metavar="HAND_CODES",
            help="CSV: text or row_sha256, weight, stratum, one column a coder.",
        ),
    ],
    *,
    dimension: Annotated[
        str,
        typer.Option(
            "--dimension", metavar="ID", help="What was coded; default: the sides."
        ),
    ] = "",
    events: options.Events = None,
    mapping: options.Mapping = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Hold a codebook against rows coded by hand.

    Reports Krippendorff's alpha, and each code's sensitivity and precision.

    Example: groundswell codebook evaluate israel-palestine codes.csv --events ccc.csv
    """
    from groundswell import api

    with Progress() as progress:
        found = api.evaluate_codebook(
            codebook,
            workspace,
            hand_codes=hand_codes,
            dimension=dimension,
            records=options.read_records(events, mapping=mapping),
            progress=progress,
        )
    emit("codebook-evaluate", found, as_json=as_json)
