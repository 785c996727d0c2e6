"""`check`: an article against records and published figures."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from groundswell.api.coded import choose_snapshots, dimension_of, records_of
from groundswell.api.given import (
    Article,
    Inputs,
    choose_codebooks,
    read_file,
    read_given,
)
from groundswell.api.measuring import unsure_notes, write_measure_receipt
from groundswell.api.receipts import records_input, write_receipt
from groundswell.api.recording import RecordFiles, ingest_all
from groundswell.checking.verdicts import Material, check_reading, estimand_of
from groundswell.core.verdicts import ArticleCheck
from groundswell.engine import Workspace
from groundswell.reading import draft_claims
from groundswell.sources.manifest import list_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from groundswell.api.coded import Progress
    from groundswell.api.given import Given
    from groundswell.api.requests import CheckRequest
    from groundswell.codebook.model import Codebook
    from groundswell.core.sources import Snapshot

__all__ = ["Against", "Article", "check_article", "draft_claims_file", "run_check"]


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
    workspace: "Path",
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
    inputs = _inputs(article, against)
    request = inputs.request(published=against.published)
    contents = inputs.contents
    given = read_given(request, contents.__getitem__)
    with Workspace.open(workspace, create=True) as opened:
        snapshots = _snapshots(opened, against, progress=progress)
        ids = tuple(snapshot.snapshot_id for snapshot in snapshots)
        request = replace(request, snapshot_ids=ids)
        result = run_check(opened, request, given=given, progress=progress)
        for data in contents.values():
            opened.keep_input(data)
        receipt = write_receipt(
            opened,
            verb="check",
            request=request,
            result=result,
            inputs=inputs.references([records_input(one) for one in snapshots]),
        )
        return _with_receipts(
            opened, result, receipt_id=receipt.receipt_id, books=given.codebooks
        )


def _inputs(article: Article, against: Against) -> Inputs:
    claims = [against.claims] if against.claims else []
    return Inputs(
        article=article,
        claims=tuple(read_file(path, what="claims") for path in claims),
        figures=tuple(
            read_file(path, what="published figures") for path in against.figures
        ),
        codebooks=choose_codebooks(against.codebooks),
    )


def _snapshots(
    workspace: Workspace, against: Against, *, progress: "Progress | None"
) -> "tuple[Snapshot, ...]":
    if against.records.files:
        ingested = ingest_all(workspace, against.records, progress=progress)
        ids = dict.fromkeys(result.snapshot.snapshot_id for result in ingested)
        return choose_snapshots(workspace, tuple(ids))
    return choose_snapshots(workspace) if against.use_workspace else ()


def run_check(
    workspace: Workspace,
    request: "CheckRequest",
    *,
    given: "Given",
    progress: "Progress | None" = None,
) -> ArticleCheck:
    """Do what a request says; the same request gives the same result.

    Parameters
    ----------
    workspace
        Holds the records.
    request
        What to check, and against what.
    given
        Its inputs, read.
    progress
        Called with a stage, how much of it is done, and how much there is.

    Returns
    -------
    ArticleCheck
        Its `receipt_id` fields are empty.
    """
    snapshots: tuple[Snapshot, ...] = ()
    if request.snapshot_ids:
        snapshots = choose_snapshots(workspace, request.snapshot_ids)
    named = {claim.scope.codebook_id for claim in given.reading.claims}
    books = [book for book in given.codebooks if book.codebook_id in named]
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
            if snapshots
        },
        snapshots=snapshots,
        figures=given.figures,
        sources=list_sources(),
        published=request.published,
    )
    return ArticleCheck(
        reading=given.reading,
        published=request.published,
        verdicts=check_reading(given.reading, material),
        snapshots=snapshots,
        codebooks=tuple((book.codebook_id, book.version, book.title) for book in books),
        notes=_notes(request, snapshots),
    )


def _notes(request: "CheckRequest", snapshots: "Sequence[Snapshot]") -> tuple[str, ...]:
    notes = list(unsure_notes(snapshots))
    if request.published is None:
        notes.append(
            "The day of publication is not known, so windows that only begin stay open, "
            "and no published figure can be called older: give --published."
        )
    return tuple(notes)


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
    asked = Inputs(
        article=article,
        claims=(),
        figures=(),
        codebooks=choose_codebooks(codebooks),
    )
    request = asked.request(published=published)
    return draft_claims(read_given(request, asked.contents.__getitem__).reading)
