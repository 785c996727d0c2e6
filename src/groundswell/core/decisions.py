"""Decisions, their options, and the specifications that combine them."""

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from groundswell.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to settle a decision.

    Attributes
    ----------
    option_id
        Stable identifier, `published`.
    label
        The option in words.
    used_by
        Who uses it in print; empty says that nobody is known to.
    """

    option_id: str
    label: str
    used_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A choice that changes the answer, and so has no silent default.

    Attributes
    ----------
    decision_id
        Stable identifier, `neutral-events`.
    question
        The choice as a question.
    options
        At least one; their order carries no meaning.
    declared_in
        Where it is declared: a codebook id, or `measures`.
    """

    decision_id: str
    question: str
    options: tuple[Option, ...]
    declared_in: str

    def option(self, option_id: str) -> Option:
        """Find an option by its identifier.

        Parameters
        ----------
        option_id
            Identifier of one of the options.

        Returns
        -------
        Option
            The option.

        Raises
        ------
        UsageError
            If there is no such option; the message lists those that there are.
        """
        for option in self.options:
            if option.option_id == option_id:
                return option
        raise UsageError(
            f"The decision {self.decision_id!r} has no option {option_id!r}.",
            allowed=", ".join(option.option_id for option in self.options),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One option for each decision, sorted by decision.

    Examples
    --------
    >>> spec = Specification.of({"wording": "broad", "online-events": "kept"})
    >>> spec.text
    'online-events=kept, wording=broad'
    >>> spec.replace("wording", "narrow")["wording"]
    'narrow'
    """

    choices: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, choices: "Mapping[str, str]") -> "Specification":
        """Build a specification from a mapping of decision to option."""
        return cls(choices=tuple(sorted(choices.items())))

    def __getitem__(self, decision_id: str) -> str:
        return dict(self.choices)[decision_id]

    def replace(self, decision_id: str, option_id: str) -> "Specification":
        """Return the same specification with one decision settled otherwise."""
        return Specification.of({**dict(self.choices), decision_id: option_id})

    @property
    def text(self) -> str:
        """The specification in one line."""
        return ", ".join(f"{decision}={option}" for decision, option in self.choices)


def all_specifications(decisions: "Sequence[Decision]") -> "Iterator[Specification]":
    """List every combination of options, in a fixed order.

    Parameters
    ----------
    decisions
        Each with its options; the number of combinations is the product of their counts.

    Yields
    ------
    Specification
        One combination.
    """
    ids = [decision.decision_id for decision in decisions]
    options = [[o.option_id for o in decision.options] for decision in decisions]
    for combination in product(*options):
        yield Specification.of(dict(zip(ids, combination, strict=True)))
