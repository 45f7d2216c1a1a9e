"""`eig-sheets import --api --kind …`, and the night that imports every form, against the stand-in of the service."""

import pytest

from eig_sheets.call.applications.demarche.client import settings_of
from eig_sheets.config import with_sections
from tests.columns import EIG5
from tests.demarche_server import dossiers
from tests.demarche_server.dossiers import descriptor, pieces, text
from tests.demarche_server.server import TOKEN
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory

LABELS = ("Métier", "CV", "Premier choix", "Deuxième choix")
CV = dossiers.file("cv.pdf", b"%PDF cv")


@pytest.fixture
def campaign(demo, demarche):
    """The demo, whose candidates and their choices come by the API."""
    demarche.service.questions = [descriptor(place, label) for place, label in enumerate(LABELS, 1)]
    demarche.service.add(
        dossiers.dossier(
            5001, text(1, LABELS[0], "Designer"), pieces(2, LABELS[1], CV), state="en_instruction",
            email="ada@x.example", demandeur=dossiers.person("ada@x.example", "Lovelace", "Ada"),
        ),
        dossiers.dossier(
            5002, text(1, LABELS[0], "Juriste"), state="en_instruction",
            email="emmy@x.example", demandeur=dossiers.person("emmy@x.example", "Noether", "Emmy"),
        ),
    )  # fmt: skip
    return demo


def configure(demo, demarche, *lines):
    with demo.config.open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[demarche]", "number = 999", f'host = "{demarche.url}"', *lines, ""]))


def run(campaign, *arguments, **env):
    done = campaign.run(*arguments, env={"EIG_SHEETS_DEMARCHE_TOKEN": TOKEN, **env})
    assert TOKEN not in done.out + done.err
    return done


def people(campaign):
    headers = ("N° de candidature", "Nom", "Métier", "CV", "E-mail")
    rows = [tuple(row[header] for header in headers) for row in Robot(campaign).tab("Talents").rows]
    return [row for row in rows if str(row[0]).startswith("500")]


def asked(demarche):
    return [
        call.body["variables"]["after"]
        for call in demarche.asked
        if (call.body or {}).get("variables", {}).get("includeDossiers")
    ]


@pytest.mark.slow
def test_candidates_come_by_their_own_demarche_with_their_files(campaign, demarche, tmp_path):
    configure(campaign, demarche, "[demarche.talents]", "number = 12345")
    done = run(campaign, "import", "--api", "--kind", "talents", "--pieces", tmp_path / "cv")
    assert done.code == 0, done.err
    assert people(campaign) == [
        ("5001", "Lovelace", "Designer", "cv.pdf", "ada@x.example"),
        ("5002", "Noether", "Juriste", None, "emmy@x.example"),
    ]
    assert (tmp_path / "cv" / "5001" / "cv.pdf").read_bytes() == b"%PDF cv"
    run(campaign, "import", "--api", "--kind", "talents")
    assert asked(demarche)[0] is None
    assert asked(demarche)[-1] is not None
    assert len(people(campaign)) == 2


def test_a_form_without_its_section_is_said_and_so_is_a_wrong_field(campaign, demarche):
    configure(campaign, demarche)
    assert "[demarche.talents]" in run(campaign, "import", "--api", "--kind", "talents").err
    with campaign.config.open("a", encoding="utf-8") as file:
        file.write('[demarche.talents]\nnumber = 12345\n[demarche.talents.fields]\nmetie = "x"\n')
    done = run(campaign, "import", "--api", "--kind", "talents")
    assert (done.code, "demarche.talents.fields : « metie »" in done.err.replace("\u202f", " ")) == (1, True)


@pytest.mark.slow
def test_a_night_imports_the_forms_that_ask_for_it(campaign, demarche):
    configure(campaign, demarche, "[demarche.talents]", "number = 12345", "nightly = true")
    assert run(campaign, "sync").code == 0
    assert len(people(campaign)) == 2
    before = campaign.bytes
    assert run(campaign, "sync").code == 0
    assert campaign.bytes == before


def test_choices_come_by_the_api_too(campaign, demarche):
    configure(campaign, demarche, "[demarche.talents]", "number = 12345", "[demarche.wishes]", "number = 12345")
    refused = run(campaign, "import", "--api", "--kind", "wishes")
    assert "chaque formulaire a son numéro" in refused.err
    campaign.set_config("[demarche.talents]\nnumber = 12345\n", "")
    demarche.service.add(
        dossiers.dossier(
            7001, text(3, LABELS[2], "3712146"), state="en_construction", dateDepot="2021-05-28T10:00:00+02:00",
            email="nobody@x.example",
        )
    )  # fmt: skip
    done = run(campaign, "import", "--api", "--kind", "wishes", "--yes", "--format", "json")
    assert done.code == 0, done.err
    assert ("7001", None, "3712146") in [
        (record["answer"], record["candidate"], record["wishes"]) for record in done.records
    ]


@pytest.mark.slow
def test_a_candidate_who_withdrew_there_is_an_anomaly_until_somebody_decides(campaign, demarche):
    configure(campaign, demarche, "[demarche.talents]", "number = 12345")
    run(campaign, "import", "--api", "--kind", "talents")
    demarche.service.deleted = [dossiers.deleted(5001)]
    done = run(campaign, "import", "--api", "--kind", "talents")
    assert "• 5001 : Candidature supprimée sur Démarche Numérique" in done.err.replace("\u202f", " ")
    assert run(campaign, "sync").code == 0
    codes = [anomaly["code"] for anomaly in run(campaign, "check", "--format", "json").records]
    assert codes.count("candidature_supprimee") == 1


def test_what_a_form_does_not_say_of_its_service_is_as_for_projects():
    of_candidates = {"number": 2, "fields": {"nom": "x"}}
    campaign = with_sections(EIG5, {"demarche": {"number": 1, "token_file": "t", "talents": of_candidates}})
    settings = settings_of(campaign, "talents")
    assert (settings.number, settings.token_file, settings.fields) == (2, "t", {"nom": "x"})
    assert settings.host == settings_of(campaign).host
