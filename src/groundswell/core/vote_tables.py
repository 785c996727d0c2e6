"""The tables of roll calls, votes and ideal points, in the General Assembly or elsewhere.

A source may spread them over several files: rows of one source belong together where they
name the same roll call, `rcid`. Nothing is taken from one file into the rows of another.
"""

from groundswell.core.tables import Column, Table

VOTE_WORDS = ("yes", "no", "abstain", "absent", "not-member")


def _table(name: str, key: tuple[str, ...], *columns: tuple[str, str, str]) -> Table:
    identity = (
        ("source_id", "VARCHAR", "source, an id of a manifest"),
        ("snapshot_id", "VARCHAR", "snapshot that the row came from"),
        ("record_no", "BIGINT", "row of the file, from 1; the first that tells of it"),
    )
    return Table(
        name=name,
        key=("snapshot_id", *key),
        columns=tuple(
            Column(name=n, sql_type=t, meaning=m) for n, t, m in (*identity, *columns)
        ),
    )


_RCID = ("rcid", "VARCHAR", "roll call, as the source numbers it")
_STATE = (
    (
        *("country", "VARCHAR"),
        "ISO 3166 alpha-3, for former states that of ISO 3166-3; null where not known",
    ),
    ("state_text", "VARCHAR", "name of the state as the source writes it"),
    ("state_code", "VARCHAR", "code of the state as the source writes it"),
)

ROLL_CALL = _table(
    "roll_call",
    ("rcid",),
    _RCID,
    ("session", "VARCHAR", "session of the assembly, such as 74, or ES-10"),
    ("date", "DATE", "day of the vote; null where not known"),
    ("date_text", "VARCHAR", "the day as the source writes it"),
    ("resolution", "VARCHAR", "symbol of the resolution, or of what stands for it"),
    ("draft", "VARCHAR", "symbol of the draft"),
    ("committee_report", "VARCHAR", "symbol of the report of the committee"),
    ("meeting", "VARCHAR", "symbol of the record of the meeting"),
    ("title", "VARCHAR", "short title"),
    ("description", "VARCHAR", "what was voted on, in the source's words"),
    ("agenda", "VARCHAR", "item of the agenda"),
    ("subjects", "VARCHAR[]", "subjects under which the source lists it"),
    ("is_amendment", "BOOLEAN", "on an amendment; null where the source does not say"),
    ("is_paragraph", "BOOLEAN", "on a paragraph; null where the source does not say"),
    ("is_important", "BOOLEAN", "marked as important; null where it is not said"),
    ("modality", "VARCHAR", "how it was voted, such as recorded or without a vote"),
    ("note", "VARCHAR", "note of the source on the vote"),
    ("total_yes", "BIGINT", "official tally of yes; null where the source has none"),
    ("total_no", "BIGINT", "official tally of no"),
    ("total_abstain", "BIGINT", "official tally of abstentions"),
    ("total_absent", "BIGINT", "official tally of members that did not vote"),
    ("total_members", "BIGINT", "official number of members"),
    ("url", "VARCHAR", "where the source shows it"),
    (
        *("duplicate_of", "VARCHAR"),
        "rcid of an earlier roll call with the same day, resolution and votes",
    ),
)

VOTE = _table(
    "vote",
    ("record_no", "rcid", "state_text"),
    _RCID,
    *_STATE,
    (
        *("vote", "VARCHAR"),
        "yes, no, abstain, absent or not-member; null where it could not be read",
    ),
    ("vote_text", "VARCHAR", "the vote as the source writes it"),
    ("is_member", "BOOLEAN", "the source's own mark; null where it has none"),
    (
        *("duplicate_of", "BIGINT"),
        "record_no of the first row with the same roll call, state and vote",
    ),
)

ROLL_CALL_ISSUE = _table(
    "roll_call_issue",
    ("rcid", "issue"),
    _RCID,
    ("issue", "VARCHAR", "code of an issue under which the source lists the roll call"),
    ("label", "VARCHAR", "the issue in words; null where the source gives a code alone"),
)

IDEAL_POINT = _table(
    "ideal_point",
    ("record_no",),
    ("agenda", "VARCHAR", "roll calls that it was estimated from: all, or of one issue"),
    ("session", "BIGINT", "session of the assembly"),
    *_STATE,
    ("n_votes", "BIGINT", "votes of the state that it was estimated from"),
    ("point", "DOUBLE", "published ideal point"),
    ("quantile_0", "DOUBLE", "lowest draw of the published estimate"),
    ("quantile_5", "DOUBLE", "5 % quantile of the published estimate"),
    ("quantile_10", "DOUBLE", "10 % quantile of the published estimate"),
    ("quantile_50", "DOUBLE", "median of the published estimate"),
    ("quantile_90", "DOUBLE", "90 % quantile of the published estimate"),
    ("quantile_95", "DOUBLE", "95 % quantile of the published estimate"),
    ("quantile_100", "DOUBLE", "highest draw of the published estimate"),
)

VOTE_TABLES: dict[str, Table] = {
    table.name: table for table in (ROLL_CALL, VOTE, ROLL_CALL_ISSUE, IDEAL_POINT)
}
