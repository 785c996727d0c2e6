"""A strict reader of HTML pages: nesting, identifiers, headings, resources, text."""

import re
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}
SVG_SHAPES = {"path", "rect", "line", "circle"}
# what may stand in a paragraph, a summary, a heading or a link
PHRASING = {"a", "b", "bdi", "br", "code", "mark", "q", "span", "svg", "text"}
INLINE = {"a", "b", "bdi", "code", "mark", "q"}
ONLY_PHRASING = {"p", "h1", "h2", "h3", "dt", "summary", "span", "q", "mark", "caption"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
}
_SPACE = re.compile(r"\s+")


class Page(HTMLParser):
    """A page as read; reading fails where it is not well formed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.style = ""
        self.comments: list[str] = []
        self.feed(source)
        self.close()
        assert self.stack == [], f"left open: {self.stack}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice in <{tag}>: {names}"
        self._check_parent(tag)
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_SHAPES, f"<{tag}/> does not close itself in HTML"
        assert "svg" in self.stack
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag, f"</{tag}> after {self.stack}"
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.stack and self.stack[-1] == "style":
            self.style += data
            return
        self.words.append(data)
        for tag in reversed(self.stack):
            if re.fullmatch(r"h[1-6]", tag):
                level, words = self.headings[-1]
                self.headings[-1] = (level, words + data)
                break

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def _check_parent(self, tag: str) -> None:
        if not self.stack:
            return
        parent = self.stack[-1]
        if parent in CHILDREN:
            assert tag in CHILDREN[parent], f"<{tag}> in <{parent}>"
        inside = [tag_ for tag_ in self.stack if tag_ in ONLY_PHRASING]
        is_heading = parent == "summary" and tag in {"h2", "h3"}
        if inside and not is_heading and "svg" not in self.stack:
            assert tag in PHRASING, f"<{tag}> in <{inside[-1]}>"
        if tag == "a":
            assert "a" not in self.stack, "a link in a link"

    @property
    def text(self) -> str:
        """All words of the page, white space folded."""
        return _SPACE.sub(" ", "".join(self.words))

    def attributes(self, name: str) -> list[str]:
        """All values of an attribute."""
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    def count(self, tag: str) -> int:
        """How many elements of a name there are."""
        return sum(name == tag for name, _ in self.tags)
