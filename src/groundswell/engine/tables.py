"""Tables of one open database: made by steps, filled from arrays, read as arrays."""

# ruff: noqa: S608 (every identifier is quoted here, and every value bound)

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
from numpy.typing import NDArray

from groundswell.core.errors import InputError, WorkspaceError
from groundswell.core.tables import Table
from groundswell.engine.arrays import (
    Parameter,
    sql_type_of,
    to_array,
    to_fetch,
)
from groundswell.engine.connection import connect, faults, interruptible
from groundswell.engine.statements import Statements
from groundswell.engine.steps import Step, check_name, check_sql, literal, quoted

MAX_ROW_BYTES = 16 * 1024 * 1024


class Tables:
    """An open database.

    SQL comes in as a `Step` or a `SELECT`; values are bound as parameters. Arrays go in
    and come out as NumPy, one per column, and this is how a missing value crosses:

    | SQL type | NumPy | a null |
    |---|---|---|
    | text | object array of `str` | `None` |
    | `DATE` | `datetime64[D]` | `NaT` |
    | `DOUBLE` | `float64` | `nan` |
    | whole number | `int64` | refused: ask for `coalesce(n, 0)` and `n IS NULL` |
    | `BOOLEAN` | `bool` | refused, likewise |
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._statements = Statements(connection)
        # tables and views that were there when it was last asked, but for those dropped
        self._seen: set[str] = set()

    @property
    def version(self) -> tuple[str, str]:
        """Name and version of what computes, for receipts."""
        return "duckdb", duckdb.__version__

    def tables(self) -> tuple[str, ...]:
        """List the names of the tables and views, sorted."""
        return tuple(sorted({name for name, _ in self._kinds()}))

    def create(self, step: Step, /, **values: Parameter) -> int:
        """Make the table of a step, in place of one of the same name.

        A table that the step reads and does not declare, or that is not there, is an
        error.

        Parameters
        ----------
        step
            What to make.
        values
            Its parameters.

        Returns
        -------
        int
            Rows of the table.
        """
        self._check_inputs(step)
        self._check_inputs(step)
        kind = "TEMPORARY TABLE" if step.is_temporary else "TABLE"
        self._run(f"CREATE OR REPLACE {kind} {quoted(step.output)} AS {step.sql}", values)
        return self.count(step.output)

    def append(self, step: Step, /, **values: Parameter) -> int:
        """Add the rows of a step to its output table, matching columns by name.

        Parameters
        ----------
        step
            What to add; its output table exists.
        values
            Its parameters.

        Returns
        -------
        int
            Rows added.
        """
        self._check_inputs(step)
        return self._number(
            f"INSERT INTO {quoted(step.output)} BY NAME {step.sql}", values
        )

    def declare(self, table: Table) -> None:
        """Make an empty table after a contract of `core`, unless it is there."""
        columns = ", ".join(f"{quoted(c.name)} {c.sql_type}" for c in table.columns)
        self._run(f"CREATE TABLE IF NOT EXISTS {quoted(table.name)} ({columns})")

    def arrays(
        self, query: Step | str, /, **values: Parameter
    ) -> dict[str, NDArray[Any]]:
        """Read the result of a query as one NumPy array per column.

        The class tells how nulls look. A list, a struct or a decimal has no plain array:
        select what is needed of it in SQL.

        Parameters
        ----------
        query
            A step (its table is not made) or a `SELECT`; rows come in its `ORDER BY`.
        values
            Its parameters.

        Returns
        -------
        dict
            Arrays of equal length by column.
        """
        if isinstance(query, Step):
            self._check_inputs(query)
            query = query.sql
        else:
            check_sql(query)
        with faults():
            kinds, fetched = self._statements.fetch(query, values)
        return {n: to_array(n, fetched[n], sql_type=k) for n, k in kinds.items()}

    def put(
        self,
        table: str,
        columns: Mapping[str, NDArray[Any] | Sequence[Parameter]],
        *,
        types: Mapping[str, str] | None = None,
    ) -> int:
        """Make a temporary table of arrays or lists.

        Parameters
        ----------
        table
            Name of the table; it lives as long as the workspace is open.
        columns
            Arrays or lists of equal length by column; `None`, `nan` and `NaT` are null.
        types
            SQL types of columns; where a column is left out, its values tell, and a
            column without any value is text.

        Returns
        -------
        int
            Rows of the table.

        Raises
        ------
        ValueError
            If there are no columns, or they differ in length.
        """
        check_name(table)
        if len({len(values) for values in columns.values()}) != 1:
            raise ValueError(f"{table} needs columns of one length")
        given = types or {}
        casts = ", ".join(
            f"CAST({quoted(n)} AS {given.get(n) or sql_type_of(n, v)}) AS {quoted(n)}"
            for n, v in columns.items()
        )
        with interruptible():
            self._connection.register(
                "_put", {n: to_fetch(v) for n, v in columns.items()}
            )
        try:
            self._run(
                f"CREATE OR REPLACE TEMPORARY TABLE {quoted(table)} AS "
                f"SELECT {casts} FROM _put"
            )
        finally:
            with interruptible():
                self._connection.unregister("_put")
        return self.count(table)

    def count(self, table: str) -> int:
        """Count the rows of a table or view."""
        return self._number(f"SELECT count(*) FROM {quoted(table)}")

    def columns(self, table: str) -> tuple[tuple[str, str], ...]:
        """List name and SQL type of each column of a table or view, in order."""
        rows = self._rows(f"DESCRIBE {quoted(table)}")
        return tuple((str(row[0]), str(row[1])) for row in rows)

    def drop(self, *tables: str) -> None:
        """Remove temporary tables and views, whether they are there or not."""
        self._seen.difference_update(tables)
        for name, kind in self._kinds():
            if name in tables:
                self._run(f"DROP {kind} {quoted(name)}")

    def open_parquet(self, view: str, path: Path, *, number: str = "") -> None:
        """Make a temporary view of a Parquet file.

        Parameters
        ----------
        view
            Name of the view.
        path
            The file.
        number
            A first column that numbers the rows of the file, from 1; empty for none.
        """
        source = f"read_parquet({literal(str(path))}"
        if not number:
            self._open_file(view, f"{source})")
            return
        self._open_file(
            view,
            f"(SELECT file_row_number + 1 AS {quoted(number)}, "
            f"* EXCLUDE (file_row_number) FROM {source}, file_row_number = true))",
        )

    def open_csv(
        self,
        view: str,
        path: Path,
        *,
        columns: Sequence[str],
        delimiter: str,
        has_header: bool,
    ) -> None:
        """Make a temporary view of a CSV file, every cell a text and none of them null.

        Parameters
        ----------
        view
            Name of the view.
        path
            A regular file: UTF-8, as many cells in each row as there are columns,
            quotation marks doubled inside quoted cells, no row above `MAX_ROW_BYTES`.
        columns
            Names, no two alike whatever their case.
        delimiter
            One character.
        has_header
            Whether the first row is a header, which is then not read.
        """
        names = ", ".join(literal(name) for name in columns)
        typed = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
        options = (
            "auto_detect=false",
            f"header={str(has_header).lower()}",
            f"delim={literal(delimiter)}",
            "quote='\"'",
            "escape='\"'",
            f"columns={{{typed}}}",
            f"force_not_null=[{names}]",
            f"max_line_size={MAX_ROW_BYTES}",
            # as small as may be: else one thread has all of a file
            f"buffer_size={MAX_ROW_BYTES}",
        )
        # new_line and strict_mode stay unset: with both, DuckDB 2.0.0 returned no rows
        # for a file of a million, and no error
        self._open_file(view, f"read_csv({literal(str(path))}, {', '.join(options)})")

    @contextmanager
    def reading(self, name: str) -> Iterator[None]:
        """Say of a fault in a block that it lies in a file of the user.

        Parameters
        ----------
        name
            The file.

        Yields
        ------
        None
            While the file is read.

        Raises
        ------
        InputError
            If the database cannot read it.
        """
        try:
            yield
        except (duckdb.Error, WorkspaceError) as error:
            raise InputError(
                f"{name} cannot be read: {str(error).splitlines()[0]}",
                allowed="a whole file",
                todo="get it again, or save it as CSV",
            ) from error

    def write_parquet(self, query: str, path: Path) -> None:
        """Write the rows of a `SELECT` to a Parquet file, in their order.

        How they are grouped differs from run to run, and so do the bytes of the file.
        """
        # groups of half the usual size: a sixth less time, and the same size on disk
        self._run(
            f"COPY ({query}) TO {literal(str(path))} "
            "(FORMAT parquet, COMPRESSION snappy, "
            "WRITE_BLOOM_FILTER false, ROW_GROUP_SIZE 61440)"
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of a block, or nothing of it where it ends in an error."""
        with faults():
            self._connection.begin()
        try:
            yield
            with faults():
                self._connection.commit()
        except BaseException:
            self._seen.clear()
            # a commit that fails may have ended the transaction
            with suppress(duckdb.TransactionException), interruptible():
                self._connection.rollback()
            raise

    def _kinds(self) -> list[tuple[str, str]]:
        return self._rows(
            "SELECT table_name, 'TABLE' FROM duckdb_tables() UNION ALL "
            "SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal"
        )

    def _open_file(self, view: str, source: str) -> None:
        check_name(view)
        self._run(
            f"CREATE OR REPLACE TEMPORARY VIEW {quoted(view)} AS SELECT * FROM {source}"
        )

    def _run(self, sql: str, values: Mapping[str, Parameter] | None = None) -> None:
        with faults():
            self._connection.execute(self._statements.parsed(sql), values)

    def _rows(
        self, sql: str, values: Mapping[str, Parameter] | None = None
    ) -> list[tuple[Any, ...]]:
        with faults():
            statement = self._statements.parsed(sql)
            return self._connection.execute(statement, values).fetchall()

    def _number(self, sql: str, values: Mapping[str, Parameter] | None = None) -> int:
        # fetching a single row would leave the result open, and the connection busy
        ((number,),) = self._rows(sql, values)
        return int(number)

    def _check_inputs(self, step: Step) -> None:
        if not self._seen.issuperset(step.inputs):
            present = self.tables()
            self._seen = set(present)
            if missing := set(step.inputs) - self._seen:
                raise WorkspaceError(
                    f"To {step.name}, the workspace would need "
                    f"{', '.join(sorted(missing))}.",
                    allowed=", ".join(present) or "it holds no table yet",
                    todo="groundswell ingest FILE -w WORKSPACE",
                )
        try:
            used = self._statements.tables_of(step.sql)
        except duckdb.BinderException as error:
            raise ValueError(
                f"step {step.name!r} cannot be looked into; joins need ON, not USING: "
                f"{error}"
            ) from error
        if undeclared := set(used) - set(step.inputs):
            raise ValueError(f"step {step.name!r} reads {sorted(undeclared)} undeclared")


@contextmanager
def passing_tables() -> Iterator[Tables]:
    """Open a database in memory, gone at the end of the block."""
    connection = connect(Path(":memory:"))
    try:
        yield Tables(connection)
    finally:
        connection.close()
