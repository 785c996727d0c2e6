"""Make the simulated records of the demo, and the truth that they were drawn from.

Nothing in these records happened: the tunnel, the towns and the protests are made up.
They have the faults of real records (words for sizes, missing sizes, weekly runs entered
in advance, copies, dates that cannot be), so that every line of a ledger has something to
show.

    python examples/simulate.py FOLDER

writes `simulated-records.csv` and `simulated-truth.json` into FOLDER. The same seed gives
the same bytes.
"""

import csv
import json
import random
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

SEED = 20240615
FIRST_DAY = date(2024, 1, 1)
SNAPSHOT = date(2024, 6, 15)
LAST_DAY = date(2024, 6, 30)
TOWNS = {
    "Sandvík": "Capital Region",
    "Hólmar": "Capital Region",
    "Norðurbær": "Northeast",
    "Eyrarfoss": "Northeast",
    "Kaldárdalur": "South",
    "Vestri-Höfn": "Westfjords",
}
DEMANDS = {
    "for": (
        "for building the harbour tunnel",
        "in support of the harbour tunnel; for jobs",
        "for the tunnel; against further delay of the tunnel",
        "for a tunnel vote this year; for building the tunnel",
    ),
    "against": (
        "against the harbour tunnel",
        "for stopping the tunnel; for protecting the bay",
        "against building the tunnel; against the cost of the tunnel",
        "against the harbour tunnel; in solidarity with the fishing families",
    ),
    "neutral": (
        "for a public inquiry into the tunnel",
        "for publishing the tunnel contracts",
    ),
    "both": ("for the tunnel; against the harbour tunnel at this site",),
    "other": (
        "for higher wages in schools",
        "against the closure of the night bus",
        "for affordable housing; for rent control",
        "in remembrance of those lost at sea",
    ),
}
FORMS = ("rally", "march", "vigil", "blockade", "rally; march", "petition handover")
SIZE_WORDS = {"dozens": (24, 90), "hundreds": (200, 900), "about 50": (40, 60)}


@dataclass
class Simulation:
    """Rows as they are drawn, and the truth beside them."""

    rng: random.Random
    rows: list[dict[str, str]] = field(default_factory=list)
    truth: list[dict[str, object]] = field(default_factory=list)

    def add(
        self, *, side: str, day: date, town: str, notes: str = "", form: str = ""
    ) -> None:
        """Draw one event and its record."""
        rng = self.rng
        people = max(3, round(rng.lognormvariate(4.2, 1.1)))
        known = rng.random() < {"for": 0.55, "against": 0.4}.get(side, 0.5)
        words, number = self._size(people) if known else ("", "")
        self.rows.append(
            {
                "no": str(len(self.rows) + 1),
                "date": day.isoformat(),
                "town": town,
                "region": TOWNS[town],
                "form": form or rng.choice(FORMS),
                "demands": rng.choice(DEMANDS[side]),
                "notes": notes,
                "people": number,
                "people_words": words,
                "online": "yes" if rng.random() < 0.02 else "no",
                "link": f"https://records.example/{len(self.rows) + 1}",
            }
        )
        self.truth.append({"side": side, "people": people, "recurring": bool(notes)})

    def _size(self, people: int) -> tuple[str, str]:
        fitting = [w for w, (low, high) in SIZE_WORDS.items() if low <= people <= high]
        if fitting and self.rng.random() < 0.5:
            return self.rng.choice(fitting), ""
        return "", str(people)


def simulate(seed: int = SEED) -> Simulation:
    """Draw one-off events, weekly vigils of one side, copies and impossible dates."""
    made = Simulation(rng=random.Random(seed))
    rng = made.rng
    days = (SNAPSHOT - FIRST_DAY).days
    towns = list(TOWNS)
    one_off = {"for": 180, "against": 300, "neutral": 24, "both": 6, "other": 420}
    for side, n in one_off.items():
        for _ in range(n):
            day = FIRST_DAY + timedelta(days=rng.randrange(days))
            counter = side in {"for", "against"} and rng.random() < 0.04
            form = "counter-protest" if counter else ""
            made.add(side=side, day=day, town=rng.choice(towns), form=form)
    for number, town in enumerate(towns):
        day = FIRST_DAY + timedelta(days=number)
        while day <= LAST_DAY:  # entered in advance, beyond the day of the snapshot
            made.add(side="for", day=day, town=town, notes="every week", form="vigil")
            day += timedelta(days=7)
    for row in rng.sample(made.rows, 9):
        made.rows.append(dict(row))
    made.rows[17]["date"] = "2924-03-02"
    made.rows[333]["date"] = "March 2024"
    made.rows[444]["date"] = ""
    made.rows.sort(key=lambda row: (row["date"], int(row["no"])))
    return made


def main() -> None:
    """Write the records and the truth."""
    folder = Path(sys.argv[1])
    made = simulate()
    with (folder / "simulated-records.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        writer = csv.DictWriter(file, fieldnames=list(made.rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(made.rows)
    sides = ("for", "against", "neutral", "both", "other")
    truth = {
        "about": "Simulated: none of these protests took place.",
        "seed": SEED,
        "snapshot": SNAPSHOT.isoformat(),
        "rows": len(made.rows),
        "copies": len(made.rows) - len(made.truth),
        "events": {s: sum(t["side"] == s for t in made.truth) for s in sides},
        "recurring": {
            s: sum(t["side"] == s and bool(t["recurring"]) for t in made.truth)
            for s in sides
        },
    }
    path = folder / "simulated-truth.json"
    path.write_text(json.dumps(truth, indent=2) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
