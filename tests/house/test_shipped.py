"""What ships fits together: simulated records, and figures with their codebooks."""

import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from groundswell.checking.registry import load_figures
from groundswell.codebook.load import list_codebooks, load_codebook
from groundswell.core.figures import Figure
from house.source_trees import ROOT

EXAMPLES = ROOT / "examples"
DRAWN = ("simulated-records.csv", "simulated-truth.json")


def differing(folder: Path) -> list[str]:
    """Files of the simulation that are not, byte for byte, those that ship."""
    return [
        name
        for name in DRAWN
        if (folder / name).read_bytes() != (EXAMPLES / name).read_bytes()
    ]


def test_the_simulated_records_are_drawn_again(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", str(EXAMPLES / "simulate.py")]
    subprocess.run([*command, str(tmp_path)], check=True)  # noqa: S603 (our own script)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(DRAWN)
    assert differing(tmp_path) == []
    records, truth = (tmp_path / name for name in DRAWN)
    records.write_bytes(records.read_bytes().replace(b"\n", b"\r\n"))
    assert differing(tmp_path) == [records.name]
    truth.write_bytes(truth.read_bytes().rstrip())
    assert differing(tmp_path) == [records.name, truth.name]


def codes_of_codebooks() -> dict[str, set[str]]:
    """Codes that each shipped codebook gives for sides."""
    return {
        line.codebook_id: {
            side.code for side in load_codebook(line.codebook_id).vocabulary.sides
        }
        for line in list_codebooks()
    }


def without_a_code(figures: Iterable[Figure], codes: Mapping[str, set[str]]) -> list[str]:
    """Figures whose codebook does not ship, or does not know what they count."""
    faults = []
    for figure in figures:
        counted = {figure.side, *dict(figure.counts)} - {""}
        if figure.codebook_id and figure.codebook_id not in codes:
            faults.append(f"{figure.figure_id}: no codebook {figure.codebook_id}")
        elif figure.codebook_id:
            unknown = counted - codes[figure.codebook_id]
            faults += [f"{figure.figure_id}: no code {code}" for code in sorted(unknown)]
    return faults


def test_what_a_figure_counts_is_a_code_of_its_codebook() -> None:
    assert without_a_code(load_figures(), codes_of_codebooks()) == []


def test_a_figure_of_an_unknown_side_is_found() -> None:
    codes = codes_of_codebooks()
    one = next(f for f in load_figures() if f.codebook_id and f.counts and f.side)
    name = one.figure_id
    misspelt = replace(one, side="nobody", counts=(*one.counts, ("neutrall", 1)))
    assert without_a_code([misspelt], codes) == [
        f"{name}: no code neutrall",
        f"{name}: no code nobody",
    ]
    elsewhere = replace(one, codebook_id="elsewhere")
    assert without_a_code([elsewhere], codes) == [f"{name}: no codebook elsewhere"]
    assert without_a_code([replace(misspelt, codebook_id="")], codes) == []
