"""The choices of a codebook file: decisions, what they fold, and who chose what."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from groundswell.codebook.model import WORDING
from groundswell.core.codebooks import Fold, PublishedUse, ReferenceUse
from groundswell.core.decisions import Decision, Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from groundswell.core.codebooks import Dimension
    from groundswell.core.toml_tables import TomlTable

_DECISION = ("id", "question", "options")
_OPTION = ("id", "label", "used_by", "folds")
_REFERENCE = ("id", "label", "why", "choices")
_USE = ("id", "who", "where", "choices")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a codebook file says about choices, as `Codebook` holds it."""

    decisions: tuple[Decision, ...]
    folds: tuple[Fold, ...]
    reference: ReferenceUse | None
    published_uses: tuple[PublishedUse, ...]


def parse_choices(
    root: "TomlTable", *, wordings: "Sequence[str]", dimensions: "Sequence[Dimension]"
) -> Choices:
    """Read decisions, folds, the reference and the uses in print.

    Parameters
    ----------
    root
        The parsed file.
    wordings
        Names of its wordings: several of them are a decision by themselves.
    dimensions
        Its dimensions, whose codes are folded.

    Returns
    -------
    Choices
        With every option that is chosen somewhere found to be declared.
    """
    decisions, folds = _parse_decisions(root, dimensions=dimensions)
    if len(wordings) > 1:
        decisions = (_derive_wording_decision(root, wordings=wordings), *decisions)
    _check_choices(root, decisions=decisions)
    uses = _parse_published_uses(root)
    return Choices(
        decisions=tuple(_name_users(decision, uses=uses) for decision in decisions),
        folds=folds,
        reference=_parse_reference(root, decisions=decisions),
        published_uses=uses,
    )


def _derive_wording_decision(root: "TomlTable", *, wordings: "Sequence[str]") -> Decision:
    described = root.table(WORDING)
    options = []
    for wording in wordings:
        table = described.table(wording)
        table.refuse_unknown(("label", "used_by"))
        options.append(
            Option(
                option_id=wording,
                label=table.text("label", default=wording),
                used_by=table.texts("used_by", required=False),
            )
        )
    return Decision(
        decision_id=WORDING,
        question="Which wording of the codes counts?",
        options=tuple(options),
        declared_in=root.identifier("id"),
    )


def _parse_decisions(
    root: "TomlTable", *, dimensions: "Sequence[Dimension]"
) -> tuple[tuple[Decision, ...], tuple[Fold, ...]]:
    decisions: list[Decision] = []
    folds: list[Fold] = []
    for table in root.tables("decision"):
        table.refuse_unknown(_DECISION)
        decision_id = table.identifier("id")
        if decision_id in (WORDING, *(d.decision_id for d in decisions)):
            raise table.error("id", f"the decision {decision_id!r} is declared twice.")
        options = []
        for option in table.tables("options"):
            options.append(_parse_option(option))
            folds += _parse_folds(option, decision_id=decision_id, dimensions=dimensions)
        _check_options(table, options=options)
        decisions.append(
            Decision(
                decision_id=decision_id,
                question=table.text("question"),
                options=tuple(options),
                declared_in=root.identifier("id"),
            )
        )
    return tuple(decisions), tuple(folds)


def _parse_option(table: "TomlTable") -> Option:
    table.refuse_unknown(_OPTION)
    return Option(
        option_id=table.identifier("id"),
        label=table.text("label"),
        used_by=table.texts("used_by", required=False),
    )


def _check_options(table: "TomlTable", *, options: "Sequence[Option]") -> None:
    ids = sorted(option.option_id for option in options)
    if len(ids) < 2:  # noqa: PLR2004 (a choice needs two ways to go)
        raise table.error("options", "there are fewer than two options.")
    for one, other in pairwise(ids):
        if one == other:
            raise table.error("options", f"the option {one!r} is declared twice.")


def _parse_folds(
    option: "TomlTable", *, decision_id: str, dimensions: "Sequence[Dimension]"
) -> list[Fold]:
    folds = []
    sided = next((d for d in dimensions if d.sides), None)
    for code, side in option.text_pairs("folds"):
        table = option.table("folds")
        sides = sided.sides if sided else ()
        others = [c.code for c in sided.codes if c.role != "side"] if sided else []
        if side not in sides:
            raise table.error(
                code,
                f"codes cannot be folded into {side!r}, which is not a side.",
                allowed=", ".join(sides) or "nothing: no dimension has sides",
            )
        if sided is None or code not in others:
            raise table.error(
                code,
                f"{code!r} is not a code that can be folded into a side.",
                allowed=", ".join(others) or "nothing: all its codes are sides",
            )
        folds.append(
            Fold(
                decision_id=decision_id,
                option_id=option.identifier("id"),
                dimension=sided.dimension,
                code=code,
                side=side,
            )
        )
    return folds


def _parse_reference(
    root: "TomlTable", *, decisions: "Sequence[Decision]"
) -> ReferenceUse | None:
    if "reference" not in root:
        return None
    table = root.table("reference")
    table.refuse_unknown(_REFERENCE)
    choices = table.text_pairs("choices")
    settled = dict(choices)
    for decision in decisions:
        if decision.decision_id not in settled:
            raise table.error(
                "choices",
                f"the reference leaves the decision {decision.decision_id!r} open.",
                allowed=", ".join(option.option_id for option in decision.options),
                todo=f"add `{decision.decision_id} = ...` to the choices",
            )
    return ReferenceUse(
        reference_id=table.identifier("id"),
        label=table.text("label"),
        why=table.text("why"),
        choices=choices,
    )


def _parse_published_uses(root: "TomlTable") -> tuple[PublishedUse, ...]:
    uses: list[PublishedUse] = []
    for table in root.tables("published_use"):
        table.refuse_unknown(_USE)
        use_id = table.identifier("id")
        if any(use.use_id == use_id for use in uses):
            raise table.error("id", f"the published use {use_id!r} is declared twice.")
        uses.append(
            PublishedUse(
                use_id=use_id,
                who=table.text("who"),
                where=table.text("where"),
                choices=table.text_pairs("choices"),
            )
        )
    return tuple(uses)


def _check_choices(root: "TomlTable", *, decisions: "Sequence[Decision]") -> None:
    """Refuse an option that one of the codebook's own decisions does not have.

    Decisions that the codebook does not declare belong to measures, which check them.
    """
    options = {d.decision_id: [o.option_id for o in d.options] for d in decisions}
    tables = [root.table("reference"), *root.tables("published_use")]
    for table in tables:
        for decision_id, option_id in table.text_pairs("choices"):
            known = options.get(decision_id, [option_id])
            choices = table.table("choices")
            choices.check_identifier(decision_id, key=decision_id)
            choices.check_identifier(option_id, key=decision_id)
            if option_id not in known:
                raise choices.error(
                    decision_id,
                    f"the decision {decision_id!r} has no option {option_id!r}.",
                    allowed=", ".join(known),
                )


def _name_users(decision: Decision, *, uses: "Sequence[PublishedUse]") -> Decision:
    """Add to each option those who use it according to `published_use`."""
    options = []
    for option in decision.options:
        chosen = (decision.decision_id, option.option_id)
        users = [use.who for use in uses if chosen in use.choices]
        used_by = tuple(dict.fromkeys((*option.used_by, *users)))
        options.append(replace(option, used_by=used_by))
    return replace(decision, options=tuple(options))
