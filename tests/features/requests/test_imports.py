"""« Importer » and « Défaire l’import »: the export of a form, shown column by column, then taken once ticked."""

from __future__ import annotations

import pytest

from eig_sheets.features.requests.rules import Action
from tests.features.requests.officers import Officers, blank_campaign, copied
from tests.program import Campaign

pytestmark = pytest.mark.in_memory

HEADERS = [
    "ID",
    "Déposé le",
    "État du dossier",
    "Nom du projet",
    "Porteur opérationnel du projet",
    "Adresse électronique du porteur de projet",
]
FIRST = ["101", "2021-03-01", "En instruction", "Phare", "Ville de Brume", "ada@example.org"]
SECOND = ["102", "2021-03-02", "En instruction", "Digue", "Ville de Brume", "bob@example.org"]


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> Campaign:
    return blank_campaign(tmp_path_factory.mktemp("vide"))


@pytest.fixture
def officers(blank, tmp_path) -> Officers:
    """Officers of a call whose workbook has no dossier yet."""
    team = Officers(copied(blank, tmp_path / "appel"))
    assert team.run().code == 0
    return team


def drop(officers, *rows, name="export.csv"):
    """Put an export in the folder of the configuration."""
    folder = officers.campaign.folder / "exports"
    folder.mkdir(exist_ok=True)
    text = "\n".join(";".join(row) for row in (HEADERS, *rows))
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def numbers(officers):
    tab = officers.campaign.read().tab("Candidatures")
    return [row[0] for row in tab.rows if str(row[0]) in ("101", "102")]


def row_of(officers, number):
    return next(row["row"] for row in officers.rows if row["N° de demande"] == number)


def asked(officers, action, **typed):
    number = officers.ask(action, **typed)
    assert officers.run().code == 0
    return number


def confirmed(officers, number):
    officers.type_in(row_of(officers, number), tick=True)
    assert officers.run().code == 0
    return officers.answer(number)


def test_the_folder_that_is_not_there_is_made_and_named(officers):
    number = asked(officers, Action.IMPORT)
    assert (officers.campaign.folder / "exports").is_dir()
    assert (
        f"Aucun export. Déposez le fichier .csv ou .xlsx dans {officers.campaign.folder / 'exports'}"
        in officers.answer(number)
    )


def test_it_shows_where_each_column_goes_and_imports_once_confirmed(officers):
    drop(officers, FIRST, SECOND)
    number = asked(officers, Action.IMPORT)
    shown = officers.answer(number)
    assert "• Nom du projet → Nom du projet (sûre)" in shown
    assert "• Adresse électronique du porteur de projet → E-mail du porteur (probable)" in shown
    assert "2 dossiers à ajouter" in shown
    assert numbers(officers) == []
    assert "2 dossiers ajoutés" in confirmed(officers, number)
    assert numbers(officers) == ["101", "102"]


def test_what_changed_after_it_was_shown_is_shown_again(officers):
    drop(officers, FIRST)
    number = asked(officers, Action.IMPORT)
    drop(officers, FIRST, SECOND)
    assert "2 dossiers à ajouter" in confirmed(officers, number)
    assert numbers(officers) == []


def test_the_same_export_once_more_adds_nothing(officers):
    drop(officers, FIRST)
    confirmed(officers, asked(officers, Action.IMPORT))
    number = asked(officers, Action.IMPORT)
    assert ("aucun dossier à ajouter" in officers.answer(number), officers.states[number]) == (True, "faite")
    assert numbers(officers) == ["101"]


def test_undoing_shows_the_rows_and_deletes_them_once_confirmed(officers):
    drop(officers, FIRST, SECOND)
    confirmed(officers, asked(officers, Action.IMPORT))
    number = asked(officers, Action.UNDO)
    assert "2 lignes seraient supprimées" in officers.answer(number)
    assert numbers(officers) == ["101", "102"]
    assert "2 lignes supprimées" in confirmed(officers, number)
    assert numbers(officers) == []


@pytest.mark.parametrize(
    ("files", "detail", "said"),
    [
        ((), "", "Aucun export. Déposez"),
        (("a.csv", "b.csv"), "", "Il y a plusieurs exports. Écrivez dans Détail celui à importer : a.csv et b.csv."),
        (("mars.csv",), "mar.csv", "Vouliez-vous dire « mars.csv » ?"),
    ],
)
def test_which_export_is_meant_is_asked_in_a_sentence(officers, files, detail, said):
    for name in files:
        drop(officers, FIRST, name=name)
    number = asked(officers, Action.IMPORT, **({"detail": detail} if detail else {}))
    assert said in officers.answer(number)
    assert officers.states[number] == "refusée"


def test_what_a_program_keeps_beside_an_open_export_is_no_export(officers):
    drop(officers, FIRST)
    drop(officers, name="~$export.xlsx")
    assert "1 dossier à ajouter" in officers.answer(asked(officers, Action.IMPORT))


def test_an_export_that_says_no_state_is_refused_with_what_to_do(officers):
    """A draft is not a dossier."""
    path = drop(officers, FIRST)
    path.write_text(
        path.read_text(encoding="utf-8").replace("État du dossier", "Remarque").replace("En instruction", ""),
        encoding="utf-8",
    )
    number = asked(officers, Action.IMPORT)
    assert "Rien ne dit l’état de chaque dossier" in officers.answer(number)
    assert numbers(officers) == []


def test_a_file_that_is_no_export_is_refused(officers):
    folder = officers.campaign.folder / "exports"
    folder.mkdir()
    (folder / "vide.csv").write_text("", encoding="utf-8")
    number = asked(officers, Action.IMPORT)
    assert officers.states[number] == "refusée"
