"""Generated variants of one statement, each with the scope that its words give."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

PUBLISHED = date(2024, 3, 5)

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = {6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}

# codebook, side, adjective, verb phrase, phrase after `were`
SIDES = (
    (
        "israel-palestine",
        "pro-palestine",
        "pro-Palestine",
        "backed the Palestinians",
        "in support of Palestinians",
    ),
    (
        "israel-palestine",
        "pro-palestine",
        "pro-Palestinian",
        "supported Palestinians",
        "in solidarity with the Palestinian people",
    ),
    (
        "israel-palestine",
        "pro-israel",
        "pro-Israel",
        "supported Israel",
        "in solidarity with Israel",
    ),
    (
        "us-abortion",
        "abortion-rights",
        "pro-choice",
        "supported abortion rights",
        "in favor of abortion rights",
    ),
    (
        "us-abortion",
        "anti-abortion",
        "anti-abortion",
        "opposed abortion",
        "opposed to abortion",
    ),
)
WINDOWS = (
    ("", None),
    ("between 7 and 27 October 2023", (date(2023, 10, 7), date(2023, 10, 27))),
    ("from October 7 to November 26, 2023", (date(2023, 10, 7), date(2023, 11, 26))),
    ("in January and February 2024", (date(2024, 1, 1), date(2024, 2, 29))),
    ("since 1 November 2023", (date(2023, 11, 1), PUBLISHED)),
    ("in 2022", (date(2022, 1, 1), date(2022, 12, 31))),
)
PLACES = (
    ("", None),
    ("in the United States", "USA"),
    ("worldwide", "world"),
    ("across Germany", "DEU"),
    ("in California", "USA/CA"),
)
SOURCES = (
    ("", ""),
    ("ACLED", "ACLED"),
    ("the Crowd Counting Consortium", "Crowd Counting Consortium"),
    ("the Institute for Street Counts", "Institute for Street Counts"),
)
QUALIFIERS = (
    ("", "equal"),
    ("about ", "about"),
    ("nearly ", "nearly"),
    ("more than ", "more-than"),
    ("at least ", "at-least"),
    ("up to ", "at-most"),
)
HEDGES = ("", "reportedly ", "allegedly ")
FORMS = (
    "{n} percent",
    "{n}%",
    "{n} %",
    "{n} per cent",
    "{n}\u00a0percent",
    "{w} percent",
)

# a base in capitals is one of _BASES; <P> place, <W> window, <S> trailing source
TEMPLATES = (
    "<Q> of BASE<P><W> were <H><ADJ><S>.",
    "<Q> of BASE<P><W> were <H><BE><S>.",
    "<Q> of BASE<P><W> <VERB><S>.",
    "<W,><Q> of BASE<P> were <H><ADJ><S>.",
    "<P,><Q> of BASE<W> <VERB><S>.",
    "<S,><Q> of BASE<P><W> have been <BE>.",
    "<ADJ> rallies made up <Q> of BASE<P><W><S>.",
    "<P,><ADJ> marches accounted for <Q> of BASE<W><S>.",
    "<S,><ADJ> protests represented <Q> of BASE<P><W>.",
    "Of BASE<P><W>, <Q> were <H><ADJ><S>.",
    "The share of <ADJ> protests<P><W> was <Q><S>.",
    "<W,>with observers looking on, <Q> of BASE<P> were <ADJ><S>.",
    "It was a long autumn, and <Q> of BASE<P><W> were <H><ADJ><S>.",
    "Although many stayed home, <Q> of BASE<P><W> <VERB><S>.",
    "“<Q> of BASE<P><W> were <ADJ>,” a summary reads.",
    "<Q> of BASE that were held<P><W> were <BE><S>.",
)
_BASES = (
    ("these protests", "topic"),
    ("the demonstrations", "topic"),
    ("protests", "open"),
    ("all demonstrations", "all"),
    ("the 4,385 demonstrations", "topic"),
    ("protests and rallies", "open"),
    ("the protests about the conflict", "topic"),
)


@dataclass(frozen=True)
class Variant:
    text: str
    percent: int
    comparator: str
    codebook: str
    side: str
    among: str
    window: tuple[date | None, date | None] | None
    place: str | None
    source: str
    hedges: tuple[str, ...]


def variants(count: int, *, seed: int) -> Iterator[Variant]:
    rng = random.Random(seed)  # noqa: S311 (test data)
    for index in range(count):
        yield _variant(rng, TEMPLATES[index % len(TEMPLATES)])


def _variant(rng: random.Random, template: str) -> Variant:
    percent = rng.randint(60, 99)
    codebook, side, *sayings = rng.choice(SIDES)
    base, among = rng.choice(_BASES)
    qualifier, comparator = rng.choice(QUALIFIERS)
    window, days = rng.choice(WINDOWS)
    # "the conflict in X" need not be the one in question
    place, code = ("", None) if "conflict" in base else rng.choice(PLACES)
    source, name = rng.choice(SOURCES)
    text = _filled(
        template,
        {
            "BASE": base,
            "<Q>": qualifier + _number(rng.choice(FORMS), percent),
            "<H>": (hedge := rng.choice(HEDGES)),
            **dict(zip(("<ADJ>", "<VERB>", "<BE>"), sayings, strict=True)),
            **_adverbials(window, place, source=source),
        },
    )
    return Variant(
        text=text,
        percent=percent,
        comparator=comparator,
        codebook=codebook,
        side=side,
        among=among if "BASE" in template else "topic",
        window=days if "<W" in template else None,
        place=code,
        source=name if "<S" in template else "",
        hedges=(hedge.strip(),) if hedge and "<H>" in template else (),
    )


def _number(form: str, percent: int) -> str:
    return form.format(n=percent, w=in_words(percent))


def _adverbials(window: str, place: str, *, source: str) -> dict[str, str]:
    return {
        "<P>": f" {place}" if place else "",
        "<W>": f" {window}" if window else "",
        "<S>": f", according to {source}" if source else "",
        "<P,>": f"{place}, " if place else "",
        "<W,>": f"{window}, " if window else "",
        "<S,>": f"According to {source} data, " if source else "",
    }


def _filled(template: str, words: dict[str, str]) -> str:
    for slot, said in words.items():
        template = template.replace(slot, said)
    return template[0].upper() + template[1:]


def in_words(percent: int) -> str:
    tens, unit = divmod(percent, 10)
    return _TENS[tens] + (f"-{_UNITS[unit - 1]}" if unit else "")
