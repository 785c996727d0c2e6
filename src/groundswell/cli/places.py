"""`places`: what the tables know of a name, a code or a bloc."""

from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import emit


def places(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A country, a state, a town (Paris, TX) or a code; none lists blocs.",
        ),
    ] = "",
    *,
    on: Annotated[
        str,
        typer.Option("--on", metavar="DAY", help="Of this day, as 1985-03-01."),
    ] = "",
    system: Annotated[
        str,
        typer.Option(
            "--system",
            metavar="SYSTEM",
            help="Read NAME as a code of iso2, iso3, iso-numeric, cow, gw or fips.",
        ),
    ] = "",
    bloc: Annotated[
        str, typer.Option("--bloc", metavar="ID", help="List the members of a bloc.")
    ] = "",
    as_json: options.AsJson = False,
) -> None:
    """Look up a place: names, codes, days, status, blocs, towns.

    Whatever a name can mean is listed, and nothing is guessed. A dispute is stated with
    its facts; a code or a country in the list takes no position on any territory.

    Example: groundswell places Burma --on 1985-03-01
    """
    from groundswell import api

    found = api.look_up_place(
        name, on=options.read_day(on, option="--on"), system=system, bloc=bloc
    )
    emit("places", found, as_json=as_json)
