"""The plots of the jury's page: Vega specifications, and the rows that they draw."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.report.plots.base import CONFIG, LOCALE, Plot
from eig_sheets.report.plots.notes import notes
from eig_sheets.report.plots.ranks import ranks
from eig_sheets.report.plots.severities import severities
from eig_sheets.report.plots.sums import sums
from eig_sheets.report.view import JuryView

__all__ = ["CONFIG", "LOCALE", "Plot", "plots"]


def plots(view: JuryView) -> Iterator[tuple[str, Plot]]:
    """Each plot that the view has something for, by the name of its place in the page."""
    if view.projects and view.reason is None:
        yield "classement", ranks(view)
    if view.projects:
        yield "desaccords", notes(view)
    if view.jurors and view.reason is None:
        yield "severite", severities(view.jurors)
    if view.sums is not None:
        yield "cofinancement", sums(view.sums, view.target, view.ranked)
