"""`check`: an article against records and published figures."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from groundswell.api.coded import (
    choose_snapshots,
    dimension_of,
    keep_codebook,
    kept_codebook,
    records_of,
)
from groundswell.api.measuring import write_measure_receipt
from groundswell.api.receipts import (
    codebook_input,
    kept_input,
    records_input,
    write_receipt,
)
from groundswell.api.recording import RecordFiles, ingest_all
from groundswell.api.requests import CheckRequest
from groundswell.checking.registry import load_figures, registry_sha256
from groundswell.checking.verdicts import Material, check_reading, estimand_of
from groundswell.codebook.load import list_codebooks, load_codebook
from groundswell.core.errors import InputError, UsageError
from groundswell.core.verdicts import ArticleCheck
from groundswell.engine import Workspace
from groundswell.reading import apply_claims, draft_claims, read_article
from groundswell.sources.manifest import list_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from groundswell.api.coded import Progress
    from groundswell.codebook.model import Codebook
    from groundswell.core.claims import Reading
    from groundswell.core.receipts import InputRef, InputRole
    from groundswell.core.sources import Snapshot


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
    def from_file(cls, path: Path) -> "Article":
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
            return cls(content=path.read_bytes(), name=path.name, is_sentence=False)
        except OSError as error:
            raise InputError(
                f"The article {path} cannot be opened: {error.strerror}.",
                allowed="an HTML or text file",
            ) from error

    @classmethod
    def from_sentence(cls, text: str) -> "Article":
        """Take one sentence as the whole text."""
        return cls(content=text.encode(), name="text", is_sentence=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What an article is checked against.

    Attributes
    ----------
    records
        Files of records, ingested first; with none, `use_workspace` decides.
    use_workspace
        Whether to use all the records that the workspace holds.
    codebooks
        Names or paths; all shipped codebooks that have sides where none is named.
    published
        Day of publication.
    claims
        A TOML file that corrects the reading.
    figures
        The user's own files of published figures.
    """

    records: RecordFiles = field(default_factory=RecordFiles)
    use_workspace: bool = False
    codebooks: "tuple[str, ...]" = ()
    published: "date | None" = None
    claims: "Path | None" = None
    figures: "tuple[Path, ...]" = ()


def check_article(
    article: Article,
    workspace: Path,
    *,
    against: Against,
    progress: "Progress | None" = None,
) -> ArticleCheck:
    """Read an article, find its checkable claims, and give each a verdict.

    Parameters
    ----------
    article
        The text.
    workspace
        Folder for snapshots and receipts; made where there is none.
    against
        Records, codebooks, figures.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    ArticleCheck
        Verdicts in the order of check-worthiness; receipts were written.
    """
    with Workspace.open(workspace, create=True) as opened:
        snapshots: Sequence[Snapshot] = ()
        if against.records.files:
            ingested = ingest_all(opened, against.records, progress=progress)
            ids = tuple(result.snapshot.snapshot_id for result in ingested)
            snapshots = choose_snapshots(opened, ids)
        elif against.use_workspace:
            snapshots = choose_snapshots(opened)
        return _check(
            opened, article, snapshots=snapshots, against=against, progress=progress
        )


def _check(
    workspace: Workspace,
    article: Article,
    *,
    snapshots: "Sequence[Snapshot]",
    against: Against,
    progress: "Progress | None",
) -> ArticleCheck:
    books = [
        keep_codebook(workspace, name) for name in choose_codebooks(against.codebooks)
    ]
    text = kept_input(workspace, article.content, role="article", name=article.name)
    own = [_kept_file(workspace, path, role="figures") for path in against.figures]
    claims = (
        [_kept_file(workspace, against.claims, role="claims")] if against.claims else []
    )
    request = CheckRequest(
        article_name=article.name,
        article_sha256=text.sha256,
        is_sentence=article.is_sentence,
        published=against.published,
        codebooks=tuple((book.codebook_id, book.sha256) for book in books),
        figures_sha256=registry_sha256(),
        own_figures=tuple((entry.name, entry.sha256) for entry in own),
        claims_sha256=claims[0].sha256 if claims else "",
        snapshot_ids=tuple(s.snapshot_id for s in snapshots),
    )
    result = run_check(workspace, request, progress=progress)
    inputs = [text, *claims, *map(records_input, snapshots), *map(codebook_input, books)]
    receipt = write_receipt(
        workspace, verb="check", request=request, result=result, inputs=[*inputs, *own]
    )
    return _with_receipts(workspace, result, receipt_id=receipt.receipt_id, books=books)


def run_check(
    workspace: Workspace, request: CheckRequest, *, progress: "Progress | None" = None
) -> ArticleCheck:
    """Do what a request says; the same request gives the same result.

    Parameters
    ----------
    workspace
        Holds all inputs by content.
    request
        What to check, and against what.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    ArticleCheck
        Its `receipt_id` fields are empty.
    """
    books = [kept_codebook(workspace, sha, name=name) for name, sha in request.codebooks]
    snapshots: tuple[Snapshot, ...] = ()
    if request.snapshot_ids:
        snapshots = choose_snapshots(workspace, request.snapshot_ids)
    reading = _read(workspace, request, books=books)
    named = {claim.scope.codebook_id for claim in reading.claims}
    own = [workspace.folder / "inputs" / sha for _, sha in request.own_figures]
    material = Material(
        records={
            book.codebook_id: records_of(
                workspace,
                book,
                dimension=dimension_of(book, ""),
                snapshots=snapshots,
                progress=progress,
            )
            for book in books
            if snapshots and book.codebook_id in named
        },
        snapshots=snapshots,
        figures=load_figures(own),
        sources=list_sources(),
        published=request.published,
    )
    return ArticleCheck(
        reading=reading,
        published=request.published,
        verdicts=check_reading(reading, material),
        snapshots=snapshots,
        codebooks=tuple(
            (book.codebook_id, book.version, book.title)
            for book in books
            if book.codebook_id in named
        ),
        notes=_notes(request),
    )


def choose_codebooks(named: "Sequence[str]") -> tuple[str, ...]:
    """Choose the codebooks whose words are looked for in an article."""
    if named:
        return tuple(dict.fromkeys(named))
    return tuple(line.codebook_id for line in list_codebooks() if line.sides)


def _read(
    workspace: Workspace, request: CheckRequest, *, books: "Sequence[Codebook]"
) -> "Reading":
    content: bytes | str = workspace.input_bytes(request.article_sha256)
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
            workspace.input_bytes(request.claims_sha256).decode("utf-8", "replace"),
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
    claims = tuple(
        replace(
            claim,
            scope=replace(
                claim.scope,
                side_label=labels.get((claim.scope.codebook_id, claim.scope.side), ""),
            ),
        )
        for claim in reading.claims
    )
    return replace(reading, claims=claims)


def _notes(request: CheckRequest) -> tuple[str, ...]:
    if request.published is not None:
        return ()
    note = (
        "The day of publication is not known, so windows that only begin stay open, and "
        "no published figure can be called older: give --published."
    )
    return (note,)


def _kept_file(workspace: Workspace, path: Path, *, role: "InputRole") -> "InputRef":
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be opened: {error.strerror}.") from error
    return kept_input(workspace, data, role=role, name=path.name)


def _with_receipts(
    workspace: Workspace,
    result: ArticleCheck,
    *,
    receipt_id: str,
    books: "Sequence[Codebook]",
) -> ArticleCheck:
    """Give every measurement its own receipt, by which its rows are found."""
    by_id = {book.codebook_id: book for book in books}
    verdicts = []
    for verdict in result.verdicts:
        measurement = verdict.measurement
        if measurement is not None:
            estimand = estimand_of(verdict.claim, result.snapshots)
            receipt = write_measure_receipt(
                workspace,
                estimand,
                codebook=by_id[verdict.claim.scope.codebook_id],
                snapshots=result.snapshots,
                measurements=(measurement,),
            )
            estimate = replace(measurement.estimate, receipt_id=receipt.receipt_id)
            measurement = replace(measurement, estimate=estimate)
        verdicts.append(replace(verdict, measurement=measurement))
    return replace(result, verdicts=tuple(verdicts), receipt_id=receipt_id)


def draft_claims_file(
    article: Article, *, codebooks: "Sequence[str]", published: "date | None"
) -> str:
    """Write the reading of an article as TOML, to be corrected by hand.

    Parameters
    ----------
    article
        The text.
    codebooks
        Names or paths; all shipped codebooks that have sides where none is named.
    published
        Day of publication.

    Returns
    -------
    str
        TOML for `Against.claims`.
    """
    books = [load_codebook(name) for name in choose_codebooks(codebooks)]
    reading = read_article(
        article.content.decode() if article.is_sentence else article.content,
        name=article.name,
        vocabularies=[book.vocabulary for book in books],
        published=published,
    )
    return draft_claims(reading)
