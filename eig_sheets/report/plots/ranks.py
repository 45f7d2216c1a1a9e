"""Expected ranks, their intervals, the official rank, the line."""

from __future__ import annotations

from typing import Any

from eig_sheets.domain.calibration import Zone
from eig_sheets.french import number, plural
from eig_sheets.report import telling
from eig_sheets.report.plots.base import INK, PAPER, Plot, across, bar, lines, plot, points, told, upright
from eig_sheets.report.projects import Project
from eig_sheets.report.view import JuryView

_NO_ZONE = ""
_ZONES = (
    (Zone.IN.value, "var(--good)", "triangle-up"),
    (Zone.DELIBERATION.value, "var(--doubt)", "circle"),
    (Zone.OUT.value, "var(--bad)", "square"),
    (_NO_ZONE, "var(--accent)", "circle"),
)
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def ranks(view: JuryView) -> Plot:
    """The plot of the projects that have intervals."""
    rows = [_row(one) for one in view.projects if one.interval_90 is not None]
    first, last = min(row["low90"] for row in rows), max(row["high90"] for row in rows)
    zone, shape = {"scale": "zone", "field": "zone"}, {"scale": "shape", "field": "zone"}
    official = points(
        "rows",
        "rank",
        silent=True,
        shape={"value": "stroke"},
        angle={"value": 90},
        size={"value": 150},
        stroke=INK,
        strokeWidth={"value": 2},
    )
    expected = points(
        "rows", "expected", shape=shape, fill=zone, size={"value": 120}, stroke=PAPER, strokeWidth={"value": 1.5}
    )
    line = [] if view.line is None else upright(view.line, f"Ligne : {plural(view.target, 'place')}")
    marks = [bar("low90", "high90", 2, zone, 0.75), bar("low50", "high50", 9, zone, 0.38), *line, official, expected]
    return plot(
        "Rang attendu de chaque dossier, avec ses intervalles à 50 % et à 90 % et son rang officiel.",
        {"rows": rows},
        lines(
            [across(first - 0.5, last + 0.5), *_scales()], ["Rang (1 : le meilleur)"], marks, format="d",
            values=_ticks(first, last),
        ),
    )  # fmt: skip


def _scales() -> list[dict[str, Any]]:
    zones, colours, shapes = zip(*_ZONES, strict=True)
    return [
        {"name": "zone", "type": "ordinal", "domain": [*zones], "range": [*colours]},
        {"name": "shape", "type": "ordinal", "domain": [*zones], "range": [*shapes]},
    ]


def _ticks(first: int, last: int) -> list[int]:
    """Ranks worth naming on an axis: the first, then round ones."""
    step = next((step for step in _STEPS if last - first <= 10 * step), _STEPS[-1])
    return [first, *range((first // step + 1) * step, last + 1, step)]


def _row(one: Project) -> dict[str, Any]:
    low50, high50 = one.interval_50 or (one.rank, one.rank)
    low90, high90 = one.interval_90 or (one.rank, one.rank)
    expected = one.expected_rank or float(one.rank)
    chance = () if one.p_selected is None else (f"Probabilité de sélection : {telling.percent(one.p_selected)}",)
    tip = told(
        one.name,
        f"Rang attendu : {number(expected, 1)} ; rang officiel : {one.rank}",
        f"Une fois sur deux, de {low50} à {high50} ; neuf fois sur dix, de {low90} à {high90}",
        *chance,
    )
    return {
        "n": one.numero, "label": one.label, "zone": one.zone, "expected": expected, "rank": one.rank,
        "low50": low50, "high50": high50, "low90": low90, "high90": high90, **tip,
    }  # fmt: skip
