from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core import phrases
from groundswell.core.dates import Window
from groundswell.reports import formatting as f

SHARES = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("value", "width", "printed"),
    [
        (0.8967, 0.13, "90%"),
        (0.8967, 0.0101, "90%"),
        (0.8967, 0.01, "89.7%"),
        (0.8967, 0.0, "89.7%"),
        (0.865, 0.1, "87%"),
        (0.8649999, 0.1, "86%"),
        (0.89650, 0.0, "89.7%"),
        (0.0, 0.1, "0%"),
        (0.004, 0.1, "under 1%"),
        (0.0004, 0.001, "under 0.1%"),
        (0.996, 0.1, "over 99%"),
        (0.99999, 0.001, "over 99.9%"),
        (1.0, 0.1, "100%"),
        (1.0, 0.0, "100%"),
        (0.0, 0.0, "0%"),
    ],
)
def test_a_share_is_no_more_exact_than_its_range(
    value: float, width: float, printed: str
) -> None:
    assert phrases.format_share(value, width=width) == printed


def test_one_point_is_where_a_decimal_appears() -> None:
    # 0.87 - 0.86 is a hair above one point in binary
    assert phrases.share_decimals(0.87 - 0.86) == 1
    assert phrases.share_decimals(0.0101) == 0


@given(value=SHARES, width=SHARES)
def test_a_printed_share_is_within_half_a_step(value: float, width: float) -> None:
    printed = phrases.format_share(value, width=width)
    number = float(printed.removeprefix("over ").removeprefix("under ").rstrip("%"))
    step = 10.0 ** -phrases.share_decimals(width)
    if printed.startswith(("over", "under")):
        assert abs(value * 100 - number) <= step
    else:
        assert abs(value * 100 - number) <= step / 2 + 1e-9


@given(value=SHARES, width=SHARES)
def test_only_all_prints_as_all_and_only_nothing_as_nothing(
    value: float, width: float
) -> None:
    printed = phrases.format_share(value, width=width)
    assert (printed == "100%") is (round(value * 100, 9) == 100)
    assert (printed == "0%") is (round(value * 100, 9) == 0)
    assert printed not in {"100.0%", "0.0%"}


@given(one=SHARES, other=SHARES, width=SHARES)
def test_order_survives_rounding(one: float, other: float, width: float) -> None:
    def number(value: float) -> float:
        printed = phrases.format_share(value, width=width)
        shift = {"ove": 0.05, "und": -0.05}.get(printed[:3], 0.0)
        return float(printed.split()[-1].rstrip("%")) + shift

    low, high = sorted((one, other))
    assert number(low) <= number(high)


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        (date(2023, 10, 7), date(2023, 10, 27), "7 to 27 October 2023"),
        (date(2023, 10, 7), date(2023, 11, 26), "7 October to 26 November 2023"),
        (date(2023, 10, 7), date(2024, 6, 7), "7 October 2023 to 7 June 2024"),
        (date(2023, 10, 7), date(2023, 10, 7), "7 October 2023"),
        (date(2023, 10, 7), None, "since 7 October 2023"),
        (None, date(2023, 10, 7), "until 7 October 2023"),
        (None, None, "not stated"),
    ],
)
def test_windows_name_month_and_year_once(
    start: date | None, end: date | None, printed: str
) -> None:
    assert phrases.format_window(Window(start=start, end=end)) == printed


def test_no_window_is_not_stated() -> None:
    assert phrases.format_window(None) == "not stated"


@given(st.dates())
def test_a_day_names_itself(day: date) -> None:
    number, month, year = phrases.format_date(day).split()
    assert (int(number), phrases.MONTHS.index(month) + 1, int(year)) == (
        day.day,
        day.month,
        day.year,
    )


@pytest.mark.parametrize(
    ("low", "high", "unit", "printed"),
    [
        (0.84, 0.97, "share", "84% to 97%"),
        (0.8966, 0.8969, "share", "89.7%"),
        (1_060, 680_000, "participants", "1,060 to 680,000"),
        (None, None, "share", "no value"),
    ],
)
def test_ends_that_print_alike_print_once(
    low: float | None, high: float | None, unit: str, printed: str
) -> None:
    assert phrases.format_ends(low, high, unit=unit) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.86, "86%"), (0.855, "85.5%"), (2 / 3, "66.6667%"), (1.0, "100%"), (0.1, "10%")],
)
def test_exact_shares_keep_their_decimals(value: float, printed: str) -> None:
    assert phrases.format_exact_share(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.0, "0 points"), (0.01, "1 point"), (0.0004, "less than 0.1 points")],
)
def test_points(value: float, printed: str) -> None:
    assert phrases.format_points(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1_234_567, "1,234,567"), (0, "0"), (2.5, "2.5"), (float("inf"), "any number")],
)
def test_counts_have_thousands_separators(value: float, printed: str) -> None:
    assert phrases.format_count(value) == printed


@pytest.mark.parametrize(
    ("n", "printed"),
    [(1, "1 byte"), (1_500, "1.5 kB"), (4_310_221, "4.3 MB"), (2 * 10**9, "2.0 GB")],
)
def test_sizes(n: int, printed: str) -> None:
    assert f.format_bytes(n) == printed


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_join_as_in_a_sentence(words: list[str], joined: str) -> None:
    assert phrases.join_words(words) == joined


@given(st.text())
def test_inert_text_can_be_written_and_steers_nothing(text: str) -> None:
    safe = f.inert(text)
    safe.encode("utf-8")
    assert not set(safe) & {"\x1b", "\x00", "\x9b", "\r", "\x07", "\u202e", "\u2066"}
    assert f.inert(safe) == safe


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_plain_text_is_left_as_it_is(text: str) -> None:
    assert f.inert(text) == text


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_cut_texts_say_how_much_is_missing(text: str, limit: int) -> None:
    cut = f.shorten(text, limit)
    if len(text) <= limit:
        assert cut == text
        return
    kept, _, more = cut.rpartition(" … (")
    n_more = int(more.split()[0].replace(",", ""))
    assert text.startswith(kept)
    assert len(kept) <= limit
    assert len(kept) + n_more == len(text)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=6), min_size=5))
def test_texts_are_cut_between_words(words: list[str]) -> None:
    text = " ".join(words)
    kept = f.shorten(text, 15).partition(" … (")[0]
    assert kept == text or (text + " ").startswith(kept + " ")


@pytest.mark.parametrize(
    ("value", "printed"), [(27_907.5, "27,908"), (28_000, "28,000"), (None, "no value")]
)
def test_there_is_no_half_a_person(value: float | None, printed: str) -> None:
    assert phrases.format_value(value, unit="participants", width=1.0) == printed
