"""Variants of one sentence: value, window, place, source, side and cause in turn."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from groundswell.core.dates import Window

PUBLISHED = date(2025, 4, 5)
_TENS = "sixty seventy eighty ninety".split()  # noqa: SIM905 (reads better)
_ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

WINDOWS = {
    "acled": (
        "between 7 and 27 October 2023",
        Window(start=date(2023, 10, 7), end=date(2023, 10, 27)),
    ),
    "file": (
        "in January and February 2025",
        Window(start=date(2025, 1, 1), end=date(2025, 2, 28)),
    ),
    "": ("", None),
}
PLACES = {"world": "worldwide", "usa": "in the United States", "": ""}
SOURCES = {
    "acled": "according to ACLED",
    "ccc": "according to the Crowd Counting Consortium",
    "": "",
}
SIDES = {
    "pro-palestine": ("israel-palestine", "over Israel and Gaza", "pro-Palestinian"),
    "pro-israel": ("israel-palestine", "over Israel and Gaza", "pro-Israel"),
    "abortion-rights": ("us-abortion", "over abortion", "pro-choice"),
}
VALUES = (60, 70, 77, 81, 86, 88, 90, 95, 99)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One sentence and what it says."""

    text: str
    value: int
    is_about: bool
    window: str
    place: str
    source: str
    side: str


def variants() -> list[Variant]:
    """Every combination of scope, with values, wording and order taking turns."""
    made = []
    for number, (window, place, source, side) in enumerate(
        product(WINDOWS, PLACES, SOURCES, SIDES)
    ):
        for step in range(3):
            value = VALUES[(number + 4 * step) % len(VALUES)]
            made.append(
                Variant(
                    text=_sentence(
                        value if side != "pro-israel" else 100 - value,
                        form=(number + step) % 5,
                        parts=(WINDOWS[window][0], PLACES[place], SOURCES[source]),
                        side=side,
                    ),
                    value=value if side != "pro-israel" else 100 - value,
                    is_about=(number + step) % 5 == 2,
                    window=window,
                    place=place,
                    source=source,
                    side=side,
                )
            )
    return made


def _sentence(value: int, *, form: int, parts: tuple[str, str, str], side: str) -> str:
    window, place, source = parts
    _, topic, label = SIDES[side]
    number = {
        0: f"{value} percent",
        1: f"{value}%",
        2: f"about {value} per cent",
        3: f"{_words(value)} percent",
        4: f"{value}\u00a0percent",
    }[form]
    subject = " ".join(filter(None, [number, "of the protests", topic, place]))
    clauses = {
        0: [window, f"{subject} were {label}", source],
        1: ["", f"{subject} {window} were {label}".replace("  ", " "), source],
        2: [source, f"{subject} {window} were {label}".replace("  ", " "), ""],
        3: [window, f"{subject} were reportedly {label}", source],
        4: ["", f"{subject} were {label} {window}".strip(), source],
    }[form]
    sentence = ", ".join(clause for clause in clauses if clause)
    return sentence[0].upper() + sentence[1:] + "."


def _words(value: int) -> str:
    teens = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen")
    small = [*_ONES, *teens, "seventeen", "eighteen", "nineteen"]
    if value < len(small):
        return small[value]
    tens = ("twenty", "thirty", "forty", "fifty", *_TENS)[value // 10 - 2]
    return tens if value % 10 == 0 else f"{tens}-{_ONES[value % 10]}"
