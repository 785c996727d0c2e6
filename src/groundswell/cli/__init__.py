"""The command line: arguments in, one call of `groundswell.api`, text or JSON out."""

import os
import re
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from groundswell.cli import (
    checking,
    codebooks,
    comparing,
    exporting,
    fetching,
    measuring,
    places,
    recording,
)
from groundswell.cli.help import Command, Root
from groundswell.cli.output import OutputClosedError, forget_output
from groundswell.core.errors import GroundswellError, OutputError

_INTERRUPTED = 130
# what could move the cursor or turn the direction: names of columns come from strangers
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

app = typer.Typer(
    name="groundswell",
    cls=Root,
    help="Numbers about protests that can be defended, and checks of printed ones.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Command)(checking.check)
app.command(cls=Command)(recording.ingest)
app.command(cls=Command)(fetching.fetch)
app.add_typer(measuring.app, name="measure", help="Measure a share or a count.")
app.command(cls=Command)(checking.rows)
app.command(cls=Command)(exporting.export)
app.command(cls=Command)(checking.replay)
app.add_typer(codebooks.app, name="codebook", help="List, make and test codebooks.")
recording.sources_app.command("compare", cls=Command)(comparing.compare)
app.add_typer(recording.sources_app, name="sources")
app.command(cls=Command)(recording.figures)
app.command(cls=Command)(places.places)
app.command(cls=Command)(recording.doctor)
app.command(cls=Command)(recording.schema)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 (the form of Typer's callbacks)
    if wanted:
        from importlib.metadata import version as installed

        typer.echo(f"groundswell {installed('groundswell')}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            callback=_print_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Numbers about protests that can be defended, and checks of printed ones."""
    del version  # the callback has printed it and ended the program


def main() -> None:
    """Run the command line; errors become a message and a documented exit code."""
    try:
        app(prog_name="groundswell")
    except SystemExit as stop:
        if isinstance(stop.__context__, OSError):  # Typer met a closed pipe
            _leave_quietly()
        if stop.code == _INTERRUPTED:
            _say("interrupted; what was there before is unchanged")
        raise
    except OutputClosedError:
        _leave_quietly()
    except Exception as error:  # noqa: BLE001 (the last place where anything can be said)
        sys.exit(_explain(error))


def _leave_quietly() -> NoReturn:
    # whoever read the output has seen enough, as `head` has: nothing is left to say
    forget_output()
    sys.exit(0)


def _explain(error: Exception) -> int:
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        error = OutputError(
            f"The system refused a file: {error.strerror or error}{place}.",
            todo="see that you may read and write there, and that the disk is not full",
        )
    if isinstance(error, GroundswellError):
        _say(str(error))
        return error.exit_code
    if os.environ.get("GROUNDSWELL_DEBUG"):
        traceback.print_exception(error)
    _say(
        f"a fault in Groundswell itself: {type(error).__name__}: {error}\n"
        "Please report it. GROUNDSWELL_DEBUG=1 shows where it happened."
    )
    return 1


def _say(words: str) -> None:
    harmless = _CONTROL.sub("\ufffd", words)
    sys.stderr.write(f"groundswell: {harmless}\n")
