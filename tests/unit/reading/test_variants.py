"""One statement in hundreds of generated forms: every part of its scope is recovered."""

import pytest

from unit.reading.grammar import PUBLISHED, TEMPLATES, Variant, variants
from unit.reading.readers import read

_ROUNDS = 40


@pytest.mark.parametrize("number", range(len(TEMPLATES)))
def test_every_part_of_the_scope_is_recovered(number: int) -> None:
    generated = list(variants(_ROUNDS * len(TEMPLATES), seed=20240305))
    for variant in generated[number :: len(TEMPLATES)]:
        assert _as_read(variant) == variant, variant.text


def _as_read(variant: Variant) -> Variant:
    (claim,) = read(variant.text, published=PUBLISHED).claims
    scope = claim.scope
    window = scope.window
    assert (scope.statistic, scope.unit) == ("share", "events"), variant.text
    return Variant(
        text=variant.text,
        percent=round(100 * claim.value.printed),
        comparator=claim.value.comparator,
        codebook=scope.codebook_id,
        side=scope.side,
        among=scope.among,
        window=(window.start, window.end) if window else None,
        place=scope.place.code if scope.place else None,
        source=scope.source,
        hedges=claim.hedges,
    )
