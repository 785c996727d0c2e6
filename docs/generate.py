"""Write the reference pages that follow from the code.

    python docs/generate.py            # write them
    python docs/generate.py --check    # say which of them are not up to date

The pages are committed, so that they can be read without building anything; a test fails
where one of them is not what this script writes.
"""

# ruff: noqa: INP001 (a script beside the pages that it writes)

import sys
from pathlib import Path

from generating import codebooks, commands, contracts, decisions, listings

DOCS = Path(__file__).resolve().parent
INSERTS = {
    "explanation/crowd-sizes.md": ("sizes", contracts.sizes_tables),
    "explanation/multiverse.md": ("decisions", decisions.measure_decisions),
}


def generated_pages() -> dict[str, str]:
    """Write every generated file, by its path below `docs`."""
    return {
        "reference/commands.md": commands.commands_page(),
        "reference/json.md": contracts.json_page(),
        **{
            f"reference/schemas/{name}": text
            for name, text in contracts.schema_files().items()
        },
        "reference/codebooks.md": codebooks.codebooks_page(),
        "reference/sources.md": listings.sources_page(),
        "reference/figures.md": listings.figures_page(),
        "reference/tables.md": contracts.tables_page(),
        "reference/exit-codes.md": contracts.exit_codes_page(),
        **{
            name: _insert(name, mark=mark, text=write())
            for name, (mark, write) in INSERTS.items()
        },
    }


def _insert(name: str, *, mark: str, text: str) -> str:
    """Put a text between two markers of a page that is otherwise written by hand.

    Raises
    ------
    SystemExit
        If the page lacks the markers.
    """
    page = (DOCS / name).read_text(encoding="utf-8")
    head, begin, rest = page.partition(f"<!-- {mark}: begin -->")
    _, end, tail = rest.partition(f"<!-- {mark}: end -->")
    if not begin or not end:
        raise SystemExit(f"docs/{name} lacks the markers begin and end of {mark!r}")
    return f"{head}{begin}\n\n{text}\n\n{end}{tail}"


def stale_pages(pages: dict[str, str]) -> list[str]:
    """List the files that differ from what was generated, or that nothing generates."""
    stale = []
    for name, text in pages.items():
        path = DOCS / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    known = {DOCS / name for name in pages}
    left = set((DOCS / "reference" / "schemas").glob("*")) - known
    return stale + sorted(str(path.relative_to(DOCS)) for path in left)


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; the exit status is 1 where one is stale."""
    pages = generated_pages()
    stale = stale_pages(pages)
    if arguments == ["--check"]:
        for name in stale:
            sys.stderr.write(f"docs/{name} is not up to date\n")
        if stale:
            sys.stderr.write("run: python docs/generate.py\n")
        return 1 if stale else 0
    for name in stale:
        path = DOCS / name
        if name not in pages:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[name], encoding="utf-8", newline="\n")
        sys.stdout.write(f"written: docs/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
