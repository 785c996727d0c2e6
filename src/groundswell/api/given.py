"""What a check is given: read whole, and found to be in order, before any work begins."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from groundswell.api.receipts import codebook_input
from groundswell.api.requests import CheckRequest
from groundswell.checking.registry import read_figures, registry_sha256
from groundswell.codebook.load import list_codebooks, load_codebook, read_codebook
from groundswell.core.errors import DefinitionError, InputError, UsageError
from groundswell.core.hashes import sha256_bytes
from groundswell.core.receipts import InputRef
from groundswell.reading import apply_claims, read_article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from groundswell.codebook.model import Codebook
    from groundswell.core.claims import Reading
    from groundswell.core.figures import Figure
    from groundswell.core.receipts import InputRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text to be checked: a file, or one sentence.

    Attributes
    ----------
    content
        Bytes of the file, or of the sentence as UTF-8.
    name
        File name without its folder, or `text`.
    is_sentence
        Whether it came from the command line.
    """

    content: bytes
    name: str
    is_sentence: bool

    @classmethod
    def from_file(cls, path: "Path") -> "Article":
        """Read an article's bytes.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        Article
            Its bytes, not yet looked at.

        Raises
        ------
        InputError
            If the file cannot be opened.
        """
        try:
            return cls(content=path.read_bytes(), name=_name(path), is_sentence=False)
        except OSError as error:
            raise InputError(
                f"The article {path} cannot be opened: {error.strerror}.",
                allowed="an HTML or text file",
            ) from error

    @classmethod
    def from_sentence(cls, text: str) -> "Article":
        """Take one sentence as the whole text.

        Parameters
        ----------
        text
            The sentence.

        Returns
        -------
        Article
            Named `text`.

        Raises
        ------
        InputError
            If it holds what is no character, as bytes that are no UTF-8 become.
        """
        try:
            return cls(content=text.encode(), name="text", is_sentence=True)
        except UnicodeEncodeError as error:
            raise InputError(
                f"The sentence has no character at place {error.start + 1}.",
                allowed="text in UTF-8",
                todo="save it to a file, and check that",
            ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Bytes that a check was given, each with what it is used as.

    Attributes
    ----------
    article, claims, figures
        Name and bytes; no claims file has no entry.
    codebooks
        As they were read.
    """

    article: Article
    claims: "tuple[tuple[str, bytes], ...]"
    figures: "tuple[tuple[str, bytes], ...]"
    codebooks: "tuple[Codebook, ...]"

    @property
    def contents(self) -> dict[str, bytes]:
        """Bytes by their SHA-256."""
        files = [self.article.content, *(data for _, data in self.claims + self.figures)]
        files += [book.source_text.encode() for book in self.codebooks]
        return {sha256_bytes(data): data for data in files}

    def references(self, records: "Sequence[InputRef]") -> tuple[InputRef, ...]:
        """List all inputs for a receipt, those of the records among them."""
        article = (self.article.name, self.article.content)
        return (
            _reference("article", article),
            *(_reference("claims", file) for file in self.claims),
            *records,
            *map(codebook_input, self.codebooks),
            *(_reference("figures", file) for file in self.figures),
        )

    def request(self, *, published: "date | None") -> CheckRequest:
        """Write down what is asked, without the records yet."""
        return CheckRequest(
            article_name=self.article.name,
            article_sha256=sha256_bytes(self.article.content),
            is_sentence=self.article.is_sentence,
            published=published,
            codebooks=tuple((book.codebook_id, book.sha256) for book in self.codebooks),
            figures_sha256=registry_sha256(),
            own_figures=tuple((name, sha256_bytes(data)) for name, data in self.figures),
            claims_sha256="".join(sha256_bytes(data) for _, data in self.claims),
            snapshot_ids=(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a check is made of, beside the records.

    Attributes
    ----------
    codebooks
        Whose words are looked for.
    reading
        The article as read, corrections by hand put over it.
    figures
        Published figures.
    """

    codebooks: "tuple[Codebook, ...]"
    reading: "Reading"
    figures: "tuple[Figure, ...]"


def read_given(request: CheckRequest, content_of: "Callable[[str], bytes]") -> Given:
    """Read the inputs of a check.

    Parameters
    ----------
    request
        Names them by content.
    content_of
        Gives the bytes of a SHA-256.

    Returns
    -------
    Given
        All of it in order.
    """
    books = tuple(
        read_codebook(content_of(sha), file_name=f"{name}.toml")
        for name, sha in request.codebooks
    )
    figures = read_figures([(name, content_of(sha)) for name, sha in request.own_figures])
    reading = _read(request, content_of, books=books)
    return Given(codebooks=books, reading=reading, figures=figures)


def choose_codebooks(named: "Sequence[str]") -> "tuple[Codebook, ...]":
    """Load the codebooks whose words are looked for: all with sides where none is named.

    Parameters
    ----------
    named
        Names or paths.

    Returns
    -------
    tuple
        Each once.
    """
    names = named or [line.codebook_id for line in list_codebooks() if line.sides]
    books = {book.sha256: book for book in map(load_codebook, names)}
    return tuple(books.values())


def read_file(path: "Path", *, what: str) -> tuple[str, bytes]:
    """Read a TOML file that goes with an article.

    Parameters
    ----------
    path
        The file.
    what
        What it holds, for messages.

    Returns
    -------
    tuple
        Its name and its bytes.

    Raises
    ------
    UsageError
        If it cannot be opened.
    DefinitionError
        If it is not text in UTF-8.
    """
    try:
        data = path.read_bytes()
        data.decode()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be opened: {error.strerror}.",
            allowed=f"a TOML file of {what}",
        ) from error
    except UnicodeDecodeError as error:
        raise DefinitionError(
            f"{path}: byte {error.start} is not UTF-8.",
            allowed=f"a TOML file of {what}, saved as UTF-8",
        ) from error
    return _name(path), data


def _read(
    request: CheckRequest,
    content_of: "Callable[[str], bytes]",
    *,
    books: "Sequence[Codebook]",
) -> "Reading":
    content: bytes | str = content_of(request.article_sha256)
    if request.is_sentence and isinstance(content, bytes):
        content = content.decode()
    vocabularies = [book.vocabulary for book in books]
    reading = read_article(
        content,
        name=request.article_name,
        vocabularies=vocabularies,
        published=request.published,
    )
    if request.claims_sha256:
        reading = apply_claims(
            reading,
            content_of(request.claims_sha256).decode(),
            content=content,
            vocabularies=vocabularies,
        )
    return _with_labels(reading, books)


def _with_labels(reading: "Reading", books: "Sequence[Codebook]") -> "Reading":
    labels = {
        (book.codebook_id, code.code): code.label
        for book in books
        for dimension in book.dimensions
        for code in dimension.codes
    }
    titles = {book.codebook_id: book.title for book in books}
    claims = tuple(
        replace(
            claim,
            scope=replace(
                claim.scope,
                side_label=labels.get((claim.scope.codebook_id, claim.scope.side), ""),
                topic_label=titles.get(claim.scope.codebook_id, ""),
            ),
        )
        for claim in reading.claims
    )
    return replace(reading, claims=claims)


def _reference(role: "InputRole", file: tuple[str, bytes]) -> InputRef:
    name, data = file
    return InputRef(role=role, name=name, sha256=sha256_bytes(data), n_bytes=len(data))


def _name(path: "Path") -> str:
    # a name that is no UTF-8 cannot stand in a receipt
    return path.name.encode("utf-8", "replace").decode()
