"""`reference/sources.md` and `reference/figures.md`: sources, and published figures."""

from collections.abc import Iterator

from generating.markdown import code, facts_list, page, plain, table
from groundswell import list_figures, list_sources, show_source
from groundswell.core.figures import Figure, FigureValue
from groundswell.core.phrases import format_count, format_date, format_window, join_words
from groundswell.core.sources import MappingDetail, Source
from groundswell.sources.manifest import usual_rate

_SOURCES_INTRO = """\
What a source covers decides what its rows can decide: outside of it, the absence of a
row means nothing. A file covers the days from its first row to its last, as far as the
source and the day of taking allow. A file that is not a known release and has too few
rows a day for its source looks like an extract, and decides no claim until a manifest
says `selection = "all"`. A manifest beside a file (`FILE.manifest.toml`) can state more
exactly what it holds: [Read your own table](../how-to/read-your-own-table.md).

Not every source records protests that took place, and not every one looks for all of
them. Rows that a machine took from news text, announcements, votes and deaths in armed
conflict decide no claim about protests. A share over a source that is restricted to one
topic, one side or one kind of protest is refused, unless `--insist` is given: then the
result says so wherever it is printed.

The tables say what becomes of each column of a file. A column that no table names is kept
as it is in the record. `groundswell sources` prints this page in short, `groundswell
sources show NAME` one entry with its columns."""
_FIGURES_INTRO = """\
Numbers that somebody printed, each with the exact scope that its words state. A claim is
held against every figure of the same statistic and side. An entry that was not read in
print (*unread*) yields no verdict. One that was read in a *repost* says so wherever it is
used.

A value marked *printed* stood in print; the others follow from the printed counts, each
with its base. To add your own, see [Add a published figure](../how-to/add-a-figure.md).
`groundswell figures` prints the same."""
_SELECTION = {
    "all": "every protest, whatever its cause",
    "one-topic": "protests on one topic only, so it gives no share of all protests",
    "one-side": "protests of one side only, so it gives no share",
    "one-kind": "protests of one kind only, so it gives no share of all protests",
    "unknown": "not known which protests were looked for",
}
_SUBJECT = {
    "protests": "protests",
    "wider": "protests among other events, from which they are chosen",
    "mentions": "what a program took from news text: no row decides a claim",
    "announcements": "announcements, held or not: no row decides a claim",
    "other": "no protests: no row decides a claim",
}
_EXPORT = {
    "rows": "rows may be passed on",
    "aggregate": "only totals may be passed on",
    "none": "nothing may be passed on",
}
_AMONG = {
    "sided": "events that take a side",
    "topic": "all on the topic, neutral ones included",
    "all": "all protests, whatever their cause",
}


def sources_page() -> str:
    """Write `reference/sources.md`."""
    parts = [part for source in list_sources() for part in _source(source)]
    return page("Sources", _SOURCES_INTRO, *parts, source="the manifests of sources")


def _source(source: Source) -> Iterator[str]:
    yield f"## {source.source_id}"
    yield f"**{plain(source.title)}**, {plain(source.producer)}."
    coverage = source.coverage
    places = join_words([place.name for place in coverage.places]) or "no place"
    looked_for = _SELECTION[coverage.selection] if source.records_protests else ""
    facts = [
        ("version", plain(source.version)),
        ("a row is", plain(source.row)),
        ("rows are of", _SUBJECT[source.subject]),
        ("covers", f"{plain(places)}, {format_window(coverage.window)}"),
        ("looks for", looked_for),
        ("restricted to", plain(join_words(coverage.restricted_to))),
        ("note", plain(coverage.note)),
        ("rows a day", _rate(source)),
        ("terms", f"{plain(source.licence)}; {_EXPORT[source.redistribution]}"),
        ("terms stated at", _link(source.terms_address)),
        ("cite as", plain(source.citation)),
        ("crowd sizes", f"read by the rule {code(source.size_rule)}"),
        ("data at", _link(source.address)),
    ]
    yield facts_list(facts)
    yield _items("Known biases:", [plain(bias) for bias in source.biases])
    yield _items("To get it:", [_step(step) for step in source.how_to_get])
    mappings = show_source(source.source_id).mappings
    for mapping in mappings:
        yield from _mapping(mapping)
    shown = {column.caveat for mapping in mappings for column in mapping.columns}
    others = [
        f"{code(caveat.column)}: {plain(caveat.words)}"
        for caveat in source.caveats
        if caveat.words not in shown
    ]
    yield _items("What to know of its other columns:", others)


def _mapping(mapping: MappingDetail) -> Iterator[str]:
    known = join_words([code(column) for column in mapping.recognised_by])
    said = (
        f"A file with the columns {known}" if known else f"Mapping {code(mapping.name)}"
    )
    yield f"{said}{f' ({plain(mapping.chosen)})' if mapping.chosen else ''}:"
    rows = [
        (
            code(column.column),
            ", ".join(code(target) for target in column.targets) or "the record",
            plain(f"{column.how}. {column.caveat}" if column.how else column.caveat),
        )
        for column in mapping.columns
    ]
    head = ("column", f"becomes, in {code(mapping.table)}", "how, and what to know")
    yield table(head, rows)


def _rate(source: Source) -> str:
    rate = usual_rate(source)
    if rate is None:
        return ""
    return (
        f"usually about {rate.usual}; a file with fewer than {rate.fewest} looks like an "
        f"extract. {plain(rate.note)}"
    )


def _items(head: str, items: list[str]) -> str:
    return "\n".join([head, "", *(f"- {item}" for item in items)]) if items else ""


def _step(step: str) -> str:
    return code(step) if step.startswith("groundswell ") else plain(step)


def _link(address: str) -> str:
    return f"<{address}>" if address.startswith("http") else plain(address)


def figures_page() -> str:
    """Write `reference/figures.md`."""
    figures = list_figures()
    parts = [_overview(figures)]
    for codebook in dict.fromkeys(figure.codebook_id for figure in figures):
        parts.append(f"## {codebook or 'Without a codebook'}")
        if not codebook:
            parts.append("The side is in words, since no shipped codebook has it.")
        for figure in figures:
            if figure.codebook_id == codebook:
                parts += _figure(figure)
    return page("Published figures", _FIGURES_INTRO, *parts, source="the registry")


def _overview(figures: tuple[Figure, ...]) -> str:
    read = {
        status: sum(figure.read == status for figure in figures)
        for status in ("original", "repost", "unread")
    }
    return (
        f"{len(figures)} entries: {read['original']} read in the original, "
        f"{read['repost']} in a repost, {read['unread']} not read."
    )


def _figure(figure: Figure) -> Iterator[str]:
    yield f"### {figure.figure_id}"
    place = f"{figure.place.name[:1].upper()}{figure.place.name[1:]}"
    yield f"{_what(figure)}. {plain(place)}, {format_window(figure.window)}."
    values = "; ".join(_value(value, figure) for value in figure.values)
    counts = ", ".join(f"{n:,} {plain(name)}" for name, n in figure.counts)
    printed = f"{plain(figure.publisher)}, {format_date(figure.published)}"
    facts = [
        ("values", values),
        ("printed counts", counts),
        ("scope words", f"“{plain(figure.scope_words)}”"),
        ("counted by", plain(figure.producer)),
        ("printed by", printed),
        ("address", _link(figure.address) if figure.address else "none"),
        ("archived", _link(figure.archived) if figure.archived else ""),
        ("read", _read(figure)),
        ("note", plain(figure.note)),
    ]
    yield facts_list(facts)


def _what(figure: Figure) -> str:
    side = plain(figure.side) if figure.side else "all sides"
    if figure.statistic == "count":
        scope = "" if figure.side or figure.among == "topic" else ", whatever the cause"
        return f"Number of {figure.unit}, {side}{scope}"
    return f"Share of {figure.unit}, {side}, among {_AMONG[figure.among]}"


def _value(value: FigureValue, figure: Figure) -> str:
    if figure.statistic == "count":
        number = format_count(value.value)
    else:
        number = f"{value.value * 100:.4f}".rstrip("0").rstrip(".") + "%"
        number = number if value.printed else f"{value.value * 100:.1f}%"
    words = plain(value.definition)
    is_named = value.definition.startswith("as printed")
    return f"{number} ({words}{'' if is_named or not value.printed else ', printed'})"


def _read(figure: Figure) -> str:
    if figure.read == "unread" or figure.read_on is None:
        return "**unread**: it yields no verdict"
    how = "the original" if figure.read == "original" else "a repost"
    return f"in {how}, on {format_date(figure.read_on)}"
