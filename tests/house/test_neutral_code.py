"""Code names no cause, no side and no country, and nothing holds a reference article.

Causes and countries are data: TOML files, which anybody can read and replace. In code
they may stand only where an example is shown: in a doctest, an `Example:` line, or
backticks of a docstring. Comments and tests may quote what the package reads.
"""

import ast
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from groundswell.codebook.load import list_codebooks, load_codebook
from groundswell.language.place_tables import entries
from house.source_trees import MODULES, Module, docstrings_of, parsed, text_files

CAUSES = (
    r"palestin|israel|gaza|hamas|hezbollah|zion|semiti|jewish|muslim|islam|intifada|"
    r"hostage|abortion|pro[- ]?choice|pro[- ]?life|\bblm\b|black.lives|floyd|"
    r"ukrain|trump|biden"
)
FEWEST_LETTERS = 4  # "us" and "Lao" are words, or parts of words
EXPLAINED = {
    # its states are places of their own, as these have to say
    "api/measuring.py: united states",
    "language/place_tables.py: united states",
    "language/places.py: united states",
    "sources/description.py: united states",
    # its code is what most files write for a missing value
    "ingest/mapping.py: namibia",
}
EXAMPLE = re.compile(
    r"`[^`]*`|^\s*(?:>>>|Example: )(?:.|\n)*?(?:\n\s*\n|\Z)", re.MULTILINE
)

RUN = 8
WRITTEN = ("src", "examples", "docs", "benchmarks", "README.md", "CHANGELOG.md")
# The sentence that the package was first asked to check; tests quote it.
QUOTED = "86 percent of these protests were reportedly pro-Palestine"


def words_of_codebooks() -> set[str]:
    """What shipped codebooks call their topics and sides."""
    books = [load_codebook(line.codebook_id) for line in list_codebooks()]
    found = {book.codebook_id for book in books if book.vocabulary.sides}
    for vocabulary in (book.vocabulary for book in books):
        found.update(vocabulary.topic_terms)
        for side in vocabulary.sides:
            if side.code != "neutral":
                found.update((side.code, *side.terms))
    return found


def words_of_countries() -> set[str]:
    """Names, former names and adjectives of every country of the tables."""
    found: set[str] = set()
    for country in (entry for entry in entries() if len(entry.path) == 1):
        found.update(country.names, country.adjectives)
        found.update(name for name, _, _ in country.former)
    return {word for word in found if len(word) >= FEWEST_LETTERS}


@pytest.fixture(scope="module")
def named() -> re.Pattern[str]:
    words = sorted(words_of_codebooks() | words_of_countries())
    whole = "|".join(map(re.escape, words))
    return re.compile(rf"{CAUSES}|(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


def hits(text: str, *, named: re.Pattern[str]) -> list[str]:
    return [hit[0].lower() for hit in named.finditer(text.replace("_", " "))]


def hits_in_code(module: Module, *, named: re.Pattern[str]) -> list[str]:
    """Names and strings of a module, and prose of its docstrings, that name one."""
    documentation = {id(node) for node in docstrings_of(module.tree)}
    faults = []
    for node in ast.walk(module.tree):
        for _, value in ast.iter_fields(node):
            for words in value if isinstance(value, list) else [value]:
                if isinstance(words, str):
                    prose = EXAMPLE.sub("", words) if id(node) in documentation else words
                    faults += [
                        f"{module.path}: {hit}" for hit in hits(prose, named=named)
                    ]
    return faults


@pytest.mark.slow
def test_no_code_names_a_cause_a_side_or_a_country(named: re.Pattern[str]) -> None:
    found = {fault for m in MODULES for fault in hits_in_code(m, named=named)}
    assert found == EXPLAINED


def test_no_template_names_one(named: re.Pattern[str]) -> None:
    files = text_files(["src/groundswell/reports/templates"])
    templates = {path: text for path, text in files if path.endswith(".html")}
    assert len(templates) > 5
    found = {path: hits(text, named=named) for path, text in templates.items()}
    assert found == {path: [] for path in templates}
    assert hits("<p>pro-Palestine</p>", named=named) == ["pro-palestine"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("x = 'for a Free Palestine'", "palestin"),
        ("def is_pro_life(): ...", "pro life"),
        ("def is_prolife(): ...", "prolife"),
        ("def f(anti_abortion): ...", "abortion"),
        ("f(blm=1)", "blm"),
        ("x.gaza", "gaza"),
        ("IN_FRANCE = 1", "france"),
        ("x = f'{n} marches in france'", "france"),
        ("x = 'East Pakistan'", "east pakistan"),
        ("x = 'right-to-life'", "right-to-life"),
        ("x = 'the United States'", "united states"),
        ("x = 'Franceville, among us'", None),
        ("global jordan", "jordan"),
        ("'Counts hostages.'", "hostage"),
        ("'''Counts.\n\n    >>> f('Gaza')\n    'Gaza'\n\nAs `Gaza`.'''", None),
        ("'''Counts.\n\n    >>> f('Gaza')\n    'Gaza'\n\nNot Gaza.'''", "gaza"),
        ("'''Counts.\n\nExample: f Gaza\n--in Peru'''", None),
        ("x = '`Gaza`'", "gaza"),
    ],
)
def test_a_word_of_a_cause_is_found(
    named: re.Pattern[str], text: str, hit: str | None
) -> None:
    expected = [] if hit is None else [f"a.py: {hit}"]
    assert hits_in_code(parsed("a.py", text), named=named) == expected


def runs_of(text: str) -> set[str]:
    """Every run of words of a text, whatever stands between them."""
    words = re.findall(r"[\w'’-]+", text.casefold())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def taken_from(
    articles: Iterable[bytes], files: Iterable[tuple[str, str]], *, but: str = ""
) -> list[str]:
    """Files that hold words of an article, or the hash of one."""
    runs, hashes = set[str](), set[str]()
    for article in articles:
        runs |= runs_of(article.decode("utf-8", errors="replace")) - runs_of(but)
        hashes |= {sha256(content).hexdigest() for content in (article, article.strip())}
    faults = []
    for path, text in files:
        faults += [f"{path}: {run}" for run in runs & runs_of(text)]
        faults += [f"{path}: {digest}" for digest in hashes if digest in text]
    return sorted(faults)


@pytest.mark.reference
def test_nothing_is_taken_from_a_reference_article(reference_data: Path) -> None:
    articles = [file.read_bytes() for file in (reference_data / "articles").iterdir()]
    assert articles
    assert all(len(runs_of(article.decode())) > 100 for article in articles)
    assert taken_from(articles, text_files(WRITTEN)) == []
    assert taken_from(articles, text_files(["tests"]), but=QUOTED) == []


def test_what_is_taken_from_an_article_is_found() -> None:
    article = "The ferry left\u00a0at dawn, with nine\nmen and one dog aboard.".encode()
    digest = sha256(article).hexdigest()
    files = [
        ("a.py", "# left at dawn with nine men\n#\tand one"),
        ("b.toml", f'sha256 = "{digest}"'),
        ("c.py", "The ferry left at dawn, with nine women"),
    ]
    taken = "left at dawn with nine men and one"
    assert taken_from([article], files) == [f"a.py: {taken}", f"b.toml: {digest}"]
    assert taken_from([article], files, but=taken) == [f"b.toml: {digest}"]
