"""A tab of an earlier run comes back whatever people did since, and nothing of theirs is written over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.installed import FEATURES
from eig_sheets.run.history.content import KeptTab
from eig_sheets.run.restoring import computed_tabs, plan_restore
from eig_sheets.spreadsheet.memory.tabs import edited
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import NO_RUN
from eig_sheets.workbook.robot_tab import RobotTab
from tests.workbook.snapshots import book, reading

NOON = datetime(2021, 5, 4, 12)
MINE = KeptTab("Les miens", "", (), ("Nom", "", "Jour"), (("Anna", None, datetime(2021, 5, 4)), ("=A1", 2.0, None)))
RANKING = KeptTab("Classement", "classement", (), ("Rang", "Nouveau"), ((1.0, "x"),))


def tabs_after(snapshot, kept, run=7):
    """The tabs once a tab came back, and its name."""
    restored = plan_restore(reading(snapshot), kept, run, NO_RUN, NOON)
    return {tab.name: tab for tab in edited(snapshot.tabs, restored.plan)}, restored


def test_people_s_cells_are_as_they_were_in_a_new_tab():
    tabs, restored = tabs_after(book(), MINE)
    assert (restored.name, restored.in_place) == ("Les miens – exécution 7", False)
    assert [*map(list, tabs[restored.name].rows)] == [
        ["Nom", "(B)", "Jour"],
        ["Anna", None, datetime(2021, 5, 4)],
        ["=A1", 2.0],
    ]
    assert tabs[restored.name].formulas == {}


@pytest.mark.parametrize("name", ["Avis de l’équipe été", "x" * 31, "🦔" * 20])
def test_the_name_fits_every_spreadsheet_program(name):
    tabs, restored = tabs_after(book(), replace(MINE, name=name))
    assert len(restored.name.encode("utf-16-le")) // 2 <= 31
    assert restored.name.endswith(" – exécution 7")
    assert restored.name in tabs


def test_a_computed_tab_that_lost_what_other_tabs_show_of_it_comes_beside():
    assert tabs_after(book(), RANKING)[1].in_place is False


def test_every_tab_of_the_robot_s_that_a_run_reads_back_is_left_in_its_place():
    registers = {"envois", "journal", "archives", "regles", "affectations",
                 "grilles", "notes_recues", "declarations_recues", "modifications"}  # fmt: skip
    assert registers.isdisjoint(computed_tabs(FEATURES))
    assert {tab.id for tab in FEATURES.parts(RobotTab)} >= registers
    assert {"classement", "cofinancement", "eligibilite", "reglages", "anomalies"} <= computed_tabs(FEATURES)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["Les miens – exécution 7", "les miens - execution 7 (2)", "Autre"])),
        st.tuples(st.just("rename"), st.sampled_from(["Évals", "Les miens – exécution 7 (3)"])),
        st.tuples(st.just("restore"), st.just("")),
        st.tuples(st.just("mark"), st.sampled_from(["copie_7_1", "copie_7_2"])),
    ),
    max_size=6,
)


def done(snapshot, acts):
    """The workbook once people, and commands, did all that."""
    for act, name in acts:
        tabs = [*snapshot.tabs]
        if act == "restore":
            tabs = [*tabs_after(snapshot, MINE)[0].values()]
        elif act == "add" and name not in {tab.name for tab in tabs}:
            tabs.append(TabSnapshot(name, [["à nous"]]))
        elif act == "mark":
            tabs.append(TabSnapshot(f"Marqué {len(tabs)}", [["à nous"]], mark=name))
        elif act == "rename" and tabs[-1].name not in {tab.name for tab in book().tabs}:
            tabs[-1] = replace(tabs[-1], name=f"{name} {len(tabs)}"[:31])
        snapshot = replace(snapshot, tabs=tuple(tabs))
    return snapshot


@pytest.mark.slow
@given(ACTS, st.sampled_from([Capabilities(), Capabilities(title_rows=False, row_ids=True, concurrent_editors=True)]))
def test_whatever_people_did_nothing_is_written_over(acts, capabilities):
    snapshot = done(replace(book(), capabilities=capabilities), acts)
    tabs, restored = tabs_after(snapshot, MINE)
    assert restored.name not in {tab.name for tab in snapshot.tabs}
    for tab in snapshot.tabs:
        if tab.mark != "journal":
            assert [*map(list, tabs[tab.name].rows)] == [*map(list, tab.rows)]
    assert tabs[restored.name].rows[1][0] == "Anna"
    marks = [tab.mark for tab in tabs.values() if tab.mark and tab.mark.startswith("copie_")]
    assert marks.count(tabs[restored.name].mark) == 1
