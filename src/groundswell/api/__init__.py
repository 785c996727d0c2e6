"""The public verbs: what the command line does, from Python.

Each verb takes paths and plain values and returns a frozen result of `groundswell.core`.
This is the only place that orders stages.
"""

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
from groundswell.api.listing import doctor, list_figures, list_sources, load_source
from groundswell.api.measuring import MeasureArguments, measure
from groundswell.api.recording import RecordFiles, draft_mapping, ingest
from groundswell.api.replaying import replay
from groundswell.api.rows import rows

__all__ = [
    "Against",
    "Article",
    "MeasureArguments",
    "RecordFiles",
    "check_article",
    "check_codebook",
    "doctor",
    "draft_claims_file",
    "draft_mapping",
    "evaluate_codebook",
    "ingest",
    "list_codebooks",
    "list_figures",
    "list_sources",
    "load_source",
    "measure",
    "new_codebook",
    "replay",
    "rows",
    "show_codebook",
    "try_codebook",
]
