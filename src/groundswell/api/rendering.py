"""Results as JSON with a schema, as terminal text, and as HTML."""

import json
from typing import TYPE_CHECKING, cast

from groundswell import reports
from groundswell.core.codebooks import CodebookList, CodebookView
from groundswell.core.codings import Evaluation, SymmetryCheck, Trial
from groundswell.core.comparisons import Comparison
from groundswell.core.doctor import Diagnosis
from groundswell.core.errors import UsageError
from groundswell.core.exports import Export
from groundswell.core.fetching import Fetch, Fetchable
from groundswell.core.figures import Figure
from groundswell.core.measurements import MeasurementSet
from groundswell.core.place_facts import PlaceAnswer
from groundswell.core.receipts import Replay, RowSet
from groundswell.core.schema import json_schema
from groundswell.core.serialise import to_json
from groundswell.core.sources import IngestResult, Source, SourceDetail
from groundswell.core.verdicts import ArticleCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SCHEMAS: dict[str, type] = {
    "check": ArticleCheck,
    "measure": MeasurementSet,
    "fetch": Fetch,
    "fetchable": Fetchable,
    "ingest": IngestResult,
    "rows": RowSet,
    "export": Export,
    "replay": Replay,
    "codebooks": CodebookList,
    "codebook": CodebookView,
    "codebook-try": Trial,
    "codebook-check": SymmetryCheck,
    "codebook-evaluate": Evaluation,
    "compare": Comparison,
    "sources": Source,
    "source": SourceDetail,
    "figures": Figure,
    "places": PlaceAnswer,
    "doctor": Diagnosis,
}
LISTS = frozenset({"fetchable", "ingest", "sources", "figures"})
_VERSION = 1


def as_json(name: str, result: object) -> str:
    """Write a result as JSON, in an envelope that names its schema.

    Parameters
    ----------
    name
        One of `SCHEMAS`.
    result
        A result of one of the verbs; a sequence of results becomes a list.

    Returns
    -------
    str
        `{"schema": "groundswell/check/1", "result": ...}`, indented.
    """
    envelope = {"schema": f"groundswell/{name}/{_VERSION}", "result": to_json(result)}
    return json.dumps(envelope, ensure_ascii=False, allow_nan=False, indent=1)


def schema_text(name: str) -> str:
    """Write the JSON Schema of what a command prints with `--json`.

    Parameters
    ----------
    name
        One of `SCHEMAS`.

    Returns
    -------
    str
        JSON Schema, draft 2020-12.

    Raises
    ------
    UsageError
        If there is no such schema; the message lists those that there are.
    """
    if name not in SCHEMAS:
        raise UsageError(f"There is no schema {name!r}.", allowed=", ".join(SCHEMAS))
    title = f"groundswell/{name}/{_VERSION}"
    schema = json_schema(SCHEMAS[name], title=title)
    item = {"$ref": schema.pop("$ref")}
    result = {"type": "array", "items": item} if name in LISTS else item
    envelope = {
        "$schema": schema["$schema"],
        "title": title,
        "type": "object",
        "properties": {"schema": {"const": title}, "result": result},
        "required": ["schema", "result"],
        "additionalProperties": False,
        "$defs": schema["$defs"],
    }
    return json.dumps(envelope, indent=1, ensure_ascii=False)


def as_text(
    name: str,
    result: object,
    *,
    width: int,
    colour: bool,
    details: bool = False,
    at: str = "",
) -> str:
    """Write a result for a terminal.

    Parameters
    ----------
    name
        One of `SCHEMAS`.
    result
        A result of one of the verbs.
    width
        Columns of the terminal.
    colour
        Whether to use colours and weights.
    details
        Whether to print at length what a check holds.
    at
        Goes after the commands that the text names, such as ` -w WORKSPACE`.

    Returns
    -------
    str
        Text for people.
    """
    if name == "ingest":
        cards = (
            reports.render_ingest_card(one, width=width, colour=colour)
            for one in cast("Sequence[IngestResult]", result)
        )
        return "\n".join(cards)
    if isinstance(result, ArticleCheck):
        return reports.render_check_card(
            result, width=width, colour=colour, details=details, at=at
        )
    if isinstance(result, MeasurementSet):
        return reports.render_measurement_card(result, width=width, colour=colour, at=at)
    return _cards()[name](result, width=width, colour=colour)


def as_html(result: object) -> str:
    """Write a check or a measurement as one self-contained HTML page.

    Parameters
    ----------
    result
        What `check_article` or `measure` returned.

    Returns
    -------
    str
        The page, to be written as UTF-8.

    Raises
    ------
    UsageError
        If the result has no page.
    """
    if isinstance(result, ArticleCheck):
        return reports.render_check_html(result)
    if isinstance(result, MeasurementSet):
        return reports.render_measurement_html(result)
    raise UsageError(f"A {type(result).__name__} has no page of its own.")


def _cards() -> "dict[str, Callable[..., str]]":
    return {
        "fetch": reports.render_fetch_card,
        "fetchable": reports.render_fetchable_card,
        "rows": reports.render_rows_card,
        "export": reports.render_export_card,
        "replay": reports.render_replay_card,
        "codebooks": reports.render_codebooks_card,
        "codebook": reports.render_codebook_card,
        "codebook-try": reports.render_trial_card,
        "codebook-check": reports.render_symmetry_card,
        "codebook-evaluate": reports.render_evaluation_card,
        "compare": reports.render_comparison_card,
        "sources": reports.render_sources_card,
        "source": reports.render_source_card,
        "figures": reports.render_figures_card,
        "places": reports.render_places_card,
        "doctor": reports.render_doctor_card,
    }
