"""Numbers, dates and texts as they are printed: never more exact than they are known."""

import re

SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
)
LONGEST_TEXT = 2_000
_KILOBYTE = 1_000

# Control characters can steer a terminal, lone surrogates cannot be written to a file,
# and direction overrides can make a text read other than it is stored.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    r"""Make a text from outside harmless to terminals and files.

    Markup is not touched: escaping it is the renderer's part.

    Parameters
    ----------
    text
        Any text, from an article or from data.

    Returns
    -------
    str
        The text with control characters and lone surrogates shown as the replacement
        character and without characters that override the direction of writing.

    Examples
    --------
    >>> inert("a\x1b[2Jb")
    'a�[2Jb'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _DIRECTION.sub("", _CONTROLS.sub("\ufffd", lines))


def shorten(text: str, limit: int = LONGEST_TEXT) -> str:
    """Cut a text to `limit` characters, between two words, and say how many were cut.

    Examples
    --------
    >>> shorten("abcdefgh", 3), shorten("one of the greatest", 8)
    ('abc … (5 more characters)', 'one of … (13 more characters)')
    """
    if len(text) <= limit:
        return text
    kept = text[: whole_words(text, limit)].rstrip()
    return f"{kept} … ({plural(len(text) - len(kept), 'more character')})"


def whole_words(text: str, limit: int) -> int:
    """Say where to cut a longer text so that no word is cut, at `limit` or before.

    Text without a space in the second half of that stretch is cut at `limit`: scripts
    that leave no space between words, and addresses.

    Examples
    --------
    >>> whole_words("one of the greatest", 8)
    7
    """
    if text[limit : limit + 1].isspace():
        return limit
    start = limit - len(text[:limit].rpartition(" ")[2])
    return start if 2 * start > limit else limit


def one_line(text: str) -> str:
    """Replace every run of white space by one space."""
    return " ".join(text.split())


def format_bytes(n: int) -> str:
    """Print a size in bytes.

    Examples
    --------
    >>> format_bytes(999), format_bytes(4_310_000)
    ('999 bytes', '4.3 MB')
    """
    if n < _KILOBYTE:
        return plural(n, "byte")
    for unit in ("kB", "MB"):
        n_units = n / _KILOBYTE ** (1 if unit == "kB" else 2)
        if n_units < _KILOBYTE:
            return f"{n_units:.1f} {unit}"
    return f"{n / _KILOBYTE**3:.1f} GB"


def sentence_case(words: str) -> str:
    """Begin words with a capital letter and leave the rest alone.

    Examples
    --------
    >>> sentence_case("share of events in Norland")
    'Share of events in Norland'
    """
    return words[:1].upper() + words[1:]


def full_stop(words: str) -> str:
    """End words with one full stop, or with the mark that ends them already.

    Examples
    --------
    >>> full_stop("it covers Norland"), full_stop("It does.")
    ('it covers Norland.', 'It does.')
    """
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def plural(n: int, noun: str) -> str:
    """Print a count with its noun, regular plurals only.

    Examples
    --------
    >>> plural(1, "claim"), plural(4492, "row")
    ('1 claim', '4,492 rows')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def in_words(n: int) -> str:
    """Print a count as running text does: in words below ten.

    Examples
    --------
    >>> in_words(3), in_words(12)
    ('three', '12')
    """
    return SMALL_NUMBERS[n] if 0 <= n < len(SMALL_NUMBERS) else f"{n:,}"
