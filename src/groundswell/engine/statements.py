"""Queries that run again and again: parsed once, since that takes longer than they do."""

from collections.abc import Mapping
from typing import Any, TypeVar

import duckdb
from numpy.typing import NDArray

from groundswell.engine.arrays import Parameter, exact_type
from groundswell.engine.steps import quoted, without_parameters

# a small file takes about 80 queries; with few rows to work on, DuckDB 2.0.0 spent two
# thirds of the time of a long one on parsing it
_MOST = 200
_Known = TypeVar("_Known")


class Statements:
    """The queries of a connection, by their text.

    What is kept is what the text alone says. Which tables and types a name stands for is
    looked up on every run.

    Parameters
    ----------
    connection
        Where they run.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._parsed: dict[str, duckdb.Statement] = {}
        self._tables: dict[str, frozenset[str]] = {}

    def parsed(self, sql: str) -> duckdb.Statement:
        """Parse a query."""
        known = self._parsed.pop(sql, None)
        if known is None:
            (known,) = self._connection.extract_statements(sql)
        return _keep(self._parsed, sql, known=known)

    def tables_of(self, sql: str) -> frozenset[str]:
        """Find the tables that a query reads."""
        known = self._tables.pop(sql, None)
        if known is None:
            # the parser takes no parameter here, and a null stands wherever one does
            known = frozenset(self._connection.get_table_names(without_parameters(sql)))
        return _keep(self._tables, sql, known=known)

    def fetch(
        self, query: str, values: Mapping[str, Parameter]
    ) -> tuple[dict[str, str], dict[str, NDArray[Any]]]:
        """Read the result of a `SELECT`, whole numbers as `BIGINT`.

        Parameters
        ----------
        query
            The query.
        values
            Its parameters.

        Returns
        -------
        tuple
            SQL types of the columns before that, and the columns, masked where null.
        """
        statement = self.parsed(query)
        found = self._connection.execute(statement, values or None)
        kinds = {str(name): str(kind) for name, kind, *_ in found.description}
        if all(kind == exact_type(kind) for kind in kinds.values()):
            return kinds, found.fetchnumpy()
        found.abort()
        casts = (
            f"CAST({quoted(n)} AS {exact_type(k)}) AS {quoted(n)}"
            for n, k in kinds.items()
        )
        relation = self._connection.sql(statement, params=values or None)
        return kinds, relation.project(", ".join(casts)).fetchnumpy()


def _keep(cache: dict[str, _Known], sql: str, *, known: _Known) -> _Known:
    """Keep what is known of a query, and forget what was asked for least lately."""
    cache[sql] = known
    if len(cache) > _MOST:
        del cache[next(iter(cache))]
    return known
