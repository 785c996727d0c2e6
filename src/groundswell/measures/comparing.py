"""Two sources on the same days and places, counted side by side."""

# ruff: noqa: S608 (names of our own tables, columns of the contract)

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from groundswell.core.comparisons import (
    ComparedSource,
    Comparison,
    LabelUse,
    ValueCount,
)
from groundswell.core.disclosure import FEWEST_TEXTS
from groundswell.engine import Step
from groundswell.measures.calendars import (
    account_for_days,
    count_by_day,
    count_by_week,
    day_of,
)
from groundswell.measures.city_days import compare_sizes, overlap
from groundswell.measures.compared_fates import Fates, assign_to_comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundswell.core.dates import Window
    from groundswell.core.places import Place
    from groundswell.core.sources import Snapshot
    from groundswell.engine.tables import Tables
    from groundswell.measures.compared_fates import NamedPlace

_SLACK = (0, 1)
_MOST_LABELS = 12
_COMPARED = "compared_report"
_PLACES = "compared_place"
_CHOSEN = "compared_snapshot"
_KEPT = "compared_kept"
_MOST_ROWS = 1 << 40  # of a file: between the keys of two files
_TAKEN = (
    *("date_start", "date_end", "date_precision", "duplicate_of", "is_online"),
    *("country", "admin1", "locality", "place_precision", "tactics", "issues"),
    *("size_low", "size_high", "size_rule"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is compared: a name, and the snapshots that it stands for."""

    name: str
    snapshots: "tuple[Snapshot, ...]"


def compare_reports(
    tables: "Tables",
    sides: tuple[Side, Side],
    *,
    window: "Window",
    place: "Place | None",
    flags: "Sequence[str]" = (),
) -> Comparison:
    """Count two sources side by side on the same days and places.

    A report is on its first day where its date is exact to the day. Towns are the same
    where country, first-level unit and name agree, however the name is written: case,
    accents, punctuation and spaces are folded.

    Parameters
    ----------
    tables
        Where the reports are.
    sides
        The two sources, which share no snapshot.
    window, place
        What is compared.
    flags
        What makes the two less comparable.

    Returns
    -------
    Comparison
        Of reports and city-days; nothing is linked.
    """
    try:
        _lay_out(tables, sides)
        reports = _read(tables)
        places = _read_places(tables)
        fates = assign_to_comparison(reports, places=places, window=window, place=place)
        compared = [
            _side(tables, side, number=number, fates=fates)
            for number, side in enumerate(sides)
        ]
    finally:
        tables.drop(_COMPARED, _PLACES, _CHOSEN, _KEPT)
    one, other = fates.on_city_days(0), fates.on_city_days(1)
    by_day = count_by_day(fates.days(0), fates.days(1))
    return Comparison(
        a=compared[0],
        b=compared[1],
        window=window,
        place=place,
        days=account_for_days(by_day, window=window),
        by_day=by_day,
        by_week=count_by_week(by_day),
        overlaps=tuple(overlap(one, other, slack_days=slack) for slack in _SLACK),
        sizes=compare_sizes(one, other),
        flags=tuple(flags),
    )


def _lay_out(tables: "Tables", sides: tuple[Side, Side]) -> None:
    chosen = [(s.snapshot_id, n) for n, side in enumerate(sides) for s in side.snapshots]
    ids, numbers = zip(*chosen, strict=True)
    first_keys = [number * _MOST_ROWS for number in range(len(chosen))]
    tables.put(_CHOSEN, {"snapshot_id": ids, "side": numbers, "first_key": first_keys})
    tables.create(
        Step(
            name="take the reports of two sources",
            inputs=("report", _CHOSEN),
            output=_COMPARED,
            is_temporary=True,
            sql=f"""
                SELECT first_key + record_no AS key, side, {", ".join(_TAKEN)}
                FROM report AS r JOIN {_CHOSEN} AS c ON c.snapshot_id = r.snapshot_id
            """,
        )
    )
    tables.create(
        Step(
            name="number the places of two sources",
            inputs=(_COMPARED,),
            output=_PLACES,
            is_temporary=True,
            sql=f"""
                SELECT country, admin1, locality,
                       row_number() OVER (ORDER BY country, admin1, locality) - 1 AS place
                FROM (SELECT DISTINCT country, admin1, locality FROM {_COMPARED})
            """,
        )
    )


def _read(tables: "Tables") -> "dict[str, NDArray[Any]]":
    return tables.arrays(f"""
        SELECT key, side, place,
               coalesce(date_start - DATE '1970-01-01', 0) AS first,
               coalesce(date_end - DATE '1970-01-01', date_start - DATE '1970-01-01', 0)
               AS last,
               date_start IS NOT NULL AS is_dated,
               coalesce(date_precision = 'day', FALSE) AS is_day,
               duplicate_of IS NOT NULL AS is_copy,
               coalesce(is_online, FALSE) AS is_online,
               coalesce(size_low, size_high, 0) AS low,
               coalesce(size_high, size_low, 0) AS high,
               size_low IS NULL AS is_open_below, size_high IS NULL AS is_open_above,
               size_low IS NOT NULL OR size_high IS NOT NULL AS is_sized
        FROM {_COMPARED} AS r JOIN {_PLACES} AS p
          ON p.country IS NOT DISTINCT FROM r.country
         AND p.admin1 IS NOT DISTINCT FROM r.admin1
         AND p.locality IS NOT DISTINCT FROM r.locality
    """)


def _read_places(tables: "Tables") -> "list[NamedPlace]":
    found = tables.arrays(
        f"SELECT country, admin1, locality FROM {_PLACES} ORDER BY place"
    )
    country, admin1, locality = (column.tolist() for column in found.values())
    return list(zip(country, admin1, locality, strict=True))


def _side(tables: "Tables", side: Side, *, number: int, fates: Fates) -> ComparedSource:
    is_compared = fates.is_compared(number)
    tables.put(_KEPT, {"key": fates.reports["key"][is_compared]})
    days, cells = fates.days(number), fates.on_city_days(number)
    return ComparedSource(
        name=side.name,
        snapshots=side.snapshots,
        ledger=fates.ledger(number),
        first_day=day_of(days.min()) if len(days) else None,
        last_day=day_of(days.max()) if len(days) else None,
        n_towns=len(np.unique(cells.town)),
        n_city_days=overlap(cells, cells, slack_days=0).of_a.rows_in,
        n_sized=int(np.count_nonzero(fates.reports["is_sized"][is_compared])),
        size_rules=_values(tables, "size_rule", where="size_rule IS NOT NULL"),
        date_precision=_values(tables, "date_precision"),
        place_precision=_values(tables, "place_precision"),
        tactics=_labels(tables, "tactics"),
        issues=_labels(tables, "issues"),
    )


def _values(
    tables: "Tables", column: str, *, where: str = "TRUE"
) -> tuple[ValueCount, ...]:
    found = tables.arrays(f"""
        SELECT coalesce({column}, '') AS value, count(*) AS n
        FROM {_COMPARED} AS r JOIN {_KEPT} AS k ON k.key = r.key
        WHERE {where} GROUP BY value ORDER BY n DESC, value
    """)
    return _counted(found)


def _labels(tables: "Tables", column: str) -> LabelUse:
    kept = f"FROM {_COMPARED} AS r JOIN {_KEPT} AS k ON k.key = r.key"
    single = f"SELECT unnest(list_distinct({column})) AS value {kept}"
    found = tables.arrays(f"""
        SELECT value, count(*) AS n FROM ({single}) GROUP BY value
        HAVING count(*) >= {FEWEST_TEXTS} ORDER BY n DESC, value LIMIT {_MOST_LABELS}
    """)
    n_labels = tables.arrays(f"SELECT count(DISTINCT value) AS n FROM ({single})")
    n_reports = tables.arrays(f"SELECT count(*) AS n {kept} WHERE len({column}) > 0")
    return LabelUse(
        n_reports=int(n_reports["n"][0]),
        n_labels=int(n_labels["n"][0]),
        most=_counted(found),
    )


def _counted(found: "dict[str, NDArray[Any]]") -> tuple[ValueCount, ...]:
    pairs = zip(found["value"].tolist(), found["n"].tolist(), strict=True)
    return tuple(ValueCount(value=value, n=n) for value, n in pairs)
