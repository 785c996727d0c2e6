"""`codebook list | show | new | try | check | evaluate`."""

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import Progress, emit, write_file
from groundswell.core.errors import AsymmetryError, UsageError

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Codebook = Annotated[str, typer.Argument(help="Name of a shipped codebook, or a file.")]
_Events = Annotated[
    list[Path] | None, typer.Option("--events", help="A file of records. Repeatable.")
]


@app.command("list")
def list_(*, as_json: options.AsJson = False) -> None:
    """List the codebooks that come with the package.

    Example: groundswell codebook list
    """
    from groundswell import api

    emit("codebooks", api.list_codebooks(), as_json=as_json)


@app.command()
def show(codebook: _Codebook, *, as_json: options.AsJson = False) -> None:
    """Show codes, rules, decisions and who uses which wording.

    Example: groundswell codebook show israel-palestine
    """
    from groundswell import api

    emit("codebook", api.show_codebook(codebook), as_json=as_json)


@app.command()
def new(
    codebook_id: Annotated[str, typer.Argument(help="Identifier, as harbour-tunnel.")],
    *,
    side: Annotated[
        list[str], typer.Option("--side", help="A side. Give it twice or more.")
    ],
    title: Annotated[str, typer.Option("--title", help="What it is about.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Default: ID.toml.")] = None,
) -> None:
    """Start a codebook for another cause: a TOML file with comments.

    Example: groundswell codebook new harbour-tunnel --side for-tunnel --side
    against-tunnel --title "The harbour tunnel"
    """
    from groundswell import api

    path = out or Path(f"{codebook_id}.toml")
    if path.exists():
        raise UsageError(
            f"{path} exists already.", allowed="a new file", todo="name another --out"
        )
    write_file(path, api.new_codebook(codebook_id, sides=side, title=title))
    typer.echo(f"written: {path}", err=True)


@app.command("try")
def try_(
    codebook: _Codebook,
    *,
    events: _Events = None,
    mapping: options.Mapping = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Show what a codebook finds in records, what it misses, and what it never matches.

    Example: groundswell codebook try my.toml --events ccc.csv
    """
    from groundswell import api

    with Progress() as progress:
        found = api.try_codebook(
            codebook,
            workspace,
            records=api.RecordFiles(files=tuple(events or ()), mapping=mapping),
            progress=progress,
        )
    emit("codebook-try", found, as_json=as_json)


@app.command()
def check(codebook: _Codebook, *, as_json: options.AsJson = False) -> None:
    """Prove that the sides of a codebook are treated alike; exit code 7 if not.

    Example: groundswell codebook check my.toml
    """
    from groundswell import api

    found = api.check_codebook(codebook)
    emit("codebook-check", found, as_json=as_json)
    if not found.is_symmetric:
        raise typer.Exit(AsymmetryError.exit_code)


@app.command()
def evaluate(
    codebook: _Codebook,
    hand_codes: Annotated[
        Path,
        typer.Argument(help="CSV: text or row_sha256, weight, one column a coder."),
    ],
    *,
    dimension: Annotated[
        str, typer.Option("--dimension", help="Default: the one with sides.")
    ] = "",
    events: _Events = None,
    mapping: options.Mapping = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Hold a codebook against rows that people coded by hand.

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
            records=api.RecordFiles(files=tuple(events or ()), mapping=mapping),
            progress=progress,
        )
    emit("codebook-evaluate", found, as_json=as_json)
