"""The same share with its ledger as one SQL query: a peer that must give the same counts.

It reads the same columns, in the memory of DuckDB, and knows the rules of
`groundswell.measures` only from their documentation, so it is an oracle as well.
"""

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from groundswell.core.decisions import Specification
    from groundswell.core.ledger import Ledger
    from groundswell.measures.estimands import CodeFrame
    from groundswell.multiverse.measurement import Records

_FLAGS = (
    ("is_after_snapshot", "after-snapshot", "left-out", "after-snapshot"),
    ("is_online", "online-events", "left-out", "online"),
    ("is_counter_protest", "counter-protests", "left-out", "counter-protest"),
    ("is_duplicate", "exact-duplicates", "once", "exact-duplicate"),
    ("is_recurring", "recurring-events", "left-out", "recurring"),
)


def open_table(records: "Records") -> duckdb.DuckDBPyConnection:
    """Put the columns that decisions read into a table in memory."""
    attributes = records.attributes
    columns = {column: getattr(attributes, column) for column, *_ in _FLAGS}
    for column in ("report", "series", "place"):
        columns[column] = getattr(attributes, column)
    for wording, mask in attributes.masks.items():
        columns[f"mask_{wording}"] = mask
    connection = duckdb.connect()
    connection.register("columns", columns)
    connection.execute("CREATE TABLE event AS SELECT * FROM columns").fetchall()
    connection.unregister("columns")
    return connection


def count_fates(
    connection: duckdb.DuckDBPyConnection,
    *,
    frame: "CodeFrame",
    code: str,
    specification: "Specification",
) -> dict[str, int]:
    """Count events by the first reason that applies, or by their class."""
    query = _query(frame, code=code, specification=specification)
    return dict(connection.execute(query).fetchall())


def of_ledger(ledger: "Ledger") -> dict[str, int]:
    """Take the same counts from a ledger."""
    return {line.reason: line.n for line in ledger.lines if line.n}


def _query(frame: "CodeFrame", *, code: str, specification: "Specification") -> str:
    choices = dict(specification.choices)
    mask = f"mask_{choices['wording']}"
    topic = sum(1 << bit for bit in frame.bits.values())
    takes = {side: 1 << frame.bits[side] for side in frame.sides}
    for decision, option in choices.items():
        for folded, side in frame.folds.get((decision, option), ()):
            takes[side] |= 1 << frame.bits[folded]
    sides = " + ".join(f"CAST(({mask} & {bits}) <> 0 AS INT)" for bits in takes.values())
    leaves = [
        f"WHEN {column} THEN '{reason}'"
        for column, decision, option, reason in _FLAGS
        if choices[decision] == option
    ]
    repeats = choices["recurring-events"]
    once = _counts_once(repeats)
    again = [f"WHEN {once} AND number > 1 THEN 'repeated'"] if once else []
    numbers = (
        f"row_number() OVER (PARTITION BY {repeats}, fate, {once} ORDER BY report)"
        if once
        else "1"
    )
    return f"""
        WITH sided AS (
            SELECT *, {sides} AS n_sides, ({mask} & {takes[code]}) <> 0 AS has_target
            FROM event
        ), classed AS (
            SELECT *, CASE
                WHEN {mask} & {topic} = 0 THEN 'off-topic'
                WHEN n_sides = 0 THEN 'no-side'
                WHEN n_sides = 1 AND has_target THEN 'target'
                WHEN n_sides = 1 THEN 'other'
                WHEN has_target THEN 'both-sides'
                ELSE 'several-others' END AS class
            FROM sided
        ), charged AS (
            SELECT *, {_case(leaves, otherwise="class")} AS fate FROM classed
        ), numbered AS (
            SELECT *, {numbers} AS number FROM charged
        )
        SELECT {_case(again, otherwise="fate")} AS reason, count(*)
        FROM numbered GROUP BY ALL
    """  # noqa: S608 (names of our own columns and codes)


def _case(whens: list[str], *, otherwise: str) -> str:
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else otherwise


def _counts_once(repeats: str) -> str:
    """Say of which events only the first of a series or place counts; empty for none."""
    is_left_in = "fate = class AND class <> 'off-topic'"
    return {"series": f"{is_left_in} AND is_recurring", "place": is_left_in}.get(
        repeats, ""
    )
