"""What is known of a place by its name: towns of the gazetteer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town or city, or a part of one, that bears a name.

    Attributes
    ----------
    name
        Its name.
    other_name
        The name that was looked for, where it is not the town's first one: a former name,
        or one in another language. Empty where it is.
    country
        ISO 3166 alpha-3 code of the country that the gazetteer puts it in, which takes no
        position on any territory.
    admin1
        Its first-level unit: the postal code in the USA, elsewhere the code of the
        gazetteer; empty where there is none.
    latitude, longitude
        Degrees, to two decimals: the town, and no address in it.
    n_people
        People who live there, to two digits; `None` where the gazetteer says nothing.
    """

    name: str
    other_name: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    n_people: int | None
