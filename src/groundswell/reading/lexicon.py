"""The closed lists of words that the reader of sentences knows, each with its tag.

A tag is one letter; a tagged sentence is a string of them, and a frame is a regular
expression over that string (`groundswell.reading.frames`). A word in no list is `x`: it
may restrict what a number is about, so it is never passed over in silence.

| tag | words |
|---|---|
| `q`, `Q`, `U`, `n` | a share: `86 percent`, `most`, `mostly`; a count: `1,869` |
| `p`, `P`, `u`, `H` | protests; one kind of them (`vigils`); protesters; people |
| `s`, `S`, `Y`, `I` | a side: `pro-X`, `backed X`, `marched for X`, `X was backed by` |
| `t`, `T`, `G` | the topic: `about X`, `concerned X`, its bare name |
| `w`, `W` | a window; the date of a report |
| `l`, `a`, `L`, `V` | a place; before its noun; not known; a country left unnamed |
| `R`, `j`, `r` | who counted; `said`; `recorded`, `took place` |
| `d`, `D`, `A`, `b` | `these`; `the`; `all`; adjectives that restrict nothing |
| `m`, `Z`, `z` | `them`, `the total`; `share`; `number` |
| `o`, `O`, `i`, `f`, `g` | `of`; `among`; other prepositions; `as`; `that`, `who` |
| `v`, `k`, `y` | `were`; `made up`; `classified` |
| `M`, `X` | `marched`; `drew` |
| `h` | adverbs, hedges |
| `c`, `,`, `;`, `-` | `and`; comma; clause break; dash |
| `e`, `E` | brackets; brackets around a share |
| `N`, `C`, `B` | `not`; `if`, `would`; `rose`, `increase` |
| `x` | anything else |
"""

import re


def one_of(lines: str) -> str:
    r"""Write an alternation from patterns that stand one to a line.

    Parameters
    ----------
    lines
        The patterns; white space around them is left out.

    Returns
    -------
    str
        A group that captures nothing.

    Examples
    --------
    >>> one_of("backed\n sided? with")
    '(?:backed|sided? with)'
    """
    patterns = [line.strip() for line in lines.splitlines()]
    return f"(?:{'|'.join(pattern for pattern in patterns if pattern)})"


HEDGES = frozenset(
    {
        "allegedly",
        "apparently",
        "arguably",
        "ostensibly",
        "presumably",
        "purportedly",
        "reportedly",
        "seemingly",
        "supposedly",
    }
)
HEDGE_PHRASES = re.compile(
    r"(?i)\b(?:(?:is|are|was|were)\s(?:said|believed|thought|reported|claimed)\sto|"
    r"it\sis\ssaid|so[- ]called)\b"
)
# adjectives, for all their ending
_NO_ADVERB_TEXT = """
    daily weekly monthly yearly early friendly deadly elderly orderly unruly likely family
    costly lively hourly quarterly
"""
NO_ADVERBS = frozenset(_NO_ADVERB_TEXT.split())

_LISTS: dict[str, str] = {
    "p": """
        protests demonstrations rallies marches gatherings events actions demos
        mobilisations mobilizations manifestations
    """,
    "P": """
        vigils sit-ins walkouts walk-outs encampments pickets strikes die-ins
        processions parades blockades riots
    """,
    "u": """
        protesters protestors demonstrators marchers participants attendees ralliers
        protest-goers rally-goers
    """,
    "H": "people persons men women citizens",
    "m": "them ones total whole rest remainder others remaining",
    "Z": "share proportion percentage fraction",
    "z": "number",
    "o": "of",
    "O": "among amongst",
    "d": "these those such this",
    "D": "the a an its their his her our both",
    "A": "all every each entire",
    "v": """
        is are was were be been being has have had 're remain remained remains proved
        became become
    """,
    "k": """
        constituted constitutes constitute constituting represented represents represent
        representing comprised comprises comprise comprising totalled totaled totalling
        totaling numbered numbering reached amounted amount
    """,
    "y": """
        classified categorised categorized labelled labeled described identified
        considered deemed judged characterised characterized rated tagged classed
    """,
    "f": "as",
    "r": """
        recorded records recording counted counts counting documented logged registered
        registers tallied tallies tracked tracks catalogued observed reported seen saw
        held hold holds staged organised organized happened occurred monitored mapped
        collected included includes contained contain contains listed lists covered
        covers covering coded there erupted unfolded convened
    """,
    "j": """
        said says say found finds find showed shows show suggested suggests suggest
        indicated indicates indicate estimated estimates estimate revealed reveals noted
        notes wrote told announced stated states added according published released
        claimed claims concluded data figures numbers statistics dataset database report
        reports analysis tally count
    """,
    "M": """
        marched marching rallied rallying demonstrated demonstrating protested
        protesting gathered attended attending joined joining turned participated
        participating
    """,
    "X": "drew drawing attracted attracting brought mobilised mobilized involved",
    "h": """
        also still now then even only just thus therefore however indeed overall
        altogether alone either so far yet meanwhile together too again already ever
        same well some many
    """,
    "g": "that which who whom where whose",
    "c": "and or & nor",
    ";": "while whereas although though but because despite unless whilst except",
    "i": """
        in on at for by with to from into across throughout around during since between
        over under about against within through via per than after before amid following
        behind outside inside near versus vs until till regarding concerning toward
        towards compared
    """,
    "b": """
        street public documented known individual separate distinct different various
        recent current ongoing subsequent so-called related relevant classified new
        protest demonstration rally march unique
    """,
    "N": """
        not never no neither none hardly scarcely without cannot nobody nothing
    """,
    "C": """
        if whether would could might may should will shall suppose imagine expected
        projected forecast predicted aimed hoped wanted
    """,
    "B": """
        rose rise rises rising increase increased increases increasing grew growth grow
        growing fell fall falls falling decline declined declines drop dropped drops
        jump jumped surge surged decrease decreased gain gained climbed up down more
        fewer less higher lower larger smaller bigger doubled tripled halved likelier
    """,
}
WORD_TAGS: dict[str, str] = {}
for _tag, _words in _LISTS.items():
    for _word in _words.split():
        WORD_TAGS.setdefault(_word, _tag)

# Longer than one word, or a word that needs its neighbours; the first match wins.
_PHRASES: tuple[tuple[str, str], ...] = (
    (
        "k",
        r"""
        ma(?:de|ke|kes|king)\s(?:up|out)
        account(?:ed|s|ing)?\sfor
        (?:stood|stands)\sat
        add(?:ed)?\sup\sto
        amount(?:ed|s|ing)?\sto
        c[ao]me\sto
        """,
    ),
    (
        "v",
        r"""
        (?:turned\sout|proved|appear(?:ed|s)?|seem(?:ed|s)?)\sto\s(?:be|have\sbeen)
        (?:said|believed|thought|reported|found|considered|judged|deemed)\sto\s(?:be|have\sbeen)
        (?:understood|shown|claimed|estimated)\sto\s(?:be|have\sbeen)
        to\sbe
        having\sbeen
        """,
    ),
    (
        "r",
        r"""
        (?:that\s|which\s)?(?:we|it|they)\s(?:have\s|has\s|had\s)?(?:recorded|counted|tracked)
        (?:that\s|which\s)?(?:we|it|they)\s(?:have\s|has\s|had\s)?(?:documented|logged|monitored)
        (?:took|taken|taking|take|takes)\splace
        (?:broke|broken)\sout
        (?:were|was)\sthere
        there\s(?:were|have\sbeen|had\sbeen|are|was)
        (?:put|putting)\son
        """,
    ),
    (
        "u",
        r"""
        (?:those|people|everyone)\swho\s(?:marched|protested|rallied|demonstrated)
        (?:those|people|everyone)\swho\s(?:turned\sout|took\spart|took\sto\sthe\sstreets)
        """,
    ),
    (
        "M",
        r"""
        (?:took|taken|taking)\s(?:to\sthe\sstreets|part\sin|part)
        turned\sout(?:\sfor)?
        (?:came|come)\sout
        """,
    ),
    ("X", r"(?:brought|bringing)\sout(?!\sof\b)"),
    (
        "m",
        r"""
        the\s(?:total|whole|overall\stotal|lot)
        (?:the\s)?(?:side|camp|variety|kind|ones?|type)(?!\s(?:of|effect))
        """,
    ),
    (
        ";",
        r"""
        even\s(?:though|if|as)
        as\swell\sas\s(?=\w+ing\b)
        so\sthat
        such\sas
        rather\sthan
        instead\sof
        """,
    ),
    (
        "c",
        r"""
        as\swell\sas
        together\swith
        along\swith
        and/or
        """,
    ),
    (
        "h",
        r"""
        in\sall(?=[,:]|\s(?:there|it|they|about|some|nearly|almost|more|over)\b|$)
        in\s(?:total|nature|character|orientation|tone|fact|effect|sum|general|turn)
        at\sleast\sin\spart
        on\s(?:average|the\swhole|balance)
        by\s(?:far|contrast|comparison)
        of\scourse
        as\sa\s(?:whole|result)
        for\s(?:example|instance)
        so\sfar
        to\sdate
        """,
    ),
    ("C", r"it\stook(?=\suntil)"),
    (
        "O",
        r"""
        out\sof
        from\samong
        """,
    ),
    (
        "b",
        r"""
        in\s(?:cities|towns|streets|places|capitals)(?=\s(?:across|around|throughout|of|in)\b)
        in\s(?:cities|towns)\sand\s(?:towns|villages|cities)(?=\s(?:across|around|throughout|in)\b)
        """,
    ),
    (
        "A",
        r"""
        of\s(?:any|every|all)\s(?:kind|sort|type)s?
        every\ssingle
        """,
    ),
)
PHRASE_TAGS: dict[str, str] = {
    f"phrase_{number}": tag for number, (tag, _) in enumerate(_PHRASES)
}
PHRASES = re.compile(
    "|".join(
        rf"(?P<phrase_{number}>(?<![\w-]){one_of(patterns)}(?![\w-]))"
        for number, (_, patterns) in enumerate(_PHRASES)
    ),
    re.IGNORECASE,
)

# common nouns of places: with a preposition they narrow, and no table holds them
LOCAL_PLACES = one_of(
    r"""
    campus(?:es)?
    universit(?:y|ies)
    colleges?
    schools?
    cit(?:y|ies)
    towns?
    capitals?
    embass(?:y|ies)
    consulates?
    regions?
    provinces?
    districts?
    count(?:y|ies)
    states?
    nations?
    countr(?:y|ies)
    continents?
    streets?
    airports?
    stations?
    parliaments?
    """
)
