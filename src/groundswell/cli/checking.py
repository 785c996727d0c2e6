"""`check`, `rows`, `replay`."""

from pathlib import Path
from typing import Annotated

import typer

from groundswell.cli import options
from groundswell.cli.output import Progress, emit, write_file, write_html
from groundswell.core.errors import ReplayError, UsageError


def check(
    article: Annotated[
        Path | None, typer.Argument(help="The article: HTML or plain text.")
    ] = None,
    *,
    text: Annotated[str, typer.Option("--text", help="Check this sentence.")] = "",
    events: Annotated[
        list[Path] | None,
        typer.Option("--events", help="A file of records. Repeatable."),
    ] = None,
    codebook: Annotated[
        list[str] | None,
        typer.Option("--codebook", help="Name or file. Repeatable; default: all."),
    ] = None,
    published: Annotated[
        str, typer.Option("--published", help="Day of publication: YYYY-MM-DD.")
    ] = "",
    claims: Annotated[
        Path | None, typer.Option("--claims", help="TOML that corrects the reading.")
    ] = None,
    write_claims: Annotated[
        Path | None,
        typer.Option("--write-claims", help="Write the reading as TOML, and stop."),
    ] = None,
    figures: options.Figures = None,
    mapping: options.Mapping = None,
    manifest: options.Manifest = None,
    corrections: options.Corrections = None,
    taken: options.Taken = "",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w", "--workspace", help="Its records are used where no --events is given."
        ),
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

    if (article is None) == (not text):
        raise UsageError(
            "Give an article or --text, not both and not neither.",
            allowed='groundswell check ARTICLE, or groundswell check --text "SENTENCE"',
        )
    what = api.Article.from_file(article) if article else api.Article.from_sentence(text)
    day = options.read_day(published, option="--published")
    if write_claims is not None:
        draft = api.draft_claims_file(what, codebooks=codebook or (), published=day)
        write_file(write_claims, draft)
        return
    against = api.Against(
        records=api.RecordFiles(
            files=tuple(events or ()),
            mapping=mapping,
            manifest=manifest,
            corrections=corrections,
            taken=options.read_day(taken, option="--taken"),
        ),
        use_workspace=workspace is not None,
        codebooks=tuple(codebook or ()),
        published=day,
        claims=claims,
        figures=tuple(figures or ()),
    )
    with Progress() as progress:
        result = api.check_article(
            what,
            workspace or options.DEFAULT_WORKSPACE,
            against=against,
            progress=progress,
        )
    write_html(result, html)
    emit("check", result, as_json=as_json, details=details)


def rows(
    receipt: Annotated[str, typer.Argument(help="Receipt of a measured number.")],
    *,
    sample: Annotated[
        int | None, typer.Option("--sample", help="How many rows; default: 20.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every row.")] = False,
    with_names: Annotated[
        bool,
        typer.Option(
            "--with-names", help="Also what can name private persons or exact places."
        ),
    ] = False,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Show the rows behind a number, with the words that counted and their sources.

    Example: groundswell rows 3f2a9c --sample 20
    """
    from groundswell import api

    if every and sample is not None:
        raise UsageError("Give --sample or --all, not both.")
    wanted = None if every else sample or _SAMPLE
    found = api.rows(receipt, workspace, sample=wanted, with_names=with_names)
    emit("rows", found, as_json=as_json)


_SAMPLE = 20


def replay(
    receipt: Annotated[str, typer.Argument(help="A receipt, or its first characters.")],
    *,
    workspace: options.Workspace = options.DEFAULT_WORKSPACE,
    as_json: options.AsJson = False,
) -> None:
    """Repeat a result and compare its bytes; exit code 7 where they differ.

    Example: groundswell replay 3f2a9c
    """
    from groundswell import api

    result = api.replay(receipt, workspace)
    emit("replay", result, as_json=as_json)
    if not result.is_same:
        raise typer.Exit(ReplayError.exit_code)
