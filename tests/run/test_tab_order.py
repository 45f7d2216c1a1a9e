"""The order of the tabs of a new workbook, and those that people see in it."""

from datetime import date

import pytest

from eig_sheets.campaign.reading_parts import feature_schemas
from eig_sheets.run.init import in_order, plan_init
from eig_sheets.spreadsheet.model.plan import CreateTab
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.robot_tab import RobotTab
from tests.columns import EIG5, SCHEMA

pytestmark = pytest.mark.newest

SHOWN = [
    "Accueil", "Candidatures", "Jury", "Évaluations", "Classement", "Anomalies", "E-mails à envoyer", "Cofinancement",
]  # fmt: skip
HIDDEN = [
    "Éligibilité", "Modifications reçues", "Règles du jeu", "Paramètres", "Réglages", "Envois", "Journal",
]  # fmt: skip
"""Those of any call, in their order; what a call may have besides comes between them, tabs of features last."""
OF_FEATURES = {tab.name for tab in (*feature_schemas(EIG5), *EIG5.features.parts(RobotTab))}
MOST = 12
"""Tabs that three people can live with."""


def created(day, campaign=EIG5):
    """The tabs that `init` makes of nothing on a day, by name: those that show, then those that are hidden."""
    plan, problems = plan_init(Snapshot(()), campaign, day)
    assert problems == ()
    sheets = [operation.sheet for operation in plan.operations if isinstance(operation, CreateTab)]
    return [sheet.name for sheet in sheets if not sheet.hidden], [sheet.name for sheet in sheets if sheet.hidden]


def between(before, name, after, names):
    """Whether a name comes after one and before another."""
    return names.index(before) < names.index(name) < names.index(after)


OF_ONE_MOMENT = {"colonnes_exports"}
"""What no run makes: an import that officers asked for, in doubt of some columns."""


def shows_few(schema):
    """Whether people can live with the tabs that a workbook shows, even with each that waits for its rows."""
    robots = [tab_id for tab_id in schema.robot_tabs if tab_id not in schema.hidden_robot_tabs]
    people = [tab.name for tab in schema.tabs if not tab.hidden and tab.id not in OF_ONE_MOMENT]
    return len(robots) + len(people) <= MOST


def test_a_new_workbook_shows_what_matters_first():
    shown, hidden = created(date(2021, 12, 1))
    assert [name for name in shown if name in (*SHOWN, *HIDDEN)] == SHOWN
    assert [name for name in hidden if name in (*SHOWN, *HIDDEN)] == HIDDEN
    assert shown[0] == "Accueil"
    assert {*hidden[hidden.index("Journal") + 1 :]} <= OF_FEATURES


def test_never_more_than_twelve_tabs_show_even_with_each_that_waits_for_its_rows():
    assert shows_few(SCHEMA)


def test_a_tab_that_the_order_does_not_name_is_last_of_those_that_show_or_of_all():
    def tab(tab_id, **how):
        return CreateTab(Sheet(tab_id, tab_id, Owner.ROBOT, (), **how))

    known, new = tab("journal", hidden=True), tab("nouveau")
    asked = [tab("nouveau_masque", hidden=True), known, new, tab("cofinancement")]
    assert [operation.sheet.id for operation in in_order(asked)] == [
        "cofinancement",
        "nouveau",
        "journal",
        "nouveau_masque",
    ]


@pytest.mark.parametrize("day", [date(2021, 2, 10), date(2021, 4, 30), date(2021, 5, 6)])
def test_before_its_phase_a_tab_is_not_made(day):
    assert ("Cofinancement" in created(day)[0]) == (day > date(2021, 4, 7))
