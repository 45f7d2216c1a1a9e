"""`eig-sheets import --api`, and the nightly job that imports first, against the stand-in of Démarche Numérique."""

import json

import pytest

from eig_sheets.spreadsheet.model.cells import a1
from tests.demarche_server import dossiers, faults
from tests.demarche_server.dossiers import decimal, descriptor, descriptor_id, integer, pieces, text, yes_no
from tests.demarche_server.server import TOKEN
from tests.effort import slow
from tests.nightly import Robot
from tests.people_cells import people, type_in

pytestmark = pytest.mark.in_memory

ENV = {"EIG_SHEETS_DEMARCHE_TOKEN": TOKEN}
FICHE = dossiers.file("fiche.docx", b"PK fiche")
COST = "Montant total du coût prévisionnel de recrutement pour un EIG jusqu’à cinq ans d’expérience inclus"
LABELS = ("Nom du projet", "Porteur opérationnel du projet", "Nombre d’EIG demandés", COST,
          "Demande de co-financement", "Porteur de projet – E-mail professionnel", "Fiche détaillée")  # fmt: skip


def submitted(number, projet, **other):
    """A dossier that answers the form."""
    return dossiers.dossier(
        number, text(1, LABELS[0], projet), text(2, LABELS[1], "Direction des appellations"), integer(3, LABELS[2], 2),
        decimal(4, LABELS[3], 60120.5), yes_no(5, LABELS[4], True), text(6, LABELS[5], f"p{number}@example.org"),
        pieces(7, LABELS[6], FICHE), **{"state": "en_instruction", "dateDepot": "2021-04-07T22:41:09+02:00", **other},
    )  # fmt: skip


@pytest.fixture
def campaign(demo, demarche):
    """The demo, whose configuration names a démarche with two dossiers that it lacks."""
    configure(demo, demarche)
    demarche.service.questions = [descriptor(place, label) for place, label in enumerate(LABELS, 1)]
    demarche.service.add(submitted(4001, "Cloche à fromages"), submitted(4002, "Nuage"))
    return demo


def configure(demo, demarche, *lines):
    with demo.config.open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[demarche]", "number = 12345", f'host = "{demarche.url}"', *lines, ""]))


def run(campaign, *arguments, **env):
    done = campaign.run(*arguments, env={**ENV, **env})
    assert TOKEN not in done.out + done.err
    return done


def plain(text):
    return text.replace("\u202f", " ")


def row(campaign, number):
    [dossier] = [
        record for record in Robot(campaign).tab("Candidatures").rows if record["N° de dossier"] == str(number)
    ]
    return dossier


def pages(demarche):
    return [
        call.body["variables"]
        for call in demarche.asked
        if (call.body or {}).get("variables", {}).get("includeDossiers")
    ]


def test_dossiers_are_added_as_from_a_file(campaign, demarche):
    before = people(campaign.workbook)
    done = run(campaign, "import", "--api")
    assert done.code == 0, done.err
    assert f"{campaign.workbook} : 2 dossiers ajoutés." in plain(done.err).splitlines()
    after = people(campaign.workbook)
    assert before.lost(after) == []
    dossier = row(campaign, 4001)
    assert dossier["Nom du projet"] == "Cloche à fromages"
    assert str(dossier["Date de dépôt"]) == "2021-04-07 22:41:09"
    assert (dossier["Nombre d’EIG demandés"], dossier["Coût employeur 10 mois – jusqu’à 5 ans"]) == (2, 60120.5)
    assert (dossier["Demande de co-financement"], dossier["E-mail du porteur"]) == ("oui", "p4001@example.org")
    assert dossier["Fiche détaillée"] == "fiche.docx"


@pytest.mark.slow
def test_the_next_import_asks_only_for_what_changed(campaign, demarche):
    run(campaign, "import", "--api")
    before, asked = campaign.bytes, len(pages(demarche))
    done = run(campaign, "import", "--api")
    assert f"{campaign.workbook} : aucun dossier ajouté." in plain(done.err).splitlines()
    assert campaign.bytes == before
    demarche.service.touch(4002, champs=[text(1, LABELS[0], "Nuage de signatures")])
    done = run(campaign, "import", "--api", "--format", "json")
    assert [(record["dossier"], record["in_export"]) for record in done.records] == [("4002", "Nuage de signatures")]
    cursors = [call["after"] for call in pages(demarche)[asked:]]
    assert None not in cursors
    assert cursors[0] == cursors[1]


@pytest.mark.slow
def test_everything_is_asked_for_on_request_and_when_the_mapping_changes(campaign, demarche):
    run(campaign, "import", "--api")
    run(campaign, "import", "--api", "--full")
    assert pages(demarche)[-1]["after"] is None
    run(campaign, "import", "--api")
    assert pages(demarche)[-1]["after"] is not None
    campaign.set_config('presentation = ["Présentation de synthèse", "Présentation"]', 'presentation = ["Synthèse"]')
    run(campaign, "import", "--api")
    assert pages(demarche)[-1]["after"] is None


@pytest.mark.slow
def test_a_dry_run_writes_and_remembers_nothing(campaign, demarche, tmp_path):
    before = campaign.bytes
    done = run(campaign, "import", "--api", "--dry-run", "--pieces", tmp_path / "pieces", "--format", "json")
    assert {cell["tab"] for cell in done.records} == {"Candidatures", "Modifications reçues", "Journal"}
    assert campaign.bytes == before
    assert not (tmp_path / "pieces").exists()
    run(campaign, "import", "--api")
    assert [call["after"] for call in pages(demarche)] == [None, None]


@pytest.mark.slow
def test_the_place_is_not_kept_when_nothing_could_be_written(campaign, demarche):
    table = Robot(campaign).tab("Candidatures")
    header = a1(table.top, table.headers["N° de dossier"])
    type_in(campaign.workbook, "Candidatures", header, "Autre chose")
    assert run(campaign, "import", "--api").code == 1
    type_in(campaign.workbook, "Candidatures", header, "N° de dossier")
    assert "2 dossiers ajoutés" in plain(run(campaign, "import", "--api").err)
    assert [call["after"] for call in pages(demarche)] == [None, None]


def test_a_question_is_followed_by_its_id_whatever_its_label(campaign, demarche):
    run_lines = ["[demarche.fields]", f'projet = "{descriptor_id(1)}"', f'administration = "{descriptor_id(2)}"']
    with campaign.config.open("a", encoding="utf-8") as file:
        file.write("\n".join([*run_lines, ""]))
    demarche.service.questions[0]["label"] = "Intitulé"
    demarche.service.questions[1]["label"] = "Intitulé"
    assert run(campaign, "import", "--api").code == 0
    dossier = row(campaign, 4001)
    assert (dossier["Nom du projet"], dossier["Administration d’accueil"]) == (
        "Cloche à fromages",
        "Direction des appellations",
    )


def test_lines_of_configuration_are_offered_for_questions_found_by_their_label(campaign):
    said = plain(run(campaign, "import", "--api").err)
    assert f'projet = "{descriptor_id(1)}"  # Nom du projet' in said
    assert "[demarche.fields]" in said
    start = said.index("[demarche.fields]")
    with campaign.config.open("a", encoding="utf-8") as file:
        file.write(said[start:])
    assert "[demarche.fields]" not in run(campaign, "import", "--api").err


def test_what_the_configuration_names_and_is_not_there_is_said(campaign):
    with campaign.config.open("a", encoding="utf-8") as file:
        file.write('[demarche.fields]\nmentor = "Q2hhbXAtOTk="\n')
    done = run(campaign, "-v", "import", "--api")
    assert "demarche.fields.mentor : aucune question du formulaire" in plain(done.err)
    assert f"{descriptor_id(1)} : Nom du projet" in plain(done.err)
    campaign.set_config('mentor = "Q2hhbXAtOTk="', 'mentors = "Q2hhbXAtOTk="')
    done = run(campaign, "import", "--api")
    assert done.code == 1
    assert "demarche.fields : « mentors » est inconnu" in plain(done.err)


@pytest.mark.slow
def test_a_withdrawal_is_said_and_deletes_nothing(campaign, demarche):
    run(campaign, "import", "--api")
    demarche.service.deleted = [dossiers.deleted(4001), dossiers.deleted(999)]
    before = people(campaign.workbook)
    said = plain(run(campaign, "import", "--api").err)
    assert "• 4001 : Dossier supprimé sur Démarche Numérique le 20/03/2021, par son porteur." in said
    assert "999" not in said
    assert before == people(campaign.workbook)
    asked = len(demarche.asked)
    assert run(campaign, "sync").code == 0
    assert len(demarche.asked) == asked
    assert deletions(campaign) == ["4001"]


def deletions(campaign):
    lines = Robot(campaign).tab("Anomalies").rows
    return [record["N° de dossier"] for record in lines if record["Code"] == "dossier_supprime"]


@pytest.mark.slow
def test_files_are_saved_beside(campaign, demarche, tmp_path):
    folder = tmp_path / "pieces"
    said = plain(run(campaign, "import", "--api", "--pieces", folder).err)
    assert f"{folder} : 2 fichiers téléchargés." in said
    assert (folder / "4001" / "fiche.docx").read_bytes() == b"PK fiche"
    assert f"{folder} : 0 fichier téléchargé, 2 déjà là." in plain(
        run(campaign, "import", "--api", "--full", "--pieces", folder).err
    )


@pytest.mark.slow
def test_files_that_may_come_later_are_asked_for_again(campaign, demarche, tmp_path):
    demarche.service.dossiers[4002]["champs"][-1]["files"] = [{**FICHE, "virusScanResult": "pending"}]
    said = plain(run(campaign, "import", "--api", "--pieces", tmp_path / "pieces").err)
    assert "• Dossier 4002, « fiche.docx » : l’antivirus du service ne l’a pas encore examiné." in said
    demarche.service.dossiers[4002]["champs"][-1]["files"] = [FICHE]
    run(campaign, "import", "--api", "--pieces", tmp_path / "pieces")
    assert (tmp_path / "pieces" / "4002" / "fiche.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Indiquez le FICHIER à importer, --api ou --undo."),
        (("export.csv", "--api"), "Un fichier, ou --api : pas les deux."),
        (("export.csv", "--full"), "--full et --pieces vont avec --api."),
        (("--pieces", "x"), "--full et --pieces vont avec --api."),
    ],
)
def test_a_file_or_the_api(demo, arguments, said):
    done = demo.run("import", *arguments)
    assert (done.code, said in plain(done.err)) == (2, True)


def test_what_is_missing_is_said(demo, demarche):
    assert "section [demarche]" in plain(demo.run("import", "--api").err)
    configure(demo, demarche)
    assert "Il manque le jeton" in plain(demo.run("import", "--api").err)
    demarche.token = "autre"
    done = run(demo, "import", "--api")
    assert done.code == 1
    assert "refuse ce jeton" in plain(done.err)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("number = 0", "demarche.number = 0 n’est pas accepté : il faut au moins 1"),
        ('number = 1\nhost = "http://demarche.example.org"', "demarche.host = « http://demarche.example.org »"),
        (
            'number = 1\ntoken = "secret"',
            "« demarche.token » est un secret : ne l’écrivez pas ici. demarche.token_file",
        ),
        ('number = 1\ntoken_file = "M2E0ZjE=="', "demarche.token_file est le chemin du fichier"),
    ],
)
def test_a_wrong_configuration_names_its_key(demo, lines, said):
    with demo.config.open("a", encoding="utf-8") as file:
        file.write(f"\n[demarche]\n{lines}\n")
    done = demo.run("check")
    assert done.code == 1
    assert said in plain(done.err)
    assert "M2E0ZjE" not in done.err


def journal(campaign):
    return [
        (record["Résultat"], plain(str(record["Ce qui s’est passé"]))) for record in Robot(campaign).tab("Journal").rows
    ]


@pytest.fixture
def nightly(campaign):
    """The same, whose nightly job imports first."""
    campaign.set_config("\nnumber = 12345\n", "\nnumber = 12345\nnightly = true\n")
    return campaign


@pytest.mark.slow
def test_the_nightly_job_imports_first(nightly, demarche):
    done = run(nightly, "sync")
    assert done.code == 0, done.err
    assert f"{nightly.workbook} : 2 dossiers ajoutés." in plain(done.err)
    assert row(nightly, 4001)["Éligibilité"] == "À instruire"


@pytest.mark.slow
def test_the_nightly_job_imports_nothing_by_columns_that_are_only_likely(nightly, demarche):
    nightly.set_config('administration = ["Porteur opérationnel du projet", ', 'administration = ["Accueil", ')
    demarche.service.questions[1] = descriptor(2, "Porteur opérationnel (administration qui accueille)")
    done = run(nightly, "sync")
    assert done.code == 0, done.err
    assert "aucune colonne sûre pour « Administration d’accueil ». Rien n’est importé." in plain(done.err)
    assert "Direction des appellations" not in done.err
    assert "4001" not in [str(record["N° de dossier"]) for record in Robot(nightly).tab("Candidatures").rows]


@pytest.mark.slow
def test_a_second_night_writes_nothing(nightly, demarche):
    run(nightly, "sync")
    before = nightly.bytes
    assert run(nightly, "sync").code == 0
    assert nightly.bytes == before


@pytest.mark.slow
def test_a_dry_run_of_the_nightly_job_asks_for_nothing(nightly, demarche):
    done = run(nightly, "sync", "--dry-run", "--format", "json")
    assert done.code == 0
    assert isinstance(json.loads(done.out), list)
    assert "rien n’est importé" in plain(done.err)
    assert demarche.asked == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (faults.page(), "Une page web a répondu à la place de Démarche Numérique"),
        *slow(
            (faults.status(200, b'{"data": {"demarche": {"number": 12345}}}'), "n’a pas la forme attendue"),
            (faults.root_errors("hidden", "unauthorized"), "refuse ce jeton"),
        ),
    ],
)
def test_a_failure_of_the_service_prevents_no_sync(nightly, demarche, fault, said):
    cell = Robot(nightly).tab("Candidatures").cell("Décision", "3712146")
    type_in(nightly.workbook, "Candidatures", cell, "")
    demarche.faults = [fault]
    done = run(nightly, "sync")
    assert done.code == 0
    assert said in plain(done.err)
    (first, _), (second, failure), *_ = journal(nightly)
    assert (first, second) == ("Réussi", "Échec")
    assert failure.startswith("Import de Démarche Numérique : ")
    assert said in failure
    demarche.faults = [fault]
    lines = journal(nightly)
    assert run(nightly, "sync").code == 0
    assert journal(nightly) == lines


@pytest.mark.slow
def test_a_nightly_job_without_token_goes_on(nightly, demarche):
    done = nightly.run("sync")
    assert done.code == 0
    assert any(result == "Échec" and "Il manque le jeton" in what for result, what in journal(nightly)[:2])
