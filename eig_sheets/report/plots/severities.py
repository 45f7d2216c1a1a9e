"""What each juror takes off a note, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.french import number, plural
from eig_sheets.report import telling
from eig_sheets.report.people import Juror, drawn
from eig_sheets.report.plots.base import ACCENT, PAPER, Plot, across, bar, lines, plot, points, told, upright

_NORMAL_95 = 1.96


def severities(jurors: Sequence[Juror]) -> Plot:
    """The plot of the jurors, who all have a severity."""
    rows = [_row(one) for one in drawn(jurors)]
    reach = 1.08 * max(max(-row["low"], row["high"]) for row in rows) or 1.0
    severity = points("rows", "severity", shape={"value": "circle"}, size={"value": 90}, fill=ACCENT, stroke=PAPER)
    return plot(
        "Sévérité de chaque juré, en points sur 20 retirés à une note, avec son intervalle à 95 %.",
        {"rows": rows},
        lines(
            [across(-reach, reach)],
            ["Points sur 20", "← généreux · sévère →"],
            [*upright(0, "juré moyen", "var(--soft-ink)", (2, 3)), bar("low", "high", 3, ACCENT, 0.45), severity],
            format="+.2~f",
        ),
        fixed=True,
    )


def _row(one: Juror) -> dict[str, Any]:
    severity, margin = one.severity or 0.0, _NORMAL_95 * (one.error or 0.0)
    return {
        "label": one.name,
        "severity": severity,
        "low": round(severity - margin, 3),
        "high": round(severity + margin, 3),
        **told(
            one.name,
            f"Sévérité : {telling.signed(severity)} sur 20, à {number(margin, 2)} près",
            plural(one.reviews, "évaluation comptée", "évaluations comptées"),
        ),
    }
