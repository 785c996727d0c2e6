"""What is known of a place, as a sheet for the terminal."""

from itertools import groupby
from typing import TYPE_CHECKING

from groundswell.core.phrases import format_date, join_words
from groundswell.reports.formatting import plural
from groundswell.reports.sheet import QUIET, STRONG, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from groundswell.core.blocs import DayPrecision, Days
    from groundswell.core.place_facts import (
        BlocMembership,
        KnownBloc,
        KnownPlace,
        PlaceAnswer,
        Town,
    )
    from groundswell.core.places import Place

_MOST_TOWNS = 20
_STATUS = {
    "member": "member of the United Nations",
    "observer": "observer state at the United Nations",
    "former": "former state",
}
_SYSTEMS = {
    "iso2": "ISO alpha-2",
    "iso3": "ISO alpha-3",
    "iso-numeric": "ISO numeric",
    "cow": "Correlates of War",
    "gw": "Gleditsch and Ward",
    "fips": "FIPS 10-4",
}


def render_places_card(answer: "PlaceAnswer", *, width: int, colour: bool) -> str:
    """Render what is known of a name, of a bloc, or which blocs there are.

    Parameters
    ----------
    answer
        What was found.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.

    Returns
    -------
    str
        The text; a long list of towns is cut, which is said.
    """
    sheet = Sheet(width=width, colour=colour)
    day = f" on {format_date(answer.on)}" if answer.on else ""
    if answer.asked:
        sheet.title(f"{answer.asked}{day}: {_counted(answer)}")
        for known in answer.places:
            _write_place(sheet, known, on=answer.on)
        _write_towns(sheet, answer)
    elif len(answer.blocs) == 1:
        _write_members(sheet, answer.blocs[0], on=answer.on)
    else:
        sheet.title(f"{plural(len(answer.blocs), 'bloc')}{day}")
        rows = [(b.bloc_id, b.name, _members(b)) for b in answer.blocs]
        sheet.table(("Bloc", "Name", "Members"), rows, right=(2,))
    return sheet.text()


def _counted(answer: "PlaceAnswer") -> str:
    counts = (
        (len(answer.places), "country or part of one", "countries or parts of them"),
        (len(answer.towns), "town", "towns"),
    )
    said = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
    return join_words(said)


def _write_place(sheet: Sheet, known: "KnownPlace", *, on: "date | None") -> None:
    sheet.section(f"{known.place.name} ({known.place.code})")
    if known.is_there is False:
        sheet.write(("Did not exist on that day.", STRONG))
    if known.note:
        sheet.write(known.note)
    former = [f"{name.name} ({_days(name.days)})" for name in known.former]
    pairs = [
        ("Found as", join_words(known.read_as)),
        ("Status", _STATUS.get(known.status, known.status)),
        ("Existed", _days(known.days)),
        ("Before it", _names(known.predecessors)),
        ("After it", _names(known.successors)),
        ("Other names", ", ".join(known.names)),
        ("Former names", ", ".join(former)),
        ("UN region", ", ".join(known.regions)),
        *_code_pairs(known),
        *_membership_pairs(known.memberships, on=on),
    ]
    sheet.pairs([(label, words) for label, words in pairs if words])


def _names(places: "Iterable[Place]") -> str:
    return ", ".join(f"{place.name} ({place.code})" for place in places)


def _code_pairs(known: "KnownPlace") -> "Iterable[tuple[str, str]]":
    for system, codes in groupby(known.codes, key=lambda code: code.system):
        words = [
            f"{code.code} ({_days(code.days)})"
            if code.days.first or code.days.last
            else code.code
            for code in codes
        ]
        yield _SYSTEMS[system], ", ".join(words)


def _membership_pairs(
    memberships: "Iterable[BlocMembership]", *, on: "date | None"
) -> "Iterable[tuple[str, str]]":
    held = [one for one in memberships if one.is_held is not False]
    for bloc, times in groupby(held, key=lambda one: one.bloc_name):
        yield bloc, "; ".join(_membership(one, on=on) for one in times)


def _membership(one: "BlocMembership", *, on: "date | None") -> str:
    words = [_days(one.days), *(f"suspended {_days(pause)}" for pause in one.suspended)]
    if on is not None and one.is_held is None:
        words.append("not known for that day")
    return ", ".join(words) + (f". {one.note}" if one.note else "")


def _members(bloc: "KnownBloc") -> str:
    if bloc.n_members == bloc.n_possible:
        return f"{bloc.n_members}"
    return f"{bloc.n_members} to {bloc.n_possible}"


def _days(span: "Days") -> str:
    first = span.first and _day(span.first, span.first_precision)
    last = span.last and _day(span.last, span.last_precision)
    if first and last:
        return f"{first} to {last}"
    if first and span.first_precision == "by":
        return first
    return f"since {first}" if first else f"until {last}" if last else ""


def _day(day: "date", precision: "DayPrecision") -> str:
    """Print a day as exactly as it is known."""
    if precision == "year":
        return f"{day:%Y}"
    if precision == "month":
        return format_date(day).split(" ", 1)[1]
    return f"{'by ' if precision == 'by' else ''}{format_date(day)}"


def _write_towns(sheet: Sheet, answer: "PlaceAnswer") -> None:
    if not answer.towns:
        return
    sheet.section(plural(len(answer.towns), "town"))
    rows = [_town_row(town) for town in answer.towns[:_MOST_TOWNS]]
    names = ("Town", "In", "Latitude", "Longitude", "People")
    sheet.table(names, rows, right=(2, 3, 4))
    more = len(answer.towns) - _MOST_TOWNS
    if more > 0:
        sheet.write((f"and {plural(more, 'more town')}; --json lists all", QUIET))
    sheet.write((answer.town_credit, QUIET))


def _town_row(town: "Town") -> tuple[str, ...]:
    name = f"{town.name} (as {town.other_name})" if town.other_name else town.name
    return (
        name,
        "/".join(filter(None, (town.country, town.admin1))),
        f"{town.latitude:.2f}",
        f"{town.longitude:.2f}",
        "not known" if town.n_people is None else f"{town.n_people:,}",
    )


def _write_members(sheet: Sheet, bloc: "KnownBloc", *, on: "date | None") -> None:
    day = f" on {format_date(on)}" if on else ""
    sheet.title(f"{bloc.name}{day}, members: {_members(bloc)}")
    if bloc.note:
        sheet.write((bloc.note, QUIET))
    rows = [
        (one.place.code, one.place.name, _membership(one, on=on)) for one in bloc.members
    ]
    sheet.table(("Code", "State", "Member"), rows)
    sheet.write((f"Sources: {', '.join(bloc.sources)}", QUIET))
    sheet.write((bloc.checked, QUIET))
