"""The plots of the jury's page: Vega specifications, and the rows that they draw."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from eig_sheets.call.report import summary
from eig_sheets.call.report.money import Sums
from eig_sheets.call.report.people import Juror, plotted_jurors
from eig_sheets.call.report.projects import Project
from eig_sheets.call.report.vega import (
    ACCENT,
    INK,
    PAPER,
    Marks,
    Plot,
    Rows,
    bar,
    label_style,
    lines,
    mark,
    plot,
    points,
    tooltip,
    vertical_line,
    x_scale,
)
from eig_sheets.call.report.view import JuryView
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.words import ProbabilityStyle
from eig_sheets.text.french import number, plural, typographic

_NO_ZONE = ""
_ZONES = (
    (Zone.IN.value, "var(--good)", "triangle-up"),
    (Zone.DELIBERATION.value, "var(--doubt)", "circle"),
    (Zone.OUT.value, "var(--bad)", "square"),
    (_NO_ZONE, "var(--accent)", "circle"),
)
_RANK_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

_BEST_NOTE = 20

_NORMAL_95 = 1.96

_MOST_DOTS = 60
_FIRSTS = {"x": {"scale": "x", "field": "rank"}}
_MOST = {"scale": "money", "field": "high"}


def plots(view: JuryView) -> Iterator[tuple[str, Plot]]:
    """The plots of a view, by the name of their place in the page; those without data are left out."""
    if view.projects and view.reason is None:
        yield "classement", ranks(view)
    if view.projects:
        yield "desaccords", notes(view.projects)
    if view.audience.presidency and view.jurors and view.reason is None:
        yield "severite", severities(view.jurors)
    if view.sums is not None:
        yield "cofinancement", cumulative_sums(view.sums, view.target, view.ranked)


def ranks(view: JuryView) -> Plot:
    """The plot of the ranks of projects with intervals."""
    style = view.probability
    rows = [_rank_row(project, style) for project in view.projects if project.interval_90 is not None]
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
    line = [] if view.line is None else vertical_line(view.line, f"Ligne : {plural(view.target, 'place')}")
    marks = [bar("low90", "high90", 2, zone, 0.75), bar("low50", "high50", 9, zone, 0.38), *line, official, expected]
    return plot(
        "Rang attendu de chaque dossier, avec ses intervalles à 50 % et à 90 % et son rang officiel.",
        {"rows": rows},
        lines(
            [x_scale(first - 0.5, last + 0.5), *_zone_scales()], ["Rang (1 : le meilleur)"], marks, format="d",
            values=_rank_ticks(first, last),
        ),
    )  # fmt: skip


def _zone_scales() -> list[dict[str, Any]]:
    zones, colours, shapes = zip(*_ZONES, strict=True)
    return [
        {"name": "zone", "type": "ordinal", "domain": [*zones], "range": [*colours]},
        {"name": "shape", "type": "ordinal", "domain": [*zones], "range": [*shapes]},
    ]


def _rank_ticks(first: int, last: int) -> list[int]:
    """The ticks of an axis of ranks: the first, then round ones."""
    step = next((step for step in _RANK_STEPS if last - first <= 10 * step), _RANK_STEPS[-1])
    return [first, *range((first // step + 1) * step, last + 1, step)]


def _rank_row(project: Project, style: ProbabilityStyle) -> dict[str, Any]:
    low50, high50 = project.interval_50 or (project.rank, project.rank)
    low90, high90 = project.interval_90 or (project.rank, project.rank)
    expected = project.expected_rank or float(project.rank)
    chance = () if project.p_selected is None else (f"Probabilité de sélection : {style.text(project.p_selected)}",)
    tip = tooltip(
        project.name,
        f"Rang attendu : {number(expected, 1)} ; rang officiel : {project.rank}",
        f"De {low50} à {high50} : {_inside(project.mass_50)} ; de {low90} à {high90} : {_inside(project.mass_90)}",
        *chance,
    )
    return {
        "n": project.numero, "label": project.label, "zone": project.zone, "expected": expected, "rank": project.rank,
        "low50": low50, "high50": high50, "low90": low90, "high90": high90, **tip,
    }  # fmt: skip


def _inside(mass: float | None) -> str:
    return ProbabilityStyle().text(1 if mass is None else mass)


def notes(projects: Sequence[Project]) -> Plot:
    """The plot of the notes of projects."""
    votes = [vote for project in projects for vote in _vote_rows(project)]
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
        {"rows": [_notes_row(project) for project in projects], "votes": votes},
        lines(
            [x_scale(max(0, math.floor(least) - 1), _BEST_NOTE)],
            ["Note sur 20"],
            [bar("low", "high", 2, ACCENT, 0.6), vote, mean],
        ),
    )


def _notes_row(project: Project) -> dict[str, Any]:
    given = [vote.note for vote in project.votes if vote.note is not None]
    mean = project.note if project.note is not None else math.fsum(given) / len(given)
    spread = () if project.stdev is None else (f"Écart-type : {number(project.stdev, 2)}",)
    extent = f"de {number(min(given), 2)} à {number(max(given), 2)}"
    tip = tooltip(project.name, f"Moyenne : {number(mean, 2)} sur 20, {extent}", *spread)
    return {"n": project.numero, "label": project.label, "mean": mean, "low": min(given), "high": max(given), **tip}


def _vote_rows(project: Project) -> Rows:
    return [
        {"n": project.numero, "label": project.label, "note": vote.note}
        | tooltip(project.name, f"{vote.juror or 'Un juré'} : {number(vote.note, 2)} sur 20")
        for vote in project.votes
        if vote.note is not None
    ]


def severities(jurors: Sequence[Juror]) -> Plot:
    """The plot of the severities of jurors."""
    rows = [_severity_row(juror) for juror in plotted_jurors(jurors)]
    extent = 1.08 * max(max(-row["low"], row["high"]) for row in rows) or 1.0
    severity = points("rows", "severity", shape={"value": "circle"}, size={"value": 90}, fill=ACCENT, stroke=PAPER)
    return plot(
        "Sévérité de chaque juré, en points sur 20 retirés à une note, avec son intervalle à 95 %.",
        {"rows": rows},
        lines(
            [x_scale(-extent, extent)],
            ["Points sur 20", "← généreux · sévère →"],
            [*vertical_line(0, "juré moyen", "var(--soft-ink)", (2, 3)), bar("low", "high", 3, ACCENT, 0.45), severity],
            format="+.2~f",
        ),
        fixed=True,
    )


def _severity_row(juror: Juror) -> dict[str, Any]:
    severity, margin = juror.severity or 0.0, _NORMAL_95 * (juror.error or 0.0)
    return {
        "label": juror.name,
        "severity": severity,
        "low": round(severity - margin, 3),
        "high": round(severity + margin, 3),
        **tooltip(
            juror.name,
            f"Sévérité : {summary.signed(severity)} sur 20, à {number(margin, 2)} près",
            plural(juror.reviews, "évaluation comptée", "évaluations comptées"),
        ),
    }


def cumulative_sums(sums: Sums, places: int, ranked: int) -> Plot:
    """The plot of the sums of `ranked` dossiers, of which `places` are selected."""
    rows = [
        {"rank": count, "low": least, "high": most, **tooltip(summary.firsts(count), summary.between(least, most))}
        for count, least, most in sums.steps
    ]
    top = max(sums.steps[-1][2], sums.envelope or 0.0, 1.0)
    line = vertical_line(places, plural(places, "place")) if places < ranked else []
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
            x_scale(1, max(2, ranked)),
            {"name": "money", "type": "linear", "domain": [0, 1.05 * top], "range": "height", "nice": True},
        ],
        "axes": _sum_axes(),
        "marks": [
            {**mark("area", area), "from": {"data": "rows"}},
            *line,
            *([] if sums.envelope is None else _envelope_line(sums.envelope)),
            {"type": "symbol", "from": {"data": "rows"}, "encode": {"update": dots}},
        ],
    }
    description = "Co-financement cumulé le long du classement, du moins coûteux au plus coûteux."
    return plot(description, {"rows": rows}, spec, fixed=True)


def _sum_axes() -> Marks:
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


def _envelope_line(envelope: float) -> Marks:
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
    words = label_style(f"Enveloppe : {summary.amount(envelope)}", "var(--bad)")
    return [mark("rule", line), mark("text", {"x": {"value": 6}, "y": place, "dy": {"value": -7}, **words})]
