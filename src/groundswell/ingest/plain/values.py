"""Cells of other tables than `report` as values; each distinct text is read once."""

# ruff: noqa: S608 (names of our own tables and columns)

from collections.abc import Mapping as MappingABC
from datetime import date
from typing import Literal

from groundswell.core.tables import Column
from groundswell.engine.steps import Step, quoted
from groundswell.engine.workspace import Workspace
from groundswell.ingest.cells import Cells
from groundswell.ingest.files.table import RECORD_NO
from groundswell.ingest.plain.layout import DAY_TEXT, OF_SESSION, Laid, is_false, is_true
from groundswell.ingest.plain.mapping import USUAL_ORDER
from groundswell.ingest.plain.words import day_of_session, read_state, vote_of
from groundswell.language.dates import read_date
from groundswell.language.states import System

DAY, VOTE_WORD = "plain_day", "plain_word"
STATE, STATE_DAY = "plain_state", "plain_state_day"
_IDENTITY = ("source_id", "snapshot_id", RECORD_NO)
_MADE = ("duplicate_of",)
# beyond it a DOUBLE does not tell two whole numbers apart
_MOST_WHOLE = 2**53
_TIMES = "['%Y%m%d%H%M%S', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M:%SZ']"


def typed(laid: Laid) -> str:
    """Name the temporary table of the typed rows of a table."""
    return f"typed_{laid.name}"


def read_plain_values(workspace: Workspace, cells: Cells, *, laid: Laid) -> None:
    """Read the texts of a table, and make the temporary table of its typed rows.

    Its columns are those of the contract, of which `source_id`, `snapshot_id` and
    `duplicate_of` are left out, and `state`: what a state is known by.

    Parameters
    ----------
    workspace
        Where the cells are laid out.
    cells
        Cells of the file.
    laid
        The table.
    """
    _put_days(workspace, laid)
    joins = []
    if laid.has("date"):
        joins.append(f"LEFT JOIN {DAY} AS d ON d.text = c.date")
    if _has_state(laid):
        _put_states(workspace, laid)
        joins.append(f"LEFT JOIN {STATE} AS s ON {_same_state('s', laid=laid)}")
        joins.append(
            f"LEFT JOIN {STATE_DAY} AS t ON s.is_dated AND {_same_state('t', laid=laid)} "
            f"AND t.{DAY_TEXT} = c.{DAY_TEXT}"
        )
    if laid.has("vote"):
        _put_votes(workspace, cells, laid=laid)
        joins.append(f"LEFT JOIN {VOTE_WORD} AS v ON v.text = c.vote")
    shown = [
        f"{_value(column, laid=laid)} AS {quoted(column.name)}"
        for column in laid.table.contract.columns
        if column.name not in (*_IDENTITY, *_MADE)
    ]
    if _has_state(laid):
        shown.append(f"coalesce({_country()}, {_cell('state_code', laid)}, ")
        shown[-1] += f"{_cell('state_text', laid)}) AS state"
    workspace.create(
        Step(
            name=f"read the cells of {laid.name}",
            inputs=tuple(
                dict.fromkeys((laid.view, *(join.split()[2] for join in joins)))
            ),
            output=typed(laid),
            sql=(
                f"SELECT c.{RECORD_NO}, {', '.join(shown)} FROM {laid.view} AS c "
                f"{' '.join(joins)}"
            ),
            is_temporary=True,
        )
    )


def _has_state(laid: Laid) -> bool:
    return laid.has("state_code") or laid.has("state_text")


def _cell(target: str, laid: Laid) -> str:
    return f"c.{quoted(target)}" if laid.has(target) else "CAST(NULL AS VARCHAR)"


def _country() -> str:
    return "coalesce(t.country, s.country)"


def _same_state(alias: str, *, laid: Laid) -> str:
    return " AND ".join(
        f"{alias}.{target} = coalesce({_cell(target, laid)}, '')"
        for target in ("state_code", "state_text")
    )


def _value(column: Column, *, laid: Laid) -> str:
    """Write the value of a column of the contract."""
    name = column.name
    if name == "country":
        return _country()
    if name == "vote":
        return "v.word"
    if name.endswith("_text") and not laid.has(name):
        return _cell(name.removesuffix("_text"), laid)
    if not laid.has(name):
        empty = "[]" if column.sql_type.endswith("[]") else "NULL"
        return f"CAST({empty} AS {column.sql_type})"
    return value_sql(f"c.{quoted(name)}", sql_type=column.sql_type)


def value_sql(cell: str, *, sql_type: str) -> str:
    """Write a cell as a value of a type, null where it is none.

    Parameters
    ----------
    cell
        SQL of a text.
    sql_type
        Type of the column that it feeds.

    Returns
    -------
    str
        SQL of the value; a date is taken from the table of days.
    """
    number = f"TRY_CAST(replace({cell}, ',', '') AS DOUBLE)"
    match sql_type:
        case "DATE":
            return "d.day"
        case "BOOLEAN":
            no = f"WHEN {is_false(cell)} THEN false"
            return f"CASE WHEN {is_true(cell)} THEN true {no} END"
        case "TIMESTAMP":
            return f"try_strptime({cell}, {_TIMES})"
        case "BIGINT":
            return (
                f"CASE WHEN abs({number}) < {_MOST_WHOLE} AND {number} = floor({number}) "
                f"THEN CAST({number} AS BIGINT) END"
            )
        case "DOUBLE":
            return f"CASE WHEN isfinite({number}) THEN {number} END"
        case _:
            return cell


def _put_days(workspace: Workspace, laid: Laid) -> None:
    """Read the distinct days of a file: the table `plain_day`."""
    found = workspace.arrays(
        f"SELECT DISTINCT {DAY_TEXT} AS text FROM {laid.view} "
        f"WHERE {DAY_TEXT} IS NOT NULL ORDER BY text"
    )
    texts = [str(text) for text in found["text"]]
    orders = (use.order for use in laid.day_uses if use.target == "date")
    order = next(orders, USUAL_ORDER)
    days: list[date | None] = []
    problems: list[str] = []
    for text in texts:
        if text.startswith(OF_SESSION):
            days.append(day_of_session(text.removeprefix(OF_SESSION)))
            problems.append("")
        else:
            one = read_date(text, order=order)
            is_day = one.start is not None and one.start == one.end
            days.append(one.start if is_day else None)
            problems.append("" if is_day else one.problem or "not exact to the day")
    workspace.put(
        DAY, {"text": texts, "day": days, "problem": problems}, types={"day": "DATE"}
    )


def _put_votes(workspace: Workspace, cells: Cells, *, laid: Laid) -> None:
    found = workspace.arrays(
        f"SELECT DISTINCT vote AS text FROM {laid.view} WHERE vote IS NOT NULL "
        "ORDER BY text"
    )
    use = laid.use("vote")
    codes = vote_codes(cells, use.codes) if use and use.codes else None
    texts = [str(text) for text in found["text"]]
    workspace.put(
        VOTE_WORD,
        {"text": texts, "word": [vote_of(text, codes=codes) for text in texts]},
        types={"word": "VARCHAR"},
    )


def vote_codes(cells: Cells, name: str) -> MappingABC[str, str]:
    """Return a code table of the mapping, which was checked to hold words for votes."""
    return {code: str(word) for code, word in cells.mapping.codes[name].items()}


def _put_states(workspace: Workspace, laid: Laid) -> None:
    """Read the distinct states: `plain_state`, and where it matters `plain_state_day`."""
    use = laid.use("state_code")
    system = use.system if use else ""
    pair = ", ".join(
        f"coalesce({_cell(target, laid)}, '') AS {target}"
        for target in ("state_code", "state_text")
    )
    # the ends of the time in which a state occurs tell whether the day matters at all
    found = workspace.arrays(
        f"WITH pairs AS (SELECT DISTINCT {pair}, c.{DAY_TEXT} FROM {laid.view} AS c) "
        f"SELECT p.state_code, p.state_text, min(d.day) AS first, max(d.day) AS last "
        f"FROM pairs AS p LEFT JOIN {DAY} AS d ON d.text = p.{DAY_TEXT} "
        "GROUP BY ALL ORDER BY ALL"
    )
    pairs = list(zip(found["state_code"], found["state_text"], strict=True))
    ends = zip(found["first"].tolist(), found["last"].tolist(), strict=True)
    country: list[str | None] = []
    is_dated: list[bool] = []
    is_split: list[bool] = []
    for (code, name), days in zip(pairs, ends, strict=True):
        by_code, by_name = read_state(code, name, system=system, on=None)
        usual = by_code or by_name
        on_ends = {
            found
            for day in days
            if day is not None
            for found in [_country_on(code, name, system=system, on=day)]
        }
        country.append(usual)
        is_dated.append(usual is None or bool(on_ends - {usual, None}))
        is_split.append(bool(by_code and by_name and by_code != by_name))
    workspace.put(
        STATE,
        {
            "state_code": [code for code, _ in pairs],
            "state_text": [name for _, name in pairs],
            "country": country,
            "is_dated": is_dated,
            "is_split": is_split,
        },
        types={"country": "VARCHAR", "is_dated": "BOOLEAN", "is_split": "BOOLEAN"},
    )
    _put_dated_states(workspace, laid, pair=pair, system=system)


def _put_dated_states(
    workspace: Workspace, laid: Laid, *, pair: str, system: System | Literal[""]
) -> None:
    found = workspace.arrays(
        f"WITH dated AS (SELECT {pair}, c.{DAY_TEXT} FROM {laid.view} AS c), "
        f"pairs AS (SELECT DISTINCT p.state_code, p.state_text, p.{DAY_TEXT} "
        f"FROM dated AS p JOIN {STATE} AS s ON s.is_dated "
        "AND s.state_code = p.state_code AND s.state_text = p.state_text "
        f"WHERE p.{DAY_TEXT} IS NOT NULL) "
        f"SELECT p.state_code, p.state_text, p.{DAY_TEXT}, d.day FROM pairs AS p "
        f"JOIN {DAY} AS d ON d.text = p.{DAY_TEXT} WHERE d.day IS NOT NULL ORDER BY ALL"
    )
    rows = zip(
        found["state_code"], found["state_text"], found["day"].tolist(), strict=True
    )
    workspace.put(
        STATE_DAY,
        {
            "state_code": found["state_code"],
            "state_text": found["state_text"],
            DAY_TEXT: found[DAY_TEXT],
            "country": [
                _country_on(code, name, system=system, on=day) for code, name, day in rows
            ],
        },
        types={"country": "VARCHAR"},
    )


def _country_on(
    code: str, name: str, *, system: System | Literal[""], on: date
) -> str | None:
    by_code, by_name = read_state(code, name, system=system, on=on)
    return by_code or by_name
