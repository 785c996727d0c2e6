"""Collections of one wave of protests compared, against a plain count of city-days."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from groundswell import api

MAPPING = """
source = "{name}"
[report]
date = {{ column = "date", order = "ymd" }}
country = "country"
admin1 = "state"
locality = "city"
size_low = "low"
size_high = "high"
"""
COLLECTIONS = ("CCC", "CountLove", "NYT", "Elephrame", "Wikipedia")
START, END = date(2020, 5, 26), date(2020, 6, 30)

CityDays = dict[tuple[str, date], int]


def split(records: Path, folder: Path) -> dict[str, CityDays]:
    """Write a file with a mapping for each collection, and count its city-days."""
    with records.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, CityDays] = defaultdict(Counter)
    for name in COLLECTIONS:
        (folder / f"{name}.toml").write_text(MAPPING.format(name=name.lower()), "utf-8")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "date", "country", "state", "city", "low", "high"])
            for row in (row for row in rows if row["src"] == name):
                city, _, state = row["city_st"].strip().rpartition(", ")
                state = "TX" if state == "Texas" else state
                size = row["size"].removesuffix(".0")
                place = ["USA", state, city]
                writer.writerow([row["rid"], row["date"], *place, size, size])
                plain = "".join(c if c.isalnum() else " " for c in city.casefold())
                if words := plain.split():  # two rows name no town
                    day = date.fromisoformat(row["date"])
                    counts[name][f"{state} {' '.join(words)}", day] += 1
    return counts


def inside(days: CityDays) -> CityDays:
    return {key: n for key, n in days.items() if START <= key[1] <= END}


@pytest.mark.reference
def test_city_days_of_five_collections(reference_data: Path, tmp_path: Path) -> None:
    counts = split(reference_data / "blm2020" / "records.csv", tmp_path)
    for name in COLLECTIONS:
        files = api.RecordFiles(
            files=(tmp_path / f"{name}.csv",),
            mapping=tmp_path / f"{name}.toml",
            taken=date(2021, 1, 1),
        )
        api.ingest(files, tmp_path / "w")
    n_shared = []
    for one, other in pairwise(COLLECTIONS):
        names = one.lower(), other.lower()
        result = api.compare_sources(tmp_path / "w", names, start=START, end=END)
        a, b = inside(counts[one]), inside(counts[other])
        assert result.a.ledger.n("city-day") == sum(a.values())
        assert (result.a.n_city_days, result.b.n_city_days) == (len(a), len(b))
        same, near = result.overlaps
        assert same.of_a.counted == same.of_b.counted == len(a.keys() & b.keys())
        assert same.n_reports_a == sum(a[key] for key in a.keys() & b.keys())
        day = timedelta(days=1)
        assert near.of_a.counted == sum(
            any((town, when + slack * day) in b for slack in (-1, 0, 1))
            for town, when in a
        )
        single = [key for key in a.keys() & b.keys() if a[key] == b[key] == 1]
        assert result.sizes.ledger.n("several-reports") == same.of_a.counted - len(single)
        n_shared.append(same.of_a.counted)
    assert n_shared[0] > 900
