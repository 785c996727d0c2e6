"""Numbers about protests that can be defended, and checks of printed ones.

The public verbs are loaded when they are first used, so that `import groundswell` costs
nothing.

Examples
--------
>>> import groundswell
>>> [line.codebook_id for line in groundswell.list_codebooks().codebooks][0]
'israel-palestine'
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundswell.api import (
        Against,
        Article,
        FetchRequest,
        MeasureArguments,
        RecordFiles,
        check_article,
        check_codebook,
        compare_sources,
        doctor,
        draft_claims_file,
        draft_mapping,
        evaluate_codebook,
        export_records,
        export_reports,
        fetch,
        ingest,
        list_codebooks,
        list_fetchable,
        list_figures,
        list_sources,
        load_source,
        look_up_place,
        measure,
        new_codebook,
        replay,
        rows,
        show_codebook,
        show_source,
        try_codebook,
    )

__all__ = [
    "Against",
    "Article",
    "FetchRequest",
    "MeasureArguments",
    "RecordFiles",
    "check_article",
    "check_codebook",
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


def __getattr__(name: str) -> object:
    if name in __all__:
        from groundswell import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
