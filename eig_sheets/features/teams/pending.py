"""The lines of `Accueil` about teams: those that people have to decide, and the projects that have none. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from eig_sheets.campaign.pending import PendingLines
from eig_sheets.campaign.pending_links import OFFICERS, link_to_tab
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.features.teams.tab import TAB, TABLE, TO_DECIDE, TeamRole
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.render.accueil import Pending, Urgency


def _pending(reading: Reading, results: Results, _today: date) -> Iterator[Pending]:
    """Teams whose members nobody decided yet, then projects that have none."""
    rows = [*TABLE.read_stored((TABLE.sheet_headers, *results.kept_rows.get(TAB, ())))]
    if not rows:
        return
    waiting = [row for row in rows if row["today"] == TO_DECIDE]
    link = link_to_tab(reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB]))
    if waiting:
        projects = len({row["numero"] for row in waiting})
        people = plural(len(waiting), "talent proposé", "talents proposés")
        what = typographic(f"{plural(projects, 'équipe à décider', 'équipes à décider')} : {people}")
        detail = "Saisissez « Retenu » en Statut et le dossier en Projet décidé, dans Talents."
        yield Pending(OFFICERS, what, projects, Urgency.TO_DO, link, detail)
    without = [row for row in rows if row["role"] == TeamRole.NOBODY]
    if without:
        what = plural(len(without), "projet sans équipe", "projets sans équipe")
        detail = "Le règlement permet de le retirer de la promotion ; « Équipes proposées » dit pourquoi."
        yield Pending(OFFICERS, what, len(without), Urgency.TO_DO, link, detail)


LINES: Final = PendingLines(_pending)
