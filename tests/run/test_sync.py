"""`eig-sheets sync`: what it prints, its exact dry run, its exit codes."""

import pytest

from eig_sheets.spreadsheet.model.cells import a1, parse_a1
from tests.columns import cell_of
from tests.effort import first
from tests.nightly import Robot
from tests.people_cells import clear_rows, type_in
from tests.program import Campaign
from tests.spreadsheet.xlsx_desk import edit

pytestmark = pytest.mark.in_memory


def change_things(campaign: Campaign) -> None:
    type_in(campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    cell = Robot(campaign).tab("Candidatures").cell("Retour au porteur", "3722986")
    edit(campaign.workbook, "set", tab="Candidatures", cell=cell, value="Le jury vous encourage à revenir.")


def cells(campaign: Campaign) -> dict[tuple[str, str], object]:
    """Every cell as a dry run spells it: formulas as formulas, dates as text."""
    by_place = {}
    for tab in campaign.read().tabs:
        for row, values in enumerate(tab.rows, 1):
            for column, value in enumerate(values):
                formula = tab.formulas.get((row, column))
                said = f"={formula}" if formula else value
                by_place[tab.name, a1(row, column)] = (
                    said if type(said) in (str, int, float, bool) else said and str(said)
                )
    return {place: value for place, value in by_place.items() if value is not None}


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_dry_run_tells_every_cell_and_writes_nothing(demo):
    change_things(demo)
    files = {path: path.read_bytes() for path in demo.folder.rglob("*") if path.is_file()}
    done = demo.run("sync", "--dry-run", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert {tuple(record) for record in done.records} == {("tab", "cell", "old", "new")}
    assert {path: path.read_bytes() for path in demo.folder.rglob("*") if path.is_file()} == files
    places = [(record["tab"], record["cell"]) for record in done.records]
    assert len(set(places)) == len(places) > 50
    assert {
        "Classement",
        "Candidatures",
        "E-mails à envoyer",
        "Envois",
        "Accueil",
        "Journal",
        "Données des graphiques",
    } == {tab for tab, _ in places}
    assert all(record["old"] != record["new"] for record in done.records)


def test_while_another_run_has_the_state_folder_nothing_is_written(demo):
    change_things(demo)
    before = demo.bytes
    with demo.state.locked():
        done = demo.run("sync")
    assert (done.code, "Une autre exécution d’eig-sheets travaille sur ce classeur" in done.err) == (1, True)
    assert demo.bytes == before


@pytest.mark.slow
def test_the_run_that_follows_makes_exactly_these_changes(demo):
    change_things(demo)
    before = cells(demo)
    told = {
        (change["tab"], change["cell"]): change for change in demo.run("sync", "--dry-run", "--format", "json").records
    }
    assert demo.run("sync").code == 0
    after = cells(demo)
    made = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    assert made == told.keys()
    timed = ("Accueil", "Journal")  # the minute may have passed in between
    for place, change in told.items():
        assert change["old"] == before.get(place)
        if place[0] not in timed:
            assert change["new"] == after.get(place)


@pytest.mark.slow
def test_a_dry_run_of_nothing(demo):
    done = demo.run("sync", "--dry-run")
    assert (done.code, done.out, done.err) == (0, "Rien ne changerait.\n", "")
    assert demo.run("sync", "--dry-run", "--format", "json").records == []


@pytest.mark.slow
def test_a_dry_run_as_a_table_and_as_csv(demo):
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    table = demo.run("sync", "--dry-run").out.splitlines()
    assert table[0].split() == ["Onglet", "Cellule", "Avant", "Après"]
    rows = demo.run("sync", "--dry-run", "--format", "csv").rows
    assert list(rows[0]) == ["tab", "cell", "old", "new"]
    assert all(parse_a1(row["cell"]) for row in rows)
    shown = [line.split()[1] for line in table[2:] if line.startswith("Classement")]
    assert shown == [row["cell"] for row in rows if row["tab"] == "Classement"]
    assert shown


@pytest.mark.slow
def test_it_says_what_it_did(demo):
    change_things(demo)
    said = demo.run("sync").err.replace("\u202f", " ")
    assert said == (
        f"{demo.workbook} est à jour : 31 dossiers, 19 anomalies (15 bloquantes). "
        "1 e-mail ajouté à « E-mails à envoyer ».\n"
    )
    said = demo.run("sync").err.replace("\u202f", " ")
    assert said == f"Rien n’a changé dans {demo.workbook} : 31 dossiers, 19 anomalies (15 bloquantes).\n"


@pytest.mark.slow
def test_a_structural_problem_is_exit_1_with_its_remedy(demo):
    edit(demo.workbook, "rename_header", tab="Évaluations", **{"from": "Définition", "to": "Déf."})
    done = demo.run("sync")
    assert (done.code, done.out) == (1, "")
    [first, *others] = done.err.replace("\u202f", " ").splitlines()
    assert first == "Le classeur ne peut pas être lu tel quel :"
    assert len(others) == 1
    assert others[0].startswith("• ")
    assert "Définition" in others[0]
    for command in (["rank"], ["cofinancing"], ["emails", "list"], ["emails", "draft"]):
        refused = demo.run(*command)
        assert (refused.code, refused.out, refused.err) == (1, "", done.err)
    checked = demo.run("check", "--format", "json")
    assert checked.code == 1
    first = next(record for record in checked.records if record["code"] == "colonne_obligatoire_absente")
    assert (first["severity"], first["tab"]) == ("bloquant", "Évaluations")


def test_a_dry_run_that_would_fail_shows_its_line(demo):
    edit(demo.workbook, "delete_tab", tab="Jury")
    before = demo.bytes
    done = demo.run("sync", "--dry-run", "--format", "json")
    assert done.code == 1
    assert {record["tab"] for record in done.records} == {"Journal"}
    assert "Échec" in [record["new"] for record in done.records]
    assert demo.bytes == before


@pytest.mark.slow
def test_the_fuse_and_its_remedy(demo):
    clear_rows(demo.workbook, "Jury", 3, 12)
    done = demo.run("sync")
    assert done.code == 1
    assert "Jury" in done.err
    assert "--force" in done.err
    assert demo.run("emails", "draft").code == 1
    assert demo.run("sync", "--force").code == 0
    assert demo.run("sync").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("today", first(1, ["2021-05-01", "2022-08-01"]))
def test_another_day_tells_once_of_what_is_no_longer_due(demo, today):
    assert demo.run("--today", today, "sync").code == 0
    before = demo.bytes
    done = demo.run("--today", today, "sync")
    assert (done.code, demo.bytes == before) == (0, True)
    assert done.err.startswith("Rien n’a changé")


@pytest.mark.slow
@pytest.mark.on_a_file
def test_previous_versions_are_kept(demo):
    before = demo.bytes
    type_in(demo.workbook, "Évaluations", cell_of("evaluations", "pertinence", 83), 1)
    typed = demo.bytes
    demo.run("sync")
    kept = [path.read_bytes() for path in sorted((demo.folder / ".eig-sheets" / "versions").iterdir())]
    assert kept[-1] == typed
    assert before not in kept
