"""The HTML page of an audience: the whole jury's, or that of a juror who steps aside from dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eig_sheets.call.report.audience import Audience
from eig_sheets.call.report.html import Assets, common, data_of, entries_of, environment_of, page
from eig_sheets.call.report.juror_view import JurorView, juror_view_of
from eig_sheets.call.report.live import Live
from eig_sheets.call.report.plots import notes
from eig_sheets.call.report.view import view_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import typographic


def page_of(
    reading: Reading, results: Results, day: date, audience: Audience, assets: Assets, live: Live | None = None
) -> str:
    """The whole document, dated `day`. `live`: how fresh it is, when it follows the workbook."""
    if audience.excluded:
        return juror_page(juror_view_of(reading, day, audience), assets, live)
    return page(view_of(reading, results, day, audience), assets, live)


def juror_page(view: JurorView, assets: Assets, live: Live | None = None) -> str:
    """The whole document: the same bytes for the same view. `live`: how fresh it is, when it follows the workbook."""
    charts = {"desaccords": notes(view.projects)} if view.projects else {}
    data = data_of(entries_of(view.projects), charts)
    return (
        environment_of(assets)
        .get_template("juror.html")
        .render(**common(view, assets, live, data), essentials=[*map(typographic, _essentials(view))])
    )


def _essentials(view: JurorView) -> Iterator[str]:
    """What this page has, and what it does not have."""
    if not view.projects:
        yield "Aucun dossier n’est noté pour l’instant."
        return
    yield "Cette page ne dit ni rang, ni place, ni décision : ils diraient ceux des dossiers qui n’y sont pas."
    if not view.zones:
        yield "Aucune zone n’y est dite : les notes ne la disent pas, ou chaque dossier a une place."
    yield "Les notes ont un nom sur les dossiers que vous notez ; sur les autres, elles n’en ont pas."
