"""The table of mentions: one article that names one event, as GDELT records them."""

from groundswell.core.tables import Column, Table

MENTION = Table(
    name="mention",
    key=("snapshot_id", "record_no"),
    columns=tuple(
        Column(name=name, sql_type=sql_type, meaning=meaning)
        for name, sql_type, meaning in (
            ("source_id", "VARCHAR", "source, an id of a manifest"),
            ("snapshot_id", "VARCHAR", "snapshot that the row came from"),
            ("record_no", "BIGINT", "row of the file, from 1"),
            ("source_event_id", "VARCHAR", "the source's own id of the event"),
            ("event_time", "TIMESTAMP", "when the event was first recorded, UTC"),
            ("mention_time", "TIMESTAMP", "when the mention was recorded, UTC"),
            ("kind", "VARCHAR", "kind of the medium, by the source's code"),
            ("publisher", "VARCHAR", "who published it"),
            ("url", "VARCHAR", "address, or what else names the article"),
            ("sentence", "BIGINT", "sentence that names the event, from 1"),
            ("actor1_start", "BIGINT", "character at which actor 1 stands; -1 is none"),
            ("actor2_start", "BIGINT", "character at which actor 2 stands; -1 is none"),
            (
                "action_start",
                "BIGINT",
                "character at which the action stands; -1 is none",
            ),
            ("is_in_raw_text", "BOOLEAN", "found without rewriting the text"),
            ("confidence", "BIGINT", "the program's confidence, 10 to 100"),
            ("n_characters", "BIGINT", "length of the article"),
            ("tone", "DOUBLE", "tone of the article by the source's word lists"),
            ("translation", "VARCHAR", "how it was translated; null is not"),
        )
    ),
)
