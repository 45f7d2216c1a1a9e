"""Co-financing added up along the ranking, beside the envelope."""

from __future__ import annotations

from eig_sheets.french import plural, typographic
from eig_sheets.report import telling
from eig_sheets.report.money import Sums
from eig_sheets.report.plots.base import ACCENT, Marks, Plot, across, mark, plot, told, upright, written

_MOST_DOTS = 60
_FIRSTS = {"x": {"scale": "x", "field": "rank"}}
_MOST = {"scale": "money", "field": "high"}


def sums(along: Sums, places: int, ranked: int) -> Plot:
    """The plot of the sums of `ranked` dossiers, of which `places` are selected."""
    rows = [
        {"rank": count, "low": least, "high": most, **told(telling.firsts(count), telling.between(least, most))}
        for count, least, most in along.steps
    ]
    top = max(along.steps[-1][2], along.envelope or 0.0, 1.0)
    line = upright(places, plural(places, "place")) if places < ranked else []
    area = {
        **_FIRSTS,
        "y": {"scale": "money", "field": "low"},
        "y2": _MOST,
        "fill": ACCENT,
        "fillOpacity": {"value": 0.28},
        "stroke": ACCENT,
        "strokeWidth": {"value": 2},
    }
    dots = {
        **_FIRSTS,
        "y": _MOST,
        "fill": ACCENT,
        "size": {"value": 60},
        "fillOpacity": {"value": int(len(rows) <= _MOST_DOTS)},
        "tooltip": {"field": "tip"},
        "description": {"field": "said"},
    }
    spec = {
        "height": 300,
        "scales": [
            across(1, max(2, ranked)),
            {"name": "money", "type": "linear", "domain": [0, 1.05 * top], "range": "height", "nice": True},
        ],
        "axes": _axes(),
        "marks": [
            {**mark("area", area), "from": {"data": "rows"}},
            *line,
            *([] if along.envelope is None else _level(along.envelope)),
            {"type": "symbol", "from": {"data": "rows"}, "encode": {"update": dots}},
        ],
    }
    said = "Co-financement cumulé le long du classement, du moins coûteux au plus coûteux."
    return plot(said, {"rows": rows}, spec, fixed=True)


def _axes() -> Marks:
    thousands = {"labels": {"update": {"text": {"signal": "format(datum.value / 1000, ',.0f')"}}}}
    firsts = {
        "title": typographic("Dossiers, dans l’ordre du rang"),
        "format": "d",
        "tickMinStep": 1,
        "aria": False,
    }
    money = {"title": typographic("Milliers d’euros"), "grid": True, "tickCount": 6, "aria": False}
    money["encode"] = thousands
    return [{"scale": "x", "orient": "bottom", **firsts}, {"scale": "money", "orient": "left", **money}]


def _level(envelope: float) -> Marks:
    """The envelope, as a line across the plot."""
    place = {"scale": "money", "value": envelope}
    line = {
        "x": {"value": 0},
        "x2": {"signal": "width"},
        "y": place,
        "stroke": {"value": "var(--bad)"},
        "strokeWidth": {"value": 2},
        "strokeDash": {"value": [6, 4]},
    }
    words = written(f"Enveloppe : {telling.amount(envelope)}", "var(--bad)")
    return [mark("rule", line), mark("text", {"x": {"value": 6}, "y": place, "dy": {"value": -7}, **words})]
