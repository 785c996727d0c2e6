"""Codebook files: what is read, and that all else is refused with a clear error."""

import json
import pickle
import random
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from groundswell.codebook.drafting import draft_codebook
from groundswell.codebook.load import list_codebooks, load_codebook, read_codebook
from groundswell.core.codebooks import CodebookList, CodebookView
from groundswell.core.errors import DefinitionError, UsageError
from groundswell.core.hashes import sha256_bytes
from groundswell.core.schema import json_schema
from groundswell.core.serialise import canonical

BASE = """\
format = 1
id = "trees"
version = "2"
title = "Trees"
summary = "For and against trees."
languages = ["en", "de"]
wordings = ["narrow", "broad"]

[wording.narrow]
label = "narrow"
used_by = ["A society"]

[[wording_source]]
key = "society"
who = "A society"
what = "its filter"
address = "https://example.org"
date = 2024-01-02

[topic]
article_terms = ["trees", "the felling of trees"]
record_terms = ["tree*"]

[[named_date]]
words = ["Arbor Day", "the day of trees"]
date = 2024-04-26
why = "so called"

[dimension.side]
title = "Which side?"
reads = ["claims_summary"]
sides = ["pro-tree", "pro-saw"]
neutral = "neutral"

[dimension.side.code.pro-tree]
label = "for trees"
meaning = "wants trees"
article_terms = ["pro-tree"]

[dimension.side.code.pro-saw]
label = "for saws"
meaning = "wants saws"
article_terms = ["pro-saw"]

[dimension.side.code.neutral]
label = "neutral"
meaning = "no side"
alone = true
article_terms = ["about trees"]

[dimension.side.code.shade]
label = "shade"
meaning = "wants shade"
alone = true
counterpart = "timber"

[dimension.side.code.timber]
label = "timber"
meaning = "wants timber"
alone = true
counterpart = "shade"

[[dimension.side.rule]]
id = "support"
wordings = ["broad", "narrow"]
source = "society"
pro-tree = ["save the tree*", "plant trees"]
pro-saw = ["save the saw*", "buy saws"]
except.pro-tree = ["save the tree house*"]
except.pro-saw = ["save the saw mill*"]

[[dimension.side.rule]]
id = "goods"
wordings = ["narrow", "broad"]
asymmetry = "only a test"
shade = ["more shade"]
timber = ["more timber"]
neutral = ["tree survey"]

[[dimension.side.exclude]]
id = "jokes"
wordings = ["broad"]
pro-tree = ["family tree"]
pro-saw = ["saw a film"]

[[decision]]
id = "shade"
question = "Does shade count?"
options = [
  { id = "own", label = "no" },
  { id = "tree", label = "yes", used_by = ["B"], folds = { shade = "pro-tree" } },
]

[[decision]]
id = "timber"
question = "Does timber count?"
options = [
  { id = "own", label = "no" },
  { id = "saw", label = "yes", folds = { timber = "pro-saw" } },
]

[reference]
id = "ours"
label = "as we do"
why = "a test"
choices = { wording = "narrow", shade = "own", timber = "own", online-events = "kept" }

[[published_use]]
id = "society"
who = "A society"
where = "its report"
choices = { wording = "broad", shade = "tree" }
"""


def read(text: str) -> object:
    return read_codebook(text.encode(), file_name="trees.toml")


def test_everything_declared_is_read() -> None:
    book = read_codebook(BASE.encode(), file_name="trees.toml")
    assert (book.codebook_id, book.version, book.title) == ("trees", "2", "Trees")
    assert book.languages == ("en", "de")
    assert book.wordings == ("narrow", "broad")
    assert book.sha256 == sha256_bytes(BASE.encode())
    assert book.source_text == BASE
    assert book.fields == ("claims_summary",)
    assert book.code_keys[0] == ("side", "pro-tree")
    assert [code.role for code in book.dimensions[0].codes] == [
        "side",
        "side",
        "neutral",
        "other",
        "other",
    ]
    support, goods, jokes = book.rules
    assert support.wordings == ("narrow", "broad")  # in the order of the codebook
    assert support.source == "society"
    assert support.lists[0].excepts == ("save the tree house*",)
    assert goods.asymmetry == "only a test"
    assert jokes.is_exclusion
    wording, shade, timber = book.decisions
    assert wording.option("narrow").used_by == ("A society",)
    assert wording.option("broad").used_by == ("A society",)  # from its published use
    assert shade.option("tree").used_by == ("B", "A society")
    assert timber.declared_in == "trees"
    assert [(f.option_id, f.code, f.side) for f in book.folds] == [
        ("tree", "shade", "pro-tree"),
        ("saw", "timber", "pro-saw"),
    ]
    assert dict(book.reference.choices)["online-events"] == "kept"
    vocabulary = book.vocabulary
    assert vocabulary.topic_terms == ("trees", "the felling of trees")
    assert [side.code for side in vocabulary.sides] == ["pro-tree", "pro-saw", "neutral"]
    assert vocabulary.named_dates["Arbor Day"] == date(2024, 4, 26)
    assert book.wording_sources[0].date == "2024-01-02"


def test_one_wording_needs_no_names() -> None:
    text = BASE.replace('wordings = ["narrow", "broad"]\n', "").replace(
        'wordings = ["broad", "narrow"]\n', ""
    )
    text = text.replace('wordings = ["broad"]\n', "")
    text = text.replace('[wording.narrow]\nlabel = "narrow"\n', "")
    text = text.replace('used_by = ["A society"]\n', "")
    text = text.replace('wording = "narrow", ', "").replace('wording = "broad", ', "")
    book = read_codebook(text.encode(), file_name="trees.toml")
    assert book.wordings == ("standard",)
    assert [decision.decision_id for decision in book.decisions] == ["shade", "timber"]
    assert all(rule.wordings == ("standard",) for rule in book.rules)


WRONG = [
    # what the file says, what it says instead, what the message must have in it
    ("format = 1", "format = 2", ["line 1", "format = 1"]),
    ("format = 1\n", "", ["format = 1"]),
    ("format = 1", "format = true", ["format = 1"]),
    ('id = "trees"', 'id = "The Trees"', ["line 2", "not an identifier"]),
    ('id = "trees"\n', "", ["'id' is missing"]),
    ('version = "2"', "version = 2", ["line 3", "a text in quotation marks"]),
    ('title = "Trees"', 'title = " "', ["line 4", "empty"]),
    ('["en", "de"]', '["english"]', ["line 6", "ISO 639"]),
    ('["en", "de"]', "[]", ["line 6", "at least one"]),
    ('["en", "de"]', '["en", "en"]', ["twice"]),
    ("[topic]", "[topics]", ["topics", "write 'topic'"]),
    ("article_terms = [", "article_term = [", ["write 'article_terms'"]),
    ('record_terms = ["tree*"]', 'record_terms = ["of*"]', ["'of*'", "at least 4"]),
    ("[wording.narrow]", "[wording.narow]", ["narow", "narrow, broad"]),
    ('key = "society"', 'key = "other"', ["society", "not declared"]),
    ("date = 2024-01-02", 'date = "2024-01-02"', ["a date without quotation marks"]),
    ('words = ["Arbor Day", ', 'words = ["the day of Trees", ', ["declared twice"]),
    ("date = 2024-04-26\n", "", ["'date' is missing", "named_date[1]"]),
    ('reads = ["claims_summary"]', 'reads = ["claims"]', ["no text column 'claims'"]),
    ('reads = ["claims_summary"]', 'reads = ["size_low"]', ["no text column"]),
    ('sides = ["pro-tree", "pro-saw"]', 'sides = ["pro-tree"]', ["two or more"]),
    ('"pro-tree", "pro-saw"]', '"pro-tree", "pro-sew"]', ["pro-sew", "'pro-saw'"]),
    ('neutral = "neutral"', 'neutral = "pro-tree"', ["neutral at once"]),
    ('label = "shade"\n', 'label = "shade"\ncolour = 1\n', ["colour"]),
    ("alone = true\ncounterpart", "alone = 1\ncounterpart", ["true or false"]),
    (
        'meaning = "wants saws"\n',
        'meaning = "wants saws"\nalone = true\n',
        ["only a code beside sides"],
    ),
    ('counterpart = "timber"', 'counterpart = "pro-saw"', ["cannot stand where"]),
    ('counterpart = "timber"\n', "", ["does not name"]),
    ('wordings = ["broad", "narrow"]\n', "", ["'wordings' is missing", "rule[1]"]),
    ('wordings = ["broad"]', 'wordings = ["brod"]', ["'brod'", "write 'broad'"]),
    ('source = "society"', 'source = "socety"', ["write 'society'"]),
    ("pro-saw = [", "pro-sow = [", ["pro-sow", "write 'pro-saw'"]),
    ('"plant trees"]', '""]', ["empty"]),
    ('"plant trees"]', '"of the"]', ["'of the'", "nearly every text", "line 67"]),
    ('"plant trees"]', '"a*"]', ["'a*'", "at least 4 letters"]),
    ('"plant trees"]', '"for the pl*"]', ["at least 4 letters"]),
    ('"plant trees"]', '"with*"]', ["nearly every text"]),
    ('"plant trees"]', '"x"]', ["at least 2 letters"]),
    ('"plant trees"]', '"***"]', ["not at its very end"]),
    ('"plant trees"]', '"plant * trees"]', ["not at its very end"]),
    ('"plant trees"]', '"plant *"]', ["does not follow a letter"]),
    ('"plant trees"]', '"?!"]', ["no word"]),
    ('"plant trees"]', f'"{"plant " * 40}"]', ["longer than 200"]),
    ('"plant trees"]', "7]", ["a list of texts"]),
    ('"plant trees"]', '"SAVE the  trée*"]', ["are the same"]),
    ('"plant trees"]', '"buy saws"]', ["stands for two codes", "'support'"]),
    ('"plant trees"]', '"family tree"]', ["gives and takes", "exclude[1]"]),
    ('"save the tree house*"', '"save a tree"', ["masks nothing"]),
    ('"save the tree house*"', '"resave the tree"', ["masks nothing"]),
    ("except.pro-tree", "except.timber", ["no phrases for 'timber' to mask"]),
    ('id = "goods"', 'id = "support"', ["'support' is declared twice"]),
    ('shade = ["more shade"]\n', "", ["no text can get it", "shade"]),
    ("[[dimension.side.exclude]]", "[[dimension.side.rule]]", ["also stands"]),
    ('id = "timber"\nq', 'id = "shade"\nq', ["'shade' is declared twice"]),
    ('id = "timber"\nq', 'id = "wording"\nq', ["'wording' is declared twice"]),
    ('{ id = "saw"', '{ id = "own"', ["'own' is declared twice"]),
    ('  { id = "saw", label = "yes", folds = { timber = "pro-saw" } },\n', "", ["two"]),
    ('timber = "pro-saw"', 'timber = "shade"', ["not a side", "pro-tree, pro-saw"]),
    ('timber = "pro-saw"', 'pro-tree = "pro-saw"', ["can be folded"]),
    ('timber = "pro-saw"', 'wood = "pro-saw"', ["neutral, shade, timber"]),
    (', timber = "own"', "", ["leaves the decision 'timber' open", "own, saw"]),
    ('shade = "own",', 'shade = "on",', ["no option 'on'", "own, tree"]),
    ('shade = "tree" }', 'shade = "saw" }', ["no option 'saw'"]),
    ('where = "its report"\n', "", ["'where' is missing"]),
    ("[reference]", "[[reference]]", ["a table"]),
    ('[[decision]]\nid = "shade"', '[decision]\nid = "shade"', ["not TOML"]),
    ('title = "Trees"', 'title = "Trees', ["line 4", "not TOML"]),
    ('title = "Trees"', "title = " + "9" * 5_000, ["not TOML"]),
    ('title = "Trees"', "title = " + "[" * 20_000, ["too deep"]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "instead", "parts"), WRONG)
def test_a_wrong_file_says_where_and_what(
    said: str, instead: str, parts: list[str]
) -> None:
    assert said in BASE
    text = BASE.replace(said, instead, 1)
    if parts == ["also stands"]:
        text = text.replace('"family tree"', '"plant trees"', 1)
    with pytest.raises(DefinitionError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("trees.toml")
    for part in parts:
        assert part in message


def test_two_dimensions_with_sides_are_refused() -> None:
    other = BASE[BASE.index("[dimension.side]") : BASE.index("[[decision]]")]
    with pytest.raises(DefinitionError, match="both have sides"):
        read(BASE + other.replace("dimension.side", "dimension.other"))


def test_too_many_codes_are_refused() -> None:
    codes = "".join(
        f'[dimension.x.code.c{n}]\nlabel = "c"\nmeaning = "c"\n'
        f'[[dimension.x.rule]]\nid = "r{n}"\nwordings = ["narrow"]\nc{n} = ["word{n}"]\n'
        for n in range(60)
    )
    with pytest.raises(DefinitionError, match="more than 63 codes"):
        read(BASE + '[dimension.x]\ntitle = "x"\nreads = ["title"]\n' + codes)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"# nothing\n", "declares nothing"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (BASE.encode("utf-16"), "not UTF-8"),
        (BASE.replace("Trees", "B\u00e4ume", 1).encode("latin-1"), "line 4"),
        (b"x = 1\n" * 400_000, "too large"),
        (b"PK\x03\x04", "not TOML"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(
    data: bytes, part: str, tmp_path: Path
) -> None:
    file = tmp_path / "book.toml"
    file.write_bytes(data)
    with pytest.raises(DefinitionError) as caught:
        load_codebook(file)
    assert part in str(caught.value)
    assert str(caught.value).startswith("book.toml")


def test_byte_order_mark_and_line_ends_make_no_difference_but_to_the_hash() -> None:
    plain = read_codebook(BASE.encode(), file_name="x")
    data = b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode()
    marked = read_codebook(data, file_name="x")
    assert marked.rules == plain.rules
    assert marked.source_text.encode() == data
    assert marked.sha256 == sha256_bytes(data) != plain.sha256


def test_names_paths_and_typing_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tactics").write_text(BASE)
    assert load_codebook("tactics").codebook_id == "tactics"
    assert load_codebook("./tactics").codebook_id == "trees"
    for name in ("us-abortions", "nowhere.toml", "", str(tmp_path), "x" * 5_000, "\0"):
        with pytest.raises(UsageError, match="no codebook") as caught:
            load_codebook(name)
        assert "israel-palestine" in caught.value.allowed
    with pytest.raises(UsageError) as caught:
        load_codebook("us-abortions")
    assert caught.value.todo == "write 'us-abortion'"


def test_shipped_codebooks_are_listed_and_their_results_fit_their_schema() -> None:
    listed = list_codebooks()
    assert [line.codebook_id for line in listed] == [
        "israel-palestine",
        "solidarity-forms",
        "tactics",
        "us-abortion",
    ]
    schema = json_schema(CodebookList, title="t")
    Draft202012Validator(schema).validate(
        json.loads(canonical(CodebookList(codebooks=listed)))
    )
    view_schema = Draft202012Validator(json_schema(CodebookView, title="t"))
    for line in listed:
        book = load_codebook(line.codebook_id)
        view_schema.validate(json.loads(canonical(book.view)))
        assert book.summary_line == line
        assert pickle.loads(pickle.dumps(book)) == book  # noqa: S301 (our own bytes)


def damage_line(line: str, kind: int, rng: random.Random) -> str:
    """Damage one line as people do."""
    words = line.split(" ")
    rng.shuffle(words)
    return [
        line[: rng.randrange(len(line) + 1)],
        line.replace('"', "", 1),
        line.replace(" = ", " = 1 #", 1),
        line + rng.choice(['"', "]", "[x]", "= 3", "\0", "*", "\u2028"]),
        line.replace("[", "[[", 1).replace("]", "]]", 1),
        " ".join(words),
    ][kind]


def mutate(text: str, rng: random.Random) -> bytes:
    """Damage a codebook as people and disks do."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 3)):
        place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        kind = rng.randrange(9)
        if kind == 6:
            lines.insert(other, lines[place])
        elif kind == 7:
            lines[place], lines[other] = lines[other], lines[place]
        elif kind == 8:
            del lines[place]
        else:
            lines[place] = damage_line(lines[place], kind, rng)
    data = bytearray("\n".join(lines).encode())
    if rng.random() < 0.3:
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("block", range(4))
def test_damaged_files_raise_definition_errors_only(block: int) -> None:
    draft = draft_codebook("bikes", sides=["pro-bike", "pro-car"], title="Bike lanes")
    texts = [BASE, draft, load_codebook("us-abortion").source_text]
    refused = 0
    for number in range(block * 50, block * 50 + 50):
        rng = random.Random(number)  # noqa: S311 (repeatable damage, no secret)
        data = mutate(texts[number % 3], rng)
        try:
            read_codebook(data, file_name="damaged.toml")
        except DefinitionError as error:
            assert str(error).startswith("damaged.toml")  # noqa: PT017
            refused += 1
    assert refused >= 20
