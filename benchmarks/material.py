"""What is measured: the reference data if they are there, else simulated records.

The reference data are no part of the project; `GROUNDSWELL_REFERENCE_DATA` names their
folder. Rows and texts for larger sizes are made from the same file, anew on each run.
"""

import csv
import os
import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
_DATE = re.compile(rb"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """An article, a file of records, and the codebooks that fit them.

    Attributes
    ----------
    article_name
        How the table calls it.
    is_reference
        Whether the goals are about these files.
    extra
        Options that the command line needs to read the records.
    demands
        Column of the demands.
    codebooks
        The first is measured with; texts are coded with both.
    """

    article_name: str
    is_reference: bool
    records: Path
    article: Path
    extra: tuple[str, ...]
    demands: str
    codebooks: tuple[str, str]
    published: str

    @property
    def not_judged(self) -> str:
        """Why goals cannot be judged with this material; empty where they can."""
        return "" if self.is_reference else "simulated"

    def size(self, n: int, unit: str) -> str:
        """Write a size for the table, never without saying that it is simulated."""
        return f"{n:,} {unit}" if self.is_reference else f"{n:,} {unit}, simulated"


def find_material() -> Material:
    """Choose the reference data if the variable names them.

    Raises
    ------
    SystemExit
        If it names no folder.
    """
    named = os.environ.get("GROUNDSWELL_REFERENCE_DATA")
    if not named:
        return Material(
            article_name="the shipped article",
            is_reference=False,
            records=EXAMPLES / "simulated-records.csv",
            article=EXAMPLES / "article.txt",
            extra=(
                *("--mapping", str(EXAMPLES / "records.mapping.toml")),
                *("--manifest", str(EXAMPLES / "records.manifest.toml")),
            ),
            demands="demands",
            codebooks=(str(EXAMPLES / "harbour-tunnel.toml"), "tactics"),
            published="2024-06-20",
        )
    folder = Path(named)
    if not folder.is_dir():
        raise SystemExit("GROUNDSWELL_REFERENCE_DATA names no folder")
    return Material(
        article_name="the real article",
        is_reference=True,
        records=folder / "ccc" / "phase3" / "ccc-phase3-2025-q1.csv",
        article=folder / "articles" / "opinion-2024-03-solidarity.txt",
        extra=(),
        demands="claims_summary",
        codebooks=("israel-palestine", "tactics"),
        published="2024-03-05",
    )


def check_command(material: Material, *, workspace: Path) -> list[str]:
    """Write the arguments of the main job: the article against the records."""
    return [
        *("check", str(material.article), *material.extra),
        *("--events", str(material.records), "--codebook", material.codebooks[0]),
        *("--published", material.published, "-w", str(workspace)),
    ]


def count_rows(material: Material) -> int:
    """Count the rows of the file of records."""
    return len(material.records.read_bytes().splitlines()) - 1


def write_rows(path: Path, *, material: Material, n_rows: int) -> None:
    """Repeat the rows of the file, the first date of each a week later every time."""
    header, *lines = material.records.read_bytes().splitlines()
    rows = [_cut_at_date(line) for line in lines]
    with path.open("wb") as file:
        file.write(header + b"\n")
        for start in range(0, n_rows, len(rows)):
            later = timedelta(weeks=start // len(rows))
            part = rows[: n_rows - start]
            file.write(b"".join(_moved(row, later=later) for row in part))


def _cut_at_date(line: bytes) -> tuple[bytes, date | None, bytes]:
    found = _DATE.search(line)
    if found is None:
        return line, None, b""
    day = date.fromisoformat(found.group().decode())
    return line[: found.start()], day, line[found.end() :]


def _moved(row: tuple[bytes, date | None, bytes], *, later: timedelta) -> bytes:
    before, day, after = row
    moved = b"" if day is None else (day + later).isoformat().encode()
    return before + moved + after + b"\n"


def make_texts(material: Material, *, n_texts: int) -> list[str]:
    """Recombine the file's demands into texts of which no two are the same."""
    with material.records.open(encoding="utf-8", errors="replace", newline="") as lines:
        claims = [row[material.demands] or "" for row in csv.DictReader(lines)]
    fragments = [p.strip() for claim in claims for p in claim.split(";") if p.strip()]
    if not material.is_reference:  # a dozen demands make too few texts without a number
        fragments = [f"{part} {n}" for n, part in enumerate(fragments)]
    rng = random.Random(20250306)  # noqa: S311 (a seeded mixture, no secret)
    texts: dict[str, None] = {}
    while len(texts) < n_texts:
        texts["; ".join(rng.sample(fragments, rng.choice((2, 2, 3, 3, 4))))] = None
    return list(texts)
