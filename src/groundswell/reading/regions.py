"""What each paragraph of a page is: headline, caption, byline, body, and all the rest.

The rules know no site. They look at the form of a paragraph (a credit in brackets, a
dateline, a copyright line) and at where it stands: a headline and a byline come before
the body; after an author's note or a comments heading nothing is body any more. Claims
are taken from `title` and `body` alone, so a rule that errs costs a claim and invents
none.
"""

import re
from dataclasses import dataclass
from typing import Literal

from groundswell.reading.sentences import Sentence, split_paragraphs

RegionKind = Literal[
    "title",
    "caption",
    "byline",
    "body",
    "bio",
    "footer",
    "donation",
    "navigation",
    "comments",
]

_MAX_TITLE = 220
_MAX_LINE = 160
_MAX_NOTE = 1_200
_TOP = 8
_MENU = 3
_MENU_WORDS = 4
_BODY_BEFORE_BIO = 2

_CREDIT_WORDS = (
    r"images?|photos?|photographs?|pictures?|pics?|credits?|illustrations?|videos?|"
    r"screenshots?|screen ?grabs?|file(?: photos?)?|graphics?|maps?|cartoons?|courtesy"
)
_CAPTION = re.compile(
    rf"""(?:
        [(\[][^()\[\]]{{0,80}}\b(?:{_CREDIT_WORDS})\b[^()\[\]]{{0,120}}[)\]]\s*\.?$
      | ^[(\[]?(?:{_CREDIT_WORDS}|caption)\s*(?:[:|/]|by\b|courtesy\b)
      | ^file\ photo\b
      | (?:/|\bvia\ |\u00a9\s*|[(\[])(?:getty(?:\ images)?|reuters|afp|ap\ photo|epa|
        anadolu(?:\ agency)?|shutterstock|unsplash|wikimedia(?:\ commons)?)\s*[)\]]?\s*$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = (
    r"[A-Z][\w.'\u2019-]*(?:\s+(?:(?:de|van|von|bin|ibn|al|el|la|and|&)\s+)*"
    r"[A-Z][\w.'\u2019-]*)"
)
_BYLINE = re.compile(
    r"""^(?:
        (?:(?i:(?:written|words|story|text|report|opinion|analysis)\s+)?[Bb][Yy]|BY)\s+
            [A-Z][^.!?]{1,100}
      | (?i:(?:first\ )?(?:published|updated|posted|last\ (?:updated|modified)|modified)
            \b\s*(?:on|at|:)?)\s*[\w\d].{0,80}
      | (?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?
            (?i:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?
            \s+\d{4}|\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)
            [a-z]*\.?,?\s+\d{4})
            (?:[\s,|\u00b7\u2022-].{0,50})?
      | \d{4}-\d\d-\d\d(?:[T\s].{0,40})?
      | (?i:\d{1,3}[\s-]*min(?:ute)?s?\s+read)
    )$""",
    re.VERBOSE,
)
_DONATION = re.compile(
    r"""\b(?:501\s?\(c\)|tax[-\s](?:deductible|exempt)|donate\s+(?:now|today|here|to\s+us)|
    (?:your|a|small)\s+(?:donations?|contributions?)\s+(?:helps?|keeps?|makes?|goes|will|is)|
    support\s+(?:our|independent|quality|fearless)\s+(?:work|journalism|reporting|newsroom|media)|
    make\s+a\s+(?:\S+\s+){0,2}(?:gift|donation)|reader[-\s](?:supported|funded)|
    become\s+a\s+(?:\S+\s+)?(?:member|patron|supporter|subscriber)|
    (?:buy\s+(?:us|me)\s+a\s+coffee|on\s+patreon))""",
    re.IGNORECASE | re.VERBOSE,
)
_FOOTER = re.compile(
    r"""(?:^(?:\u00a9|\(c\)\s|copyright\b|all\s+rights\s+reserved|tags?\s*:|
    filed\s+under|topics\s*:|share\s+(?:this|on)\b|follow\s+us\b|subscribe\b|
    sign\s+up\b|newsletter|terms\s+(?:of|and)\b|privacy\s+policy|advertisement\b|
    read\s+(?:more|also|next)\b|also\s+read\b|see\s+also\b|related\b|recommended\b|
    more\s+(?:from|on|in)\b|most\s+(?:read|popular)\b|contact\s+us\b|you\s+may\s+also\b|
    editor[\u2019']?s\s+note\b)
    |\ball\s+rights\s+reserved\b
    |\b(?:first|originally|previously)\s+(?:appeared|published)\s+(?:in|on|at|by)\b
    |\bviews\s+expressed\s+(?:in|here|are|by)\b
    |\bdo(?:es)?\s+not\s+necessarily\s+(?:reflect|represent)\b
    |\brepublished\s+(?:from|with|under)\b|\bcreative\s+commons\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_PROFESSIONS = (
    r"journalist|editor|author|writer|columnist|correspondent|reporter|professor|lecturer|"
    r"fellow|researcher|scholar|historian|analyst|activist|lawyer|attorney|academic|poet|"
    r"novelist|filmmaker|student|contributor|director|scientist|sociologist|economist|"
    r"consultant|blogger|podcaster|broadcaster|teacher|photographer|founder|co-?founder"
)
_BIO_MARK = re.compile(r"^[\s*_~]*[\u2013\u2014*-]\s*")
_BIO = re.compile(
    rf"^(?:(?:Dr|Prof|Professor)\.?\s+)?{_NAME}{{1,4}}\s+(?:is|was|works\s+as|serves\s+as|"
    rf"covers|teaches|writes|reports)\b(?:.{{0,120}}\b(?:{_PROFESSIONS})s?\b|.{{0,40}}\bfor\b)",
    re.DOTALL,
)
_ABOUT = re.compile(
    r"(?i)^about\s+the\s+(?:authors?|writers?)\b|^the\s+(?:author|writer)\s+is\b"
)
_OF_SELF = re.compile(
    r"""\b(?:(?:his|her|their)\s+(?:latest|new|most\s+recent|forthcoming|first|books?|work|
    website|twitter)|(?:he|she|they)\s+(?:is|are)\s+(?:the\s+|an?\s+)?(?:author|co-?author|
    editor|co-?editor)|can\s+be\s+reached|tweets?\s+(?:at|@)|follow\s+(?:him|her|them)\b|
    on\s+(?:twitter|x)\b|is\s+the\s+author\s+of|www\.|@\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENTS_START = re.compile(
    r"""^(?:\d{0,6}\s*(?:reader\s+)?comments?(?:\s*\(\d+\)|\s+on\b.*|\s+so\s+far)?\s*:?|
    leave\s+a\s+(?:reply|comment).*|join\s+the\s+(?:conversation|discussion).*|
    post\s+a\s+comment.*|add\s+a\s+comment.*|view\s+(?:all\s+)?comments.*|
    \d+\s+(?:responses?|repl(?:y|ies)|thoughts?)\s+(?:to|on)\b.*|
    comments\s+(?:are|have\s+been)\s+(?:closed|disabled|off).*|
    (?:the\s+)?(?:conversation|discussion)\s+(?:has\s+)?\(?\d+\)?.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMENT = re.compile(
    r"^(?:\d{1,4}[.)]\s|[\u2022\u25aa\u25e6*\u00b7]\s)|"
    r"^\S.{0,60}\b(?:says|said on|wrote|replied)\s*:?$|^reply\b",
    re.IGNORECASE,
)
_MENU_SEPARATORS = re.compile(r"\s[|\u00b7\u2022\u00bb>/]\s")
_MENU_LINE = re.compile(
    r"^(?:skip\s+to\b.*|menu|search|home|log\s?in|sign\s?in|sign\s?out|register|"
    r"back\s+to\s+top|print|e-?mail|facebook|twitter|whatsapp|telegram|linkedin|share)$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, where it stands in the text as read, and what it is."""

    start: int
    end: int
    text: str
    kind: RegionKind


@dataclass(slots=True)
class _State:
    """How far down the page the reader is."""

    n_body: int = 0
    has_title: bool = False
    is_tail: bool = False
    is_comments: bool = False


def find_regions(text: str, *, title: str = "") -> tuple[Paragraph, ...]:
    r"""Say what each paragraph of an article is.

    Parameters
    ----------
    text
        The article as read.
    title
        The headline where a page declares it; its first paragraph is then the title.

    Returns
    -------
    tuple
        All paragraphs, in the order of the text.

    Examples
    --------
    >>> page = "A wave of marches\n\nBy Ann Lee\n\nMarches were held.\n\n© 2024"
    >>> [(p.kind, p.text) for p in find_regions(page)][1:3]
    [('byline', 'By Ann Lee'), ('body', 'Marches were held.')]
    """
    pieces = split_paragraphs(text)
    menu = _menu_lines(pieces)
    state = _State()
    found: list[Paragraph] = []
    for index, piece in enumerate(pieces):
        kind: RegionKind
        if index in menu:
            kind = "navigation"
        else:
            kind = _kind_of(piece.text, state, title=title, is_alone=len(pieces) == 1)
        found.append(
            Paragraph(start=piece.start, end=piece.end, text=piece.text, kind=kind)
        )
    return tuple(_comments_backwards(found))


def _kind_of(text: str, state: _State, *, title: str, is_alone: bool) -> RegionKind:
    if state.is_comments or _starts_comments(text, state):
        state.is_comments = True
        return "comments"
    kind = _kind_by_form(text, state)
    if kind in {"bio", "donation"} and state.n_body >= _BODY_BEFORE_BIO:
        state.is_tail = True
        return kind
    if state.is_tail:
        return _kind_in_tail(text, state, kind=kind)
    if kind != "body":
        return kind
    may_be_title = not state.has_title and state.n_body == 0
    if may_be_title and _is_title(text, title, is_alone=is_alone):
        state.has_title = True
        return "title"
    state.n_body += 1
    return "body"


def _kind_in_tail(text: str, state: _State, *, kind: RegionKind) -> RegionKind:
    if _COMMENT.match(text):
        state.is_comments = True
        return "comments"
    return "footer" if kind == "body" else kind


def _starts_comments(text: str, state: _State) -> bool:
    return (
        state.n_body > 0
        and len(text) <= _MAX_LINE
        and _COMMENTS_START.match(text) is not None
    )


def _kind_by_form(text: str, state: _State) -> RegionKind:
    is_line = len(text) <= _MAX_LINE
    if is_line and state.n_body <= _TOP and _BYLINE.match(text):
        return "byline"
    is_menu = _MENU_LINE.match(text) or len(_MENU_SEPARATORS.findall(text)) >= _MENU
    if is_line and is_menu:
        return "navigation"
    if len(text) > _MAX_NOTE:
        return "body"
    return _kind_of_note(text, state)


def _kind_of_note(text: str, state: _State) -> RegionKind:
    if _is_bio(text, state):
        return "bio"
    if _DONATION.search(text):
        return "donation"
    if _is_caption(text):
        return "caption"
    return "footer" if _is_footer(text) else "body"


def _is_caption(text: str) -> bool:
    return len(text) <= 3 * _MAX_LINE and _CAPTION.search(text) is not None


def _is_footer(text: str) -> bool:
    match = _FOOTER.search(text) if len(text) <= 3 * _MAX_LINE else None
    if match is None:
        return False
    # "Related protests were held in ..." is a sentence, "Related: ..." is none
    after = text[match.end() :].lstrip()
    opens = match.start() == 0 and re.match(
        r"(?i)related|recommended|more|most|read|sign", text
    )
    return (
        not opens or after.startswith((":", "|", "-")) or not _SENTENCE_END.search(text)
    )


def _is_bio(text: str, state: _State) -> bool:
    if _ABOUT.match(text):
        return True
    mark = _BIO_MARK.match(text)
    bare = text[mark.end() :] if mark else text.lstrip("*_ ")
    if not _BIO.match(bare):
        return False
    if mark is not None or text.startswith(("*", "_")):
        return state.n_body >= _BODY_BEFORE_BIO
    return state.n_body >= _BODY_BEFORE_BIO and _OF_SELF.search(text) is not None


def _is_title(text: str, title: str, *, is_alone: bool) -> bool:
    if title and " ".join(text.split()) == " ".join(title.split()):
        return True
    if is_alone or len(text) > _MAX_TITLE:
        return False
    return not text.rstrip().endswith((".", ".\u201d", '."', ",", ";", ":"))


def _menu_lines(pieces: tuple[Sentence, ...]) -> frozenset[int]:
    """Find runs of very short lines without a full stop: menus, link lists."""
    menu: set[int] = set()
    run: list[int] = []
    for index, piece in enumerate((*pieces, None)):
        if piece is not None and _is_menu_item(piece.text):
            run.append(index)
            continue
        if len(run) >= _MENU + 1:
            menu.update(run)
        run = []
    return frozenset(menu)


def _is_menu_item(text: str) -> bool:
    if _BYLINE.match(text) or _COMMENTS_START.match(text):
        return False
    return len(text.split()) <= _MENU_WORDS and not _SENTENCE_END.search(text)


def _comments_backwards(found: list[Paragraph]) -> list[Paragraph]:
    """Call list items right before a comments heading comments too."""
    first = next((i for i, p in enumerate(found) if p.kind == "comments"), None)
    if first is None:
        return found
    while first > 0 and _COMMENT.match(found[first - 1].text):
        first -= 1
    return [
        p
        if i < first or p.kind == "comments"
        else Paragraph(start=p.start, end=p.end, text=p.text, kind="comments")
        for i, p in enumerate(found)
    ]
