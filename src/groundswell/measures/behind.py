"""The rows behind a number: which reports it counts, with their words and sources."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundswell.core.disclosure import WITHHELD, hosts, recurrence_words
from groundswell.engine import Step
from groundswell.measures.coding import coded_tables, mask_column, text_sql
from groundswell.measures.fates import assign_fates, deciding_codes
from groundswell.measures.scopes import select_scope
from groundswell.measures.tallies import counted_fates, fate_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from groundswell.codebook.model import Codebook
    from groundswell.core.codebooks import Dimension
    from groundswell.core.decisions import Specification
    from groundswell.engine import Workspace
    from groundswell.measures.attributes import Attributes
    from groundswell.measures.estimands import CodeFrame, Estimand

SHOWN = (
    "snapshot_id",
    "record_no",
    "date",
    "country",
    "admin1",
    "locality",
    "tactics",
    "counted_as",
    "matched_words",
    "size",
    "recurrence",
    "sources",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedReports:
    """The reports that a number counts, in report order.

    Attributes
    ----------
    report
        Their positions.
    counted_as
        The class that each is counted in.
    codes
        Of each, a bit mask of the codes that put it there under the specification.
    group
        The group that each is counted in; empty names where there is no grouping.
    wording
        The wording that counts.
    """

    report: "NDArray[np.int64]"
    counted_as: tuple[str, ...]
    codes: "NDArray[np.int64]"
    group: tuple[str, ...]
    wording: str

    def take(self, rows: "NDArray[np.int64]") -> "CountedReports":
        """Return some of them, in the order given."""
        return CountedReports(
            report=self.report[rows],
            counted_as=tuple(self.counted_as[int(i)] for i in rows),
            codes=self.codes[rows],
            group=tuple(self.group[int(i)] for i in rows),
            wording=self.wording,
        )


def counted_reports(
    attributes: "Attributes",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
    by: str = "",
) -> CountedReports:
    """Find the reports that a share or a count is made of, in all of its groups.

    Parameters
    ----------
    attributes
        All reports.
    frame, estimand, specification, by
        As for the number itself.

    Returns
    -------
    CountedReports
        Of each group as many as the ledger of its number says are counted.
    """
    scoped = select_scope(attributes, estimand, by=by)
    fates = assign_fates(
        scoped.inside, frame, estimand=estimand, specification=specification
    )
    counted = np.isin(fates.fate, sorted(counted_fates(estimand, specification)))
    labels = fate_labels(estimand, frame)
    wordings = scoped.inside.masks
    wording = dict(specification.choices).get("wording", next(iter(wordings)))
    decisive = deciding_codes(frame, estimand=estimand, specification=specification)
    fate = fates.fate[counted]
    return CountedReports(
        report=scoped.inside.report[counted],
        counted_as=tuple(labels[int(number)][1] for number in fate),
        codes=wordings[wording][counted].astype(np.int64) & decisive[fate],
        group=tuple(scoped.group_names[int(i)] for i in scoped.group[counted]),
        wording=wording,
    )


def describe_reports(
    workspace: "Workspace",
    reports: CountedReports,
    *,
    table: str,
    codebook: "Codebook",
    dimension: "Dimension",
) -> dict[str, tuple[str, ...]]:
    """Look up what people need to see of reports.

    The matched words are those of the wording that counts and of the codes that put the
    report into its class: under another wording, or for another code, a report may have
    matched other words.

    Parameters
    ----------
    workspace
        Where the reports are.
    reports
        Which of them.
    table
        The table of attributes that gives their identifiers.
    codebook, dimension
        Whose matched words to show.

    Returns
    -------
    dict
        `SHOWN` and `WITHHELD` columns as text, missing cells empty, in report order.
    """
    workspace.put(
        "asked",
        {
            "report": reports.report,
            "counted_as": list(reports.counted_as),
            "codes": reports.codes,
        },
        types={"counted_as": "VARCHAR"},
    )
    step = _matched_step(
        table, codebook=codebook, dimension=dimension, wording=reports.wording
    )
    workspace.create(step)
    found = workspace.arrays(
        f"""
        SELECT snapshot_id, record_no,
               CASE WHEN date_start = date_end THEN CAST(date_start AS VARCHAR)
                    ELSE date_start || ' to ' || date_end END AS date,
               r.country, r.admin1, r.locality,
               array_to_string(tactics, '; ') AS tactics, counted_as, matched_words,
               CASE WHEN r.size_low = r.size_high THEN CAST(r.size_low AS VARCHAR)
                    ELSE concat_ws('-', r.size_low, r.size_high) END AS size,
               recurrence_text, title, place_detail, CAST(actors AS VARCHAR) AS actors,
               claims_summary, claims_verbatim, array_to_string(urls, ' ') AS urls
        FROM asked JOIN {table} AS a ON a.report = asked.report
        JOIN report AS r ON r.report_id = a.report_id
        LEFT JOIN matched ON matched.report = asked.report
        ORDER BY asked.report
        """  # noqa: S608 (our own table names)
    )
    workspace.drop("asked", "matched")
    columns = {
        name: tuple("" if cell is None else str(cell) for cell in column)
        for name, column in found.items()
    }
    columns["sources"] = tuple(hosts(urls) for urls in columns["urls"])
    columns["recurrence"] = tuple(
        recurrence_words(note) for note in columns["recurrence_text"]
    )
    return {name: columns[name] for name in (*SHOWN, *WITHHELD)}


def _matched_step(
    table: str, *, codebook: "Codebook", dimension: "Dimension", wording: str
) -> Step:
    rules = [
        str(number)
        for number, rule in enumerate(codebook.rules)
        if rule.dimension == dimension.dimension and wording in rule.wordings
    ]
    coded = coded_tables(codebook)
    # an exclusion may have taken a code away, in a text or in the report
    has_code = f"((t.{mask_column(codebook, wording)} & asked.codes) >> code_no) & 1 = 1"
    of_field = " UNION ALL ".join(
        f"""
        SELECT asked.report, field, match_start, match_end,
               substr(text, match_start + 1, match_end - match_start) AS words
        FROM asked JOIN {table} AS a ON a.report = asked.report
        JOIN report AS r ON r.report_id = a.report_id
        JOIN {coded.texts} AS t ON t.field = '{field}' AND t.text = {text_sql(field)}
        JOIN {coded.matches} AS m ON m.text_no = t.text_no
        WHERE rule_no IN ({", ".join(rules) or "-1"}) AND {has_code}
        """  # noqa: S608 (our own table names, columns of the contract)
        for field in dimension.reads
    )
    return Step(
        name="gather the matched words",
        inputs=("asked", table, "report", coded.texts, coded.matches),
        output="matched",
        is_temporary=True,
        sql=f"""
            SELECT report, string_agg(words, '; ' ORDER BY field, match_start, match_end)
                   AS matched_words
            FROM (SELECT DISTINCT * FROM ({of_field})) GROUP BY report
        """,  # noqa: S608
    )
