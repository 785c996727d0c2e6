"""Seconds to read an article for its checkable claims, as it is and at 10 MB.

The long one repeats the article; the reader stops at a declared number of characters and
says so. Run with `python benchmarks/run.py reading`.
"""

import re
import sys
from datetime import date

import common
from common import Peer, Result
from material import find_material

from groundswell.codebook.load import list_codebooks, load_codebook
from groundswell.core.claims import Reading
from groundswell.reading import read_article

_PERCENT = re.compile(r"\d+(?:\.\d+)?\s*(?:%|per ?cent)", re.IGNORECASE)


def read(content: str) -> Reading:
    material = find_material()
    names = {material.codebooks[0], *(book.codebook_id for book in list_codebooks())}
    return read_article(
        content,
        name="article.txt",
        vocabularies=[load_codebook(name).vocabulary for name in sorted(names)],
        published=date.fromisoformat(material.published),
    )


def repeat_body(text: str, *, n_characters: int) -> str:
    """Repeat what is read for claims: not the byline, the footer, the comments."""
    regions = [region for region in read(text).regions if region.kind == "body"]
    body = "".join(text[region.start : region.end] + "\n\n" for region in regions)
    return body * -(-n_characters // len(body))


def measure(text: str, *, label: str, n_runs: int) -> Result:
    runs = common.time_here(lambda: read(text), n_runs=n_runs)
    plain = common.time_here(lambda: _PERCENT.findall(text), n_runs=n_runs)
    found = read(text)
    return Result(
        what=f"reading {label}",
        size=f"{len(text.encode()):,} bytes",
        runs=runs,
        peer=Peer(
            what="one regular expression that finds percentages and nothing else",
            seconds=tuple(run.wall for run in plain),
        ),
        notes=(f"{len(found.claims):,} claims were found.", *found.notes),
    )


def main() -> None:
    article = find_material().article.read_text(encoding="utf-8")
    label = find_material().article_name
    if sys.argv[1:2] == ["long"]:
        text = repeat_body(article, n_characters=int(sys.argv[2]))
        name = f"the body of {label}, repeated"
        common.emit(measure(text, label=name, n_runs=int(sys.argv[3])))
        return
    quick = common.is_quick()
    common.emit(measure(article, label=label, n_runs=3 if quick else 21))
    n_characters, n_runs = ("100000", "1") if quick else ("10000000", "3")
    # in a process of its own, so that the peaks do not mix
    print(common.run_python(__file__, "long", n_characters, n_runs), end="")


if __name__ == "__main__":
    main()
