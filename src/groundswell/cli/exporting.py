"""`export`."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.files import check_new
from groundswell.cli.output import emit


def export(
    snapshot: Annotated[
        str,
        typer.Argument(
            metavar="SNAPSHOT",
            help="Which to write: its identifier, or as much of it as no other has.",
        ),
    ],
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FILE", help="A new .csv, .jsonl or .parquet file."
        ),
    ],
    original: Annotated[
        bool,
        typer.Option(
            "--original",
            help="Every column and cell as the source gave it, for your own use.",
        ),
    ] = False,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Write the reports of a snapshot as what may be shared.

    Names, exact places, notes, social media and reports of days after today stay behind,
    the terms of the source are kept, and FILE.citation.txt says how to cite it.

    Example: groundswell export ccc-phase3 --out reports.csv -w W
    """
    from groundswell import api

    check_new(out, option="--out")
    if original:
        result = api.export_records(workspace, snapshot, to=out)
        _say_terms(result.snapshot.source.licence, result.snapshot.source.terms_address)
    else:
        check_new(api.citation_path(out), option="The citation of --out")
        today = datetime.now(UTC).astimezone().date()
        result = api.export_reports(workspace, snapshot, to=out, today=today)
    emit("export", result, as_json=as_json)


def _say_terms(licence: str, address: str) -> None:
    terms = licence or "no terms are known"
    where = f" ({address})" if address else ""
    sys.stderr.write(
        f"written for your own use, with all that the source holds of persons and exact "
        f"places; its terms hold for this file, too: {terms}{where}\n"
    )
