"""Proof by exchange: with the sides' phrases swapped, every result must mirror."""

import random
import string
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from groundswell.codebook.masks import fold_mask, pack_codes, unpack_mask
from groundswell.codebook.phrases import read_phrase
from groundswell.codebook.scanning import scanner_of
from groundswell.core.codings import ExchangeProof

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension

_N_MIXTURES = 1_000
_MOST_PARTS = 4
_MOST_FAILURES = 5
_JOINS = ("; ", ", ", " ", " and ", "; against ", "; for ")
_FILLERS = ("for peace", "against all of it", "in the city", "many people", "2024")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Two sides that change places, and with them the codes that go with them.

    Attributes
    ----------
    dimension
        The dimension that has them.
    images
        For each code that moves, the code whose place it takes.
    """

    dimension: str
    images: "Mapping[str, str]"

    def image(self, code: str) -> str:
        """Return the code whose place a code takes: itself where it does not move."""
        return self.images.get(code, code)

    def image_of_codes(
        self, codes: frozenset[tuple[str, str]]
    ) -> frozenset[tuple[str, str]]:
        """Exchange the codes of a text."""
        return frozenset(
            (dimension, self.image(code) if dimension == self.dimension else code)
            for dimension, code in codes
        )


def list_exchanges(dimension: "Dimension") -> tuple[Exchange, ...]:
    """List exchanges of two sides from which every reordering of sides can be made.

    Parameters
    ----------
    dimension
        A dimension with sides.

    Returns
    -------
    tuple
        One fewer than there are sides. Where there are two, codes change places with
        their counterparts too.
    """
    images = {code.code: code.counterpart for code in dimension.codes if code.counterpart}
    return tuple(
        Exchange(dimension=dimension.dimension, images={**images, one: other, other: one})
        for one, other in pairwise(dimension.sides)
    )


def mirrored_option(
    codebook: "Codebook", exchange: Exchange, *, choice: tuple[str, str]
) -> tuple[str, str] | None:
    """Find the decision and option that fold the exchanged codes.

    Parameters
    ----------
    codebook
        The codebook.
    exchange
        Which codes change places.
    choice
        A decision and one of its options that folds codes.

    Returns
    -------
    tuple | None
        Decision and option; `None` where there is no such option.
    """
    folds = _folds_by_option(codebook)
    wanted = {(exchange.image(c), exchange.image(side)) for c, side in folds[choice]}
    return next((other for other, pairs in folds.items() if pairs == wanted), None)


def prove_exchange(
    codebook: "Codebook", *, exchanges: "Sequence[Exchange]", seed: int
) -> ExchangeProof:
    """Code texts with the codebook and with its sides' phrases swapped, and compare.

    Only phrases change places. Everything else (what counts alone, what is folded, the
    order of codes) stays with its label, so that any of it which treats one label
    differently from another shows as a result that does not mirror.

    Parameters
    ----------
    codebook
        A codebook with sides.
    exchanges
        Which codes change places.
    seed
        Seed of the random mixtures of phrases.

    Returns
    -------
    ExchangeProof
        How many results mirror, with examples of those that do not.
    """
    texts = tuple(dict.fromkeys(_make_texts(codebook, seed=seed)))
    n_comparisons = 0
    failures: list[str] = []
    for exchange in exchanges:
        for failure in _compare(codebook, exchange, texts=texts):
            n_comparisons += 1
            if failure:
                failures.append(failure)
    return ExchangeProof(
        n_texts=len(texts),
        n_comparisons=n_comparisons,
        n_mirrored=n_comparisons - len(failures),
        seed=seed,
        failures=tuple(failures[:_MOST_FAILURES]),
    )


def _folds_by_option(
    codebook: "Codebook",
) -> dict[tuple[str, str], set[tuple[str, str]]]:
    folds: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for fold in codebook.folds:
        option = folds.setdefault((fold.decision_id, fold.option_id), set())
        option.add((fold.code, fold.side))
    return folds


def _compare(
    codebook: "Codebook", exchange: Exchange, *, texts: "Sequence[str]"
) -> "Iterator[str]":
    """Yield for each comparison why it fails, or an empty text where it mirrors."""
    swapped = _swap(codebook, exchange)
    before, after = _code(codebook, texts), _code(swapped, texts)
    choices: list[tuple[dict[str, str], dict[str, str]]] = [({}, {})]
    for choice in _folds_by_option(codebook):
        mirrored = mirrored_option(codebook, exchange, choice=choice) or choice
        choices.append((dict([choice]), dict([mirrored])))
    known: dict[tuple[int, int, int], bool] = {}
    for text, masks, swapped_masks in zip(texts, before, after, strict=True):
        for number, wording in enumerate(codebook.wordings):
            for place, (chosen, mirrored_choice) in enumerate(choices):
                case = masks[number], swapped_masks[number], place
                if case not in known:
                    known[case] = _mirrors(
                        codebook,
                        exchange,
                        masks=case[:2],
                        choices=(chosen, mirrored_choice),
                    )
                yield "" if known[case] else f"{text!r} in the wording {wording}"


def _mirrors(
    codebook: "Codebook",
    exchange: Exchange,
    *,
    masks: tuple[int, int],
    choices: "tuple[Mapping[str, str], Mapping[str, str]]",
) -> bool:
    keys = codebook.code_keys
    one = fold_mask(codebook, masks[0], choices=choices[0])
    other = fold_mask(codebook, masks[1], choices=choices[1])
    image = exchange.image_of_codes(unpack_mask(one, keys=keys))
    return pack_codes(image, keys=keys) == other


def _swap(codebook: "Codebook", exchange: Exchange) -> "Codebook":
    dimensions = []
    for dimension in codebook.dimensions:
        if dimension.dimension != exchange.dimension:
            dimensions.append(dimension)
            continue
        rules = [
            replace(
                rule,
                lists=tuple(
                    replace(entry, code=exchange.image(entry.code))
                    for entry in rule.lists
                ),
            )
            for rule in dimension.rules
        ]
        dimensions.append(replace(dimension, rules=tuple(rules)))
    return replace(codebook, dimensions=tuple(dimensions))


def _code(codebook: "Codebook", texts: "Sequence[str]") -> list[tuple[int, ...]]:
    sided = codebook.side_dimension
    scanner = scanner_of(codebook, field=sided.reads[0] if sided else None)
    masks = [(0,) * scanner.n_wordings] * len(texts)
    for number, hits in scanner.scan(texts):
        masks[number] = scanner.masks([list_no for _, _, list_no in hits])
    return masks


def _make_texts(codebook: "Codebook", *, seed: int) -> "Iterator[str]":
    """Yield each phrase by itself, then random mixtures of phrases, all folded."""
    rng = random.Random(seed)  # noqa: S311 (a repeatable mixture, no secret)
    sided = codebook.side_dimension
    phrases = [
        read_phrase(text)
        for rule in (sided.rules if sided else ())
        for entry in rule.lists
        for text in (*entry.phrases, *entry.excepts)
    ]
    parts = [p.words + (_any_ending(rng) if p.is_prefix else "") for p in phrases]
    yield from parts
    for _ in range(_N_MIXTURES):
        chosen = rng.choices(parts, k=rng.randint(2, _MOST_PARTS))
        if rng.random() < 1 / 2:
            chosen.append(rng.choice(_FILLERS))
        text = chosen[0]
        for part in chosen[1:]:
            text += rng.choice(_JOINS) + part
        yield text


def _any_ending(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(0, 2)))
