from hypothesis import example, given
from hypothesis import strategies as st

from groundswell.core.text import IDENTITY, TextMap, fold, fold_words

texts = st.text(max_size=60) | st.text(
    alphabet="aÉßİﬁ \u00a0\u00ad\u200b’–\u0301\n-'", max_size=30
)


@given(texts)
@example("İﬁß\u00a0\u00ad x")
def test_every_folded_character_maps_to_a_span_that_folds_to_it(text: str) -> None:
    folded, back = fold(text)
    assert folded == fold_words(text)
    for index in range(len(folded)):
        start, end = back.to_raw(index, index + 1)
        assert 0 <= start < end <= len(text)
        assert folded[index] in fold_words(text[start:end])


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_words(fold_words(text)) == fold_words(text)


@given(texts, st.data())
def test_spans_keep_their_order(text: str, data: st.DataObject) -> None:
    folded, back = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    raw_start, raw_end = back.to_raw(start, end)
    assert raw_start <= raw_end
    if start == end:
        assert raw_start == raw_end


@given(texts)
def test_maps_compose(text: str) -> None:
    once, first = fold(text)
    doubled = "".join(c + c for c in once)
    second = TextMap(
        tuple(i // 2 for i in range(len(doubled))),
        tuple(i // 2 + 1 for i in range(len(doubled))),
    )
    joined = second.after(first)
    for index in range(len(doubled)):
        assert joined.to_raw(index, index + 1) == first.to_raw(index // 2, index // 2 + 1)
    assert IDENTITY.after(first) is first


def test_letters_that_change_length_fold_as_a_reader_would() -> None:
    assert fold_words("STRAẞE Straße") == "strasse strasse"
    assert fold_words("İstanbul ISTANBUL ıstanbul") == "istanbul istanbul istanbul"
    assert fold_words("ﬁnal") == "final"
    assert fold_words("Côte d’Ivoire") == fold_words("COTE D'IVOIRE")
    assert fold_words("86\u00a0percent") == "86 percent"
    assert fold_words("so\u00adli\u200bdarity") == "solidarity"
    assert fold_words("2017–2018") == "2017-2018"
