"""Whether a codebook treats its sides alike: rule by rule, and by exchanging them."""

from typing import TYPE_CHECKING

from groundswell.codebook.exchange import (
    list_exchanges,
    mirrored_option,
    prove_exchange,
)
from groundswell.core.codings import PairedCount, SymmetryCheck, SymmetryFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from groundswell.codebook.exchange import Exchange
    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension, Rule
    from groundswell.core.codings import FindingKind

_ORDER = ("problem", "declared", "note")
_UNEQUAL = 2


def check_codebook(codebook: "Codebook", *, seed: int = 1) -> SymmetryCheck:
    """Check that a codebook treats its sides alike.

    Two checks. By structure: a rule, an exclusion, a mask, a fold or a term of one side
    has its counterpart on each other side, unless the rule declares why not. By exchange:
    with the sides' phrases swapped, every result on texts made from the codebook's own
    phrases mirrors. Neither says that the phrases are fair: that is what hand-coded
    samples are for (`groundswell codebook evaluate`).

    Parameters
    ----------
    codebook
        The codebook.
    seed
        Seed of the random mixtures of phrases.

    Returns
    -------
    SymmetryCheck
        `is_symmetric` where no problem was found and every result mirrors.

    Examples
    --------
    >>> from groundswell.codebook.load import load_codebook
    >>> check_codebook(load_codebook("us-abortion")).is_symmetric
    True
    """
    dimension = codebook.side_dimension
    findings: list[SymmetryFinding] = []
    pairs: tuple[PairedCount, ...] = ()
    proof = None
    if dimension is not None:
        exchanges = list_exchanges(dimension)
        findings += _check_rules(dimension)
        findings += _check_codes(dimension)
        findings += _check_wordings(codebook, dimension)
        findings += _check_folds(codebook, exchanges=exchanges)
        pairs = tuple(_count(rule) for rule in dimension.rules)
        proof = prove_exchange(codebook, exchanges=exchanges, seed=seed)
    has_problem = any(finding.kind == "problem" for finding in findings)
    mirrors = proof is None or proof.n_mirrored == proof.n_comparisons
    return SymmetryCheck(
        codebook_id=codebook.codebook_id,
        version=codebook.version,
        sha256=codebook.sha256,
        is_symmetric=mirrors and not has_problem,
        findings=tuple(sorted(findings, key=lambda f: _ORDER.index(f.kind))),
        pairs=pairs,
        exchange=proof,
    )


def _groups(dimension: "Dimension") -> list[tuple[str, ...]]:
    """List the groups of codes that must be treated alike: sides, then counterparts."""
    groups = [dimension.sides]
    for code in dimension.codes:
        pair = tuple(sorted((code.code, code.counterpart)))
        if code.role != "side" and code.counterpart and pair not in groups:
            groups.append(pair)
    return groups


def _check_rules(dimension: "Dimension") -> "Iterator[SymmetryFinding]":
    for rule in dimension.rules:
        place = f"{dimension.dimension}.{rule.rule_id}"
        found = list(_compare_lists(rule, groups=_groups(dimension)))
        kind: FindingKind = "declared" if rule.asymmetry else "problem"
        reason = f": {rule.asymmetry}" if rule.asymmetry else ""
        for message in found:
            yield SymmetryFinding(kind=kind, place=place, message=message + reason)
        if rule.asymmetry and not found:
            message = "declares an asymmetry, and has none"
            yield SymmetryFinding(kind="note", place=place, message=message)
        for message in _compare_lengths(rule, groups=_groups(dimension)):
            yield SymmetryFinding(kind="note", place=place, message=message)


def _compare_lists(
    rule: "Rule", *, groups: "Sequence[tuple[str, ...]]"
) -> "Iterator[str]":
    phrases = {entry.code: entry.phrases for entry in rule.lists}
    masks = {entry.code: entry.excepts for entry in rule.lists}
    for group in groups:
        have = [code for code in group if phrases.get(code)]
        lack = [code for code in group if not phrases.get(code)]
        if have and lack:
            yield f"has phrases for {_join(have)} and none for {_join(lack)}"
        masked = [code for code in have if masks[code]]
        unmasked = [code for code in have if not masks[code]]
        if masked and unmasked:
            yield f"masks matches of {_join(masked)} and none of {_join(unmasked)}"


def _compare_lengths(
    rule: "Rule", *, groups: "Sequence[tuple[str, ...]]"
) -> "Iterator[str]":
    lengths = {entry.code: len(entry.phrases) for entry in rule.lists}
    for group in groups:
        counts = {code: lengths[code] for code in group if code in lengths}
        if counts and max(counts.values()) >= _UNEQUAL * min(counts.values()):
            listed = ", ".join(f"{code} {n}" for code, n in counts.items())
            yield f"lists of very unequal length: {listed}"


def _check_codes(dimension: "Dimension") -> "Iterator[SymmetryFinding]":
    codes = {code.code: code for code in dimension.codes}
    for group in _groups(dimension):
        place = f"{dimension.dimension}.{'/'.join(group)}"
        named = [code for code in group if codes[code].article_terms]
        unnamed = [code for code in group if not codes[code].article_terms]
        if named and unnamed:
            message = f"articles can name {_join(named)} and not {_join(unnamed)}"
            yield SymmetryFinding(kind="problem", place=place, message=message)
        if len({codes[code].alone for code in group}) > 1:
            alone = [code for code in group if codes[code].alone]
            message = f"only {_join(alone)} gives way to a side"
            yield SymmetryFinding(kind="problem", place=place, message=message)


def _check_wordings(
    codebook: "Codebook", dimension: "Dimension"
) -> "Iterator[SymmetryFinding]":
    for wording in codebook.wordings:
        have = {
            entry.code
            for rule in dimension.rules
            if not rule.is_exclusion and wording in rule.wordings
            for entry in rule.lists
        }
        lack = [side for side in dimension.sides if side not in have]
        if lack:
            yield SymmetryFinding(
                kind="problem",
                place=f"{dimension.dimension}.{wording}",
                message=f"no phrase of {_join(lack)} counts in this wording",
            )


def _check_folds(
    codebook: "Codebook", *, exchanges: "Sequence[Exchange]"
) -> "Iterator[SymmetryFinding]":
    choices = dict.fromkeys((f.decision_id, f.option_id) for f in codebook.folds)
    for choice in choices:
        for exchange in exchanges:
            if mirrored_option(codebook, exchange, choice=choice) is None:
                yield SymmetryFinding(
                    kind="problem",
                    place=f"{choice[0]}.{choice[1]}",
                    message="no option of a decision folds the counterparts",
                )


def _count(rule: "Rule") -> PairedCount:
    return PairedCount(
        place=f"{rule.dimension}.{rule.rule_id}",
        wordings=rule.wordings,
        is_exclusion=rule.is_exclusion,
        phrases=tuple((entry.code, len(entry.phrases)) for entry in rule.lists),
        excepts=tuple((entry.code, len(entry.excepts)) for entry in rule.lists),
    )


def _join(codes: "Sequence[str]") -> str:
    return " and ".join(codes)
