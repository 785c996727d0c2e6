"""`measure share`, `measure count`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Unpack

import typer

from groundswell.cli import options
from groundswell.cli.files import check_page, write_html
from groundswell.cli.help import Command, Group
from groundswell.cli.output import emit
from groundswell.cli.progress import Progress
from groundswell.core.dates import Window
from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from groundswell.api import MeasureArguments
    from groundswell.core.claims import Statistic

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

_Codebook = Annotated[
    str,
    typer.Option(
        "--codebook", metavar="NAME", help="A shipped codebook, or a file of yours."
    ),
]
_Side = Annotated[
    str,
    typer.Option(
        "--side",
        "--code",
        metavar="ID",
        help="Whose events are counted; default: the topic.",
    ),
]
_Among = Annotated[
    Literal["topic", "sided", "all"],
    typer.Option("--among", help="Denominator: the topic, what takes a side, or all."),
]
_Unit = Annotated[
    Literal["events", "participants"], typer.Option("--unit", help="What is counted.")
]
_From = Annotated[
    str, typer.Option("--from", metavar="DAY", help="First day, as 2024-03-05.")
]
_To = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day, as 2024-03-05.")]
_Place = Annotated[
    str, typer.Option("--place", metavar="NAME", help="A country or a US state.")
]
_Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        metavar="NAME=VALUE",
        help="Condition, as admin1=CA. Repeatable: locality=Salem with admin1=OR.",
    ),
]
_By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="GROUPING",
        help="day, week, month, year, country, place, locality or source.",
    ),
]
_Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="DECISION=OPTION",
        help="Settle a decision, as wording=broad. Repeatable.",
    ),
]
_Snapshot = Annotated[
    list[str] | None,
    typer.Option(
        "--snapshot",
        metavar="ID",
        help="Only this snapshot, or those of this source. Repeatable.",
    ),
]
_Insist = Annotated[
    bool,
    typer.Option(
        "--insist",
        help="Measure over records of one topic, side or kind too, and flag the result.",
    ),
]


@app.command(cls=Command)
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
    insist: _Insist = False,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    html: options.Html = None,
    as_json: options.AsJson = False,
) -> None:
    """Measure a share of events over all declared definitions.

    Of the events of a codebook's topic, how many take a side: at the reference, over
    every combination of decisions, with an account of every row. A share over records
    that a manifest declares to hold one topic, one side or one kind is refused.

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
        insist=insist,
        workspace=workspace,
        html=html,
        as_json=as_json,
    )


@app.command(cls=Command)
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
    """Count events over all declared definitions, or participants.

    At the reference, over every combination of decisions, with an account of every row.

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

    check_page(html)
    with Progress() as progress:
        result = api.measure(
            workspace, statistic=statistic, progress=progress, **arguments
        )
    emit("measure", result, as_json=as_json, workspace=workspace)
    write_html(result, html)


def _window(start: str, end: str) -> Window | None:
    if not start and not end:
        return None
    first = options.read_day(start, option="--from")
    last = options.read_day(end, option="--to")
    if first and last and last < first:
        raise UsageError(
            f"--to {last} is before --from {first}.", allowed="--from, then --to"
        )
    return Window(start=first, end=last)
