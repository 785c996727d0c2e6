"""The command line: arguments in, one call of `groundswell.api`, text or JSON out."""

import os
import re
import sys
import traceback

import typer

from groundswell.cli import checking, codebooks, measuring, recording
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
app.add_typer(measuring.app, name="measure", help="Measure a share or a count.")
app.command(cls=Command)(checking.rows)
app.command(cls=Command)(checking.replay)
app.add_typer(codebooks.app, name="codebook", help="List, make and test codebooks.")
app.add_typer(recording.sources_app, name="sources")
app.command(cls=Command)(recording.figures)
app.command(cls=Command)(recording.doctor)
app.command(cls=Command)(recording.schema)


@app.callback()
def root(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version."),  # noqa: FBT003 (typer's own form)
) -> None:
    """Numbers about protests that can be defended, and checks of printed ones."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"groundswell {installed('groundswell')}")
        raise typer.Exit


def main() -> None:
    """Run the command line; errors become a message and a documented exit code."""
    try:
        app()
    except SystemExit as stop:
        if stop.code == _INTERRUPTED:
            _say("interrupted; what was there before is unchanged")
        raise
    except OutputClosedError:
        # the reader has seen enough, as `head` has: nothing is left to say
        forget_output()
        sys.exit(0)
    except GroundswellError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        _say(str(_refused(error)))
        sys.exit(OutputError.exit_code)
    except Exception as error:  # noqa: BLE001 (the last place where anything can be said)
        if os.environ.get("GROUNDSWELL_DEBUG"):
            traceback.print_exc()
        _say(
            f"a fault in Groundswell itself: {type(error).__name__}: {error}\n"
            "Please report it. GROUNDSWELL_DEBUG=1 shows where it happened."
        )
        sys.exit(1)


def _say(words: str) -> None:
    harmless = _CONTROL.sub("\ufffd", words)
    sys.stderr.write(f"groundswell: {harmless}\n")


def _refused(error: OSError) -> OutputError:
    place = f" ({error.filename})" if error.filename else ""
    return OutputError(
        f"The system refused a file: {error.strerror or error}{place}.",
        todo="see that you may read and write there, and that the disk is not full",
    )
