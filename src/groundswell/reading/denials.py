"""Words that take a statement back, put it into a mouth as an error, or correct it."""

import re

from groundswell.reading.lexicon import one_of

_FALSE = (
    "The sentence speaks of a statement as false or disputed; whose number it is "
    "has to be read by a person."
)
_DENIED = "It says that people do not believe or say it; it is no statement of its own."
_CORRECTED = "It is about a correction: it repeats what was said before."
_KINDS: tuple[tuple[str, str], ...] = (
    (
        _CORRECTED,
        r"""
        corrections?(?=\s?[:(])
        (?:an?|the|our)\s(?:earlier|previous|prior|original|first)\s(?:versions?|draft|story|article|report|headline|edition|post)
        (?:was|were|has\sbeen|have\sbeen|been)\s(?:corrected|retracted|amended|updated\sto)
        (?:corrected|retracted|amended)\s(?:version|on|to)
        misstated
        editor'?s\snote
        """,
    ),
    (
        _FALSE,
        r"""
        false(?:ly|hoods?)?
        untrue
        not\strue
        myths?
        debunk\w*
        wrong(?:ly)?
        incorrect(?:ly)?
        erroneous(?:ly)?
        inaccurate(?:ly)?
        mistaken(?:ly)?
        misleading
        contrary\sto
        disput(?:e|es|ed)
        no\sevidence
        fabricated
        fakes?
        faked
        forged
        made-up
        doctored
        satir(?:e|ical)
        hoax(?:es)?
        lies?(?=\sthat\b|\sclaim|\ssay|,)
        rumou?rs?
        conspiracy
        mis-?information
        dis-?information
        propaganda
        baseless
        unfounded
        unproven
        unverified
        bogus
        den(?:y|ies|ied|ying)
        refut\w+
        reject(?:s|ed)?\s(?:the\s)?(?:claim|idea|notion|suggestion)s?
        exaggerat\w+
        implausibl[ey]
        unsupported
        not\ssupport(?:ed)?
        """,
    ),
    (
        _DENIED,
        r"""
        (?:nobody|no\s?one|no-one|none|few(?:\s\w+)?|hardly\sanyone)\s(?:\w+\s){0,2}?(?:believe[sd]?|thinks?|thought|says?|said|claim(?:s|ed)?|argue[sd]?|suggest(?:s|ed)?|expect(?:s|ed)?|knows?|counted)
        (?:do|does|did)(?:\snot|n't)\s(?:\w+\s)?(?:believe|think|say|claim|show|mean|find|suggest|know)
        doubt(?:s|ed|ful)?
        (?:unlikely|impossible)\sthat
        (?:cannot|can't|could\snot)\sbe\s(?:true|right|confirmed|verified)
        """,
    ),
)
_PATTERNS = tuple(
    (re.compile(rf"(?i)(?<![\w-]){one_of(patterns)}(?![\w-])"), why)
    for why, patterns in _KINDS
)


def find_denial(text: str) -> str:
    """Say why a sentence does not stand for what it states.

    Parameters
    ----------
    text
        A smooth sentence.

    Returns
    -------
    str
        The reason, empty where there is none.

    Examples
    --------
    >>> find_denial("Correction: an earlier version said that most were small.")
    'It is about a correction: it repeats what was said before.'
    """
    return next((why for pattern, why in _PATTERNS if pattern.search(text)), "")
