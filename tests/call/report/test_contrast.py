"""Every pair of colours of the page that carries words or shapes can be told apart (WCAG 2.2, AA)."""

import re

import pytest

from eig_sheets.call.report.html import assets

STYLE = assets().style
TEXT, SHAPES = 4.5, 3.0


def themes():
    """Colours by name, light then dark, what dark does not change being light's."""
    blocks = re.findall(r":root \{([^}]*)\}", STYLE)
    palettes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in blocks]
    light, dark = (palette for palette in palettes if palette)
    return {"light": light, "dark": {**light, **dark}}


THEMES = themes()


def rgb(colour):
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def luminance(channels):
    parts = [channel / 255 for channel in channels]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one, other, share):
    return [share * a + (1 - share) * b for a, b in zip(rgb(one), rgb(other), strict=True)]


def test_the_ratio_is_that_of_wcag():
    assert ratio(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21)
    assert ratio(rgb("#767676"), rgb("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_both_themes_say_every_colour():
    assert set(THEMES["light"]) == set(THEMES["dark"])
    assert all(THEMES["dark"][name] != colour for name, colour in THEMES["light"].items())
    assert set(re.findall(r"var\(--([\w-]+)\)", STYLE)) <= set(THEMES["light"])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("words", "on"),
    [
        *((words, on) for words in ("ink", "soft-ink", "brand", "link") for on in ("paper", "surface")),
        ("ink", "doubt-pale"), ("ink", "quiet-pale"), ("paper", "ink"),
        ("good", "good-pale"), ("doubt", "doubt-pale"), ("bad", "bad-pale"), ("bad", "paper"),
    ],
)  # fmt: skip
def test_words_can_be_read(theme, words, on):
    colours = THEMES[theme]
    assert ratio(rgb(colours[words]), rgb(colours[on])) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("side", ["low", "high"])
@pytest.mark.parametrize("share", [0, 0.25, 0.5, 0.75, 1])
def test_numbers_can_be_read_on_every_shade(theme, side, share):
    colours = THEMES[theme]
    shade = mixed(colours[side], colours["middle"], share)
    assert ratio(rgb(colours["ink"]), shade) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("shape", ["good", "doubt", "bad", "accent", "ink", "soft-ink"])
def test_shapes_can_be_seen(theme, shape):
    colours = THEMES[theme]
    assert ratio(rgb(colours[shape]), rgb(colours["paper"])) >= SHAPES
