"""The public verbs: what the command line does, from Python.

Each verb takes paths and plain values and returns a frozen result of `groundswell.core`.
This is the only place that orders stages. Each verb is loaded when it is first asked for,
so that none waits for what another needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundswell.api.checking import (
        Against,
        Article,
        check_article,
        draft_claims_file,
    )
    from groundswell.api.codebooks import (
        check_codebook,
        evaluate_codebook,
        list_codebooks,
        new_codebook,
        show_codebook,
        try_codebook,
    )
    from groundswell.api.comparing import compare_sources
    from groundswell.api.exporting import (
        citation_path,
        export_records,
        export_reports,
    )
    from groundswell.api.fetching import FetchRequest, fetch, list_fetchable
    from groundswell.api.listing import doctor, list_figures, list_sources, load_source
    from groundswell.api.measuring import MeasureArguments, measure
    from groundswell.api.places import look_up_place
    from groundswell.api.recording import RecordFiles, draft_mapping, ingest
    from groundswell.api.replaying import replay
    from groundswell.api.showing import rows
    from groundswell.api.source_details import show_source

__all__ = [
    "Against",
    "Article",
    "FetchRequest",
    "MeasureArguments",
    "RecordFiles",
    "check_article",
    "check_codebook",
    "citation_path",
    "compare_sources",
    "doctor",
    "draft_claims_file",
    "draft_mapping",
    "evaluate_codebook",
    "export_records",
    "export_reports",
    "fetch",
    "ingest",
    "list_codebooks",
    "list_fetchable",
    "list_figures",
    "list_sources",
    "load_source",
    "look_up_place",
    "measure",
    "new_codebook",
    "replay",
    "rows",
    "show_codebook",
    "show_source",
    "try_codebook",
]

_HOMES = {
    "checking": ("Against", "Article", "check_article", "draft_claims_file"),
    "codebooks": (
        "check_codebook",
        "evaluate_codebook",
        "list_codebooks",
        "new_codebook",
        "show_codebook",
        "try_codebook",
    ),
    "comparing": ("compare_sources",),
    "exporting": ("citation_path", "export_records", "export_reports"),
    "fetching": ("FetchRequest", "fetch", "list_fetchable"),
    "listing": ("doctor", "list_figures", "list_sources", "load_source"),
    "measuring": ("MeasureArguments", "measure"),
    "places": ("look_up_place",),
    "recording": ("RecordFiles", "draft_mapping", "ingest"),
    "replaying": ("replay",),
    "showing": ("rows",),
    "source_details": ("show_source",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
