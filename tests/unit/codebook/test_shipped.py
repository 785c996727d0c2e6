"""The shipped codebooks: what they must find, and what they must leave alone."""

import csv
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from groundswell.codebook.coding import code_texts
from groundswell.codebook.load import load_codebook
from groundswell.codebook.matching import Matcher

PAL, ISR = "pro-palestine", "pro-israel"
# A claim, then its codes in the wordings narrow, published and broad. Each claim of one
# side stands beside its counterpart.
CLAIMS = [
    ("in solidarity with Palestinians", {PAL}, {PAL}, {PAL}),
    ("in solidarity with Israelis", {ISR}, {ISR}, {ISR}),
    ("FREE PALESTINE", {PAL}, {PAL}, {PAL}),
    ("Am Yisrael Chai!", {ISR}, set(), {ISR}),
    ("free Palestine from Hamas", set(), set(), {ISR}),
    ("for Palestinian rights", {PAL}, {PAL}, {PAL}),
    ("for Israel\u2019s right to defend itself", {ISR}, set(), {ISR}),
    ("against genocide in Gaza", set(), {PAL}, {PAL}),
    ("against violent attack on Israel", set(), {ISR}, {ISR}),
    ("in remembrance of Palestinians killed in Gaza", set(), {PAL}, {PAL}),
    ("in remembrance of Israelis killed by Hamas", set(), set(), {ISR}),
    ("for ending U.S. aid to Israel", set(), set(), {PAL}),
    ("for U.S. aid to Israel", set(), set(), {ISR}),
    ("for academic boycott of Israel", set(), set(), {PAL}),
    ("against academic boycott of Israel", set(), set(), {ISR}),
    ("for release of Palestinian prisoners", set(), set(), {PAL}),
    (
        "for release of hostages held by Hamas",
        {"hostage-release"},
        {"hostage-release"},
        {ISR},
    ),
    ("bring them home now", *[{"hostage-release"}] * 3),
    ("for ceasefire in Gaza", {"ceasefire-only"}, {PAL}, {"ceasefire-only"}),
    ("ceasefire now", *[{"ceasefire-only"}] * 3),
    ("for ceasefire in Israel and Palestine", *[{"neutral"}] * 3),
    ("for peace in the Middle East", *[{"neutral"}] * 3),
    ("for justice for Israelis and Palestinians", *[{"neutral"}] * 3),
    ("for release of all hostages and prisoners", *[{"neutral"}] * 3),
    ("against pro-Palestine demonstration", set(), set(), {ISR}),
    ("against pro-Israel demonstration", set(), set(), {PAL}),
    ("against antisemitism", *[set()] * 3),
    ("against Islamophobia", *[set()] * 3),
    ("against visit of Prime Minister Netanyahu", *[set()] * 3),
    ("stand with Israel; for Palestinian liberation", {PAL, ISR}, {PAL}, {PAL, ISR}),
    ("in solidarity with Israel; Palestine will be free", {PAL, ISR}, set(), {PAL, ISR}),
    ("stand with Israel; bring the hostages home", {ISR}, {ISR}, {ISR}),
    ("viva Palestina", {PAL}, set(), {PAL}),
    ("Solidarität mit Israel", {ISR}, set(), {ISR}),
    ("الحرية لفلسطين", {PAL}, set(), {PAL}),
    ("עם ישראל חי", {ISR}, set(), {ISR}),
    ("for better schools", *[set()] * 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "narrow", "published", "broad"), CLAIMS)
def test_claims_get_their_codes_in_each_wording(
    text: str, narrow: set[str], published: set[str], broad: set[str]
) -> None:
    matcher = Matcher(load_codebook("israel-palestine"))
    matches = matcher.match(text)
    for wording, expected in (
        ("narrow", narrow),
        ("published", published),
        ("broad", broad),
    ):
        found = {code for _, code in matcher.codes(matches, wording)}
        assert found == expected, wording


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Crowd Counting Consortium, column event_type
        ("demonstration", {"demonstrative"}),
        ("rally; march", {"demonstrative"}),
        ("counter-protest", {"demonstrative"}),
        ("civil disobedience", {"confrontational"}),
        ("march; civil disobedience", {"demonstrative", "confrontational"}),
        ("walkout", {"confrontational"}),
        ("strike", {"confrontational"}),
        ("sit-in", {"confrontational"}),
        ("die-in", {"confrontational"}),
        ("vigil", {"demonstrative"}),
        ("petition drive", {"conventional"}),
        ("arson", {"violent"}),
        # ACLED, event types and sub-event types
        ("Protests; Peaceful protest", {"demonstrative"}),
        ("Protests; Protest with intervention", {"demonstrative"}),
        ("Protests; Excessive force against protesters", {"demonstrative"}),
        ("Riots; Violent demonstration", {"violent"}),
        ("Riots; Mob violence", {"violent"}),
        # CAMEO and SCAD
        ("Obstruct passage, block", {"confrontational"}),
        ("Protest violently, riot", {"violent"}),
        ("illegal demonstration", {"confrontational"}),
        ("Spontaneous Violent Riot", {"violent"}),
        ("General Strike", {"confrontational"}),
        ("riot gear", set()),
    ],
)
def test_forms_of_action_are_classed(text: str, expected: set[str]) -> None:
    matcher = Matcher(load_codebook("tactics"))
    found = {code for _, code in matcher.codes(matcher.match(text), "standard")}
    assert found == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("claims_summary", "unconditional support for the strikers", {"unconditional"}),
        ("claims_summary", "for conditions on aid", {"conditional"}),
        ("claims_summary", "in solidarity with our brothers and sisters", {"identity"}),
        ("claims_summary", "for national independence", {"political"}),
        ("claims_summary", "for food and water for refugees", {"humanitarian"}),
        ("claims_summary", "for humanitarian aid", {"humanitarian", "material"}),
        ("claims_summary", "for human rights", {"rights"}),
        ("claims_summary", "for its right to exist", {"political"}),
        ("claims_summary", "in remembrance of the dead", {"symbolic"}),
        ("claims_summary", "for an arms embargo", {"political"}),
        ("tactics", "blockade; vigil", {"direct-action", "symbolic"}),
        ("tactics", "rally; march", set()),
        ("claims_verbatim", "until victory", {"unconditional"}),
        ("claims_summary", "for better roads", set()),
    ],
)
def test_forms_of_solidarity_are_told_apart(
    field: str, text: str, expected: set[str]
) -> None:
    matcher = Matcher(load_codebook("solidarity-forms"), field=field)
    found = {code for _, code in matcher.codes(matcher.match(text), "standard")}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "narrow", "broad"),
    [
        ("for abortion rights", {"abortion-rights"}, {"abortion-rights"}),
        ("against abortion", {"anti-abortion"}, {"anti-abortion"}),
        ("against abortion bans", set(), {"abortion-rights"}),
        ("for abortion bans", set(), {"anti-abortion"}),
        ("against abortion rights", set(), {"anti-abortion"}),
        ("against anti-abortion demonstration", set(), {"abortion-rights"}),
        ("against pro-choice rally", set(), {"anti-abortion"}),
        ("support Planned Parenthood", set(), {"abortion-rights"}),
        ("defund Planned Parenthood", set(), {"anti-abortion"}),
        ("in commemoration of Roe v. Wade", set(), set()),
        # what is ended, lifted or opposed turns a side round, on both of them
        ("for ending abortion", {"anti-abortion"}, {"anti-abortion"}),
        ("for ending abortion restrictions", set(), {"abortion-rights"}),
        ("for ending abortion bans", set(), {"abortion-rights"}),
        ("for ending abortion access", set(), {"anti-abortion"}),
        ("against ending abortion access", set(), {"abortion-rights"}),
        ("against ending abortion bans", set(), {"anti-abortion"}),
        ("against the ban on abortion", set(), {"abortion-rights"}),
        ("for the ban on abortion", set(), {"anti-abortion"}),
        ("in support of abortion", {"abortion-rights"}, {"abortion-rights"}),
        ("in support of abortion bans", set(), {"anti-abortion"}),
        ("opposed to abortion", {"anti-abortion"}, {"anti-abortion"}),
        ("opposed to abortion bans", set(), {"abortion-rights"}),
        ("opposing abortion rights", set(), {"anti-abortion"}),
        ("opposing anti-abortion bill", set(), {"abortion-rights"}),
        ("for new restrictions on abortion", set(), {"anti-abortion"}),
        ("against restrictions on abortion", set(), {"abortion-rights"}),
        ("protesting defunding Planned Parenthood", set(), {"abortion-rights"}),
        ("protesting funding of Planned Parenthood", set(), {"anti-abortion"}),
        ("against abortion clinic closures", set(), {"abortion-rights"}),
        ("for abortion clinic closures", set(), {"anti-abortion"}),
        # a counter-protest takes the side that it does not name
        ("Counterprotest pro-life advocates", set(), {"abortion-rights"}),
        ("Counterprotest pro-choice advocates", set(), {"anti-abortion"}),
        ("counter-protest to pro-life rally", set(), {"abortion-rights"}),
        ("counter-protest to pro-choice rally", set(), {"anti-abortion"}),
        ("Pro-Life Counter-Protest", {"anti-abortion"}, {"anti-abortion"}),
        ("Pro-Choice Counter-Protest", {"abortion-rights"}, {"abortion-rights"}),
        ("counter-protest; pro-life", {"anti-abortion"}, {"anti-abortion"}),
        ("counter-protest; pro-choice", {"abortion-rights"}, {"abortion-rights"}),
        ("March for Life", set(), {"anti-abortion"}),
        ("against March for Life rally", set(), {"abortion-rights"}),
        ("against march for reproductive rights", set(), {"anti-abortion"}),
        # whose support is meant
        ("in support for abortion rights", {"abortion-rights"}, {"abortion-rights"}),
        ("in support for anti-abortion law", {"anti-abortion"}, {"anti-abortion"}),
        ("against Doe\u2019s support for abortion rights", set(), {"anti-abortion"}),
        ("against Doe\u2019s support for anti-abortion law", set(), {"abortion-rights"}),
        # other causes that have the words
        ("March for Babies", set(), set()),
        ("for parents' right to choose schools", set(), set()),
        ("for the right to life of refugees", set(), set()),
    ],
)
def test_another_cause_needs_no_code(
    text: str, narrow: set[str], broad: set[str]
) -> None:
    matcher = Matcher(load_codebook("us-abortion"))
    matches = matcher.match(text)
    assert {code for _, code in matcher.codes(matches, "narrow")} == narrow
    assert {code for _, code in matcher.codes(matches, "broad")} == broad


def test_article_terms_name_both_sides_alike() -> None:
    terms = {
        side.code: {term.lower() for term in side.terms}
        for side in load_codebook("israel-palestine").vocabulary.sides
    }
    swap = [("palestinian", "israeli"), ("palestine", "israel")]
    for start in ("pro-", "pro ", "in support of ", "in solidarity with ", "supporting "):
        for word, other in swap:
            assert start + word in terms[PAL] or start + word + "s" in terms[PAL]
            assert start + other in terms[ISR] or start + other + "s" in terms[ISR]


# The printed patterns, as facts: see the rules `published-...` of the codebook.
PRINTED = {
    PAL: re.compile(
        r"for palestinian (liberation|rights)|for freedom for palestine"
        r"|free palestine(?! from hamas)|in solidarity with (palestin|gaza)"
        r"|in remembrance of palestin|ceasefire in gaza|against apartheid in israel"
        r"|(for ending|against) israel.s occupation of palestin|genocide of palestin"
        r"|against genocide in (gaza|palestine)",
        re.IGNORECASE,
    ),
    ISR: re.compile(
        r"against violent attack on israel|stand with israel"
        r"|(in|for) (solidarity with|support of) israel",
        re.IGNORECASE,
    ),
}
PRINTED_NOT = {
    PAL: re.compile(r"in solidarity with israel", re.IGNORECASE),
    ISR: re.compile(
        r"for palestinian liberation|palestine will be free|free free palestine",
        re.IGNORECASE,
    ),
}


def read_claims(folder: Path) -> list[tuple[str, str]]:
    """Date and claims of each row of the phase 3 file."""
    file = folder / "ccc" / "phase3" / "ccc-phase3-2025-q1.csv"
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        return [(row["date"], row["claims_summary"]) for row in csv.DictReader(lines)]


@pytest.mark.reference
def test_published_wording_gives_the_counts_of_its_authors(reference_data: Path) -> None:
    rows = read_claims(reference_data)
    assert len(rows) == 4_492
    book = load_codebook("israel-palestine")
    coding = code_texts(book, [claims for _, claims in rows], workers=1)
    counts: Counter[str] = Counter()
    early: Counter[str] = Counter()
    for number, (day, _) in enumerate(rows):
        codes = {code for _, code in coding.codes(number, wording="published")}
        name = " + ".join(sorted(codes & {PAL, ISR}))
        counts[name] += 1
        early[name] += day < "2025-03-01"
    assert (counts[PAL], counts[ISR], counts[f"{ISR} + {PAL}"]) == (1_578, 181, 0)
    assert (early[PAL], early[ISR]) == (1_394, 147)


@pytest.mark.reference
def test_published_wording_is_that_of_the_printed_patterns(reference_data: Path) -> None:
    """Row by row, and on mixtures of claims that test what excludes what."""
    claims = sorted({text for _, text in read_claims(reference_data)})
    parts = sorted({part.strip() for text in claims for part in text.split(";")})
    parts += ["Free Palestine from Hamas", "free free Palestine", "stand with Israel"]
    parts += ["Palestine will be free", "for support of Israelis", "free palestine"]
    rng = random.Random(11)  # noqa: S311 (a repeatable mixture, no secret)
    mixtures = ["; ".join(rng.sample(parts, 3)) for _ in range(5_000)]
    texts = [*claims, *parts, *mixtures]
    book = load_codebook("israel-palestine")
    coding = code_texts(book, texts, workers=1)
    for number, text in enumerate(texts):
        expected = {
            side
            for side in (PAL, ISR)
            if PRINTED[side].search(text) and not PRINTED_NOT[side].search(text)
        }
        found = {code for _, code in coding.codes(number, wording="published")}
        assert found & {PAL, ISR} == expected, text
