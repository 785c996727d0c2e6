"""Check the shipped article against the shipped records, and say where the report is.

Everything is made up (see `simulate.py`), nothing is sent anywhere, nothing is opened.
"""

import sys
from pathlib import Path

from groundswell.cli import main

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "demo"


def run(*arguments: str) -> None:
    """Run one command as a user would type it, and stop where it fails."""
    print("$ groundswell " + " ".join(_shown(a) for a in arguments), flush=True)
    sys.argv = ["groundswell", *arguments]
    try:
        main()
    except SystemExit as stop:
        if stop.code:
            sys.exit(stop.code)
    print(flush=True)


def _shown(argument: str) -> str:
    shown = argument.replace(f"{HERE.parent}/", "")
    return f'"{shown}"' if " " in shown else shown


OUT.mkdir(exist_ok=True)
run(
    "check",
    str(HERE / "article.txt"),
    *("--events", str(HERE / "simulated-records.csv")),
    *("--mapping", str(HERE / "records.mapping.toml")),
    *("--manifest", str(HERE / "records.manifest.toml")),
    *("--codebook", str(HERE / "harbour-tunnel.toml")),
    *("--figures", str(HERE / "figures.toml")),
    *("--published", "2024-06-20"),
    *("--workspace", str(OUT / "workspace")),
    *("--html", str(OUT / "report.html")),
)
print("Article, records and figures of this demo are made up. Open demo/report.html.")
print("A real claim, against published figures only:")
run(
    "check",
    *("--text", "86 percent of these protests were pro-Palestine."),
    *("--published", "2024-03-05"),
    *("--workspace", str(OUT / "workspace-of-the-sentence")),
)
