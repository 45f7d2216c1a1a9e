"""The robot's tabs of the call for talents: who notes whom, their ranking, what jurors' pages say of them."""

from __future__ import annotations

from typing import Final

from eig_sheets.call.jury.assignments import RECORDED
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews import affectations, notes_recues
from eig_sheets.campaign.reviews.notes_recues import COLLECTED
from eig_sheets.campaign.robot_sheets import RobotRows
from eig_sheets.features.talents import assigned, notes, projects_tab, ranking_tab, wishes_tab
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.ranking_tab import Ranked
from eig_sheets.features.talents.results import lists_of_talents
from eig_sheets.features.talents.subject import GRID
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.features.talents.wishes import wish_rows
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.robot_tab import RobotTab


def _ranked(reading: Reading, results: Results) -> Ranked | None:
    candidates = results.of(RESULTS)
    return None if candidates is None else lists_of_talents(reading, candidates)


def _assigned(reading: Reading, results: Results) -> Rows:
    named = assigned.names(reading.valid_rows(TALENTS)) if reading.has(TALENTS) else {}
    pairs = affectations.named_pairs(results.of(RECORDED).get(TALENTS, ()), named, reading.valid_rows("jury"))
    return assigned.TABLE.cells(pairs)


TABS: Final = (
    RobotTab(
        assigned.TAB,
        assigned.NAME,
        lambda *_: assigned.TABLE.sheet_columns,
        optional=True,
        needs_tab=TALENTS,
        hidden=True,
        frozen_columns=2,
        contents="Qui note quel candidat",
    ),
    RobotTab(
        notes.TAB,
        notes.NAME,
        lambda criteria, _: notes_recues.table(criteria, notes.OF_CANDIDATES).sheet_columns,
        optional=True,
        needs_tab=TALENTS,
        hidden=True,
        grid=notes.TAB,
        talents_name="Notes reçues",
        contents="Les notes que disent les grilles des jurés des candidats",
    ),
    RobotTab(
        ranking_tab.TAB_ID,
        ranking_tab.NAME,
        ranking_tab.columns,
        optional=True,
        needs_tab=TALENTS,
        hidden=True,
        frozen_columns=4,
        grid=notes.TAB,
        computed=True,
        contents="Leur classement, par projet et par métier",
    ),
    RobotTab(
        wishes_tab.TAB,
        wishes_tab.NAME,
        lambda *_: wishes_tab.TABLE.sheet_columns,
        optional=True,
        needs_tab=TALENTS,
        hidden=True,
        contents="Les vœux que les candidats ont envoyés",
    ),
    RobotTab(projects_tab.TAB, "Projets", lambda *_: projects_tab.COLUMNS, optional=True, frozen_columns=2),
)
ROWS: Final = (
    RobotRows(assigned.TAB, _assigned),
    RobotRows(wishes_tab.TAB, lambda reading, _: wish_rows(reading)),
    RobotRows(notes.TAB, lambda _, results: results.of(COLLECTED).candidates),
    RobotRows(
        ranking_tab.TAB_ID,
        lambda reading, results: ranking_tab.rows(_ranked(reading, results), GRID.labels(reading.campaign)),
        lambda reading, results, columns: ranking_tab.fitted(columns, _ranked(reading, results)),
        lambda reading, results: ranking_tab.heading(_ranked(reading, results)),
    ),
)
