"""The pages of the site: their fenced blocks, and a runner for their commands."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*?) -->\n\n?)?"
    r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_ID = re.compile(r"\b[0-9a-f]{12}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block; `note` is the comment above it, `title` the file that it is."""

    kind: str
    body: str
    note: str
    title: str
    line: int


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            kind=found["kind"],
            body=found["body"],
            note=found["note"] or "",
            title=found["title"] or "",
            line=text.count("\n", 0, found.start("body")),
        )
        for found in _FENCE.finditer(text)
    ]


class Runner:
    """Runs the blocks of one page in one folder, as a reader would from top to bottom.

    A block with a title is written to a file. A block of shell or Python is run, unless
    the comment above it begins with `not run`; `exit 7` there is the expected status.
    A block of text after it must be what was printed: every line, in this order; `...`
    stands for lines left out, and a further block goes on from there. Receipts differ
    from machine to machine, so they are matched by place, and put into later commands.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed: str | None = None
        self.receipts: dict[str, str] = {}
        shutil.copytree(ROOT / "examples", folder / "examples")

    def run(self, block: Block) -> None:
        if block.title:
            (self.folder / block.title).write_text(block.body, encoding="utf-8")
        elif block.kind in {"sh", "python"}:
            self.printed = None
            if not block.note.startswith("not run"):
                self.printed = self._printed_by(block)
        elif block.kind == "text" and self.printed is not None:
            self.printed = self._compare(block, self.printed)

    def _printed_by(self, block: Block) -> str:
        body = _ID.sub(lambda found: self.receipts.get(found[0], found[0]), block.body)
        command = ["sh", "-eu", "-c", body]
        if block.kind == "python":
            command = [sys.executable, "-W", "error", "-c", body]
        done = subprocess.run(  # noqa: S603 (what the pages of this project say)
            command,
            cwd=self.folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        wanted = re.fullmatch(r"exit (\d+)", block.note)
        status = int(wanted[1]) if wanted else 0
        assert done.returncode == status, f"line {block.line}: {body}\n{done.stdout}"
        return done.stdout

    def _compare(self, block: Block, printed: str) -> str:
        """Find the lines of a block in what was printed, and return what follows them."""
        lines = iter(printed.splitlines())
        for shown in block.body.splitlines():
            if shown.strip() in {"...", ""}:
                continue
            wanted = _ID.sub("RECEIPT", shown.rstrip())
            same = (x for x in lines if _ID.sub("RECEIPT", x.rstrip()) == wanted)
            actual = next(same, None)
            where = f"line {block.line}: this is not printed (any more), or not here"
            assert actual is not None, f"{where}:\n{shown}\n\nprinted:\n{printed}"
            pairs = zip(_ID.findall(shown), _ID.findall(actual), strict=True)
            self.receipts.update(pairs)
        return "\n".join(lines)


def _environment() -> dict[str, str]:
    tools = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([tools, os.environ["PATH"]]),
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUTF8": "1",
    }
