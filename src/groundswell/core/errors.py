"""What can go wrong, said so that the reader knows what to do next.

Every error that a user can cause derives from `GroundswellError` and carries three
sentences: what was wrong, what was allowed, what to do. The command line prints them and
exits with the class's `exit_code`; the codes are listed in `EXIT_CODES`.
"""

from typing import ClassVar

EXIT_CODES: dict[int, str] = {
    0: "done",
    1: "a fault in Groundswell itself: please report it",
    2: "the command was given arguments that it does not take",
    3: "an input file could not be read as what it was given for",
    4: "a codebook, mapping, manifest or other TOML file is wrong",
    5: "the workspace is missing, busy, damaged, read-only or lacks something",
    6: "an optional package is missing",
    7: "a replay did not give the same bytes, or a codebook failed its check",
    8: "a result could not be written, or the system refused a file",
    9: "a server could not be reached, refused, or sent something else",
}


class GroundswellError(Exception):
    """Base of every error that a user can cause and mend.

    Parameters
    ----------
    what
        What was wrong, with the file, line or key where it was found.
    allowed
        What would have been accepted.
    todo
        The next step, as a command where there is one.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, allowed: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.allowed = allowed
        self.todo = todo

    def __str__(self) -> str:
        parts = [self.what]
        if self.allowed:
            parts.append(f"Allowed: {self.allowed}")
        if self.todo:
            parts.append(f"Try: {self.todo}")
        return "\n".join(parts)


class UsageError(GroundswellError):
    """The arguments contradict each other or name something that does not exist."""

    exit_code = 2


class InputError(GroundswellError):
    """An input file cannot be read as what it was given for."""

    exit_code = 3


class DefinitionError(GroundswellError):
    """A TOML file written by a person (codebook, mapping, manifest, claims) is wrong."""

    exit_code = 4


class WorkspaceError(GroundswellError):
    """The workspace is missing, damaged, or lacks what was asked for."""

    exit_code = 5


class WorkspaceBusyError(WorkspaceError):
    """Another process is writing to the workspace."""


class MissingExtraError(GroundswellError):
    """An optional package is needed and not installed."""

    exit_code = 6

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package}, which is not installed.",
            todo=f"pip install 'groundswell[{extra}]'",
        )


class ReplayError(GroundswellError):
    """A receipt could not be replayed, or its bytes changed."""

    exit_code = 7


class AsymmetryError(GroundswellError):
    """A codebook does not treat its sides alike."""

    exit_code = 7


class OutputError(GroundswellError):
    """A result cannot be written: no room, no right to, or a device that fails."""

    exit_code = 8


class FetchError(GroundswellError):
    """A server could not be reached, refused, or sent something else than asked for."""

    exit_code = 9


class LedgerError(ValueError):
    """A ledger whose lines do not add up: a fault in the measure that built it."""
