"""The workbook as commands about slots need it: its tab is there, and can be read."""

from __future__ import annotations

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.text.french import typographic


def reading_with(session: Session, tab_id: str) -> Reading:
    """The workbook, which has that people's tab. Raises Refusal otherwise, with what to do."""
    reading = own_reading_of(session, session.workbook.read())
    tab = reading.layout.tabs.get(tab_id)
    refuse([problem for problem in reading.problems if tab is None or problem.tab == tab.name])
    if tab is None:
        name = next((people_tab.name for people_tab in reading.schema.tabs if people_tab.id == tab_id), None)
        if name is None:
            raise Refusal(
                typographic(f"L’onglet n’est pas utilisé : ajoutez « {tab_id} » à workbook.people_tabs, puis « init ».")
            )
        raise Refusal(typographic(f"L’onglet « {name} » est introuvable : lancez « eig-sheets init »."))
    return reading
