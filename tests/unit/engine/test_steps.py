import pytest

from groundswell.engine import Step
from groundswell.engine.steps import check_sql, literal, quoted, without_parameters


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("SELECT avg(x) FROM t", "avg"),
        ("SELECT MEAN (x) FROM t", "MEAN"),
        ("SELECT stddev_pop(x) FROM t", "stddev_pop"),
        ("SELECT any_value(x) FROM t", "any_value"),
        ("SELECT approx_count_distinct(x) FROM t", "approx_count_distinct"),
        ("SELECT mode(x) FROM t", "mode"),
        ("SELECT random() FROM t", "random"),
        ("SELECT now() FROM t", "now"),
        ("SELECT current_date FROM t", "current_date"),
        ("SELECT list(x) FROM t", "list"),
        ("SELECT string_agg(x, ', ') FROM t", "string_agg"),
        ("SELECT first(x) FROM t", "first"),
        ("DELETE FROM t", "SELECT"),
        ("SELECT 1; DROP TABLE t", "semicolon"),
        ("", "SELECT"),
    ],
)
def test_queries_that_can_answer_differently_are_refused(sql: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        check_sql(sql)
    with pytest.raises(ValueError, match=word):
        Step(name="n", inputs=(), output="o", sql=sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(n) FROM t",
        "SELECT 'avg(x); now()' AS words FROM t -- any_value(x)",
        'SELECT "avg(x)" FROM t',
        "WITH a AS (SELECT 1) SELECT list(x ORDER BY x) FROM a /* mode(x) */",
        "SELECT list_filter([1], lambda x: x > 0) FROM t;",
        "SELECT average(x) FROM t",
    ],
)
def test_queries_that_repeat_are_let_through(sql: str) -> None:
    check_sql(sql)


@pytest.mark.parametrize("name", ["a b", "1a", "", 'a"', "a;b"])
def test_table_names_are_plain_words(name: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        Step(name="n", inputs=(name,), output="o", sql="SELECT 1")
    with pytest.raises(ValueError, match="letters"):
        Step(name="n", inputs=(), output=name, sql="SELECT 1")


def test_quoting() -> None:
    assert quoted('a"b') == '"a""b"'
    assert literal("it's") == "'it''s'"
    assert without_parameters('SELECT "$a", $b::INTEGER -- $c\n') == (
        'SELECT "$a", NULL::INTEGER -- $c\n'
    )
