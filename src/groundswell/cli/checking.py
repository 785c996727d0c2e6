"""`check`, `rows`, `replay`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundswell.cli import options
from groundswell.cli.files import check_new, check_page, write_file, write_html
from groundswell.cli.output import emit
from groundswell.cli.progress import Progress
from groundswell.core.errors import ReplayError, UsageError

if TYPE_CHECKING:
    from groundswell.api import Article

_SAMPLE = 20


def check(
    article: Annotated[
        Path | None,
        typer.Argument(metavar="ARTICLE", help="The article: HTML or plain text."),
    ] = None,
    *,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="SENTENCE", help="Check this sentence instead."),
    ] = None,
    published: Annotated[
        str,
        typer.Option(
            "--published", metavar="DAY", help="Day of publication, as 2024-03-05."
        ),
    ] = "",
    codebook: Annotated[
        list[str] | None,
        typer.Option(
            "--codebook",
            metavar="NAME",
            help="Shipped codebook, or a file. Repeatable; default: all with sides.",
        ),
    ] = None,
    events: options.Events = None,
    mapping: options.Mapping = None,
    manifest: options.Manifest = None,
    corrections: options.Corrections = None,
    taken: options.Taken = "",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w",
            "--workspace",
            metavar="FOLDER",
            help="Where receipts go, by default .groundswell. If named, and without "
            "--events, its records are used.",
        ),
    ] = None,
    figures: options.Figures = None,
    write_claims: Annotated[
        Path | None,
        typer.Option(
            "--write-claims",
            metavar="FILE",
            help="Write the reading as TOML to be corrected, and stop.",
        ),
    ] = None,
    claims: Annotated[
        Path | None,
        typer.Option("--claims", metavar="FILE", help="TOML that corrects the reading."),
    ] = None,
    html: options.Html = None,
    details: Annotated[
        bool, typer.Option("--details", help="Print everything that the page holds.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Check the numbers of an article, or of one sentence.

    Finds claims about shares and counts of protests, recovers their scope, and gives
    each a verdict from the records and from published figures. Without records only
    published figures answer.

    Example: groundswell check article.html --events ccc.csv --published 2024-03-05
    """
    from groundswell import api

    what = _article(article, text)
    day = options.read_day(published, option="--published")
    if write_claims is not None:
        if claims or html or as_json:
            raise UsageError(
                "--write-claims stops after the reading: there is nothing to correct or "
                "to print yet.",
                allowed="--write-claims without --claims, --html and --json",
            )
        check_new(write_claims, option="--write-claims")
        draft = api.draft_claims_file(what, codebooks=codebook or (), published=day)
        write_file(write_claims, draft)
        return
    read = (article, claims, mapping, manifest, corrections)
    check_page(html, inputs=(*read, *(events or ()), *(figures or ())))
    against = api.Against(
        records=options.read_records(
            events,
            mapping=mapping,
            manifest=manifest,
            corrections=corrections,
            taken=taken,
        ),
        use_workspace=workspace is not None,
        codebooks=tuple(codebook or ()),
        published=day,
        claims=claims,
        figures=tuple(figures or ()),
    )
    folder = workspace or options.DEFAULT_WORKSPACE
    with Progress() as progress:
        result = api.check_article(what, folder, against=against, progress=progress)
    emit("check", result, as_json=as_json, details=details, workspace=folder)
    write_html(result, html)


def _article(path: Path | None, text: str | None) -> "Article":
    from groundswell import api

    if (path is None) is (text is None):
        given = "Neither an article nor" if path is None else "An article and also"
        raise UsageError(
            f"{given} --text was given.",
            allowed='groundswell check ARTICLE, or groundswell check --text "SENTENCE"',
        )
    if path is not None:
        return api.Article.from_file(path)
    if not (text or "").strip():
        raise UsageError("--text is empty.", allowed='--text "SENTENCE"')
    return api.Article.from_sentence(text or "")


def rows(
    receipt: Annotated[
        str,
        typer.Argument(
            metavar="RECEIPT",
            help="Receipt of a measured number, or its first characters.",
        ),
    ],
    *,
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", help="How many rows; default: 20."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every row.")] = False,
    group: Annotated[
        str,
        typer.Option("--group", metavar="NAME", help="Only this group of the number."),
    ] = "",
    with_names: options.WithNames = False,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Show the rows behind a number, with words and sources.

    A sample is drawn at random, the same one each time. A number by groups has rows in
    each group. What can name private persons or exact places is left out unless it is
    asked for.

    Example: groundswell rows 3f2a9c --sample 20
    """
    from groundswell import api

    if every and sample is not None:
        raise UsageError(
            "--sample and --all contradict each other.", allowed="one of the two"
        )
    wanted = _SAMPLE if sample is None else sample
    found = api.rows(
        receipt,
        workspace,
        sample=None if every else wanted,
        group=group,
        with_names=with_names,
    )
    emit("rows", found, as_json=as_json)


def replay(
    receipt: Annotated[
        str,
        typer.Argument(metavar="RECEIPT", help="A receipt, or its first characters."),
    ],
    *,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Repeat a result and compare its bytes.

    Everything is coded and computed anew from what the workspace holds; the exit code is
    7 where the bytes differ.

    Example: groundswell replay 3f2a9c
    """
    from groundswell import api

    result = api.replay(receipt, workspace)
    emit("replay", result, as_json=as_json)
    if not result.is_same:
        raise typer.Exit(ReplayError.exit_code)
