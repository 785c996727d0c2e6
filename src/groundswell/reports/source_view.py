"""Sources, snapshots and codebooks, in the words in which they are printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from groundswell.core.phrases import (
    format_date,
    format_window,
    join_words,
)
from groundswell.reports.formatting import format_bytes
from groundswell.reports.wording import (
    REDISTRIBUTION_WORDS,
    SELECTION_WORDS,
    SUBJECT_WORDS,
)

if TYPE_CHECKING:
    from groundswell.core.sources import Coverage, Snapshot, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A snapshot with the citation and the terms of its source.

    Attributes
    ----------
    title, citation
        Of the source.
    terms
        Version, day of taking and licence in one line.
    facts
        All that is known of the snapshot, name by name.
    biases
        Known biases of the source.
    links
        Where the data and their terms are.
    """

    title: str
    citation: str
    terms: str
    facts: tuple[tuple[str, str], ...]
    biases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def view_snapshot(snapshot: "Snapshot") -> SourceView:
    """Prepare a snapshot and its source for printing."""
    source = snapshot.source
    taken = (
        f"{format_date(snapshot.taken)} (says the {snapshot.taken_from})"
        if snapshot.taken
        else "day not known"
    )
    version = source.version or "none stated"
    facts = (
        ("Producer", source.producer),
        ("Version", version),
        ("File", f"{snapshot.file_name}, {format_bytes(snapshot.n_bytes)}"),
        ("Rows", f"{snapshot.n_records:,}"),
        ("Taken", taken),
        ("A row is", source.row),
        ("Covers", coverage_words(snapshot.coverage, source=source)),
        ("Terms", terms_words(source)),
        ("Crowd sizes", _size_words(source)),
        ("Snapshot", f"{snapshot.snapshot_id} (source {source.source_id})"),
        ("SHA-256", snapshot.sha256),
    )
    links = (("Data at", source.address), ("Terms at", source.terms_address))
    return SourceView(
        title=source.title,
        citation=source.citation,
        terms=f"{snapshot.file_name}, taken: {taken}. Version: {version}. "
        f"Terms: {terms_words(source)}.",
        facts=tuple((name, words) for name, words in facts if words),
        biases=source.biases,
        links=tuple((label, address) for label, address in links if address),
    )


def _size_words(source: "Source") -> str:
    """Say how crowd sizes are read; empty where no row has a crowd."""
    return "" if source.subject == "other" else f"read by the rule {source.size_rule}"


def coverage_words(coverage: "Coverage", *, source: "Source") -> str:
    """Say in one line what a source could have recorded."""
    places = join_words([place.name for place in coverage.places]) or "no place"
    said = f"{places}, {format_window(coverage.window)}: "
    if source.records_protests:
        said += SELECTION_WORDS[coverage.selection]
    else:
        said += SUBJECT_WORDS[source.subject]
    if coverage.restricted_to:
        said += f" ({join_words(coverage.restricted_to)})"
    return f"{said}. {coverage.note}" if coverage.note else said


def terms_words(source: "Source") -> str:
    """Say under which terms the rows of a source are."""
    return f"{source.licence}; {REDISTRIBUTION_WORDS[source.redistribution]}"


def codebook_words(codebook_id: str, *, version: str, title: str) -> str:
    """Name a codebook."""
    return f"{title} ({codebook_id}, version {version})"
