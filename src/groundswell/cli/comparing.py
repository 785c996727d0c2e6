"""`sources compare`."""

from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import emit


def compare(
    one: Annotated[
        str, typer.Argument(metavar="A", help="A source or a snapshot of the workspace.")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    *,
    start: Annotated[
        str,
        typer.Option(
            "--from", metavar="DAY", help="First day; default: the first that both cover."
        ),
    ] = "",
    end: Annotated[
        str,
        typer.Option(
            "--to", metavar="DAY", help="Last day; default: the last that both cover."
        ),
    ] = "",
    place: Annotated[
        str,
        typer.Option(
            "--place", "--where", metavar="NAME", help="A country or a US state."
        ),
    ] = "",
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Compare two sources on the same days and places.

    What each holds and leaves open, the days and city-days of both, the sizes where both
    have one report, the labels in use. Nothing is linked.

    Example: groundswell sources compare ccc-phase2 acled --from 2021-01-01 -w W
    """
    from groundswell import api

    result = api.compare_sources(
        workspace,
        (one, other),
        start=options.read_day(start, option="--from"),
        end=options.read_day(end, option="--to"),
        place=place,
    )
    emit("compare", result, as_json=as_json)
