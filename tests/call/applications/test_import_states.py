"""The state of what an export holds: found, asked, or answered on purpose; never passed over in silence."""

import pytest

from tests.call.applications.files import ADA, write
from tests.call.applications.importing.support import HEADERS, HEADERS_OF_TALENTS, HEADERS_OF_WISHES
from tests.end_to_end.sending.terminal import at_a_terminal
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory

DOSSIER = {
    "etat": "En instruction", "date_depot": "2021-04-01 10:00:00 +0200", "projet": "Phare", "administration": "Office",
    "email_porteur": "p@x.example", "cout_jusqu_a_5_ans": "60000",
}  # fmt: skip
STATES = ("En instruction", "Brouillon", "Classé sans suite", "Accepté")
PROJECTS = ([{**DOSSIER, "numero": str(9101 + place), "etat": state} for place, state in enumerate(STATES)], HEADERS)
CANDIDATES = (
    [{**ADA, "candidature": str(9201 + place), "etat": state} for place, state in enumerate(STATES)],
    {**HEADERS_OF_TALENTS, "statut_actuel": "Situation"},
)
WISHES = (
    [
        {"numero": str(9301 + place), "email": "a@x.example", "date_depot": "2021-05-28 10:00:00", "voeu_1": "3712146",
         "etat": state}
        for place, state in enumerate(STATES)
    ],
    HEADERS_OF_WISHES,
)  # fmt: skip
OF_CANDIDATES = pytest.mark.needs("talents")
KINDS = {"projects": PROJECTS, "talents": CANDIDATES, "wishes": WISHES}


def export(demo, kind, state=None, **changed):
    """The export of a kind, its state under another header, or without any."""
    rows, headers = KINDS[kind]
    renamed = {field: state if field == "etat" else header for field, header in headers.items()}
    named = {field: header for field, header in renamed.items() if header}
    return write(demo.folder, f"{kind}.csv", named, *({**row, **changed} for row in rows))


def imported(demo, kind, *options, **changed):
    return demo.run("import", "--kind", kind, *options, export(demo, kind, **changed))


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def added(demo, tab="Candidatures", header="N° de dossier"):
    return [row[header] for row in Robot(demo).tab(tab).rows if str(row[header]).startswith(("91", "92"))]


@pytest.mark.parametrize(
    "kind", ["projects", *(pytest.param(kind, marks=OF_CANDIDATES) for kind in ("talents", "wishes"))]
)
def test_without_a_column_that_may_be_the_state_nothing_is_imported_even_with_yes(demo, kind):
    before = demo.bytes
    for options in ((), ("--yes",), ("--yes", "--dry-run")):
        done = imported(demo, kind, *options)
        assert (done.code, done.out, demo.bytes) == (1, "", before)
        section = "import.fields" if kind == "projects" else f"import.{kind}.fields"
        said = plain(done.err).splitlines()[-1]
        assert "brouillon, retiré ou classé sans suite serait ajouté" in said
        assert f"{section}.etat, ou écrivez etat = [] si l’export n’en a pas." in said


@pytest.mark.parametrize("header", ["Statut du dossier", "État", "Statut", "Quel est l’état de votre dossier ?"])
def test_a_column_that_is_likely_the_state_is_named_and_then_taken(demo, header):
    before = demo.bytes
    done = imported(demo, "projects", state=header)
    assert (done.code, demo.bytes) == (1, before)
    assert f"L’état est sans doute « {header} » : « --write-mapping » le garde" in plain(done.err)
    assert imported(demo, "projects", "--write-mapping", state=header).code == 0
    done = imported(demo, "projects", state=header)
    assert (done.code, added(demo)) == (0, ["9101", "9104"])
    assert "1 dossier retiré, non ajouté" in plain(done.err)


@pytest.mark.parametrize("header", ["Statut", "Statut de la candidature"])
@pytest.mark.needs("talents")
def test_the_state_of_a_candidate_is_told_by_its_values(demo, header):
    assert imported(demo, "talents", state=header).code == 1
    assert imported(demo, "talents", "--yes", state=header).code == 0
    storage = Robot(demo).read().tab("Talents")
    assert storage is None or added(demo, "Talents", "N° de candidature") == ["9201", "9204"]


@pytest.mark.needs("talents")
def test_what_a_candidate_lives_on_is_no_state(demo):
    rows, headers = CANDIDATES
    named = {field: header for field, header in {**headers, "statut_actuel": "Statut"}.items() if field != "etat"}
    path = write(demo.folder, "talents.csv", named, *({**row, "statut_actuel": "Salariée"} for row in rows))
    done = demo.run("import", "--kind", "talents", "--yes", path)
    assert done.code == 1
    assert "Est-ce « Statut » ?" in plain(done.err)


def test_an_export_that_has_no_state_is_imported_once_the_configuration_says_so(demo):
    demo.set_config("[import.fields]\n", "[import.fields]\netat = []\n")
    done = imported(demo, "projects")
    assert (done.code, added(demo)) == (0, ["9101", "9102", "9103", "9104"])


@pytest.mark.slow
@pytest.mark.on_a_file
def test_at_a_terminal_the_question_says_what_would_be_added(demo):
    path = export(demo, "projects")
    for answer, expected, numbers in (("n", 1, []), ("o", 0, ["9101", "9102", "9103", "9104"])):
        with at_a_terminal(demo.arguments("import", path)) as terminal:
            terminal.wait_for("o : oui ; n : non")
            terminal.type(f"{answer}\n")
            assert terminal.ended() == expected
        assert "brouillon, retiré ou classé sans suite serait ajouté" in " ".join(plain(terminal.shown).split())
        assert added(demo) == numbers


@pytest.mark.slow
def test_a_state_that_nothing_tells_of_is_not_added_and_named(demo):
    rows, headers = PROJECTS
    other = {"etat": "En relecture"}
    strange = [rows[0] | other, rows[1] | {"etat": ""}, rows[3], rows[2] | other]
    done = demo.run("import", write(demo.folder, "e.csv", headers, *strange))
    assert (done.code, added(demo)) == (0, ["9104"])
    said = plain(done.err)
    sentence = (
        "« État du dossier » de l’export : l’état « En relecture » n’est pas connu (9101, ligne 2 et 9103, ligne 5)."
    )
    assert (
        f"{sentence} Ces lignes ne sont pas importées. Pour l’ajouter, mettez cet état dans import.added_states" in said
    )
    assert "3 dossiers en doute, non ajoutés" in said
    assert "« État du dossier » de l’export : l’état est vide (9102, ligne 3). La ligne n’est pas importée." in said
    demo.set_config('"refusé", "refuse"]', '"refusé", "refuse", "en relecture"]')
    assert demo.run("import", write(demo.folder, "e.csv", headers, *strange)).code == 0
    assert added(demo) == ["9104", "9101", "9103"]


def test_what_may_be_archived_is_not_added(demo):
    rows, headers = PROJECTS
    named = {**headers, "archive": "Archivé"}
    marked = [{**rows[0], "archive": "peut-être"}, {**rows[3], "archive": "non"}]
    done = demo.run("import", write(demo.folder, "e.csv", named, *marked))
    assert (done.code, added(demo)) == (0, ["9104"])
    assert "dossier 9101, « Archivé » : « peut-être » n’est ni oui ni non" in plain(done.err)


@pytest.mark.needs("talents")
def test_politeness_and_possessives_are_understood(demo):
    polite = {
        "candidature": "Numéro de dossier", "etat": "Statut de votre dossier", "date_depot": "Soumis le",
        "diplome": "Votre plus haut diplôme", "prenom": "Votre prénom", "nom": "Votre nom de famille",
        "email": "Votre adresse électronique, s’il vous plaît", "metier": "Quel est votre métier ?",
    }  # fmt: skip
    path = write(demo.folder, "talents.csv", polite, *({**row, "diplome": "Master"} for row in CANDIDATES[0]))
    done = demo.run("import", "--kind", "talents", path, "--yes", "--dry-run", "--format", "json")
    assert done.code == 0, done.err
    shown = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in plain(done.err).splitlines()]
    goes = {line[0]: line[1] for line in shown if len(line) > 2}
    assert goes["Votre prénom"] == "Prénom"
    assert goes["Votre nom de famille"] == "Nom"
    assert goes["Soumis le"] == "Date de dépôt"
    assert goes["Statut de votre dossier"] == "État du dossier"
