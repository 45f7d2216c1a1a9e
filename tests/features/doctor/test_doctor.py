"""`doctor`: the set-up in words, on real files and servers, without a trace of its passage."""

import re
import shutil

import pytest

from eig_sheets.spreadsheet.memory import MemoryWorkbook
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.text.french import typographic
from tests.grist_server import ROBOT
from tests.program import Campaign, copied_config, eig
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.server import running
from tests.sheets_server.world import permission
from tests.spreadsheet.xlsx.test_diagnosis import listing
from tests.spreadsheet.xlsx_desk import workbook

SETUP = ["Python", "Configuration", "Modèles d’e-mails", "Classeur"]
MACHINE = ["Dossier d’état", "Disque", "Horloge", "Alertes", "Messagerie"]


def checked(done):
    """The findings of a run by what they are about: each says what to do, unless all is well; the exit code follows."""
    findings = done.records
    for finding in findings:
        assert [*finding] == ["check", "status", "message", "remedy"]
        assert bool(finding["remedy"]) == (finding["status"] != "ok")
        assert (finding["message"], finding["remedy"]) == (
            typographic(finding["message"]), typographic(finding["remedy"]),
        )  # fmt: skip
    assert done.code == any(finding["status"] == "erreur" for finding in findings)
    assert done.err == ""
    return {finding["check"]: (finding["status"], finding["message"].replace("\u202f", " ")) for finding in findings}


def doctor(campaign: Campaign, *arguments, env=None):
    """The findings on a campaign, in whose folder nothing changes."""
    before = listing(campaign.folder)
    findings = checked(campaign.run("doctor", "--format", "json", *arguments, env=env))
    assert listing(campaign.folder) == before
    return findings


@pytest.mark.slow
def test_a_campaign_that_works(demo):
    findings = doctor(demo)
    assert [*findings] == [*SETUP, "Fichier", "Écriture", "Partage", "Onglets", *MACHINE]
    assert {check: status for check, (status, _) in findings.items() if status != "ok"} == {"Onglets": "attention"}
    severities = [anomaly["severity"] for anomaly in demo.run("check", "--format", "json").records]
    told = re.match(r"(\d+) anomalies bloquantes", findings["Onglets"][1])  # those of cells, without those of results
    assert 10 < int(told[1]) <= severities.count("bloquant")
    assert str(demo.config) in findings["Configuration"][1]
    assert "option --config" in findings["Configuration"][1]


def test_people_read_a_table(demo):
    done = demo.run("doctor")
    assert done.code == 0
    assert done.out.splitlines()[0].split("  ")[0] == "Vérification"
    assert (
        "\n".join(line for line in done.out.splitlines() if line.startswith("Onglets")).count("eig-sheets check") == 1
    )


def test_what_is_wrong_is_said_all_at_once(demo):
    template = demo.folder / "config" / "emails" / "laureat.md"
    template.write_text(template.read_text(encoding="utf-8").replace("{{", "{{ {", 1), encoding="utf-8")
    (demo.folder / ".eig-sheets").chmod(0o500)
    demo.workbook.write_bytes(b"a,b\n")
    findings = doctor(demo)
    (demo.folder / ".eig-sheets").chmod(0o700)
    wrong = {check: message for check, (status, message) in findings.items() if status == "erreur"}
    assert [*wrong] == ["Modèles d’e-mails", "Lecture", "Dossier d’état"]
    assert "laureat" in wrong["Modèles d’e-mails"]
    assert "n’est pas un classeur .xlsx" in wrong["Lecture"]
    assert "ne peut pas être modifié" in wrong["Dossier d’état"]


def test_a_workbook_without_its_tabs_is_for_init(demo):
    demo.workbook.write_bytes(workbook({"Feuille": [["a"]]}))
    status, message = doctor(demo)["Onglets"]
    assert (status, "empêchent de lire le classeur" in message) == ("erreur", True)


def test_a_configuration_with_a_mistake_is_all_there_is_to_say(demo):
    demo.set_config("target = 20 ", "target = -20 ")
    findings = doctor(demo)
    assert [*findings] == SETUP[:2]
    assert findings["Configuration"][0] == "erreur"
    assert "target" in findings["Configuration"][1]


def test_a_file_that_is_no_workbook_is_not_said_to_be_read(demo):
    demo.workbook.write_bytes(b"PK, or so it says")
    findings = doctor(demo)
    assert (findings["Fichier"][0], findings["Lecture"][0]) == ("ok", "erreur")
    assert "se lit" not in findings["Fichier"][1]


def test_a_configuration_that_is_not_there_is_not_to_be_corrected(tmp_path):
    [_, finding] = eig("--config", tmp_path / "absent.toml", "doctor", "--format", "json").records
    assert "introuvable" in finding["message"]
    assert "Corrigez" not in finding["remedy"]


def test_no_configuration_and_no_workbook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    findings = checked(eig("doctor", "--format", "json"))
    assert (findings["Configuration"][0], findings["Fichier"][0]) == ("attention", "erreur")
    assert "sera créé" in findings["Dossier d’état"][1]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
@pytest.mark.in_memory
def test_a_document_that_is_open_is_an_error_that_says_who_closes_it(demo, monkeypatch):
    assert "Classeur altéré" not in doctor(demo)
    monkeypatch.setattr(MemoryWorkbook, "capabilities", Capabilities(row_access=True))
    status, message = doctor(demo)["Classeur altéré"]
    assert (status, message.startswith("Ce document n’est pas encore fermé")) == ("erreur", True)


def test_a_damaged_state_and_one_that_others_read(demo):
    state = demo.folder / ".eig-sheets"
    (state / "etat.sqlite3").write_bytes(b"no database" * 100)
    state.chmod(0o755)
    findings = demo.run("doctor", "--format", "json").records
    about_state = [(record["status"], record["message"]) for record in findings if record["check"] == "Dossier d’état"]
    assert [status for status, _ in about_state] == ["attention", "erreur"]
    assert "est inutilisable" in about_state[1][1]
    assert state.stat().st_mode & 0o777 == 0o755


@pytest.fixture
def packaged(tmp_path):
    """A copy of the packaged configuration, to change."""
    copied_config(tmp_path / "config")
    return Campaign(tmp_path)


def test_a_google_sheet_is_read_and_never_written(packaged):
    with running() as server:
        book = server.world.create("Campagne", "anne@example.org")
        env = {"GOOGLE_APPLICATION_CREDENTIALS": server.service_account, "EIG_SHEETS_API_ENDPOINT": server.url}
        arguments = ("--config", packaged.config, "--workbook", book.id, "doctor", "--format", "json")
        refused = checked(eig(*arguments, env=env))
        assert refused["Partage"][0] == "erreur"
        assert "Onglets" not in refused
        server.world.files[book.id].permissions.append(permission("user", "writer", EMAIL))
        before = listing(packaged.folder)
        findings = checked(eig(*arguments, env=env))
        online = ["Clé du robot", "Portée", "Partage", "Écriture", "Quota", "Horloge", "Onglets"]
        assert [*findings] == [*SETUP, *online, *(check for check in MACHINE if check != "Horloge")]
        assert (findings["Partage"][0], findings["Onglets"][0]) == ("ok", "erreur")
        status, said = findings["Quota"]
        assert (status, said.partition(" ;")[0]) == ("ok", "Une synchronisation coûte 1 lecture")
        assert said.endswith("(de ce qu’elle a écrit), sur 60 de chaque par minute pour ce compte.")
        assert {call.method for call in server.script.calls} == {"GET"}
        assert server.world.books[book.id].revision == book.revision
        assert listing(packaged.folder) == before


@pytest.mark.parametrize("variable", ["GOOGLE_APPLICATION_CREDENTIALS", "EIG_SHEETS_GRIST_KEY_FILE"])
def test_a_key_that_others_can_read(packaged, tmp_path, variable):
    place = {"GOOGLE_APPLICATION_CREDENTIALS": "k" * 40}.get(variable, "https://grist.example.org/abcdefghijkl")
    key = tmp_path / "key.json"
    key.write_text('{"type": "service_account", "private_key": "secret"}', encoding="utf-8")
    key.chmod(0o644)
    env = {variable: str(key)}
    findings = checked(eig("--config", packaged.config, "--workbook", place, "doctor", "--format", "json", env=env))
    status, message = findings["Clé du robot"]
    assert (status, str(key) in message, "autres utilisateurs" in message) == ("erreur", True, True)
    assert "Disque" in findings


def test_an_address_that_is_none(packaged):
    place = "https://example.org/page"
    findings = checked(eig("--config", packaged.config, "--workbook", place, "doctor", "--format", "json"))
    assert findings["Classeur"][0] == "erreur"
    assert "Messagerie" in findings


@pytest.mark.slow
def test_a_grist_document_is_read_and_never_written(packaged, grist):
    document = grist.blank_document()
    place = f"{grist.url}/{document}"
    before = grist.ask(f"docs/{document}/states"), listing(packaged.folder)
    env = {"EIG_SHEETS_GRIST_KEY": grist.keys[ROBOT]}
    findings = checked(eig("--config", packaged.config, "--workbook", place, "doctor", "--format", "json", env=env))
    assert (findings["Rôle du robot"][0], findings["Onglets"][0]) == ("ok", "erreur")
    online = ["Clé du robot", "Rôle du robot", "Horloge", "Règles d’accès", "Version de Grist", "Onglets"]
    assert [*findings] == [*SETUP, *online, *(check for check in MACHINE if check != "Horloge")]
    assert (grist.ask(f"docs/{document}/states"), listing(packaged.folder)) == before
    wrong = {"EIG_SHEETS_GRIST_KEY": "no-key"}
    findings = checked(eig("--config", packaged.config, "--workbook", place, "doctor", "--format", "json", env=wrong))
    assert "ne reconnaît pas la clé" in findings["Clé du robot"][1]


@pytest.fixture
def smtp():
    """A real SMTP server, which lets everybody in."""
    local = pytest.importorskip("tests.emails.outlets.local_smtp")
    with local.started() as (handler, port):
        yield handler, port


def with_smtp(demo, port):
    lines = f'\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
    demo.config.write_text(demo.config.read_text(encoding="utf-8") + lines, encoding="utf-8")


@pytest.mark.slow
def test_the_outlet_is_opened_and_a_message_leaves_on_request_alone(demo, smtp):
    handler, port = smtp
    with_smtp(demo, port)
    assert doctor(demo)["Messagerie (smtp)"][0] == "ok"
    assert handler.arrived == []
    assert doctor(demo, "--mail", "ada@example.org")["Message d’essai"][0] == "ok"
    [arrived] = handler.arrived
    assert arrived.envelope.rcpt_tos == ["ada@example.org"]
    assert b"eig-sheets" in arrived.envelope.content
    handler.refused["ada@example.org"] = "550 nobody"
    assert doctor(demo, "--mail", "ada@example.org")["Message d’essai"][0] == "erreur"
    assert doctor(demo, "--mail", "ada")["Message d’essai"][0] == "erreur"


@pytest.mark.slow
def test_a_mailbox_is_entered_and_no_draft_is_made(demo, tmp_path):
    with running() as server:
        key = tmp_path / "key.json"
        shutil.copyfile(server.service_account, key)
        key.chmod(0o600)
        lines = f'\n[gmail]\nkey = "{key}"\nmailbox = "eig@example.org"\n'
        demo.config.write_text(demo.config.read_text(encoding="utf-8") + lines, encoding="utf-8")
        env = {"EIG_SHEETS_GMAIL_ENDPOINT": server.url}
        status, message = doctor(demo, env=env)["Messagerie (gmail)"]
        assert (status, "brouillons" in message) == ("ok", True)
        assert dict(server.mail.drafts) in ({}, {"eig@example.org": []})
        assert {call.method for call in server.script.calls} == {"GET"}
        key.chmod(0o640)
        assert "autres utilisateurs" in doctor(demo, env=env)["Messagerie (gmail)"][1]


@pytest.mark.slow
def test_an_outlet_that_is_closed_and_a_message_without_one(demo):
    done = demo.run("doctor", "--mail", "ada@example.org", "--format", "json")
    assert checked(done)["Message d’essai"] == ("erreur", "Aucun serveur d’envoi n’est indiqué.")
    assert "[smtp]" in done.records[-1]["remedy"]
    with_smtp(demo, 9)
    status, message = doctor(demo)["Messagerie (smtp)"]
    assert (status, "injoignable" in message) == ("erreur", True)
