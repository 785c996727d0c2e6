"""The style of pages: contrast, width, print."""

import re

import pytest

from groundswell.reports.html import stylesheet

ON_PAPER = ("ink", "ink-soft", "article", "records", "link")
DARK = "@media screen and (prefers-color-scheme: dark)"


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def _schemes() -> dict[str, dict[str, str]]:
    style = stylesheet()
    start = style.index(DARK)
    light = _colours(style[:start])
    dark = _colours(style[start : style.index("}\n}", start)])
    return {"light": light, "dark": {**light, **dark}}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("text", ON_PAPER)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_can_be_read(scheme: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours["ink"], colours["article-mark"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("mark", ["records", "article", "ink"])
def test_marks_stand_out_from_the_paper(scheme: str, mark: str) -> None:
    colours = _schemes()[scheme]
    assert contrast(colours[mark], colours["paper"]) >= 3


def test_dark_is_for_screens_and_print_leaves_details_folded() -> None:
    style = stylesheet()
    assert style.count("prefers-color-scheme") == style.count(DARK) == 1
    printed = style[style.index("@media print") :]
    assert "details-content" not in style
    assert ".quiet { display: none; }" in printed
    assert "color-scheme: light" in printed


def test_every_colour_and_size_is_a_token() -> None:
    style = stylesheet()
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", style))
    declared = set(re.findall(r"--([a-z0-9-]+):", style))
    assert used <= declared
    assert declared <= used
    rules = style[style.index("*, *::before") : style.index("@media print")]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rules) == []
