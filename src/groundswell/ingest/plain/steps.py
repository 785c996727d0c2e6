"""From typed rows to the tables of roll calls, votes and ideal points."""

# ruff: noqa: S608 (names of our own tables and columns)

from collections.abc import Iterator, Sequence

from groundswell.core.vote_tables import ROLL_CALL, VOTE
from groundswell.engine.steps import Step, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.plain.layout import Laid
from groundswell.ingest.plain.values import typed

MERGED, TWICE, ALIKE = "plain_merged", "plain_twice", "plain_alike"
_OWN = ("source_id", "snapshot_id")


def merge_rows(workspace: Workspace, laid: Sequence[Laid]) -> None:
    """Find what is told more than once: votes of a state, and whole roll calls.

    Makes the temporary tables `plain_twice` (`record_no`, `state_text`, `first_no`,
    `is_same`: rows of a state that has several in one roll call), `plain_alike` (`rcid`,
    `first_rcid`: roll calls with the day, the resolution and the votes of an earlier one)
    and, of each table of distinct rows, `merged_<table>`.
    """
    by_name = {one.name: one for one in laid}
    for one in laid:
        if one.table.is_distinct:
            workspace.create(_merge_step(one))
    workspace.create(_twice_step(by_name.get(VOTE.name)))
    has_both = ROLL_CALL.name in by_name and VOTE.name in by_name
    workspace.create(_alike_step() if has_both else _no_alike_step())


def merged(laid: Laid) -> str:
    """Name the temporary table with the rows of a table, each of them once."""
    return f"merged_{laid.name}" if laid.table.is_distinct else typed(laid)


def append_steps(laid: Sequence[Laid]) -> Iterator[Step]:
    """Write the steps that add the rows; parameters are `source_id`, `snapshot_id`."""
    for one in laid:
        extra, joins = "", ""
        inputs: tuple[str, ...] = (merged(one),)
        columns = [c for c in one.table.contract.column_names if c not in _OWN]
        if one.name == VOTE.name:
            extra = ", k.first_no AS duplicate_of"
            inputs = (merged(one), TWICE)
            joins = (
                f"LEFT JOIN {TWICE} AS k ON k.{RECORD_NO} = c.{RECORD_NO} AND k.is_same "
                "AND k.rcid = c.rcid AND k.state_text IS NOT DISTINCT FROM c.state_text"
            )
        if one.name == ROLL_CALL.name:
            extra = ", k.first_rcid AS duplicate_of"
            inputs = (merged(one), ALIKE)
            joins = f"LEFT JOIN {ALIKE} AS k ON k.rcid = c.rcid"
        columns = [c for c in columns if c != "duplicate_of"]
        yield Step(
            name=f"write {one.name}",
            inputs=inputs,
            output=one.name,
            sql=(
                "SELECT $source_id AS source_id, $snapshot_id AS snapshot_id, "
                f"{', '.join(f'c.{quoted(c)}' for c in columns)}{extra} "
                f"FROM {merged(one)} AS c {joins}"
            ),
        )


def values_of(laid: Laid) -> tuple[str, ...]:
    """Columns of a table of distinct rows that say something of what a row is."""
    made = (*_OWN, RECORD_NO, "duplicate_of", *laid.table.contract.key)
    return tuple(c for c in laid.table.contract.column_names if c not in made)


def _merge_step(laid: Laid) -> Step:
    """Write the step that keeps of each column what the first filled row says."""
    key = ", ".join(c for c in laid.table.contract.key if c != "snapshot_id")
    shown = [
        f"arg_min({quoted(c)}, {RECORD_NO}) FILTER ({quoted(c)} IS NOT NULL) "
        f"AS {quoted(c)}"
        for c in values_of(laid)
    ]
    parts = [key, f"min({RECORD_NO}) AS {RECORD_NO}", *shown]
    return Step(
        name=f"keep each row of {laid.name} once",
        inputs=(typed(laid),),
        output=merged(laid),
        sql=f"SELECT {', '.join(parts)} FROM {typed(laid)} GROUP BY {key}",
        is_temporary=True,
    )


def _twice_step(votes: Laid | None) -> Step:
    rows = f"typed_{VOTE.name}"
    sql = (
        f"WITH often AS (SELECT rcid, state FROM {rows} WHERE state IS NOT NULL "
        "GROUP BY rcid, state HAVING count(*) > 1), "
        f"those AS (SELECT r.{RECORD_NO}, r.state_text, r.rcid, r.state, r.vote "
        f"FROM {rows} AS r JOIN often AS o ON o.rcid = r.rcid AND o.state = r.state), "
        f"firsts AS (SELECT *, "
        f"min({RECORD_NO}) OVER (PARTITION BY rcid, state) AS of_all, "
        f"min({RECORD_NO}) OVER (PARTITION BY rcid, state, vote) AS of_same FROM those) "
        f"SELECT {RECORD_NO}, state_text, rcid, state, "
        f"CASE WHEN of_same < {RECORD_NO} THEN of_same ELSE of_all END AS first_no, "
        f"of_same < {RECORD_NO} AS is_same FROM firsts WHERE of_all < {RECORD_NO}"
    )
    if votes is None:
        sql = (
            f"SELECT CAST(0 AS BIGINT) AS {RECORD_NO}, '' AS state_text, "
            "false AS is_same WHERE false"
        )
    return Step(
        name="find states that are told of twice in a roll call",
        inputs=(rows,) if votes else (),
        output=TWICE,
        sql=sql,
        is_temporary=True,
    )


def _alike_step() -> Step:
    calls, votes = f"merged_{ROLL_CALL.name}", f"typed_{VOTE.name}"
    # the sum of hashes does not depend on the order of the votes
    return Step(
        name="find roll calls that are told of twice",
        inputs=(calls, votes),
        output=ALIKE,
        sql=(
            f"WITH suspect AS (SELECT date, resolution FROM {calls} "
            "WHERE date IS NOT NULL AND resolution IS NOT NULL "
            "GROUP BY date, resolution HAVING count(*) > 1), "
            f"those AS (SELECT c.rcid, c.date, c.resolution, c.{RECORD_NO} FROM {calls} "
            "AS c JOIN suspect AS s ON s.date = c.date AND s.resolution = c.resolution), "
            "signed AS (SELECT t.rcid, t.date, t.resolution, "
            f"min(t.{RECORD_NO}) AS {RECORD_NO}, count(*) AS n, "
            "sum(CAST(hash(v.state, v.vote) AS HUGEINT)) AS votes "
            f"FROM those AS t JOIN {votes} AS v ON v.rcid = t.rcid "
            "GROUP BY t.rcid, t.date, t.resolution), "
            f"ordered AS (SELECT rcid, {RECORD_NO}, "
            f"min({RECORD_NO}) OVER same AS first_no "
            "FROM signed WINDOW same AS (PARTITION BY date, resolution, n, votes)) "
            "SELECT o.rcid, f.rcid AS first_rcid FROM ordered AS o JOIN signed AS f "
            f"ON f.{RECORD_NO} = o.first_no WHERE o.first_no < o.{RECORD_NO}"
        ),
        is_temporary=True,
    )


def _no_alike_step() -> Step:
    return Step(
        name="find no roll calls that are told of twice",
        inputs=(),
        output=ALIKE,
        sql="SELECT '' AS rcid, '' AS first_rcid WHERE false",
        is_temporary=True,
    )
