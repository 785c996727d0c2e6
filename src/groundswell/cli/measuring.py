"""`measure share`, `measure count`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Unpack

import typer

from groundswell.cli import options
from groundswell.cli.output import Progress, emit, write_html
from groundswell.core.dates import Window
from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from groundswell.api import MeasureArguments
    from groundswell.core.claims import Statistic

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Codebook = Annotated[str, typer.Option("--codebook", help="Name or file.")]
_Side = Annotated[
    str,
    typer.Option("--side", "--code", help="Whose events are counted; empty: the topic."),
]
_Among = Annotated[
    Literal["topic", "sided", "all"],
    typer.Option("--among", help="Denominator: the topic, what takes a side, or all."),
]
_Unit = Annotated[
    Literal["events", "participants"], typer.Option("--unit", help="What is counted.")
]
_From = Annotated[str, typer.Option("--from", help="First day: YYYY-MM-DD.")]
_To = Annotated[str, typer.Option("--to", help="Last day: YYYY-MM-DD.")]
_Place = Annotated[str, typer.Option("--place", help="A country or a US state.")]
_Where = Annotated[
    list[str] | None,
    typer.Option("--where", help="Condition, as admin1=CA. Repeatable."),
]
_By = Annotated[
    str,
    typer.Option(
        "--by", help="day, week, month, year, country, place, locality or source."
    ),
]
_Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="Settle a decision, as wording=broad. Repeatable."),
]
_Snapshot = Annotated[
    list[str] | None,
    typer.Option("--snapshot", help="Only this snapshot. Repeatable."),
]


@app.command()
def share(
    *,
    codebook: _Codebook,
    side: _Side = "",
    among: _Among = "topic",
    unit: _Unit = "events",
    start: _From = "",
    end: _To = "",
    place: _Place = "",
    where: _Where = None,
    by: _By = "",
    settled: _Set = None,
    snapshot: _Snapshot = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    html: options.Html = None,
    as_json: options.AsJson = False,
) -> None:
    """Measure the share of events that take a side, over all declared definitions.

    Example: groundswell measure share -w W --codebook israel-palestine --side
    pro-palestine --by week
    """
    _measure(
        "share",
        codebook=codebook,
        code=side,
        among=among,
        unit=unit,
        window=_window(start, end),
        place=place,
        where=options.read_pairs(where, option="--where"),
        by=by,
        pinned=options.read_pairs(settled, option="--set"),
        snapshots=snapshot or (),
        workspace=workspace,
        html=html,
        as_json=as_json,
    )


@app.command()
def count(
    *,
    codebook: _Codebook,
    side: _Side = "",
    unit: _Unit = "events",
    start: _From = "",
    end: _To = "",
    place: _Place = "",
    where: _Where = None,
    by: _By = "",
    settled: _Set = None,
    snapshot: _Snapshot = None,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    html: options.Html = None,
    as_json: options.AsJson = False,
) -> None:
    """Count events, or their participants, over all declared definitions.

    Example: groundswell measure count -w W --codebook us-abortion --side
    abortion-rights --by month
    """
    _measure(
        "count",
        codebook=codebook,
        code=side,
        among="topic",
        unit=unit,
        window=_window(start, end),
        place=place,
        where=options.read_pairs(where, option="--where"),
        by=by,
        pinned=options.read_pairs(settled, option="--set"),
        snapshots=snapshot or (),
        workspace=workspace,
        html=html,
        as_json=as_json,
    )


def _measure(
    statistic: "Statistic",
    *,
    workspace: Path,
    html: Path | None,
    as_json: bool,
    **arguments: Unpack["MeasureArguments"],
) -> None:
    from groundswell import api

    with Progress() as progress:
        result = api.measure(
            workspace, statistic=statistic, progress=progress, **arguments
        )
    write_html(result, html)
    emit("measure", result, as_json=as_json)


def _window(start: str, end: str) -> Window | None:
    if not start and not end:
        return None
    first = options.read_day(start, option="--from")
    last = options.read_day(end, option="--to")
    if first and last and last < first:
        raise UsageError(f"--to {last} is before --from {first}.")
    return Window(start=first, end=last)
