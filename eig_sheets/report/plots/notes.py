"""The note of each juror for each dossier: where the jury disagrees."""

from __future__ import annotations

import math
from typing import Any

from eig_sheets.french import number
from eig_sheets.report.plots.base import ACCENT, INK, Plot, Rows, across, bar, lines, plot, points, told
from eig_sheets.report.projects import Project
from eig_sheets.report.view import JuryView

_BEST = 20


def notes(view: JuryView) -> Plot:
    """The plot of the projects, every one of which has a note."""
    votes = [vote for one in view.projects for vote in _votes(one)]
    least = min((vote["note"] for vote in votes), default=0.0)
    vote = points(
        "votes", "note", shape={"value": "circle"}, size={"value": 55}, fill=ACCENT, fillOpacity={"value": 0.45},
        stroke=ACCENT,
    )  # fmt: skip
    mean = points(
        "rows", "mean", shape={"value": "stroke"}, angle={"value": 90}, size={"value": 220}, stroke=INK,
        strokeWidth={"value": 3},
    )  # fmt: skip
    return plot(
        "Note de chaque juré pour chaque dossier, et leur moyenne.",
        {"rows": [_row(one) for one in view.projects], "votes": votes},
        lines(
            [across(max(0, math.floor(least) - 1), _BEST)],
            ["Note sur 20"],
            [bar("low", "high", 2, ACCENT, 0.6), vote, mean],
        ),
    )


def _row(one: Project) -> dict[str, Any]:
    given = [vote.note for vote in one.votes if vote.note is not None]
    mean = one.note if one.note is not None else math.fsum(given) / len(given)
    spread = () if one.stdev is None else (f"Écart-type : {number(one.stdev, 2)}",)
    extent = f"de {number(min(given), 2)} à {number(max(given), 2)}"
    tip = told(one.name, f"Moyenne : {number(mean, 2)} sur 20, {extent}", *spread)
    return {"n": one.numero, "label": one.label, "mean": mean, "low": min(given), "high": max(given), **tip}


def _votes(one: Project) -> Rows:
    return [
        {"n": one.numero, "label": one.label, "note": vote.note}
        | told(one.name, f"{vote.juror} : {number(vote.note, 2)} sur 20")
        for vote in one.votes
        if vote.note is not None
    ]
