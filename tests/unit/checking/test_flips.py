"""Which decision flips a claim: by itself, or more often than the others."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.checking.flips import find_flips
from groundswell.core.decisions import Decision, Option, Specification
from groundswell.core.estimates import Estimate, Neighbour, Range, SpecificationValue
from groundswell.core.ledger import Ledger
from groundswell.core.measurements import MeasuredScope, Measurement
from unit.checking.made import between

OPTIONS = {"wording": "ab", "online": "ab", "series": "abc"}
DECISIONS = tuple(
    Decision(
        decision_id=name,
        question=f"Which {name}?",
        options=tuple(Option(option_id=o, label=f"{name} {o}") for o in options),
        declared_in="made",
    )
    for name, options in OPTIONS.items()
)
GRID = list(product(*OPTIONS.values()))
HOLDS = between(0.8, 1.0)


def measurement(values: dict[tuple[str, ...], float | None]) -> Measurement:
    """Lay out a value for every combination; the first is the reference."""
    of = {g: Specification.of(dict(zip(OPTIONS, g, strict=True))) for g in GRID}
    neighbours = [
        Neighbour(
            decision_id=name,
            option_id=changed[i],
            label="",
            value=values[changed],
            numerator=0,
            denominator=0,
        )
        for i, name in enumerate(OPTIONS)
        for changed in GRID
        if [c != r for c, r in zip(changed, GRID[0], strict=True)]
        == [j == i for j in range(len(OPTIONS))]
    ]
    known = [v for v in values.values() if v is not None]
    return Measurement(
        scope=MeasuredScope(
            statistic="share",
            unit="events",
            code="for",
            code_label="for",
            among="topic",
            window=None,
            place=None,
            where=(),
        ),
        estimate=Estimate(
            quantity="",
            value=values[GRID[0]],
            interval=None,
            n=1,
            unit="share",
            counts=(),
            specification=of[GRID[0]],
            ledger=Ledger(rows_in=0, unit="report", lines=()),
            snapshot_ids=(),
        ),
        range=Range(
            low=min(known, default=None),
            high=max(known, default=None),
            low_at=None,
            high_at=None,
            published_low=None,
            published_high=None,
            median=None,
            n_specifications=len(GRID),
            n_undefined=len(GRID) - len(known),
            decisions=DECISIONS,
            without_effect=(),
            neighbours=tuple(neighbours),
            values=tuple(
                SpecificationValue(
                    specification=of[g], value=values[g], numerator=0, denominator=0
                )
                for g in GRID
            ),
        ),
        reference_note="",
    )


def grid(where: str) -> dict[tuple[str, ...], float | None]:
    """Let the claim hold where one option is taken: `wording b and series c`."""
    names = list(OPTIONS)
    wanted = [part.split() for part in where.split(" and ")]
    return {
        g: 0.9 if all(g[names.index(name)] == option for name, option in wanted) else 0.5
        for g in GRID
    }


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (grid("wording a"), [("wording", ("wording a",), ("wording b",), True)]),
        (grid("wording b"), [("wording", ("wording b",), ("wording a",), True)]),
        (
            grid("series a"),
            [("series", ("series a",), ("series b", "series c"), True)],
        ),
        (
            grid("wording a and series a"),
            [
                ("wording", ("wording a",), ("wording b",), True),
                ("series", ("series a",), ("series b", "series c"), True),
            ],
        ),
        # no decision does it alone: the strongest, with how often it holds with each
        (
            grid("wording b and series c"),
            [
                (
                    "series",
                    ("series c (in 2 of 4)",),
                    ("series a (in 0 of 4)", "series b (in 0 of 4)"),
                    False,
                )
            ],
        ),
        # everywhere, nowhere: nothing flips
        (dict.fromkeys(GRID, 0.9), []),
        (dict.fromkeys(GRID, 0.5), []),
        # a value that is not defined does not hold
        (
            {g: None if g[0] == "b" else 0.9 for g in GRID},
            [("wording", ("wording a",), ("wording b",), True)],
        ),
    ],
)
def test_the_decisions_that_flip_a_claim(
    values: dict[tuple[str, ...], float | None],
    expected: list[tuple[str, tuple[str, ...], tuple[str, ...], bool]],
) -> None:
    found = find_flips(HOLDS, measurement(values))
    assert [
        (f.decision_id, f.holds_with, f.fails_with, f.is_alone) for f in found
    ] == expected
    assert all(f.question == f"Which {f.decision_id}?" for f in found)


@given(st.lists(st.booleans(), min_size=len(GRID), max_size=len(GRID)))
def test_a_decision_is_named_alone_if_one_change_of_the_reference_flips_it(
    held: list[bool],
) -> None:
    holds = dict(zip(GRID, held, strict=True))
    values: dict[tuple[str, ...], float | None] = {
        g: 0.9 if holds[g] else 0.5 for g in GRID
    }
    found = find_flips(HOLDS, measurement(values))
    alone = {
        name
        for i, name in enumerate(OPTIONS)
        for option in OPTIONS[name]
        if holds[(*GRID[0][:i], option, *GRID[0][i + 1 :])] is not holds[GRID[0]]
    }
    assert {f.decision_id for f in found if f.is_alone} == alone
    assert len(found) == len(alone) or (not alone and len(found) <= 1)
    for flip in found:
        assert flip.holds_with
        assert flip.fails_with
