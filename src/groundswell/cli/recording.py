"""`ingest`, `sources`, `figures`, `doctor`, `schema`."""

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import Progress, emit, write
from groundswell.core.errors import UsageError, WorkspaceError

sources_app = typer.Typer(rich_markup_mode=None)


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of records.", metavar="FILE...")
    ] = None,
    *,
    mapping: options.Mapping = None,
    manifest: options.Manifest = None,
    corrections: options.Corrections = None,
    taken: options.Taken = "",
    draft_mapping: Annotated[
        Path | None,
        typer.Option("--draft-mapping", help="Print a mapping for this table, and stop."),
    ] = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Read files of records, with an account of every row and every column.

    Source and phase are recognised by the columns; any other table is read with a
    mapping. Each file becomes a snapshot that never changes.

    Example: groundswell ingest ccc-phase3-2025-q1.csv -w W
    """
    from groundswell import api

    if draft_mapping is not None:
        write(api.draft_mapping(draft_mapping))
        return
    if not files:
        raise UsageError("Give at least one FILE.", allowed="groundswell ingest FILE ...")
    records = api.RecordFiles(
        files=tuple(files),
        mapping=mapping,
        manifest=manifest,
        corrections=corrections,
        taken=options.read_day(taken, option="--taken"),
    )
    with Progress() as progress:
        results = api.ingest(records, workspace, progress=progress)
    emit("ingest", results, as_json=as_json)


@sources_app.callback(invoke_without_command=True)
def sources(context: typer.Context, *, as_json: options.AsJson = False) -> None:
    """List the sources that are known: what they cover, their terms, how to get them.

    Example: groundswell sources
    """
    from groundswell import api

    if context.invoked_subcommand is None:
        emit("sources", api.list_sources(), as_json=as_json)


@sources_app.command("show")
def show_source(
    name: Annotated[str, typer.Argument(help="Identifier of a source.")],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Show one source, and the steps that get a file of it.

    Example: groundswell sources show ccc-phase3
    """
    from groundswell import api

    emit("sources", (api.load_source(name),), as_json=as_json)


def figures(
    *,
    codebook: Annotated[
        str, typer.Option("--codebook", help="Only figures of this codebook.")
    ] = "",
    own: options.Figures = None,
    as_json: options.AsJson = False,
) -> None:
    """List published figures, each with its scope and whether it was read in print.

    Example: groundswell figures --codebook israel-palestine
    """
    from groundswell import api

    emit("figures", api.list_figures(codebook=codebook, own=own or ()), as_json=as_json)


def doctor(
    *,
    workspace: Annotated[
        Path | None, typer.Option("-w", "--workspace", help="Look into this one too.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Say which version runs, what is installed, and what can be done with it.

    Example: groundswell doctor -w W
    """
    from groundswell import api

    found = api.doctor(workspace)
    emit("doctor", found, as_json=as_json)
    if not all(fact.is_well for fact in found.facts):
        raise typer.Exit(WorkspaceError.exit_code)


def schema(
    name: Annotated[str, typer.Argument(help="Name of a schema; none lists them.")] = "",
) -> None:
    """Print the JSON Schema of what a command prints with --json.

    Example: groundswell schema check
    """
    from groundswell.api import rendering

    write(rendering.schema_text(name) if name else "\n".join(rendering.SCHEMAS))
