"""A Grist document that grows with the phases of its call; tables that are made hidden have no page."""

import pytest

from tests.cli.test_days_of_a_call import DAYS, EVERY_DAY, LATER
from tests.end_to_end.grist.support import Team
from tests.run.test_tab_order import MOST

DECEMBER = ("--today", "2021-12-01")
EACH = 34
"""Milestones of a project of EIG5."""


def hidden(team: Team) -> set[str]:
    """The titles of the tables that no page shows."""
    return {tab.name for tab in team.read().tabs if tab.hidden}


@pytest.mark.slow
def test_a_table_is_made_when_its_phase_opens_and_hidden_ones_stay_as_people_leave_them(team: Team):
    assert {"Journal", "Envois", "Paramètres", "Talents"} <= hidden(team)
    assert not hidden(team) & {"Accueil", "Candidatures", "Classement", "Cofinancement", "Suivi"}
    team.act(["CreateViewSection", team.table("Journal").ref, 0, "record", None, None])
    assert team.run(*DECEMBER, "sync").code == 0
    suivi = team.table("Suivi")
    assert suivi.page is not None
    assert "Journal" not in hidden(team)
    version = team.now.version
    assert team.run(*DECEMBER, "sync").code == 0
    assert team.now.version == version


@pytest.mark.slow
def test_at_most_twelve_tables_have_a_page_on_each_day_of_a_call(team: Team):
    for day in DAYS:
        assert team.run("--today", day, "sync").code == 0
        shown = {tab.name for tab in team.read().tabs if not tab.hidden}
        assert {*EVERY_DAY, *LATER[day]} <= shown
        assert len(shown) <= MOST


@pytest.mark.slow
def test_a_link_leads_to_the_raw_data_of_a_hidden_table(team: Team):
    settings = team.table("Paramètres")
    team.type_in("Paramètres", 0, "Valeur", "vingt")
    assert team.run("sync").code == 0
    address = f"/p/data#a1.s{settings.raw_section}.r1.c"
    assert [text for text in team.column("Anomalies", "Cellule") if address in str(text)]
    read = team.read().tab("Anomalies")
    assert read is not None
    assert [row for row in read.rows if "http" in str(row)] == []


@pytest.mark.slow
def test_milestones_are_added_to_a_table_of_people_s_once(team: Team):
    def followed() -> list[object]:
        return [row[0] for row in team.read().tab("Suivi").rows[1:] if row[0] is not None]

    assert team.run(*DECEMBER, "sync").code == 0
    before = len(followed())
    assert before == len(set(followed())) * EACH
    version = team.now.version
    assert team.run(*DECEMBER, "sync").code == 0
    assert team.now.version == version
    headers, *dossiers = team.read().tab("Candidatures").rows
    chosen = [dict(zip(headers, row, strict=False)) for row in dossiers]
    others = (at for at, one in enumerate(chosen) if one["Décision"] in ("Non retenu", "Liste d’attente"))
    place = next(at for at in others if "Écarté" not in str(chosen[at]["Présélection"]))
    team.type_in("Candidatures", place, "Décision", "Lauréat")
    for _ in range(2):
        assert team.run(*DECEMBER, "sync").code == 0
        assert len(followed()) == before + EACH
