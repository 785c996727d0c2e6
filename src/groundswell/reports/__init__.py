"""Results for people: HTML pages and terminal sheets, rendered and never computed.

Each renderer is loaded when it is first asked for, so that importing this package needs
neither Jinja2 nor Rich.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groundswell.reports.check_card import render_check_card
    from groundswell.reports.codebook_cards import (
        render_codebook_card,
        render_codebooks_card,
    )
    from groundswell.reports.coding_cards import (
        render_evaluation_card,
        render_symmetry_card,
        render_trial_card,
    )
    from groundswell.reports.comparison_card import render_comparison_card
    from groundswell.reports.export_card import render_citation, render_export_card
    from groundswell.reports.fetch_card import render_fetch_card, render_fetchable_card
    from groundswell.reports.html import render_check_html, render_measurement_html
    from groundswell.reports.measurement_card import render_measurement_card
    from groundswell.reports.place_card import render_places_card
    from groundswell.reports.result_cards import (
        render_doctor_card,
        render_facts_card,
        render_figures_card,
        render_ingest_card,
        render_reading_card,
        render_replay_card,
        render_rows_card,
    )
    from groundswell.reports.source_cards import render_source_card, render_sources_card

__all__ = [
    "render_check_card",
    "render_check_html",
    "render_citation",
    "render_codebook_card",
    "render_codebooks_card",
    "render_comparison_card",
    "render_doctor_card",
    "render_evaluation_card",
    "render_export_card",
    "render_facts_card",
    "render_fetch_card",
    "render_fetchable_card",
    "render_figures_card",
    "render_ingest_card",
    "render_measurement_card",
    "render_measurement_html",
    "render_places_card",
    "render_reading_card",
    "render_replay_card",
    "render_rows_card",
    "render_source_card",
    "render_sources_card",
    "render_symmetry_card",
    "render_trial_card",
]

_HOMES = {
    "check_card": ("render_check_card",),
    "codebook_cards": ("render_codebook_card", "render_codebooks_card"),
    "coding_cards": (
        "render_evaluation_card",
        "render_symmetry_card",
        "render_trial_card",
    ),
    "comparison_card": ("render_comparison_card",),
    "export_card": ("render_citation", "render_export_card"),
    "fetch_card": ("render_fetch_card", "render_fetchable_card"),
    "html": ("render_check_html", "render_measurement_html"),
    "measurement_card": ("render_measurement_card",),
    "place_card": ("render_places_card",),
    "result_cards": (
        "render_doctor_card",
        "render_facts_card",
        "render_figures_card",
        "render_ingest_card",
        "render_reading_card",
        "render_replay_card",
        "render_rows_card",
    ),
    "source_cards": ("render_source_card", "render_sources_card"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
