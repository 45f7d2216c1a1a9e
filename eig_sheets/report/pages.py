"""The page of an audience: that of a juror who steps aside from dossiers is another one."""

from __future__ import annotations

from datetime import date

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.report.assets import Assets
from eig_sheets.report.audience import Audience
from eig_sheets.report.html import page
from eig_sheets.report.juror_html import juror_page
from eig_sheets.report.juror_view import juror_view_of
from eig_sheets.report.live import Live
from eig_sheets.report.view import view_of


def page_of(
    reading: Reading, results: Results, day: date, audience: Audience, assets: Assets, live: Live | None = None
) -> str:
    """The whole document, dated `day`. `live`: how fresh it is, when it follows the workbook."""
    if audience.excluded:
        return juror_page(juror_view_of(reading, day, audience), assets, live)
    return page(view_of(reading, results, day, audience), assets, live)
