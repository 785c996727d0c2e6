"""What rows show of people: one rule for every command that prints rows or their texts.

Protest records are about people, some of them in danger. What a source wrote freely can
name private persons and exact places, so it is withheld unless it is asked for; what is
shown instead is a typed value, words that a codebook or this module declares, or words
that several texts have.
"""

import re
from urllib.parse import urlsplit

WITHHELD = (
    "title",
    "place_detail",
    "actors",
    "claims_summary",
    "claims_verbatim",
    "recurrence_text",
    "urls",
)
"""Columns of the table `report` that hold what a source wrote freely."""

EXACT_DECIMALS = 1
"""Decimals of degrees that leave in an export: about 11 km, no house and no street."""

SOCIAL_MEDIA = frozenset(
    {
        *("bsky.app", "discord.com", "discord.gg", "facebook.com", "fb.com", "fb.me"),
        *("gab.com", "instagram.com", "linkedin.com", "linktr.ee", "mastodon.social"),
        *("meetup.com", "ok.ru", "parler.com", "pinterest.com", "reddit.com"),
        *("snapchat.com", "t.co", "t.me", "telegram.me", "threads.com", "threads.net"),
        *("tiktok.com", "truthsocial.com", "tumblr.com", "twitter.com", "vk.com"),
        *("wa.me", "weibo.com", "whatsapp.com", "x.com", "youtu.be", "youtube.com"),
        *("blogspot.com", "livejournal.com", "medium.com", "substack.com"),
        *("wordpress.com", "patreon.com", "gofundme.com", "eventbrite.com"),
    }
)
"""Hosts of accounts and pages of persons, who may stand in the name of the host."""

FEWEST_TEXTS = 2
"""Distinct texts that must have words in common for the words to be shown."""

_RECURRENCE = re.compile(
    r"\b(?:daily|weekly|fortnightly|biweekly|monthly|yearly|annual(?:ly)?|recurring"
    r"|every|each)\b",
    re.IGNORECASE,
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
# `ann.doe` is no host: without a scheme, a name has to end or begin as hosts do
_BARE_HOST = re.compile(
    r"(www(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:[a-z]{2}|com|org|net|edu|gov|int|info|news|app"
    r"|press|media|social|coop|blog))(?:/.*)?",
    re.IGNORECASE,
)


def recurrence_words(note: str) -> str:
    """Keep of a note only the words that say how often something recurs.

    Parameters
    ----------
    note
        As the source wrote it; empty for none.

    Returns
    -------
    str
        Each word once, `noted` for a note without one of them.

    Examples
    --------
    >>> recurrence_words("Every Monday at Ann's house, 5 Elm St; weekly until June")
    'every; weekly'
    >>> recurrence_words("jeden Montag"), recurrence_words("")
    ('noted', '')
    """
    words = (found.lower() for found in _RECURRENCE.findall(note))
    return "; ".join(dict.fromkeys(words)) or ("noted" if note else "")


def hosts(addresses: str) -> str:
    """Keep of web addresses only their hosts, and of anything else nothing.

    A whole address can lead to a private account, and what is no address can be a name or
    a telephone number.

    Parameters
    ----------
    addresses
        Separated by spaces.

    Returns
    -------
    str
        Each host once, separated by semicolons.

    Examples
    --------
    >>> hosts("https://www.records.example/a https://ann:secret@records.example:80/b")
    'records.example'
    >>> hosts("www.instagram.com x.com/ann_doe t.me")
    'instagram.com; x.com; t.me'
    >>> hosts("Ann Doe; ann.doe (tel. 555-0100) mailto:ann@doe.com https://ann http://[")
    ''
    """
    found = (_host(address) for address in addresses.split())
    return "; ".join(dict.fromkeys(host for host in found if host))


def _host(address: str) -> str:
    bare = _BARE_HOST.fullmatch(address)
    if bare:
        return bare[1].lower().removeprefix("www.")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:  # brackets that enclose no address
        return ""
    is_web = parts.scheme in {"http", "https"} and _HOST.fullmatch(host)
    return host.removeprefix("www.") if is_web else ""


def public_hosts(addresses: str) -> str:
    """Keep of web addresses the hosts that are not social media.

    Parameters
    ----------
    addresses
        Separated by spaces.

    Returns
    -------
    str
        As `hosts`, without hosts whose accounts are persons.

    Examples
    --------
    >>> public_hosts("https://records.example/a x.com/ann_doe https://ann.tumblr.com/1")
    'records.example'
    """
    kept = (host for host in hosts(addresses).split("; ") if not _is_social(host))
    return "; ".join(kept)


def _is_social(host: str) -> bool:
    parts = host.split(".")
    return any(".".join(parts[start:]) in SOCIAL_MEDIA for start in range(len(parts)))
