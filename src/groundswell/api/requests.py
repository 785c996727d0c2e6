"""Requests: all that a result depends on, as plain values that a receipt can keep."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from groundswell.core.claims import Among, Statistic, Unit
from groundswell.core.dates import Window
from groundswell.core.places import Place
from groundswell.measures.estimands import Estimand

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRequest:
    """A share or a count, of what, over which records, with which codebook.

    Attributes
    ----------
    codebook_id, codebook_sha256
        The codebook, by its content.
    dimension, code
        What is counted; an empty code is the topic as a whole.
    statistic, among, unit
        The estimand.
    start, end
        The window; `None` is open.
    place, place_name
        The place as a path and by name; `None` is no limit.
    where
        Further conditions, column to value.
    by
        The grouping; empty for none.
    pinned
        Decisions that the user settled.
    snapshot_ids
        The records.
    """

    codebook_id: str
    codebook_sha256: str
    dimension: str
    code: str
    statistic: Statistic
    among: Among
    unit: Unit
    start: date | None
    end: date | None
    place: tuple[str, ...] | None
    place_name: str
    where: tuple[tuple[str, str], ...]
    by: str
    pinned: tuple[tuple[str, str], ...]
    snapshot_ids: tuple[str, ...]

    @property
    def estimand(self) -> Estimand:
        """What the request measures."""
        is_open = self.start is None and self.end is None
        place = None
        if self.place is not None:
            place = Place(path=self.place, name=self.place_name)
        return Estimand(
            statistic=self.statistic,
            code=self.code,
            among=self.among,
            unit=self.unit,
            window=None if is_open else Window(start=self.start, end=self.end),
            place=place,
            where=self.where,
        )

    @classmethod
    def from_json(cls, plain: "Mapping[str, Any]") -> "MeasureRequest":
        """Build a request from the plain values that a receipt keeps."""
        values = dict(plain)
        for name in ("start", "end"):
            values[name] = _day(values[name])
        for name in ("where", "pinned"):
            values[name] = tuple((key, value) for key, value in values[name])
        values["snapshot_ids"] = tuple(values["snapshot_ids"])
        if values["place"] is not None:
            values["place"] = tuple(values["place"])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """An article, and what it is checked against.

    Attributes
    ----------
    article_name, article_sha256
        The article, by its content.
    is_sentence
        Whether the text came from the command line rather than from a file.
    published
        Day of publication; `None` where not known.
    codebooks
        Identifier and hash of each codebook.
    figures_sha256
        Hash of the shipped registry of figures.
    own_figures
        Name and hash of each of the user's own files of figures.
    claims_sha256
        Hash of the file that corrects the reading; empty for none.
    snapshot_ids
        The records; empty for none.
    """

    article_name: str
    article_sha256: str
    is_sentence: bool
    published: date | None
    codebooks: tuple[tuple[str, str], ...]
    figures_sha256: str
    own_figures: tuple[tuple[str, str], ...]
    claims_sha256: str
    snapshot_ids: tuple[str, ...]

    @classmethod
    def from_json(cls, plain: "Mapping[str, Any]") -> "CheckRequest":
        """Build a request from the plain values that a receipt keeps."""
        values = dict(plain)
        values["published"] = _day(values["published"])
        for name in ("codebooks", "own_figures"):
            values[name] = tuple((key, sha256) for key, sha256 in values[name])
        values["snapshot_ids"] = tuple(values["snapshot_ids"])
        return cls(**values)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
