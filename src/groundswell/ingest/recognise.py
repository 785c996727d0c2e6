"""Which source a file is from, by its columns, or by its cells where it has no header."""

from groundswell.core.errors import InputError
from groundswell.ingest.files.layouts import lacks_header
from groundswell.ingest.files.table import OpenTable
from groundswell.ingest.mapping import Mapping, find_columns, missing_columns
from groundswell.ingest.mapping_file import shipped_mappings

_SHOWN = 8


def recognise(table: OpenTable) -> Mapping:
    """Find the mapping that fits a file.

    Parameters
    ----------
    table
        The file.

    Returns
    -------
    Mapping
        The one all of whose columns the file has, or whose layouts a file without a
        header has; of several the most demanding.

    Raises
    ------
    InputError
        If none fits; the message names the nearest source and what is missing.
    """
    demands = {
        m.name: len(m.file.cells) for m in shipped_mappings() if _lays_out(m, table)
    }
    for mapping in shipped_mappings():
        if mapping.recognised_by and _fits(mapping, table):
            demands[mapping.name] = len(mapping.recognised_by)
    if demands:
        return max(
            (m for m in shipped_mappings() if m.name in demands),
            key=lambda m: demands[m.name],
        )
    by_columns = [
        m for m in shipped_mappings() if m.recognised_by and not m.has_no_others
    ]
    nearest = min(by_columns, key=lambda m: len(_lacks(m, table)) / len(m.recognised_by))
    lacks = _lacks(nearest, table)
    n_found = len(nearest.recognised_by) - len(lacks)
    near = (
        f"Nearest is {nearest.source_ids[0]}, with {n_found} of its "
        f"{len(nearest.recognised_by)} columns; missing: {', '.join(lacks)}."
        if n_found
        else f"It has {', '.join(table.names[:_SHOWN])}."
    )
    raise InputError(
        f"{table.name} does not have the columns of any known source. {near}",
        allowed=", ".join(dict.fromkeys(i for m in by_columns for i in m.source_ids))
        + ", or any table with a mapping",
        todo=f"groundswell ingest --draft-mapping {table.name} > mapping.toml, correct "
        "it, and give it with --mapping mapping.toml",
    )


def check_columns(mapping: Mapping, table: OpenTable) -> None:
    """Make sure that a file has the columns which a user's mapping names.

    Parameters
    ----------
    mapping
        A user's mapping.
    table
        The file.

    Raises
    ------
    InputError
        If a column is missing.
    """
    if missing := missing_columns(mapping, table):
        raise InputError(
            f"{table.name} has no column {', '.join(dict.fromkeys(missing))}, which the "
            f"mapping {mapping.name} names.",
            allowed=", ".join(table.names),
            todo="correct the mapping, or give the file that it is for; "
            f"groundswell ingest --draft-mapping {table.name} proposes one",
        )


def _lays_out(mapping: Mapping, table: OpenTable) -> bool:
    return (
        table.kind == "text"
        and bool(mapping.file.cells)
        and lacks_header(
            table.columns, layouts=mapping.file.layouts, cells=mapping.file.cells
        )
    )


def _fits(mapping: Mapping, table: OpenTable) -> bool:
    has_others = len(table.columns) > len(mapping.recognised_by)
    return not (_lacks(mapping, table) or (mapping.has_no_others and has_others))


def _lacks(mapping: Mapping, table: OpenTable) -> list[str]:
    return [name for name in mapping.recognised_by if not find_columns(table, name)]
