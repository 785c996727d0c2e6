"""The command line: arguments in, one call of `groundswell.api`, text or JSON out."""

import os
import sys
import traceback

import typer

from groundswell.cli import checking, codebooks, measuring, recording
from groundswell.core.errors import EXIT_CODES, GroundswellError

_INTERRUPTED = 130
_CODES = "\n\n".join(f"{code}  {words}" for code, words in EXIT_CODES.items())

app = typer.Typer(
    name="groundswell",
    help="Numbers about protests that can be defended, and checks of printed ones.",
    epilog=f"Exit codes:\n\n{_CODES}\n\n130  interrupted",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(checking.check)
app.command()(recording.ingest)
app.add_typer(measuring.app, name="measure", help="Measure a share or a count.")
app.command()(checking.rows)
app.add_typer(codebooks.app, name="codebook", help="List, make and test codebooks.")
app.add_typer(recording.sources_app, name="sources")
app.command()(recording.figures)
app.command()(checking.replay)
app.command()(recording.doctor)
app.command()(recording.schema)


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
    except GroundswellError as error:
        sys.stderr.write(f"groundswell: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("groundswell: interrupted; what was there before is unchanged\n")
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        # the reader has closed the pipe: nothing is left to say, and Python must not try
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 (the last place where anything can be said)
        if os.environ.get("GROUNDSWELL_DEBUG"):
            traceback.print_exc()
        sys.stderr.write(
            "groundswell: a fault in Groundswell itself: "
            f"{type(error).__name__}: {error}\n"
            "Please report it. GROUNDSWELL_DEBUG=1 shows where it happened.\n"
        )
        sys.exit(1)
