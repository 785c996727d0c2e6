"""Two sources on the same days and places: what each holds, and where they meet."""

from dataclasses import dataclass
from datetime import date

from groundswell.core.dates import Window
from groundswell.core.ledger import Ledger
from groundswell.core.places import Place
from groundswell.core.sources import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCount:
    """How many reports have a value.

    Attributes
    ----------
    value
        A precision, a rule, a label; empty where the source gives none.
    n
        Reports.
    """

    value: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelUse:
    """Which labels of a kind a source gives its reports.

    Attributes
    ----------
    n_reports
        Reports with at least one.
    n_labels
        Distinct labels.
    most
        The most frequent of those that several reports have; a report with two labels
        counts for both.
    """

    n_reports: int
    n_labels: int
    most: tuple[ValueCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSource:
    """What one side of a comparison holds of the days and places compared.

    Attributes
    ----------
    name
        As it was asked for.
    snapshots
        Its files, with coverage, terms and citation.
    ledger
        Every report of these files, and whether it is compared.
    first_day, last_day
        First and last day with a compared report; `None` where there is none.
    n_towns, n_city_days
        Towns with a report, and pairs of a town and a day.
    n_sized
        Compared reports with a size.
    size_rules
        By which rule sizes were read; `source` for the source's own numbers.
    date_precision, place_precision
        How exact dates and places are.
    tactics, issues
        Labels in use.
    """

    name: str
    snapshots: tuple[Snapshot, ...]
    ledger: Ledger
    first_day: date | None
    last_day: date | None
    n_towns: int
    n_city_days: int
    n_sized: int
    size_rules: tuple[ValueCount, ...]
    date_precision: tuple[ValueCount, ...]
    place_precision: tuple[ValueCount, ...]
    tactics: LabelUse
    issues: LabelUse


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """Reports of each side on a day, or in the week that begins on it.

    Attributes
    ----------
    day
        The day, or the Monday of the week.
    n_a, n_b
        Compared reports whose date is exact to the day.
    """

    day: date
    n_a: int
    n_b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CityDayOverlap:
    """How many city-days of each side the other side has, too.

    A city-day is a town and a day with at least one report. That both sources have one
    does not say that they mean the same happening: this is no linkage.

    Attributes
    ----------
    slack_days
        How many days the other report may be earlier or later.
    of_a, of_b
        City-days of each side, in the other or not.
    n_reports_a, n_reports_b
        Reports on the city-days that the other side has, too.
    """

    slack_days: int
    of_a: Ledger
    of_b: Ledger
    n_reports_a: int
    n_reports_b: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioQuantile:
    """A quantile of the ratio of two sizes.

    Attributes
    ----------
    level
        Share of the pairs that have this ratio or a lower one.
    ratio
        Size in A divided by size in B.
    """

    level: float
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeAgreement:
    """Sizes on the city-days on which each side has exactly one report.

    Attributes
    ----------
    ledger
        Every city-day that both have, down to those with two sizes to compare.
    n_equal
        Pairs with the same ends.
    n_meeting
        Pairs whose intervals share a number.
    n_within_two
        Pairs whose middles differ by a factor of two at most.
    ratios
        Quantiles of the middle in A divided by the middle in B; none without a pair.
    """

    ledger: Ledger
    n_equal: int
    n_meeting: int
    n_within_two: int
    ratios: tuple[RatioQuantile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sources on the same days and places.

    Attributes
    ----------
    a, b
        The sides.
    window
        Days that are compared.
    place
        Where; `None` for wherever they have reports.
    days
        Every day of the window, by who has a report of it. Where an end is open, it is
        that of the reports.
    by_day, by_week
        Reports of each, without the days and weeks on which neither has one.
    overlaps
        Of city-days: on the same day, and within one day.
    sizes
        Where both have one report, and give a size.
    flags
        What makes the two less comparable.
    """

    a: ComparedSource
    b: ComparedSource
    window: Window
    place: Place | None
    days: Ledger
    by_day: tuple[DayCount, ...]
    by_week: tuple[DayCount, ...]
    overlaps: tuple[CityDayOverlap, ...]
    sizes: SizeAgreement
    flags: tuple[str, ...]
