"""From a source's file to records and reports, every row and column accounted for."""

from groundswell.ingest.draft import draft_mapping
from groundswell.ingest.ingest import ingest_file

__all__ = ["draft_mapping", "ingest_file"]
