"""Times that a sentence names and no words of it settle: `since the war began`.

They are found so that they are never passed over: a number that stands beside one has no
scope that can be stated. The lists hold common words for events and for stretches of
time; a name in front of them (`the X ceasefire`) is let through.
"""

import re
from typing import TYPE_CHECKING

from groundswell.language.numbers import SMALL_WORDS
from groundswell.reading.lexicon import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENT = one_of(
    r"""
    agreement
    airstrikes?
    announcement
    anniversary
    arrests?
    assassination
    assaults?
    attacks?
    bombardment
    bombings?
    campaign
    cease-?fires?
    conflict
    convention
    coup
    crackdown
    deaths?
    decision
    earthquake
    elections?
    events
    fighting
    funeral
    hearing
    holidays?
    hostilities
    inauguration
    incursion
    invasion
    killings?
    lockdowns?
    massacres?
    murder
    offensive
    operation
    outbreak
    pandemic
    primaries
    raids?
    referendum
    resignation
    rulings?
    semester
    shootings?
    siege
    speech
    summit
    swearing-in
    takeover
    trial
    truce
    uprising
    verdict
    votes?
    war
    withdrawal
    (?:Ramadan|Eid|Easter|Christmas|Thanksgiving|Passover|Hanukkah|Halloween|New\sYear)(?:'s)?
    """
)
_UNIT = r"(?:day|week|weekend|fortnight|month|year|decade|hour|night)s?"
_N = "|".join(word for word, value in SMALL_WORDS.items() if value)
_MANY = rf"(?:{_N}|\d{{1,3}}|an?|several|many|some|a\sfew|few|a\scouple\sof|couple\sof)"
_WHEN = (
    r"(?:(?:ever\s)?since|after|during|before|until|till|following|from|ahead\sof|prior\sto|"
    r"throughout|leading\sup\sto|(?:in|on)\sthe\s(?:run-?up|lead-?up|days?|eve|wake|"
    r"aftermath|midst|middle)\s(?:to|of)|by\sthe\stime\sof|at\sthe\stime\sof|post-|pre-)"
)
_PART = r"(?:(?:start|outbreak|beginning|onset|end|height|collapse)\sof\s(?:the\s)?)"
_THE = r"(?:(?:the|an?|this|that|its|his|her|their)\s)?"
_BEGAN = (
    r"(?:began|begun|started|ended|broke\sout|erupted|took\s(?:office|power|effect|hold|place)|"
    r"came\s(?:to\spower|into\sforce)|(?:was|were)\s(?:elected|inaugurated|sworn\sin|killed|"
    r"arrested|released|signed|announced|reached|agreed|declared|broken)|won|resigned|"
    r"stepped\sdown|invaded|attacked|collapsed|returned|happened|assumed)"
)
_REPORTED = (
    r"(?!\s(?:said|reported|found|noted|published|released|announced|estimated|claimed|told|"
    r"wrote|counted|recorded|tallied|logged))"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_DAY_PART = r"(?:weekend|evening|morning|afternoon|night|semester|term|season)"
_OPEN = re.compile(
    r"(?i)(?<![\w-])"
    + one_of(
        rf"""
        {_WHEN}\s?{_THE}{_PART}?(?:[\w'-]+\s){{0,2}}?{EVENT}(?:\s{_BEGAN})?
        (?:as|while|amid|when|once)\s{_THE}(?:[\w'-]+\s){{0,2}}?(?:cease-?fire|truce|elections?|trial|offensive|semester)(?:\s\w+)?
        (?:after|before|since|until|when|once|as\ssoon\sas|by\sthe\stime|while)\s{_THE}(?:[\w'.-]+\s){{1,4}}?{_BEGAN}
        while\s(?:[\w'.-]+\s){{1,3}}?(?:was|is)\s(?:\w+\s)?(?:president|chancellor|premier|prime\sminister|in\soffice|in\spower)
        the\s(?:first|last|opening|final|early|initial)\s(?:\w+\s)?{_UNIT}\sof\s{_THE}(?:[\w'-]+\s){{0,2}}?{EVENT}
        (?:in|over|during|within|for)\s(?:the\s)?(?:[\w-]+\s){{0,2}}?{_UNIT}\s(?:(?:immediately|right|just|directly|shortly)\s)?(?:that\sfollowed|after(?:wards?)?|before(?:hand)?|since|following|prior\sto|leading\sup\sto|surrounding|around|of)\s{_THE}(?:[\w'-]+\s){{0,2}}?{EVENT}
        (?:in|over|during|within|for)\s(?:the\s)?(?:[\w-]+\s){{0,2}}?{_UNIT}\s(?:that\sfollowed|since|after(?:wards?)?|before(?:hand)?|prior|leading\sup)
        (?:in|over|during|within)\s(?:the|its|their)\s(?:first|opening|early|initial|last|final|latest|closing)\s(?:\w+\s)?{_UNIT}
        (?:in|over|during|within|for)\s(?:the\s)?(?:recent|past|previous|earlier|later|coming|intervening|following|preceding|those|these|that|early|final|ensuing)\s(?:{_UNIT}|period|time|stages?|phase)
        (?:in|over|within|during|for|across)\s(?:just\s|only\s|about\s|some\s|under\s|the\s)?{_MANY}\s(?:short\s|consecutive\s|straight\s)?(?:days|weeks|weekends|months|years|decades|hours)
        for\s(?:days|weeks|months|years|decades)
        (?:in|over)\sthe\s(?:past|years|meantime|interim)
        (?:ever\s)?since(?=\s?[,.]|$)
        since\s(?:then|last\s\w+|early|late|mid)
        (?:at|by|around|until|up\sto|before|from)\s(?:the|that|this)\s(?:time|point|moment|stage)
        (?:by|back|until|before|from)\s(?:then|now|recently)
        (?:early|later)\son
        at\s(?:first|the\s(?:beginning|start|outset|end|height|peak))
        these\sdays
        of\slate
        nowadays
        overnight
        (?:recently|lately|previously|formerly|initially|originally|afterwards?|subsequently){_REPORTED}
        (?:earlier|later)\s(?:this|that|in\sthe)\s\w+
        (?:earlier|later)(?=,)
        (?:that|the\ssame|the\sfollowing|the\sprevious|the\snext|the\spreceding|next)\s{_UNIT}
        (?:{_MANY}\s)?{_UNIT}\s(?:ago|earlier|later|beforehand|afterwards?|previously|prior)
        (?:the|{_MANY})\s{_UNIT}\s(?:before|after|since|prior)(?=\s?[,.]|\s(?:the|that|his|her|its|their)\s)
        (?:last|this|next|that|each|every|the\sprevious|the\sfollowing|the\spast|all)\s(?:{_SEASON}|{_DAY_PART}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
        (?:in|over|during|throughout|by|since|until)\s(?:the\s)?(?:\w+\s)?{_SEASON}(?!\sof\s(?!\d))(?:\s(?:of\s)?\d{{4}}(?:\s?[/-]\s?\d{{2,4}})?)?
        (?:in|over|during|throughout|by|at|on)\s(?:the\s)?(?:\w+\s)?{_DAY_PART}
        on\s(?:the|a|one|any)\s(?:\w+\s)?(?:day|night|weekend|anniversary)
        on\s(?:Christmas|Thanksgiving|Halloween|(?:New\sYear|Valentine)'s|(?-i:[A-Z]\w+(?:'s)?))\s(?:Eve|Day)
        """
    )
    + r"(?![\w-])"
)
# the clause of `when` takes the dates in it along
_CLAUSE = re.compile(
    r"(?i)(?:^|(?<=[,;]\s))(?:when(?:ever)?|once|as\ssoon\sas|by\sthe\stime|the\s(?:day|week|"
    r"month|year)\s(?:that|when))\s[^,;]{1,100}?(?=,)"
)


def find_open_times(text: str) -> "Iterator[re.Match[str]]":
    """Find the words of a sentence for times that it does not settle.

    Parameters
    ----------
    text
        A smooth sentence.

    Yields
    ------
    re.Match
        One stretch of words; they do not overlap.

    Examples
    --------
    >>> [m[0] for m in find_open_times("In the week after the ceasefire, 9 in 10 were.")]
    ['In the week after the ceasefire']
    """
    end = 0
    for match in sorted(
        (*_CLAUSE.finditer(text), *_OPEN.finditer(text)),
        key=lambda m: (m.start(), -m.end()),
    ):
        if match.start() >= end:
            yield match
            end = match.end()


def is_clause(match: "re.Match[str]") -> bool:
    """Say whether an open time is a clause of its own, which keeps the dates in it."""
    return match.re is _CLAUSE
