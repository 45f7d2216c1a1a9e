"""The projects that candidates may choose from, in their own workbook, once the laureates are revealed. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.call_conditions import laureates
from eig_sheets.domain.parts import Part
from eig_sheets.features.talents import projects_tab
from eig_sheets.features.talents.settings import TalentDates
from eig_sheets.sync.sheets import KeptRows, Standing
from eig_sheets.workbook.render.cells import Rows


def _revealed_projects(reading: Reading, today: date) -> Rows:
    """The rows of `Projets`; none before the day of `[emails.talents] revealed`, nor where the dossiers are beside."""
    revealed = reading.campaign.section(TalentDates).revealed
    if reading.campaign.part is not Part.TALENTS or revealed is None or today < revealed:
        return ()
    dossiers = reading.valid_rows("candidatures")
    return projects_tab.rows(dossiers[laureates(dossiers)])


ROWS: Final = KeptRows(
    projects_tab.TAB, lambda reading, _results, _last_run, _previous, day: Standing(_revealed_projects(reading, day))
)
