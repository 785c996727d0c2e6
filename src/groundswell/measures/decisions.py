"""The decisions that every measure meets, whatever the codebook."""

from groundswell.core.decisions import Decision, Option

MEASURE_DECISIONS: tuple[Decision, ...] = (
    Decision(
        decision_id="both-sides",
        question="How is an event counted that takes more than one side?",
        options=(
            Option(
                option_id="own-class",
                label="as a class of its own, in the denominator only",
            ),
            Option(
                option_id="each-side",
                label="once for each side that it takes",
                used_by=("ACLED, October 2023 release",),
            ),
            Option(option_id="left-out", label="not at all"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="neutral-events",
        question="Are events on the topic that take no side part of the denominator?",
        options=(
            Option(
                option_id="left-out",
                label="no, only events that take a side",
                used_by=("Crowd Counting Consortium, dashboards",),
            ),
            Option(
                option_id="in-denominator",
                label="yes",
                used_by=("ACLED, October 2023 release",),
            ),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="counter-protests",
        question="Are counter-protests counted?",
        options=(
            Option(option_id="kept", label="yes, like any other event"),
            Option(option_id="left-out", label="no"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="online-events",
        question="Are events counted that took place online only?",
        options=(
            Option(option_id="kept", label="yes"),
            Option(option_id="left-out", label="no"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="recurring-events",
        question="How are events counted that the source notes as recurring?",
        options=(
            Option(
                option_id="each",
                label="each time they take place",
                used_by=("Crowd Counting Consortium, dashboards",),
            ),
            Option(option_id="series", label="once for each series"),
            Option(option_id="place", label="every event once for each place and side"),
            Option(option_id="left-out", label="not at all"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="after-snapshot",
        question="Are rows counted that are dated after the snapshot was taken?",
        options=(
            Option(option_id="kept", label="yes, as entered in advance"),
            Option(option_id="left-out", label="no, they had not happened yet"),
        ),
        declared_in="measures",
    ),
    Decision(
        decision_id="exact-duplicates",
        question="How are rows counted that repeat another row in every column?",
        options=(
            Option(option_id="each", label="each row"),
            Option(option_id="once", label="once"),
        ),
        declared_in="measures",
    ),
)
