"""What `doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that was looked at, and whether it is as it should be."""

    name: str
    words: str
    is_well: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Everything that was looked at, in order."""

    facts: tuple[Fact, ...]
