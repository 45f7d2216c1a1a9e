"""`projects search`: what was done on the same subject, by words or as a dossier."""

import pytest

from tests.nightly import Table
from tests.program import eig

pytestmark = pytest.mark.in_memory


def search(*arguments):
    done = eig("--today", "2025-01-15", "projects", "search", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    return done.records


def test_words_find_projects_without_any_workbook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first, *_ = search("sauvetage", "en", "mer")
    assert {**first, "score": None} == {
        "promotion": "EIG 2", "year": 2018, "project": "PrédiSauvetage",
        "administration": "Ministère de la Transition écologique et solidaire, Direction des affaires maritimes",
        "professions": ["data science", "développement"],
        "summary": "Sauver des vies en mer en prévenant les accidents maritimes", "score": None,
        "matched": ["sauvetage", "mer"],
    }  # fmt: skip


def test_a_promotion_that_has_not_begun_is_not_shown():
    promotions = {project["promotion"] for project in search("données")}
    assert {"EIG 5", "EIG 7"} <= promotions
    done = eig("--today", "2021-02-10", "projects", "search", "données", "--format", "json")
    assert {record["promotion"] for record in done.records} == promotions - {"EIG 5", "EIG 6", "EIG 7"}


def test_as_a_dossier_of_the_workbook(demo):
    table = Table(demo.read().tab("Candidatures"))
    dossier = next(row for row in table.rows if row["Nom du projet"] == "TRISTAN")
    done = demo.run("projects", "search", "--dossier", dossier["N° de dossier"], "--format", "json")
    assert done.code == 0
    words = f"{dossier['Nom du projet']} {dossier['Résumé']}"
    assert done.records == demo.run("projects", "search", words, "--format", "json").records != []


def test_the_table_has_ten_and_says_how_many_there_are():
    done = eig("--today", "2025-01-15", "projects", "search", "données", "design")
    assert done.code == 0
    assert "projets ont au moins un de ces mots" in done.err
    assert "Mots trouvés" in done.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "Donnez des mots à chercher"), (("mer", "--dossier", "1"), 2, "l’un des deux"),
        (("de", "la"), 1, "aucun mot qui dise un sujet"),
    ],
)  # fmt: skip
def test_a_mistake_is_said(arguments, code, said):
    done = eig("projects", "search", *arguments)
    assert (done.code, said in done.err.replace("\u202f", " ")) == (code, True)


def test_an_unknown_dossier_is_said(demo):
    done = demo.run("projects", "search", "--dossier", "999")
    assert (done.code, "n’est pas dans le classeur" in done.err) == (1, True)


def test_nothing_found_is_said():
    done = eig("projects", "search", "zythologie")
    assert (done.code, done.out.replace("\u202f", " ")) == (0, "Aucun projet passé n’a ces mots.\n")
