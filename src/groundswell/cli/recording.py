"""`ingest`, `sources`, `figures`, `doctor`, `schema`."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundswell.cli import fetching, options
from groundswell.cli.help import Command, Group
from groundswell.cli.output import emit, write, write_machine
from groundswell.cli.progress import Progress
from groundswell.core.errors import UsageError, WorkspaceError

if TYPE_CHECKING:
    from groundswell.core.sources import IngestResult

sources_app = typer.Typer(cls=Group, rich_markup_mode=None)


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of records.", metavar="FILE")
    ] = None,
    *,
    mapping: options.Mapping = None,
    manifest: options.Manifest = None,
    corrections: options.Corrections = None,
    taken: options.Taken = "",
    select: Annotated[
        str,
        typer.Option(
            "--select",
            metavar="KINDS",
            help="Kinds of rows to make reports of, where a source has several: "
            "14*,18* of CAMEO codes.",
        ),
    ] = "",
    draft_mapping: Annotated[
        Path | None,
        typer.Option(
            "--draft-mapping",
            metavar="FILE",
            help="Print a mapping for this table, and stop.",
        ),
    ] = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Read files of records; account for every row and column.

    Source and phase are recognised by the columns; any other table is read with a
    mapping. Each file becomes a snapshot that never changes.

    Example: groundswell ingest ccc-phase3-2025-q1.csv -w W
    """
    from groundswell import api

    if draft_mapping is not None:
        if files:
            raise UsageError(
                "--draft-mapping prints a mapping and reads no FILE.",
                allowed="groundswell ingest --draft-mapping FILE > mapping.toml",
            )
        write_machine(api.draft_mapping(draft_mapping))
        return
    if not files:
        raise UsageError("No FILE was given.", allowed="groundswell ingest FILE ...")
    records = options.read_records(
        files,
        mapping=mapping,
        manifest=manifest,
        corrections=corrections,
        taken=taken,
        select=select,
    )
    results: list[IngestResult] = []
    try:
        for path in files:
            with Progress() as progress:
                one = replace(records, files=(path,))
                results += api.ingest(one, workspace, progress=progress)
    finally:
        # what was read before a file that cannot be read is in the workspace
        if results:
            emit("ingest", tuple(results), as_json=as_json)
        if not_read := files[len(results) + 1 :]:
            names = ", ".join(path.name for path in not_read)
            typer.echo(f"not read, after the file that failed: {names}", err=True)


@sources_app.callback(invoke_without_command=True)
def sources(context: typer.Context, *, as_json: options.AsJson = False) -> None:
    """List the known sources; show SOURCE tells all of one.

    Example: groundswell sources
    """
    from groundswell import api

    if context.invoked_subcommand is None:
        emit("sources", api.list_sources(), as_json=as_json)


@sources_app.command("show", cls=Command)
def show_source(
    name: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Identifier of a source.")
    ],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Show one source: coverage, terms, how to get it, and what its columns become.

    Example: groundswell sources show ccc-phase3
    """
    from groundswell import api

    emit("source", api.show_source(name), as_json=as_json)


def figures(
    *,
    codebook: Annotated[
        str,
        typer.Option("--codebook", metavar="ID", help="Only figures of this codebook."),
    ] = "",
    own: options.Figures = None,
    as_json: options.AsJson = False,
) -> None:
    """List published figures, each with its scope.

    A figure was read in the original, in a repost, or not at all; what nobody read
    yields no verdict.

    Example: groundswell figures --codebook israel-palestine
    """
    from groundswell import api

    emit("figures", api.list_figures(codebook=codebook, own=own or ()), as_json=as_json)


def doctor(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="acled: ask it for a row, and say what fails."
        ),
    ] = "",
    *,
    since: fetching.Since = "",
    until: fetching.Until = "",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w", "--workspace", metavar="FOLDER", help="Look into this one too."
        ),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Say what is installed, and what can be done with it, or why ACLED gives nothing.

    Example: groundswell doctor -w W
    """
    from groundswell import api

    if what:
        fetching.look_at(
            what, since=since, until=until, workspace=workspace, as_json=as_json
        )
        return
    if since or until:
        raise UsageError(
            "--since and --until without acled.", allowed="groundswell doctor acled"
        )
    found = api.doctor(workspace)
    emit("doctor", found, as_json=as_json)
    if not all(fact.is_well for fact in found.facts):
        raise typer.Exit(WorkspaceError.exit_code)


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of a schema; none lists them.")
    ] = "",
) -> None:
    """Print the JSON Schema of what --json prints.

    Example: groundswell schema check
    """
    from groundswell.api import rendering

    if name:
        write_machine(rendering.schema_text(name))
    else:
        write("\n".join(rendering.SCHEMAS))
