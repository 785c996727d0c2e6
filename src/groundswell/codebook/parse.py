"""From the root of a codebook file to a `Codebook`."""

from typing import TYPE_CHECKING

from groundswell.codebook.choices import parse_choices
from groundswell.codebook.crosschecks import check_phrases
from groundswell.codebook.dimensions import parse_dimensions
from groundswell.codebook.error_rates import parse_error_rates
from groundswell.codebook.model import STANDARD, WORDING, Codebook, NamedDate
from groundswell.codebook.phrases import find_fault, read_article_terms
from groundswell.core.codebooks import WordingSource
from groundswell.core.text import fold_words

if TYPE_CHECKING:
    from groundswell.core.toml_tables import TomlTable

FORMAT = 1
_ROOT = (
    "format",
    "id",
    "version",
    "title",
    "summary",
    "languages",
    "wordings",
    "wording",
    "wording_source",
    "topic",
    "named_date",
    "dimension",
    "decision",
    "reference",
    "published_use",
    "error_rate",
)
_SOURCE = ("key", "who", "what", "address", "date")
_LANGUAGE_LENGTHS = (2, 3)


def parse_codebook(root: "TomlTable", *, sha256: str) -> Codebook:
    """Turn the root of a codebook file into a codebook.

    Parameters
    ----------
    root
        The parsed file.
    sha256
        Hash of its bytes.

    Returns
    -------
    Codebook
        With every reference within it resolved.
    """
    _check_format(root)
    root.refuse_unknown(_ROOT)
    wordings = _parse_wordings(root)
    sources = _parse_wording_sources(root)
    dimensions = parse_dimensions(
        root, wordings=wordings, source_keys={source.key for source in sources}
    )
    check_phrases(root, dimensions=dimensions)
    topic = root.table("topic")
    topic.refuse_unknown(("article_terms", "record_terms"))
    choices = parse_choices(root, wordings=wordings, dimensions=dimensions)
    return Codebook(
        codebook_id=root.identifier("id"),
        version=root.text("version"),
        title=root.text("title"),
        summary=root.text("summary"),
        languages=_parse_languages(root),
        file_name=root.source.name,
        sha256=sha256,
        source_text=root.source.text,
        wordings=wordings,
        wording_sources=sources,
        topic_terms=read_article_terms(topic),
        record_terms=_parse_record_terms(topic),
        named_dates=_parse_named_dates(root),
        dimensions=dimensions,
        decisions=choices.decisions,
        folds=choices.folds,
        reference=choices.reference,
        published_uses=choices.published_uses,
        error_rates=parse_error_rates(root, wordings=wordings, dimensions=dimensions),
    )


def _check_format(root: "TomlTable") -> None:
    if not root.data:
        raise root.error(
            "", "the file declares nothing.", todo="groundswell codebook new"
        )
    declared = root.data.get("format")
    if type(declared) is not int or declared != FORMAT:
        raise root.error(
            "format",
            f"the format is {declared!r}, which this version cannot read.",
            allowed=f"format = {FORMAT}",
            todo=f"put the line `format = {FORMAT}` at the top of the file",
        )


def _parse_languages(root: "TomlTable") -> tuple[str, ...]:
    languages = root.texts("languages", required=True)
    for language in languages:
        is_code = language.isascii() and language.isalpha() and language.islower()
        if not is_code or len(language) not in _LANGUAGE_LENGTHS:
            raise root.error(
                "languages",
                f"{language!r} is not the code of a language.",
                allowed="two or three lower-case letters as in ISO 639: en, es, ar",
                quoting=language,
            )
    return languages


def _parse_wordings(root: "TomlTable") -> tuple[str, ...]:
    wordings = root.texts("wordings", required=False) or (STANDARD,)
    for wording in wordings:
        root.check_identifier(wording, key="wordings")
    root.table(WORDING).refuse_unknown(wordings)
    return wordings


def _parse_wording_sources(root: "TomlTable") -> tuple[WordingSource, ...]:
    sources: list[WordingSource] = []
    for table in root.tables("wording_source"):
        table.refuse_unknown(_SOURCE)
        key = table.identifier("key")
        if any(source.key == key for source in sources):
            raise table.error("key", f"the source {key!r} is declared twice.")
        sources.append(
            WordingSource(
                key=key,
                who=table.text("who"),
                what=table.text("what"),
                address=table.text("address", default=""),
                date=str(table.day("date")) if "date" in table else "",
            )
        )
    return tuple(sources)


def _parse_record_terms(topic: "TomlTable") -> tuple[str, ...]:
    terms = topic.texts("record_terms", required=False)
    for term in terms:
        if fault := find_fault(term):
            raise topic.error(
                "record_terms", f"the phrase {term!r} {fault}.", quoting=term
            )
    return terms


def _parse_named_dates(root: "TomlTable") -> tuple[NamedDate, ...]:
    dates: list[NamedDate] = []
    seen: set[str] = set()
    for table in root.tables("named_date"):
        table.refuse_unknown(("words", "date", "why"))
        words = table.texts("words", required=True)
        for word in words:
            if fold_words(word) in seen:
                raise table.error("words", f"{word!r} is declared twice.", quoting=word)
            seen.add(fold_words(word))
        dates.append(NamedDate(words=words, day=table.day("date"), why=table.text("why")))
    return tuple(dates)
