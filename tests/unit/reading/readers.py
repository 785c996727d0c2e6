"""Short ways to read a sentence and to say what it was read as."""

from datetime import date
from functools import cache

from groundswell.codebook.load import load_codebook
from groundswell.codebook.model import Vocabulary
from groundswell.core.claims import FactualClaim, Reading
from groundswell.reading import read_article

PUBLISHED = date(2024, 3, 5)


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    return tuple(
        load_codebook(name).vocabulary for name in ("israel-palestine", "us-abortion")
    )


def read(text: str | bytes, *, published: date | None = PUBLISHED) -> Reading:
    return read_article(
        text, name="text", vocabularies=vocabularies(), published=published
    )


def read_only(codebook: str, text: str) -> Reading:
    used = [v for v in vocabularies() if v.codebook_id == codebook]
    return read_article(text, name="text", vocabularies=used, published=PUBLISHED)


def in_short(claim: FactualClaim) -> str:
    """Write a claim as `86 pro-x topic world 2023-10-07..2024-03-05 ACLED`."""
    scope, value = claim.scope, claim.value
    is_share = scope.statistic == "share"
    printed = f"{100 * value.printed:g}%" if is_share else f"{value.printed:,.0f}"
    parts = [printed if value.comparator == "equal" else f"{value.comparator} {printed}"]
    parts.append(scope.side or "-")
    parts += [scope.among] if is_share else []
    parts += ["people"] if scope.unit == "participants" else []
    parts += [scope.place.code] if scope.place else []
    if scope.window:
        ends = (scope.window.start, scope.window.end)
        parts.append("..".join(end.isoformat() if end else "" for end in ends))
    parts += [f"by {scope.source}"] if scope.source else []
    return " ".join(parts)
