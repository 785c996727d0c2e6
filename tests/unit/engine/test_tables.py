import _thread
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Timer

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError, WorkspaceError
from groundswell.core.tables import REPORT
from groundswell.engine import Step
from groundswell.engine.connection import interruptible
from groundswell.engine.tables import Tables, passing_tables


@pytest.fixture(name="tables")
def _tables() -> Iterator[Tables]:
    with passing_tables() as tables:
        yield tables


def _step(sql: str, *, inputs: tuple[str, ...] = (), output: str = "made") -> Step:
    return Step(name="make it", inputs=inputs, output=output, sql=sql)


def test_columns_cross_both_ways_with_their_nulls(tables: Tables) -> None:
    days = np.array(["2025-01-01", "NaT"], dtype="datetime64[D]")
    n = tables.put(
        "t",
        {
            "words": ["a", None],
            "objects": np.array([None, "ü"], dtype=object),
            "days": days,
            "listed": [None, date(2025, 2, 3)],
            "reals": np.array([np.nan, 0.1]),
            "whole": np.array([1, 2**62], dtype=np.int64),
            "maybe": [None, 7],
            "flags": [True, False],
        },
    )
    found = tables.arrays(
        "SELECT words, objects, days, listed, reals, whole, coalesce(maybe, 0) AS maybe, "
        "maybe IS NULL AS no_maybe, flags FROM t ORDER BY whole"
    )
    assert n == 2
    assert list(found["words"]) == ["a", None]
    assert list(found["objects"]) == [None, "ü"]
    assert found["days"].dtype == np.dtype("datetime64[D]")
    assert found["days"][0] == np.datetime64("2025-01-01")
    assert np.isnat(found["days"][1])
    assert np.isnat(found["listed"][0])
    assert found["listed"][1] == np.datetime64("2025-02-03")
    assert np.isnan(found["reals"][0])
    assert found["reals"][1] == 0.1
    assert found["whole"].dtype == np.int64
    assert list(found["whole"]) == [1, 2**62]
    assert list(found["maybe"]) == [0, 7]
    assert list(found["no_maybe"]) == [True, False]
    assert found["flags"].dtype == np.bool_
    assert not any(isinstance(array, np.ma.MaskedArray) for array in found.values())


_WHOLE = st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), min_size=1)
_TEXTS = st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]))))


def test_whole_numbers_never_pass_through_a_float(tables: Tables) -> None:
    @given(_WHOLE)
    def check(values: list[int | None]) -> None:
        tables.put("t", {"n": np.arange(len(values)), "v": values}, types={"v": "BIGINT"})
        found = tables.arrays(
            "SELECT coalesce(v, 0) AS v, v IS NULL AS gone FROM t ORDER BY n"
        )
        pairs = zip(found["v"], found["gone"], strict=True)
        assert [None if gone else int(v) for v, gone in pairs] == values

    check()


def test_texts_come_back_as_they_went(tables: Tables) -> None:
    @given(_TEXTS)
    def check(values: list[str | None]) -> None:
        tables.put("t", {"n": np.arange(len(values)), "v": values})
        assert list(tables.arrays("SELECT v FROM t ORDER BY n")["v"]) == values

    check()


def test_sums_stay_whole(tables: Tables) -> None:
    tables.put("t", {"v": np.full(4, 2**60, dtype=np.int64)})
    found = tables.arrays("SELECT sum(v) AS total, count(*) AS n FROM t")
    assert found["total"].dtype == np.int64
    assert int(found["total"][0]) == 2**62


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT CAST(NULL AS BIGINT) AS v", "null"),
        ("SELECT CAST(NULL AS BOOLEAN) AS v", "null"),
        ("SELECT [1, 2] AS v", "no plain array"),
        ("SELECT {'a': 1} AS v", "no plain array"),
        ("SELECT 1.5 AS v", "no plain array"),
    ],
)
def test_what_has_no_plain_array_is_refused(tables: Tables, sql: str, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        tables.arrays(sql)


def test_columns_of_several_types_or_lengths_are_refused(tables: Tables) -> None:
    with pytest.raises(TypeError, match="mixes"):
        tables.put("t", {"v": ["a", 1]})
    with pytest.raises(ValueError, match="one length"):
        tables.put("t", {"v": ["a"], "w": []})
    with pytest.raises(ValueError, match="one length"):
        tables.put("t", {})


def test_steps_make_and_extend_tables(tables: Tables) -> None:
    tables.put("t", {"v": [1, 2, 3]})
    step = _step("SELECT v, $word AS word FROM t WHERE v > $least", inputs=("t",))
    assert tables.create(step, word="it's", least=1) == 2
    assert tables.append(step, word="b", least=2) == 1
    assert tables.count("made") == 3
    assert [name for name, _ in tables.columns("made")] == ["v", "word"]
    assert list(tables.arrays(step, word="c", least=0)["word"]) == ["c"] * 3
    tables.drop("made", "t", "never")
    assert tables.tables() == ()


def test_steps_declare_what_they_read(tables: Tables) -> None:
    tables.put("t", {"v": [1]})
    with pytest.raises(ValueError, match="undeclared"):
        tables.create(_step("SELECT v FROM t"))
    with pytest.raises(WorkspaceError, match="need nothing_there"):
        tables.create(_step("SELECT v FROM t", inputs=("t", "nothing_there")))
    with pytest.raises(WorkspaceError, match="nothing_there"):
        tables.arrays("SELECT * FROM nothing_there")


def test_a_contract_becomes_an_empty_table(tables: Tables) -> None:
    tables.declare(REPORT)
    tables.declare(REPORT)
    assert [name for name, _ in tables.columns("report")] == list(REPORT.column_names)
    assert tables.count("report") == 0


def test_a_transaction_leaves_nothing_behind_when_it_fails(tables: Tables) -> None:
    def fail() -> None:
        with tables.transaction():
            tables.append(_step("SELECT 2 AS v"))
            raise KeyError

    tables.create(_step("SELECT 1 AS v"))
    with pytest.raises(KeyError):
        fail()
    assert tables.count("made") == 1
    with tables.transaction():
        tables.append(_step("SELECT 2 AS v"))
    assert tables.count("made") == 2


# half a second of work on one thread, which may look for a stop only at its end
_LONG = "SELECT count(*) AS n FROM range(300000000) AS t(i) WHERE hash(i) = 1"


@pytest.mark.parametrize(
    "work",
    [
        lambda tables, _: tables.arrays(_LONG),
        lambda tables, _: tables.create(_step(_LONG)),
        lambda tables, _: tables.append(_step(_LONG, output="kept")),
        lambda tables, path: tables.write_parquet(_LONG, path),
    ],
    ids=["arrays", "create", "append", "write_parquet"],
)
def test_ctrl_c_stops_a_query_and_leaves_what_was_there(
    tables: Tables, tmp_path: Path, work: Callable[[Tables, Path], object]
) -> None:
    tables.create(_step("SELECT 1 AS n", output="kept"))
    stop = Timer(0.1, _thread.interrupt_main)
    stop.start()

    def change() -> None:
        with tables.transaction():
            tables.append(_step("SELECT 2 AS n", output="kept"))
            work(tables, tmp_path / "t.parquet")

    with pytest.raises(KeyboardInterrupt):
        change()
    assert list(tables.arrays("SELECT n FROM kept")["n"]) == [1]
    assert tables.tables() == ("kept",)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
        (duckdb.InterruptException("Interrupted!"), KeyboardInterrupt),
        (duckdb.Error("KeyboardInterrupt: "), KeyboardInterrupt),
        (RuntimeError("something else"), RuntimeError),
        (duckdb.ConversionException("no KeyboardInterrupt"), duckdb.ConversionException),
    ],
)
def test_every_way_in_which_a_stop_is_told(
    error: Exception, expected: type[BaseException]
) -> None:
    with pytest.raises(expected), interruptible():
        raise error


def test_parquet_keeps_order_and_text(tables: Tables, tmp_path: Path) -> None:
    texts = [f'{i}, "{i}"\n' for i in range(5000)]
    tables.put("t", {"i": np.arange(5000), "v": texts})
    path = tmp_path / "it's.parquet"
    tables.write_parquet("SELECT i, v FROM t ORDER BY i DESC", path)
    tables.open_parquet("p", path)
    assert list(tables.arrays("SELECT v FROM p")["v"]) == texts[::-1]


def test_a_damaged_parquet_file_is_the_users_matter(
    tables: Tables, tmp_path: Path
) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    with (
        pytest.raises(InputError, match=r"x\.parquet cannot be read"),
        tables.reading("x.parquet"),
    ):
        tables.open_parquet("p", path)


def test_a_full_disk_or_a_lost_file_is_said_in_words(
    tables: Tables, tmp_path: Path
) -> None:
    path = tmp_path / "x.parquet"
    tables.write_parquet("SELECT 1 AS v", path)
    tables.open_parquet("p", path)
    path.unlink()
    with pytest.raises(WorkspaceError, match="cannot be read"):
        tables.arrays("SELECT v FROM p")
