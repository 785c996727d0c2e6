"""Help that reads well: commands in their order, examples on lines of their own."""

import inspect
import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from groundswell.core.errors import EXIT_CODES

_EXAMPLE = "\n\nExample: "
_INDENT = 2
_TYPE = re.compile(r"(?<=[A-Z]) <[^>]+>$")  # what Typer puts behind the metavar
_BREAK = " \\"
_ORDER = (
    *("check", "fetch", "ingest", "measure", "rows", "export", "replay"),
    *("codebook", "sources", "figures", "places", "doctor", "schema"),
)


class _WithExample:
    """The last paragraph of a docstring, `Example: ...`, as a section of its own."""

    help: str | None

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 (Typer's own classes, which differ between its versions)
        """Write what the command does."""
        about, _, _ = inspect.cleandoc(self.help or "").partition(_EXAMPLE)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(about)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 (as above)
        """Write the example, to be copied as it stands."""
        _, _, example = inspect.cleandoc(self.help or "").partition(_EXAMPLE)
        if example:
            with formatter.section("Example"):
                for line in example_lines(example, width=formatter.width - _INDENT):
                    formatter.write(f"{'':>{_INDENT}}{line}\n")


class Command(_WithExample, TyperCommand):
    """A command whose help ends with its example."""

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 (as above)
        """Write arguments and options, each by what it is and not by its Python type."""
        for kind, title in (("argument", "Arguments"), ("option", "Options")):
            shown = [p for p in self.get_params(ctx) if p.param_type_name == kind]
            records = [r for p in shown if (r := p.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl([(_TYPE.sub("", n), h) for n, h in records])


class Group(_WithExample, TyperGroup):
    """A group of commands whose help ends with its example."""


class Root(TyperGroup):
    """The command itself: the main job comes first, exit codes come last."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 (as above)
        """List the commands in the order in which they are needed."""
        return sorted(self.commands, key=_ORDER.index)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 (as above)
        """Write what the exit codes say."""
        with formatter.section("Exit codes"):
            codes = [(str(code), words) for code, words in EXIT_CODES.items()]
            formatter.write_dl([*codes, ("130", "interrupted")])


def example_lines(example: str, *, width: int) -> list[str]:
    r"""Break an example between its options, where it is longer than a line.

    Parameters
    ----------
    example
        A command, on one or more lines.
    width
        Columns that there are.

    Returns
    -------
    list
        Lines that a shell joins again.

    Examples
    --------
    >>> example_lines("groundswell rows 3f2a9c --sample 20", width=30)
    ['groundswell rows 3f2a9c \\', '    --sample 20']
    """
    first, *others = " ".join(example.split()).replace(" -", "\n-").split("\n")
    lines = [first]
    for part in others:
        if len(lines[-1]) + len(part) + len(_BREAK) < width:
            lines[-1] += f" {part}"
        else:
            lines[-1] += _BREAK
            lines.append(f"    {part}")
    return lines
