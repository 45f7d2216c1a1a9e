"""Commands of a call whose candidates have a workbook of their own, and which of the two each is about."""

from __future__ import annotations

import pytest

from tests.columns import cell_of
from tests.in_memory import storage_at
from tests.two_workbooks import REVEALED
from tests.two_workbooks import pair as pair  # noqa: PLC0414
from tests.two_workbooks import synced as synced  # noqa: PLC0414


@pytest.mark.slow
def test_a_wish_for_no_project_is_named_by_the_lists_whichever_workbook_is_read(pair):
    pair.type_in(pair.talents, "talents", "voeu_1", 0, "1O1")
    where = f"Talents!{cell_of('talents', 'voeu_1', 2)}"
    for options in ((), ("--talents",)):
        assert where in pair.run("--today", REVEALED, *options, "rank", "--talents").err


def test_each_home_says_where_the_other_workbook_is(synced):
    for workbook, what, where in (
        (synced.workbook, "Les candidats et leurs jurés ont leur propre classeur", "talents.xlsx"),
        (synced.talents, "Les projets et leurs dossiers ont leur propre classeur", "campagne.xlsx"),
    ):
        said = {row["Quoi"]: row["Précision"] for row in synced.tab(workbook, "Accueil").rows}
        assert said[what] == where


@pytest.mark.slow
def test_each_has_its_history_and_only_the_projects_have_a_ranking_to_verify(pair):
    pair.type_in(pair.talents, "talents", "prenom", 0, "Zoé")
    assert pair.sync().code == 0
    for options in ((), ("--talents",)):
        assert [recorded["command"] for recorded in pair.run(*options, "history", "--format", "json").records] == [
            "sync"
        ]
    assert pair.run("history", "verify", "1").code == 0
    done = pair.run("--talents", "history", "verify", "1")
    assert (done.code, "n’a pas de classement de dossiers" in done.err) == (1, True)
    assert pair.run("--talents", "restore", "Talents", "--run", "1").code == 0
    assert "Talents – exécution 1" in {tab.name for tab in storage_at(pair.talents).tabs}
