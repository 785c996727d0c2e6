"""What was odd in the rows of files of roll calls, votes and ideal points."""

# ruff: noqa: S608 (names of our own tables and columns, and quoted literals)

from collections.abc import Iterator, Sequence

from groundswell.core.sources import Finding
from groundswell.core.vote_tables import IDEAL_POINT, ROLL_CALL, VOTE
from groundswell.engine.steps import literal, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.plain.layout import Laid, is_false, is_true
from groundswell.ingest.plain.members import membership_findings
from groundswell.ingest.plain.steps import ALIKE, TWICE, merged, values_of
from groundswell.ingest.plain.values import DAY, STATE, typed, value_sql
from groundswell.ingest.report import LEFT
from groundswell.ingest.searches import Search, find_rows, rows_where

CAST_VOTES = "('yes', 'no', 'abstain')"
_SHOWN = 5
_TALLIES = {
    "total_yes": "yes",
    "total_no": "no",
    "total_abstain": "abstain",
    "total_absent": "absent",
}


def plain_findings(
    workspace: Workspace, cells: Cells, *, laid: Sequence[Laid]
) -> tuple[Finding, ...]:
    """Find what was odd in the rows of a file, once its tables are read and merged.

    Parameters
    ----------
    workspace
        Where the rows are.
    cells
        Cells of the file.
    laid
        The tables that it feeds.

    Returns
    -------
    tuple
        A finding for each kind that occurs, with its first rows.
    """
    by_name = {one.name: one for one in laid}
    searches = [_unnamed()]
    for one in laid:
        searches += [*_of_values(one), *_of_merging(one), *_of_states(one)]
    if votes := by_name.get(VOTE.name):
        searches += _of_votes(votes)
        if calls := by_name.get(ROLL_CALL.name):
            searches += [*_of_tallies(calls), _alike()]
    if IDEAL_POINT.name in by_name:
        searches += _of_points()
    across = (found for one in laid for found in _of_columns(workspace, cells, laid=one))
    return (
        *find_rows(workspace, searches),
        *(finding for finding in across if finding.n),
        *membership_findings(workspace, laid=by_name),
    )


def _unnamed() -> Search:
    return rows_where(
        "fate = 'unnamed'",
        table=LEFT,
        words="''",
        kind="unnamed",
        label="rows do not name what they are about, such as a roll call; kept as "
        "records only",
    )


def _of_values(laid: Laid) -> Iterator[Search]:
    """Look for cells that were not read as the numbers, days and flags they should be."""
    kinds = {
        "BIGINT": ("number-unread", "hold no whole number; taken as unknown"),
        "DOUBLE": ("number-unread", "hold no number; taken as unknown"),
        "TIMESTAMP": ("time-unread", "hold no time; taken as unknown"),
        "BOOLEAN": ("flag-unread", "say neither yes nor no; taken as unknown"),
    }
    for column in laid.table.contract.columns:
        if not laid.has(column.name) or column.sql_type not in (*kinds, "DATE"):
            continue
        if column.sql_type == "DATE":
            yield _unread_days(laid)
            continue
        kind, label = kinds[column.sql_type]
        cell = quoted(column.name)
        yield rows_where(
            f"{cell} IS NOT NULL AND "
            f"({value_sql(cell, sql_type=column.sql_type)}) IS NULL",
            table=laid.view,
            words=cell,
            kind=kind,
            label=f"cells for {column.name} {label}",
        )


def _unread_days(laid: Laid) -> Search:
    return Search(
        "date-unread",
        "dates were not read as a day; not used",
        f"SELECT c.{RECORD_NO}, concat(c.date, ': ', d.problem) AS words "
        f"FROM {laid.view} AS c JOIN {DAY} AS d ON d.text = c.date WHERE d.day IS NULL",
    )


def _of_merging(laid: Laid) -> Iterator[Search]:
    """Look for rows that tell of the same roll call, and contradict each other."""
    values = values_of(laid) if laid.table.is_distinct else ()
    fed = [c for c in values if laid.has(c)]
    if not fed:
        return
    key = ", ".join(c for c in laid.table.contract.key if c != "snapshot_id")
    differing = ", ".join(
        f"CASE WHEN count(DISTINCT {quoted(c)}) > 1 THEN {literal(c)} END" for c in fed
    )
    yield Search(
        "roll-call-differs",
        "rows tell of the same roll call and differ from each other; the first counts",
        f"SELECT {RECORD_NO}, concat('roll call ', rcid, ': ', named) AS words FROM ("
        f"SELECT {key}, min({RECORD_NO}) AS {RECORD_NO}, "
        f"concat_ws(', ', {differing}) AS named FROM {typed(laid)} GROUP BY {key} "
        "HAVING count(*) > 1) WHERE named <> ''",
    )


def _of_states(laid: Laid) -> Iterator[Search]:
    if not (laid.has("state_code") or laid.has("state_text")):
        return
    yield rows_where(
        "country IS NULL",
        table=typed(laid),
        words="concat_ws(', ', state_code, state_text)",
        kind="state-unknown",
        label="states are not known; kept as written, without a country",
    )
    yield Search(
        "state-differs",
        "the code of a state and its name mean different states; the code counts",
        f"SELECT c.{RECORD_NO}, concat_ws(', ', c.state_code, c.state_text) AS words "
        f"FROM {typed(laid)} AS c JOIN {STATE} AS s "
        "ON s.state_code = coalesce(c.state_code, '') "
        "AND s.state_text = coalesce(c.state_text, '') WHERE s.is_split",
    )


def _of_votes(votes: Laid) -> Iterator[Search]:
    rows = typed(votes)
    yield rows_where(
        "vote IS NULL AND vote_text IS NOT NULL",
        table=rows,
        words="concat_ws(': ', state, vote_text)",
        kind="vote-unread",
        label="cells say none of yes, no, abstain, absent and not a member; kept as "
        "written",
    )
    yield rows_where(
        "vote_text IS NULL",
        table=rows,
        words="concat_ws(', ', state_code, state_text)",
        kind="vote-empty",
        label="rows name a state and a roll call and no vote; kept, with no vote",
    )
    for is_same, kind, label in (
        ("is_same", "vote-repeated", "rows repeat the vote of a state; kept and marked"),
        (
            *("NOT is_same", "vote-differs"),
            "rows give a state another vote in a roll call in which it has one; kept",
        ),
    ):
        yield rows_where(
            is_same,
            table=TWICE,
            words="concat(state, ' in roll call ', rcid, ', as in row ', first_no)",
            kind=kind,
            label=label,
        )
    if votes.has("is_member"):
        yield rows_where(
            "(is_member AND vote = 'not-member') "
            f"OR (NOT is_member AND vote IN {CAST_VOTES})",
            table=rows,
            words="concat(state, ' in roll call ', rcid, ': ', vote)",
            kind="member-differs",
            label="rows mark a member that is said to be none, or a vote of a state that "
            "is no member; kept as written",
        )


def _of_tallies(calls: Laid) -> Iterator[Search]:
    """Compare the official tallies with the votes, those that are repeated left out."""
    for total, word in _TALLIES.items():
        if not calls.has(total):
            continue
        yield Search(
            "tally-differs",
            f"official tallies of {word} differ from the votes; both are kept",
            f"SELECT r.{RECORD_NO}, concat('roll call ', r.rcid, ': ', r.{total}, "
            f"' official, ', v.n, ' among the votes') AS words FROM {merged(calls)} AS r "
            f"JOIN (SELECT t.rcid, count(*) FILTER (t.vote = {literal(word)}) AS n, "
            "bool_or(t.vote IS NOT NULL) AS is_told FROM typed_vote AS t "
            f"LEFT JOIN {TWICE} AS k ON k.{RECORD_NO} = t.{RECORD_NO} AND k.is_same "
            "AND k.rcid = t.rcid AND k.state_text IS NOT DISTINCT FROM t.state_text "
            f"WHERE k.{RECORD_NO} IS NULL GROUP BY t.rcid) AS v ON v.rcid = r.rcid "
            f"WHERE v.is_told AND r.{total} <> v.n",
        )


def _alike() -> Search:
    return Search(
        "roll-call-repeated",
        "roll calls have the day, the resolution and all votes of an earlier one; kept "
        "and marked",
        f"SELECT c.{RECORD_NO}, concat('roll call ', a.rcid, ', as ', a.first_rcid) "
        f"AS words FROM {ALIKE} AS a JOIN merged_roll_call AS c ON c.rcid = a.rcid",
    )


def _of_points() -> Iterator[Search]:
    rows = f"typed_{IDEAL_POINT.name}"
    yield Search(
        "point-repeated",
        "states have several ideal points in one session; all are kept",
        f"SELECT {RECORD_NO}, concat(state, ' in session ', session) AS words FROM "
        f"(SELECT *, min({RECORD_NO}) OVER (PARTITION BY state, session, agenda) AS f "
        f"FROM {rows}) WHERE f < {RECORD_NO}",
    )
    yield rows_where(
        "point < quantile_0 OR point > quantile_100",
        table=rows,
        words="concat(state, ': ', point)",
        kind="point-outside-draws",
        label="ideal points lie outside of the lowest and highest draw; kept",
    )


def _of_columns(workspace: Workspace, cells: Cells, *, laid: Laid) -> Iterator[Finding]:
    """Look at the columns that become rows: cells that are neither yes nor no."""
    across = laid.table.across
    if across is None or across.cells:
        return
    tests = [
        f"SELECT min({RECORD_NO}) AS {RECORD_NO}, count(*) AS n, "
        f"{literal(called)} AS called, min({cells.cell(name)}) AS words "
        f"FROM {cells.rows} WHERE NOT ({is_true(cells.cell(name))}) "
        f"AND NOT ({is_false(cells.cell(name))})"
        for name, called in laid.across.items()
    ]
    if not tests:
        return
    found = workspace.arrays(
        f"SELECT * FROM ({' UNION ALL '.join(tests)}) WHERE n > 0 ORDER BY called"
    )
    rows = zip(found[RECORD_NO], found["called"], found["words"], strict=True)
    yield Finding(
        kind="flag-unread",
        label=f"cells for {across.names} say neither yes nor no; taken as no",
        n=int(found["n"].sum()),
        examples=tuple(f"row {int(n):,}: {c}: {w}" for n, c, w in rows)[:_SHOWN],
    )
