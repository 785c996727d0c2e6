"""Towns by name, from a file that `gazetteer/build.py` derives from GeoNames.

The file is sorted by key and searched where it lies in memory: no index is built, so a
first look costs no more than to unpack it.
"""

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

from groundswell.core.place_facts import Town
from groundswell.core.text import fold_words
from groundswell.language.place_tables import codes

TOWNS_FILE = "towns.tsv.gz"
_MARKS = re.compile("[.'`\u02bb\u02be\u02bf]")
_GAPS = re.compile(r"[\W_]+")
_LEADING = re.compile(r"^(?:the )?(?:(?:city|town|village|borough) of )?(?=\S)")
_KIND = re.compile(r" (?:city|town|(?:charter )?township|village|borough)$")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_SHORT_WORD = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_DIGRAPH = re.compile("([aou])e")


def find_town(
    name: str, *, country: str | None, admin1: str | None = None
) -> tuple[Town, ...]:
    """Find the towns that a name can mean.

    Spelling is forgiving: case, accents, hyphens, apostrophes, `St.` and `Saint`, `City
    of`, `ue` for `ü`. Nothing is guessed: who asks chooses among the candidates, or says
    that there are several. Towns from 15,000 people on are known, in the USA from 500 on.

    Parameters
    ----------
    name
        A name, alone; other names are known for towns from 100,000 people on.
    country
        ISO 3166 alpha-3 code; `None` looks everywhere.
    admin1
        First-level unit, as in `Town`; left out, all of the country.

    Returns
    -------
    tuple
        Towns whose own name it is, most people first, then those of which it is another
        name; empty where none is known.

    Examples
    --------
    >>> [town.admin1 for town in find_town("springfield", country="USA")][:3]
    ['MO', 'MA', 'IL']
    >>> (koeln,) = find_town("Cologne", country="DEU")
    >>> koeln.name, koeln.latitude, koeln.longitude, koeln.n_people
    ('Köln', 50.93, 6.95, 1000000)
    >>> [town.name for town in find_town("St. Petersburg", country="USA", admin1="FL")]
    ['St. Petersburg']
    """
    for towns in _found(name):
        fitting = _fitting(towns, country=country, admin1=admin1)
        if not fitting and country and country in codes():
            # the path of a territory starts with the state that it belongs to
            home, *part = codes()[country].path
            if part and admin1 in {None, *part}:
                fitting = _fitting(towns, country=home, admin1=part[0])
        if fitting:
            return fitting
    return ()


@cache
def gazetteer_credit() -> str:
    """Name the source of the towns, its licence and its version."""
    table, start = _table()
    lines = table[:start].decode().splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines)


def town_key(name: str) -> str:
    """Fold the name of a town so that its spellings meet.

    Examples
    --------
    >>> town_key("City of St. Louis"), town_key("Coeur d’Alene"), town_key("The Bronx")
    ('saint louis', 'coeur dalene', 'bronx')
    """
    key = _GAPS.sub(" ", _MARKS.sub("", fold_words(name))).strip()
    return _SHORT_WORD.sub(lambda word: _SHORT[word[0]], _LEADING.sub("", key))


def town_row(town: Town) -> str:
    """Write a town as a line of the file; `_town` reads it.

    The key is left out where it is the name in small letters.
    """
    name = town.other_name or town.name
    key = town_key(name)
    columns = (
        "" if key == name.lower() else key,
        name,
        town.name if town.other_name else "",
        town.country,
        town.admin1,
        f"{town.latitude:.2f}",
        f"{town.longitude:.2f}",
        "" if town.n_people is None else str(town.n_people),
    )
    return "\t".join(columns)


def _town(row: str) -> Town:
    _, found, name, country, admin1, latitude, longitude, n_people = row.split("\t")
    return Town(
        name=name or found,
        other_name=found if name else "",
        country=country,
        admin1=admin1,
        latitude=float(latitude),
        longitude=float(longitude),
        n_people=int(n_people) if n_people else None,
    )


def row_key(row: str) -> str:
    """Return the key that a line of the file is sorted by."""
    key, name, _ = row.split("\t", 2)
    return key or name.lower()


def _found(name: str) -> tuple[tuple[Town, ...], ...]:
    """Return what is found by the name as it stands, then by looser readings of it."""
    key = town_key(name)
    bare = _KIND.sub("", key)
    looser = (_towns(bare),) if bare != key else ()
    return (_towns(key), *looser, _with_umlauts(key))


def _with_umlauts(key: str) -> tuple[Town, ...]:
    """Return the towns whose umlauts the key writes out, as in `Muenchen`."""
    short = _DIGRAPH.sub(r"\1", key)
    if short == key:
        return ()
    return tuple(
        town
        for town in _towns(short)
        if town_key((town.other_name or town.name).lower().translate(_UMLAUTS)) == key
    )


def _fitting(
    towns: tuple[Town, ...], *, country: str | None, admin1: str | None
) -> tuple[Town, ...]:
    return tuple(
        town
        for town in towns
        if country in {None, town.country} and admin1 in {None, town.admin1}
    )


@lru_cache(maxsize=1 << 13)
def _towns(key: str) -> tuple[Town, ...]:
    """Return the towns of a key, own names first, most people first."""
    if not key:
        return ()
    rows = []
    table, _ = _table()
    at = _first(key)
    while at < len(table):
        end = table.index(b"\n", at)
        row = table[at:end].decode()
        if row_key(row) != key:
            break
        rows.append(row)
        at = end + 1
    towns = map(_town, rows)
    return tuple(sorted(towns, key=lambda t: (bool(t.other_name), -(t.n_people or 0))))


def _first(key: str) -> int:
    """Return where the first line stands whose key is not below this one."""
    table, low = _table()
    high = len(table)
    while low < high:
        middle = (low + high) // 2
        start = max(low, table.rfind(b"\n", low, middle) + 1)
        end = table.index(b"\n", middle)
        if row_key(table[start:end].decode()) < key:
            low = end + 1
        else:
            high = start
    return low


@cache
def _table() -> tuple[bytes, int]:
    """Return the file, unpacked, and where its head ends."""
    packed = files("groundswell.language").joinpath(TOWNS_FILE).read_bytes()
    table = gzip.decompress(packed)
    start = 0
    while table.startswith(b"#", start):
        start = table.index(b"\n", start) + 1
    return table, start
