"""Building blocks of Vega specifications. Colours are CSS variables of the page, so that plots follow its theme.

Rows are what Vega calls data: `n` is the number of a dossier, by which the page filters and sorts; `tip` are the lines
of the tooltip, of which the first is what people typed; `said` is the same for screen readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from eig_sheets.text.french import NARROW, typographic

Rows = list[dict[str, Any]]
Marks = list[dict[str, Any]]
Plot = Mapping[str, Any]
"""`spec`, a Vega specification; `rows` by data set; `fixed` when the page's filter leaves it alone."""

LOCALE: Final = {"decimal": ",", "thousands": NARROW, "grouping": [3], "currency": ["", f"{NARROW}€"], "minus": "−"}
CENTRE: Final = {"scale": "y", "field": "label", "band": 1, "offset": {"signal": "-min(step, 24) / 2"}}
"""The middle of a line, under its name where that is above it."""
INK, ACCENT, PAPER = {"value": "var(--ink)"}, {"value": "var(--accent)"}, {"value": "var(--paper)"}

STEP: Final = 24
"""Pixels between two lines of a plot."""
PAPER_STEP: Final = 14
"""Pixels between two lines on paper."""
LINE: Final = 16
"""Pixels of each line of a name that is above a line."""
_FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

CONFIG: Final[Mapping[str, Any]] = {
    "background": "transparent",
    "axis": {
        **dict.fromkeys(("labelColor", "titleColor"), "var(--ink)"),
        **dict.fromkeys(("gridColor", "domainColor", "tickColor"), "var(--rule)"),
        **dict.fromkeys(("labelFont", "titleFont"), _FONT),
        **dict.fromkeys(("labelFontSize", "titleFontSize"), 13),
        "titleFontWeight": 600,
        "titlePadding": 10,
        "labelPadding": 6,
    },
    "text": {"font": _FONT, "fontSize": 13},
}


def plot(description: str, rows: Mapping[str, Rows], spec: Mapping[str, Any], *, fixed: bool = False) -> Plot:
    """A plot of these rows; the page sets its width."""
    text = f"{description} Les mêmes chiffres sont dans un tableau de cette page."
    frame = {
        "description": typographic(text),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "width": 900,
        "padding": 4,
        "data": [{"name": name} for name in rows],
    }
    return {"spec": {**frame, **spec}, "rows": rows, "fixed": fixed}


def tooltip(first: str, *lines: str) -> dict[str, Any]:
    """The fields `tip` and `said` of a row."""
    tip = [first, *map(typographic, lines)]
    return {"tip": tip, "said": ". ".join(tip)}


def x_scale(low: float, high: float) -> dict[str, Any]:
    """The horizontal linear scale."""
    return {"name": "x", "type": "linear", "domain": [low, high], "range": "width", "zero": False}


def lines(scales: Sequence[dict[str, Any]], title: Sequence[str], marks: Marks, **axis: Any) -> dict[str, Any]:
    """A specification with one line a row of « rows », named on the left; `axis` is of the scale x.

    `title` is that scale's, in lines short enough for a telephone.
    """
    below = {
        "scale": "x",
        "orient": "bottom",
        "grid": True,
        "title": [*map(typographic, title)],
        "tickCount": 8,
        "aria": False,
        **axis,
    }
    names = {
        "scale": "y",
        "orient": "left",
        "domain": False,
        "ticks": False,
        "aria": False,
        "labelLimit": {"signal": "labels"},
        "encode": {"labels": {"update": {"text": {"signal": "wrapped ? '' : datum.label"}}}},
    }
    # Not { data, field }: Vega would keep the order in which it first saw each label.
    order = {"signal": "pluck(data('rows'), 'label')"}
    bands = {"name": "y", "type": "band", "domain": order, "range": "height"}
    return {
        "signals": [
            {"name": "labels", "value": 300},
            {"name": "wrapped", "value": False},
            {"name": "step", "value": STEP},
            {"name": "height", "update": "max(1, length(data('rows'))) * step"},
        ],
        "scales": [bands, *scales],
        "axes": [below, names],
        "marks": [_whole_names(), *marks],
    }


def _whole_names() -> dict[str, Any]:
    """The name of each line above it, in `lines`: on a screen too narrow for names on the left, it is not cut."""
    look = {
        "x": {"value": 0},
        "y": {"scale": "y", "field": "label", "offset": 3},
        "text": {"signal": "wrapped ? datum.lines : ''"},
        "baseline": {"value": "top"},
        "lineHeight": {"value": LINE},
        "fill": INK,
    }
    return {**mark("text", look), "from": {"data": "rows"}}


def bar(low: str, high: str, thick: int, colour: Mapping[str, Any], opacity: float) -> dict[str, Any]:
    """A bar from one field to another, on the line of its row."""
    look = {
        "x": {"scale": "x", "field": low},
        "x2": {"scale": "x", "field": high},
        "y": CENTRE,
        "stroke": colour,
        "strokeWidth": {"value": thick},
        "strokeOpacity": {"value": opacity},
        "strokeCap": {"value": "round"},
        "tooltip": {"field": "tip"},
    }
    return {"type": "rule", "aria": False, "from": {"data": "rows"}, "encode": {"update": look}}


def points(data: str, field: str, *, silent: bool = False, **look: Mapping[str, Any]) -> dict[str, Any]:
    """A symbol at a field of each row; `silent`: hidden from screen readers, when another mark says the same."""
    common = {
        "x": {"scale": "x", "field": field},
        "y": CENTRE,
        "tooltip": {"field": "tip"},
        "cursor": {"value": "pointer"},
        **({} if silent else {"description": {"field": "said"}}),
    }
    return {"type": "symbol", "aria": not silent, "from": {"data": data}, "encode": {"update": {**common, **look}}}


def vertical_line(at: float, words: str, colour: str = "var(--ink)", dash: Sequence[int] = (6, 4)) -> Marks:
    """A vertical line at a value of x, and its label above."""
    place = {"scale": "x", "value": at}
    line = {
        "x": place,
        "y": {"value": -6},
        "y2": {"signal": "height"},
        "stroke": {"value": colour},
        "strokeWidth": {"value": 2},
        "strokeDash": {"value": list(dash)},
    }
    side = f"scale('x', {at}) > width * 0.7 ? 'right' : scale('x', {at}) < 90 ? 'left' : 'center'"
    text = {"x": place, "y": {"value": -10}, "align": {"signal": side}, **label_style(words, colour)}
    return [mark("rule", line), mark("text", text)]


def label_style(words: str, colour: str) -> dict[str, Any]:
    """The style of the label of a line."""
    return {"text": {"value": typographic(words)}, "fill": {"value": colour}, "fontWeight": {"value": 600}}


def mark(kind: str, look: Mapping[str, Any]) -> dict[str, Any]:
    """A mark hidden from screen readers: the plot's description says it."""
    return {"type": kind, "aria": False, "encode": {"update": look}}
