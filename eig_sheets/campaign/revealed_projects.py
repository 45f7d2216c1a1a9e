"""The projects that candidates may choose from, in their own workbook, once the laureates are revealed. Pure."""

from __future__ import annotations

from datetime import date

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.emails.call_conditions import laureates
from eig_sheets.domain.parts import Part
from eig_sheets.workbook.render import projets
from eig_sheets.workbook.render.cells import Rows


def revealed_projects(reading: Reading, today: date) -> Rows:
    """The rows of `Projets`; none before the day of `[emails.talents] revealed`, nor where the dossiers are beside."""
    revealed = reading.campaign.emails.talents.revealed
    if reading.campaign.part is not Part.TALENTS or revealed is None or today < revealed:
        return ()
    dossiers = reading.valid_rows("candidatures")
    return projets.rows(dossiers[laureates(dossiers)])
