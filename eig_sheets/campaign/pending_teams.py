"""What awaits the officers of the teams that are proposed: to decide, and the projects without any. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.campaign.pending_links import OFFICERS, link_to_tab
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.render.accueil import Pending, Urgency
from eig_sheets.workbook.render.equipes import TO_DECIDE, TeamRole

_TAB = "equipes"


def pending_teams(reading: Reading, results: Results) -> Iterator[Pending]:
    """Teams whose members nobody decided yet, then projects that have none."""
    teams = results.teams
    if not teams.rows:
        return
    waiting = [one for one, today in zip(teams.rows, teams.today, strict=True) if today == TO_DECIDE]
    link = link_to_tab(reading.layout.robot_tabs.get(_TAB, reading.schema.robot_tabs[_TAB]))
    if waiting:
        projects = len({one.numero for one in waiting})
        people = plural(len(waiting), "talent proposé", "talents proposés")
        what = typographic(f"{plural(projects, 'équipe à décider', 'équipes à décider')} : {people}")
        detail = "Saisissez « Retenu » en Statut et le dossier en Projet décidé, dans Talents."
        yield Pending(OFFICERS, what, projects, Urgency.TO_DO, link, detail)
    without = [one for one in teams.rows if one.role is TeamRole.NOBODY]
    if without:
        what = plural(len(without), "projet sans équipe", "projets sans équipe")
        detail = "Le règlement permet de le retirer de la promotion ; « Équipes proposées » dit pourquoi."
        yield Pending(OFFICERS, what, len(without), Urgency.TO_DO, link, detail)
