"""The jury's page as one self-contained HTML document; everything that people typed is escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from eig_sheets import __version__
from eig_sheets.call.cofinancing.words import total_sentences
from eig_sheets.call.report import sensitivity, summary
from eig_sheets.call.report.audience import readers_of
from eig_sheets.call.report.juror_view import JurorView
from eig_sheets.call.report.live import Live
from eig_sheets.call.report.plots import plots
from eig_sheets.call.report.projects import Project
from eig_sheets.call.report.vega import CONFIG, LINE, LOCALE, PAPER_STEP, STEP, Plot
from eig_sheets.call.report.view import JuryView
from eig_sheets.call.scoring.sensitivity_texts import mover_text, places_text
from eig_sheets.call.scoring.words import FIT_METHOD, ProbabilityStyle
from eig_sheets.text.french import NARROW, day, number, percent, plural, typographic
from eig_sheets.workbook import words

_TEMPLATES = ("shell.html", "page.html", "jurors.html", "juror.html", "macros.html")
_MODULE_TO_SCRIPT = {
    "import { ascending, isString, DisallowedObjectProperties } from 'vega-util';": (
        "const { ascending, isString, DisallowedObjectProperties } = vega;"
    ),
    "export { expression as expressionInterpreter };": "return expression;",
    "//# sourceMappingURL=vega-interpreter.js.map": "",
}
"""The imports and exports of Vega's interpreter → what replaces them in a plain script."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Texts, as they are in this package. `scripts` run in this order, then `live` on a page that follows a meeting."""

    templates: Mapping[str, str]
    style: str
    scripts: tuple[str, ...]
    live: str


@cache
def assets() -> Assets:
    """The files, read once."""
    licence = _read("vendor/LICENSE").replace("*/", "")
    return Assets(
        templates={name: _read(name) for name in _TEMPLATES},
        style=_read("style.css"),
        scripts=(
            f"/*\n{licence}*/\n{_read('vendor/vega.min.js')}",
            _interpreter(),
            _read("script.js"),
            _read("paper.js"),
        ),
        live=_read("live.js"),
    )


def _interpreter() -> str:
    """Vega's interpreter of expressions, a module, as a plain script: with it, the page forbids `eval`."""
    module = _read("vendor/vega-interpreter.js")
    for module_text, script_text in _MODULE_TO_SCRIPT.items():
        if module_text not in module:
            raise ValueError(f"vega-interpreter.js is not the one that assets.py knows: no « {module_text} »")
        module = module.replace(module_text, script_text)
    return f"const expressionInterpreter = (() => {{\n{module}}})();"


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


_CODE: Final = re.compile(r"({[{%#].*?[%#}]}|<[^>]*>)", re.DOTALL)
_SHADES: Final = 8
_NONE: Final = "–"

MOST_DISCUSSED: Final = 20
"""Dossiers that the summary lists as to be discussed; the table has them all."""


def page(view: JuryView, assets: Assets, live: Live | None = None) -> str:
    """The whole document: the same bytes for the same view. `live`: how fresh it is, when it follows the workbook."""
    charts = dict(plots(view))
    environment = environment_of(assets)
    environment.filters.update(
        ranks=_ranks,
        chance=_chance(view),
        mover_text=mover_text,
        signed=lambda value: _NONE if value is None else summary.signed(value),
    )
    environment.filters.update(euros=summary.amount)
    environment.globals.update(between=summary.between, places_text=places_text)
    start = max(0, sum(project.rank <= view.target for project in view.projects) - 1)
    entries = [
        {**entry, "expected": project.expected_rank, "closeness": _closeness(project.expected_rank, view.line)}
        for project, entry in zip(view.projects, entries_of(view.projects), strict=True)
    ]
    return environment.get_template("page.html").render(
        **common(view, assets, live, data_of(entries, charts, start)),
        fit_method=FIT_METHOD,
        drawn=set(charts),
        to_discuss=view.to_discuss[:MOST_DISCUSSED],
        essentials=list(summary.essentials(view)),
        official=summary.official(view),
        money=list(summary.money(view)),
        totals=[*total_sentences(view.sums.totals)] if view.sums else [],
        cards={project.numero: place for place, project in enumerate(view.projects, 1)},
        sensitivity=sensitivity,
    )


def common(view: JuryView | JurorView, assets: Assets, live: Live | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """What every page has, by the names of the templates."""
    texts = (*assets.scripts, *([assets.live] if live else []))
    return {
        "view": view,
        "live": live,
        "readers": readers_of(view.audience),
        "version": __version__,
        "style": Markup(assets.style),  # noqa: S704 -- a file of this package
        "scripts": [Markup(script) for script in texts],  # noqa: S704 -- files of this package
        "allowed_scripts": " ".join(map(_csp_hash, texts)),
        "data": _embedded_json(data),
        "same_weights": len(set(view.weights)) == 1,
    }


def environment_of(assets: Assets) -> Environment:
    """Where the templates are, with the filters that every page has."""
    templates = {name: _french_spaces(text) for name, text in assets.templates.items()}
    environment = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(
        number=_number, day=day, plural=plural, in_turn=f"{NARROW}; ".join, heat=_heat, percent=percent
    )
    environment.globals.update(zone_names=words.ZONES)
    return environment


def _french_spaces(template: str) -> str:
    """The template with French no-break spaces in its sentences, and only there."""
    parts = _CODE.split(template)
    return "".join(part if _CODE.fullmatch(part) else typographic(part) for part in parts)


def _csp_hash(script: str) -> str:
    """The hash by which the content security policy allows a script."""
    return Markup("'sha256-{}'").format(base64.b64encode(hashlib.sha256(script.encode()).digest()).decode())


def entries_of(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """What the script sorts and filters the projects by."""
    return [
        {
            "n": project.numero,
            "place": place,
            "zone": project.zone,
            "spread": None if project.stdev is None else -project.stdev,
            "name": project.name,
        }
        for place, project in enumerate(projects)
    ]


def data_of(entries: Sequence[Mapping[str, Any]], charts: Mapping[str, Plot], start: int = 0) -> dict[str, Any]:
    """What the script reads. `start`: the place of the project that plots show first."""
    sizes = {"step": STEP, "line": LINE, "paperStep": PAPER_STEP}
    return {
        "config": CONFIG, "locale": LOCALE, "sizes": sizes, "projects": entries, "start": start, "charts": charts
    }  # fmt: skip


def _closeness(expected: float | None, line: float | None) -> float | None:
    return None if expected is None or line is None else abs(expected - line)


def _embedded_json(data: Any) -> Markup:
    """JSON escaped so that no text of it can end the element that contains it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 -- no mark is left


def _number(value: float | None, decimals: int | None = None) -> str:
    return _NONE if value is None else number(value, decimals)


def _chance(view: JuryView) -> Callable[[float | None], str]:
    """The filter of a probability of selection, in the style of the whole ranking."""
    return lambda value: _NONE if value is None else view.probability.text(value)


def _ranks(interval: tuple[int, int] | None, mass: float) -> str:
    """An interval of ranks, with the probability that the rank is inside: « 3 – 7 (62 %) »."""
    return _NONE if interval is None else f"{summary.ranks(interval)} ({ProbabilityStyle().text(mass)})"


def _heat(mean: float | None, scale: tuple[float, float]) -> str:
    """The class of a cell's colour, from h0 at the bottom of the scale to h8 at its top."""
    if mean is None:
        return ""
    low, high = scale
    return f"h{round(_SHADES * (mean - low) / (high - low))}"
