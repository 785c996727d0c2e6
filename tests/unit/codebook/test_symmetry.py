"""The check for symmetry: fair codebooks pass, planted asymmetries are flagged."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from groundswell.codebook.drafting import draft_codebook
from groundswell.codebook.load import list_codebooks, load_codebook, read_codebook
from groundswell.codebook.symmetry import check_codebook
from groundswell.core.codings import SymmetryCheck
from groundswell.core.errors import UsageError
from groundswell.core.schema import json_schema
from groundswell.core.serialise import canonical

DRAFT = draft_codebook("draft", sides=["pro-a", "pro-b"], title="A and B")
OWN_CODES = """
[dimension.side.code.c]
label = "c"
meaning = "c"
alone = true
counterpart = "d"
[dimension.side.code.d]
label = "d"
meaning = "d"
alone = true
counterpart = "c"
[[dimension.side.rule]]
id = "own"
wordings = ["narrow", "broad"]
c = ["gamma ray"]
d = ["delta ray"]
[[decision]]
id = "c"
question = "c?"
options = [
  { id = "own", label = "no" },
  { id = "a", label = "a", folds = { c = "pro-a" } },
]
[[decision]]
id = "d"
question = "d?"
options = [
  { id = "own", label = "no" },
  { id = "b", label = "b", folds = { d = "pro-b" } },
]
"""
FULL = DRAFT.replace(
    'wording = "narrow"\n', 'wording = "narrow"\nc = "own"\nd = "own"\n'
).replace('\n[reference]\nid = "narrow', OWN_CODES + '\n[reference]\nid = "narrow')
EXCLUDE = """
[[dimension.side.exclude]]
id = "x"
wordings = ["broad"]
pro-a = ["never mind"]
pro-b = ["forget it"]
"""


def check(text: str) -> SymmetryCheck:
    return check_codebook(read_codebook(text.encode(), file_name="planted.toml"))


@pytest.mark.parametrize("name", [line.codebook_id for line in list_codebooks()])
def test_shipped_codebooks_are_symmetric(name: str) -> None:
    result = check_codebook(load_codebook(name))
    assert result.is_symmetric
    assert not [f for f in result.findings if f.kind == "problem"]
    schema = json_schema(SymmetryCheck, title="t")
    Draft202012Validator(schema).validate(json.loads(canonical(result)))
    assert check_codebook(load_codebook(name)) == result


def test_declared_asymmetries_of_the_published_wording_are_listed_with_their_reason() -> (
    None
):
    result = check_codebook(load_codebook("israel-palestine"))
    declared = [f for f in result.findings if f.kind == "declared"]
    assert [f.place for f in declared] == [
        "side.published-liberation",
        "side.published-rights",
        "side.published-remembrance",
        "side.published-ceasefire",
        "side.published-rule-by-the-other",
    ]
    assert all("reproduced as printed" in f.message for f in declared)
    assert result.exchange is not None
    assert result.exchange.n_texts > 2_000
    assert result.exchange.n_mirrored == result.exchange.n_comparisons
    rights = next(pair for pair in result.pairs if pair.place == "side.published-rights")
    assert rights.phrases == (("pro-palestine", 1),)
    for rule in load_codebook("israel-palestine").rules:
        if "narrow" in rule.wordings or "broad" in rule.wordings:
            assert not rule.asymmetry


@pytest.mark.parametrize("text", [DRAFT, FULL, FULL + EXCLUDE])
def test_fair_codebooks_pass(text: str) -> None:
    result = check(text)
    assert result.is_symmetric
    assert result.findings == ()


@pytest.mark.parametrize(
    ("said", "instead", "place", "message"),
    [
        ('pro-b = ["example of support by pro-b"]\n', "", "side.support", "none for"),
        ('pro-b = ["forget it"]\n', "", "side.x", "has phrases for pro-a and none"),
        ('d = ["delta ray"]\n', 'neutral = ["delta x"]\n', "side.own", "none for d"),
        (
            'c = ["gamma ray"]\n',
            'c = ["gamma ray"]\nexcept.c = ["gamma ray burst"]\n',
            "side.own",
            "masks matches of c and none of d",
        ),
        ('article_terms = ["pro-b"]\n', "", "side.pro-a/pro-b", "can name pro-a and not"),
        (
            'alone = true\ncounterpart = "c"',
            'counterpart = "c"',
            "side.c/d",
            "only c gives way",
        ),
        ('folds = { d = "pro-b" }', "used_by = []", "c.a", "no option"),
        ('folds = { d = "pro-b" }', 'folds = { d = "pro-a" }', "c.a", "no option"),
    ],
)
def test_planted_asymmetries_are_flagged(
    said: str, instead: str, place: str, message: str
) -> None:
    text = FULL + EXCLUDE
    assert text.count(said) == 1
    text = text.replace(said, instead)
    if 'd = ["' not in text:
        extra = '[[dimension.side.rule]]\nid = "e"\nwordings = ["broad"]\n'
        text += extra + 'd = ["delta ray"]\nc = ["epsilon ray"]\n'
    result = check(text)
    assert not result.is_symmetric
    problems = [f for f in result.findings if f.kind == "problem"]
    assert any(f.place == place and message in f.message for f in problems)


def test_a_wording_without_one_side_is_flagged_even_where_the_rule_declares_it() -> None:
    text = DRAFT.replace(
        'pro-b = ["example of support by pro-b"]',
        'asymmetry = "there is none"',
    )
    result = check(text)
    assert not result.is_symmetric
    assert {f.kind for f in result.findings} == {"problem", "declared"}
    assert result.findings[0].place == "side.narrow"


def test_exchange_finds_what_gives_way_on_one_side_only() -> None:
    text = FULL.replace('alone = true\ncounterpart = "c"', 'counterpart = "c"')
    proof = check(text).exchange
    assert proof is not None
    assert proof.n_mirrored < proof.n_comparisons
    assert proof.failures
    assert "ray" in proof.failures[0]


def test_a_needless_declaration_and_unequal_lists_are_noted() -> None:
    text = DRAFT.replace(
        'pro-a = ["example of support by pro-a"]',
        'asymmetry = "none"\npro-a = ["word one", "word two", "word three"]',
    )
    result = check(text)
    assert result.is_symmetric
    assert [(f.kind, f.place) for f in result.findings] == [("note", "side.support")] * 2


SIDES = st.lists(
    st.from_regex(r"\Apro-[a-z]{1,8}(-[a-z0-9]{1,5})?\Z"),
    min_size=2,
    max_size=5,
    unique=True,
)


def is_words(title: str) -> bool:
    return "*" not in title and any(char.isalnum() for char in title)


@settings(max_examples=25, deadline=None)
@given(sides=SIDES, title=st.text(max_size=30).filter(is_words))
def test_every_draft_loads_and_passes(sides: list[str], title: str) -> None:
    try:
        title.encode()
    except UnicodeEncodeError:
        return
    text = draft_codebook("my-book", sides=sides, title=title)
    book = read_codebook(text.encode(), file_name="my-book.toml")
    assert book.title == title
    assert book.side_dimension is not None
    assert book.side_dimension.sides == tuple(sides)
    result = check_codebook(book)
    assert result.is_symmetric
    assert result.findings == ()
    assert result.exchange is not None
    assert result.exchange.n_comparisons > 0


@pytest.mark.parametrize(
    ("codebook_id", "sides", "title"),
    [
        ("My book", ["a1", "b1"], "t"),
        ("book", ["a1"], "t"),
        ("book", ["a1", "a1"], "t"),
        ("book", ["a1", "neutral"], "t"),
        ("book", ["a1", "wordings"], "t"),
        ("book", ["a1", "B 1"], "t"),
        ("book", ["a1", "b" * 61], "t"),
        ("book", ["a1", "b1"], " "),
        ("book", ["a1", "b1"], "\x1b"),
        ("book", ["a1", "b1"], "march*"),
    ],
)
def test_a_draft_that_could_not_be_loaded_is_refused(
    codebook_id: str, sides: list[str], title: str
) -> None:
    with pytest.raises(UsageError):
        draft_codebook(codebook_id, sides=sides, title=title)
