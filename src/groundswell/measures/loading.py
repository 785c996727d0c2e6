"""From coded reports to the arrays that measures read."""

from typing import TYPE_CHECKING, Any

import numpy as np

from groundswell.codebook.masks import side_bits
from groundswell.core.errors import WorkspaceError
from groundswell.core.hashes import SHORT, sha256_text
from groundswell.engine import Step
from groundswell.measures.attributes import PLACE_COLUMNS, Attributes
from groundswell.measures.coding import coded_tables, coder_key, mask_column, text_sql
from groundswell.measures.estimands import CodeFrame

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension
    from groundswell.engine import Workspace

_NAMED = {
    "country": "country",
    "admin1": "admin1",
    "locality": "locality",
    "source": "source_id",
}
_PASSING = ("chosen", "attribute_base", "report_number", "series_key", "place_key")
# a key is what tells places or series apart, and what has to be known for that
_KEYS = {
    "place": (PLACE_COLUMNS, ("locality",)),
    "series": (
        (*PLACE_COLUMNS, "weekday", "actor_names"),
        ("locality", "weekday", "actor_names"),
    ),
}
_UNKNOWN = -1
_PLAIN = (
    *("day_first", "day_last", "is_dated", "size_low", "size_high", "is_sized"),
    *("is_online", "is_counter_protest", "is_recurring", "is_after_snapshot"),
    "is_duplicate",
)


def code_frame(codebook: "Codebook", dimension: "Dimension") -> CodeFrame:
    """Take from a codebook what measures need of one of its dimensions.

    Parameters
    ----------
    codebook
        The codebook.
    dimension
        One of its dimensions.

    Returns
    -------
    CodeFrame
        Codes with their bits, sides, and folds by decision and option.
    """
    keys = codebook.code_keys
    folds: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for fold in codebook.folds:
        if fold.dimension == dimension.dimension:
            key = fold.decision_id, fold.option_id
            folds[key] = (*folds.get(key, ()), (fold.code, fold.side))
    return CodeFrame(
        codebook_id=codebook.codebook_id,
        labels={code.code: code.label for code in dimension.codes},
        bits={c.code: keys.index((dimension.dimension, c.code)) for c in dimension.codes},
        sides=dimension.sides,
        folds=folds,
    )


def load_attributes(
    workspace: "Workspace",
    codebook: "Codebook",
    *,
    dimension: "Dimension",
    snapshot_ids: "Sequence[str]",
) -> Attributes:
    """Read what decisions need of each report, from a table that is made once.

    Parameters
    ----------
    workspace
        Its reports are coded with the codebook; see `code_reports`.
    codebook
        Gives the masks.
    dimension
        Its codes are measured; the fields that it reads are joined.
    snapshot_ids
        Whose reports to read, in this order.

    Returns
    -------
    groundswell.measures.attributes.Attributes
        In the order of snapshots and their records.

    Raises
    ------
    WorkspaceError
        If there is no snapshot to read.
    """
    if not snapshot_ids:
        raise WorkspaceError(
            "This workspace holds no records.",
            todo="groundswell ingest FILE -w WORKSPACE",
        )
    table = attribute_table(codebook, dimension=dimension, snapshot_ids=snapshot_ids)
    if table not in workspace.tables():
        with workspace.transaction():
            _make(workspace, codebook, dimension=dimension, snapshot_ids=snapshot_ids)
        workspace.drop(*_PASSING)
    masks = [mask_column(codebook, wording) for wording in codebook.wordings]
    wanted = ("report", *_PLAIN, *_NAMED, *_KEYS, *masks)
    columns = _in_report_order(
        workspace.arrays(f"SELECT {', '.join(wanted)} FROM {table}")  # noqa: S608 (our names)
    )
    columns |= {key: _each_unknown_alone(columns[key]) for key in _KEYS}
    by_wording = {
        wording: columns.pop(mask).astype(np.uint64)
        for wording, mask in zip(codebook.wordings, masks, strict=True)
    }
    names = {
        column: (
            None,
            *workspace.arrays(
                f"SELECT name FROM {table}_{column} ORDER BY number"  # noqa: S608
            )["name"],
        )
        for column in _NAMED
    }
    return Attributes(**columns, masks=by_wording, names=names)


def _in_report_order(columns: "dict[str, NDArray[Any]]") -> "dict[str, NDArray[Any]]":
    """Sort by report, unless they come as they were stored: to look is faster."""
    report = columns["report"]
    if np.array_equal(report, np.arange(len(report))):
        return columns
    order = np.argsort(report)
    return {name: column[order] for name, column in columns.items()}


def _each_unknown_alone(numbers: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """Give each report without a key a number of its own: unknown is not the same."""
    unknown = numbers == _UNKNOWN
    own = np.cumsum(unknown) + numbers.max(initial=_UNKNOWN)
    return np.where(unknown, own, numbers)


def attribute_table(
    codebook: "Codebook", *, dimension: "Dimension", snapshot_ids: "Sequence[str]"
) -> str:
    """Name the table of attributes; other snapshots, codebook or coder have others."""
    key = "|".join([codebook.sha256, dimension.dimension, *snapshot_ids])
    return f"attribute_{coder_key()}_{sha256_text(key)[:SHORT]}"


def _make(
    workspace: "Workspace",
    codebook: "Codebook",
    *,
    dimension: "Dimension",
    snapshot_ids: "Sequence[str]",
) -> None:
    table = attribute_table(codebook, dimension=dimension, snapshot_ids=snapshot_ids)
    workspace.put(
        "chosen",
        {"snapshot_id": list(snapshot_ids), "position": np.arange(len(snapshot_ids))},
    )
    workspace.create(_base_step(codebook, dimension=dimension))
    workspace.create(_number_step())
    for column, name in _NAMED.items():
        workspace.create(_name_step(f"{table}_{column}", name=name))
    for key, (parts, needed) in _KEYS.items():
        workspace.create(_key_step(key, parts=parts, needed=needed))
    workspace.create(_attribute_step(table, codebook=codebook))


def _base_step(codebook: "Codebook", *, dimension: "Dimension") -> Step:
    coded = coded_tables(codebook).texts
    fields = list(enumerate(dimension.reads))
    names = [mask_column(codebook, wording) for wording in codebook.wordings]
    joined = ", ".join(
        " | ".join(f"coalesce(t{i}.{mask}, 0)" for i, _ in fields) + f" AS {mask}"
        for mask in names
    )
    # codes that count alone do so only where no column of the report has a side
    sides, alone = side_bits(codebook)
    masks = ", ".join(
        f"CASE WHEN ({mask} & {sides}) <> 0 THEN {mask} & ~{alone}::BIGINT "
        f"ELSE {mask} END AS {mask}"
        for mask in names
    )
    texts = " ".join(
        f"LEFT JOIN {coded} AS t{i} "
        f"ON t{i}.field = '{field}' AND t{i}.text = {text_sql(field)}"
        for i, field in fields
    )
    return Step(
        name="take what decisions read of each report",
        inputs=("report", "chosen", coded),
        output="attribute_base",
        is_temporary=True,
        sql=f"""
            SELECT * REPLACE ({masks}) FROM (
            SELECT position, record_no, report_id, source_id, country, admin1, locality,
                   coalesce(date_start - DATE '1970-01-01', 0) AS day_first,
                   coalesce(date_end - DATE '1970-01-01', 0) AS day_last,
                   date_start IS NOT NULL AS is_dated,
                   CASE WHEN date_precision = 'day'
                        THEN (date_start - DATE '1970-01-01' + 3) % 7 END AS weekday,
                   CASE WHEN len(actors) > 0 OR NOT names_actors
                        THEN CAST(actors AS VARCHAR) END AS actor_names,
                   coalesce(size_low, size_high, 0) AS size_low,
                   coalesce(size_high, size_low, 0) AS size_high,
                   size_low IS NOT NULL OR size_high IS NOT NULL AS is_sized,
                   coalesce(is_online, FALSE) AS is_online,
                   coalesce(is_counter_protest, FALSE) AS is_counter_protest,
                   recurrence_text IS NOT NULL AS is_recurring,
                   coalesce(is_after_snapshot, FALSE) AS is_after_snapshot,
                   duplicate_of IS NOT NULL AS is_duplicate,
                   {joined}
            FROM report AS r JOIN chosen AS c ON r.snapshot_id = c.snapshot_id
            JOIN (SELECT snapshot_id, bool_or(len(actors) > 0) AS names_actors
                  FROM report GROUP BY snapshot_id) AS s
              ON s.snapshot_id = r.snapshot_id {texts})
        """,  # noqa: S608 (columns of the contract)
    )


def _number_step() -> Step:
    # apart from the rest, since a window carries all columns of its table along
    return Step(
        name="number the reports",
        inputs=("attribute_base",),
        output="report_number",
        is_temporary=True,
        sql="""
            SELECT position, record_no,
                   row_number() OVER (ORDER BY position, record_no) - 1 AS report
            FROM attribute_base
        """,
    )


def _name_step(table: str, *, name: str) -> Step:
    return Step(
        name=f"number the values of {name}",
        inputs=("attribute_base",),
        output=table,
        sql=f"""
            SELECT name, row_number() OVER (ORDER BY name) AS number
            FROM (SELECT DISTINCT {name} AS name FROM attribute_base)
            WHERE name IS NOT NULL
        """,  # noqa: S608 (a column of the contract)
    )


def _key_step(key: str, *, parts: tuple[str, ...], needed: tuple[str, ...]) -> Step:
    columns = ", ".join(parts)
    known = " AND ".join(f"{part} IS NOT NULL" for part in needed)
    return Step(
        name=f"number the values of {key}",
        inputs=("attribute_base",),
        output=f"{key}_key",
        is_temporary=True,
        sql=f"""
            SELECT {columns}, row_number() OVER (ORDER BY {columns}) - 1 AS {key}
            FROM (SELECT DISTINCT {columns} FROM attribute_base WHERE {known})
        """,  # noqa: S608 (columns of the contract)
    )


def _attribute_step(table: str, *, codebook: "Codebook") -> Step:
    masks = [mask_column(codebook, wording) for wording in codebook.wordings]
    plain = ", ".join(f"b.{column}" for column in ("report_id", *_PLAIN, *masks))
    numbers = ", ".join(f"coalesce({c}.number, 0) AS {c}" for c in _NAMED)
    keys = ", ".join(f"coalesce({key}, {_UNKNOWN}) AS {key}" for key in _KEYS)
    joins = [
        f"LEFT JOIN {table}_{column} AS {column} ON {column}.name = b.{name}"
        for column, name in _NAMED.items()
    ]
    joins += [
        f"LEFT JOIN {key}_key ON "
        + " AND ".join(
            f"{key}_key.{part} IS NOT DISTINCT FROM b.{part}" for part in parts
        )
        for key, (parts, _) in _KEYS.items()
    ]
    return Step(
        name="lay out attributes",
        inputs=(
            "attribute_base",
            *(f"{table}_{column}" for column in _NAMED),
            *(f"{key}_key" for key in _KEYS),
            "report_number",
        ),
        output=table,
        sql=f"""
            SELECT n.report, {plain}, {numbers}, {keys}
            FROM attribute_base AS b JOIN report_number AS n
              ON n.position = b.position AND n.record_no = b.record_no
            {" ".join(joins)} ORDER BY n.report
        """,  # noqa: S608 (columns of the contract)
    )
