"""The rows behind a number: which reports it counts, with their words and sources."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from groundswell.engine import Step
from groundswell.measures.coding import coded_tables, text_sql
from groundswell.measures.fates import assign_fates
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
    "recurrence_text",
    "sources",
)
WITHHELD = (
    "title",
    "place_detail",
    "actors",
    "claims_summary",
    "claims_verbatim",
    "urls",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedReports:
    """Positions of the reports that a number counts, and as what, in report order."""

    report: "NDArray[np.int64]"
    counted_as: tuple[str, ...]


def counted_reports(
    attributes: "Attributes",
    frame: "CodeFrame",
    *,
    estimand: "Estimand",
    specification: "Specification",
) -> CountedReports:
    """Find the reports that a share or a count is made of.

    Parameters
    ----------
    attributes
        All reports.
    frame, estimand, specification
        As for the number itself.

    Returns
    -------
    CountedReports
        As many as the number's ledger says are counted.
    """
    scoped = select_scope(attributes, estimand)
    fates = assign_fates(
        scoped.inside, frame, estimand=estimand, specification=specification
    )
    counted = np.isin(fates.fate, sorted(counted_fates(estimand, specification)))
    labels = fate_labels(estimand, frame)
    return CountedReports(
        report=scoped.inside.report[counted],
        counted_as=tuple(labels[int(fate)][1] for fate in fates.fate[counted]),
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
        "asked", {"report": reports.report, "counted_as": list(reports.counted_as)}
    )
    workspace.create(_matched_step(table, codebook=codebook, dimension=dimension))
    found = workspace.arrays(
        f"""
        SELECT snapshot_id, record_no,
               CASE WHEN date_precision = 'day' THEN CAST(date_start AS VARCHAR)
                    ELSE date_text END AS date,
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
    columns["sources"] = tuple(_hosts(urls) for urls in columns["urls"])
    return {name: columns[name] for name in (*SHOWN, *WITHHELD)}


def _matched_step(table: str, *, codebook: "Codebook", dimension: "Dimension") -> Step:
    own = [
        str(number)
        for number, (name, _) in enumerate(codebook.code_keys)
        if name == dimension.dimension
    ]
    coded = coded_tables(codebook)
    of_field = " UNION ALL ".join(
        f"""
        SELECT asked.report, field, match_start, match_end,
               substr(text, match_start + 1, match_end - match_start) AS words
        FROM asked JOIN {table} AS a ON a.report = asked.report
        JOIN report AS r ON r.report_id = a.report_id
        JOIN {coded.texts} AS t ON t.field = '{field}' AND t.text = {text_sql(field)}
        JOIN {coded.matches} AS m ON m.text_no = t.text_no
        WHERE code_no IN ({", ".join(own)})
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


def _hosts(urls: str) -> str:
    """Keep the host of each address: a whole address can lead to a private account."""
    hosts = (url.split("://")[-1].split("/")[0] for url in urls.split())
    return "; ".join(dict.fromkeys(host.removeprefix("www.") for host in hosts))
