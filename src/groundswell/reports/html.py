"""Results as one self-contained HTML page: no script, no network, no clock."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from groundswell.reports.article_view import view_check
from groundswell.reports.drawing import FULL, axis_labels, draw_range
from groundswell.reports.formatting import (
    LONGEST_TEXT,
    inert,
    plural,
    shorten,
)
from groundswell.reports.measurement_view import view_measurements
from groundswell.reports.wording import METHOD

if TYPE_CHECKING:
    from groundswell.core.measurements import MeasurementSet
    from groundswell.core.verdicts import ArticleCheck

_STYLE_FILES = ("tokens.css", "page.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\\x00-\x20\ud800-\udfff]+")


def render_check_html(check: "ArticleCheck") -> str:
    """Render the check of an article as one HTML file.

    The page asks nothing of the network and holds no script, and a content security
    policy keeps it so. The same check gives the same bytes.

    Parameters
    ----------
    check
        The article and the verdicts on its claims.

    Returns
    -------
    str
        A whole HTML document, to be written as UTF-8.
    """
    return _render("check.html", page=view_check(check), method=METHOD)


def render_measurement_html(measured: "MeasurementSet") -> str:
    """Render one measurement, or one for each group, as one HTML file.

    Parameters
    ----------
    measured
        What was measured; groups are printed as a table, in their order.

    Returns
    -------
    str
        A whole HTML document, to be written as UTF-8.
    """
    page = view_measurements(measured)
    return _render("measurement.html", page=page, method=METHOD[:1])


def stylesheet() -> str:
    """Join the design tokens and the style of the page, without comments.

    Returns
    -------
    str
        The content of the one style element, exactly as it is hashed.
    """
    folder = files("groundswell.reports") / "templates"
    text = "".join((folder / name).read_text("utf-8") for name in _STYLE_FILES)
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)


def security_policy(style: str) -> str:
    """Write the content security policy that allows one style and nothing else.

    Parameters
    ----------
    style
        The content of the style element.

    Returns
    -------
    str
        The policy.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _render(template: str, **values: object) -> str:
    environment = _environment()
    style = stylesheet()
    return environment.get_template(template).render(
        style=style,
        policy=security_policy(style),
        **values,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("groundswell.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "full": FULL,
        "draw_range": draw_range,
        "axis_labels": axis_labels,
    }
    environment.filters |= {"plural": plural, "shorten": shorten}
    environment.tests |= {"web_address": _is_web_address}
    return environment


def _finalize(value: object) -> object:
    """Make every text that enters the page inert and of bearable length.

    What a macro made, or the style of the page, is markup already and says so.
    """
    is_markup = hasattr(value, "__html__")
    return inert(shorten(value)) if isinstance(value, str) and not is_markup else value


def _is_web_address(text: str) -> bool:
    return len(text) <= LONGEST_TEXT and _WEB_ADDRESS.fullmatch(text) is not None
