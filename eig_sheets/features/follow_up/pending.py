"""The lines of `Accueil` on milestones that are late. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.features.follow_up.milestones import followed_milestones
from eig_sheets.features.follow_up.progress import MilestoneProgress
from eig_sheets.features.follow_up.tabs import FOLLOW_UP
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to
from eig_sheets.text.french import plural

_ONE_LATE: Final = "Saisissez son statut, ou une autre échéance."


def pending_milestones(reading: Reading, _results: Results, today: date) -> Iterator[Pending]:
    """The milestones of each selected project that are late, for who follows it; it leads to the first of them."""
    tab = reading.layout.tabs.get(FOLLOW_UP)
    if tab is None:
        return
    milestones = followed_milestones(reading, today)
    late = milestones[milestones["progress"] == MilestoneProgress.LATE]
    for numero, rows in late.groupby("numero", sort=False):
        link = link_to(tab, "echeance", int(rows.iloc[0]["row"]))
        what = plural(len(rows), "jalon en retard", "jalons en retard")
        who, project = (rows.iloc[0][field] for field in ("suivi_par", "projet"))
        detail = "Saisissez leur statut, ou une autre échéance." if len(rows) > 1 else _ONE_LATE
        named = f"{what} : {project if isinstance(project, str) else str(numero)}"
        yield Pending(who if isinstance(who, str) else OFFICERS, named, len(rows), Urgency.URGENT, link, detail)


LINES: Final = PendingLines(pending_milestones)
