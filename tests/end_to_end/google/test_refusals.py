"""Each way in which Google or this machine says no: one French text that tells what to do, and nothing half done."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from eig_sheets.text.french import NARROW
from tests.columns import cell_of
from tests.effort import first
from tests.end_to_end.google import checks
from tests.end_to_end.google.support import Desk
from tests.end_to_end.test_french import LOOSE
from tests.program import Outcome
from tests.sheets_server.auth import EMAIL

GONE = {"kind": "status", "status": 404}


def refused(desk: Desk, outcome: Outcome, *words: str) -> None:
    """One French paragraph with those words; the spreadsheet is as people left it."""
    assert (outcome.code, outcome.out) == (1, ""), outcome
    assert all(word in outcome.err for word in words), outcome.err
    assert outcome.err.count("\n") == 1, outcome.err
    assert LOOSE.search(outcome.err) is None, outcome.err
    assert desk.writes == []


def comes_right(desk: Desk) -> None:
    """The next run does what the refused one could not, and the one after it nothing."""
    outcome = desk.sync()
    assert (outcome.code, desk.written) == (0, 1), outcome
    checks.is_right(desk)


@pytest.mark.slow
def test_a_sheet_that_is_not_shared(desk):
    desk.change_a_score()
    desk.share(None)
    refused(desk, desk.sync(), EMAIL, "« Partager »".replace(" ", "\u202f"), "Éditeur")
    assert len(desk.calls) == 1
    desk.share("writer")
    comes_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("role", first(1, ["reader", None]))
def test_access_that_is_lost_between_read_and_write(desk, role):
    desk.change_a_score()
    refused(desk, desk.sync(meanwhile={1: lambda: desk.share(role)}), EMAIL, "rien n’a été écrit", "Éditeur")
    desk.share("writer")
    comes_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("after", [1, 0])
def test_a_sheet_that_is_deleted(desk, after):
    desk.change_a_score()
    world, kept = desk.server.world, desk.book
    delete = lambda: world.books.pop(desk.key)  # noqa: E731
    if not after:
        delete()
    refused(desk, desk.sync(meanwhile={after: delete}), "supprimé", "corbeille")
    world.books[desk.key] = kept
    comes_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("tab", first(1, ["Classement", "Anomalies", "Accueil", "Journal"]))
def test_a_protection_in_the_way_of_a_robot_s_tab(desk, tab):
    """The robot's other tabs get their results; a night without a change says the same, and writes nothing."""
    desk.change_a_score()
    desk.edit("set", tab="Évaluations", cell=cell_of("evaluations", "jure", 3), value="personne")
    shown = desk.rows(tab)
    protect(desk, tab, {})
    for written in (1, 0):
        outcome = desk.sync()
        assert (outcome.code, len(desk.writes)) == (1, written), outcome
        assert f"{tab}{NARROW}: Cet onglet n’est pas mis à jour" in outcome.err
        assert "Protéger des feuilles et des plages" in outcome.err
        assert desk.rows(tab) == shown
        codes = [row["Onglet"] for row in desk.rows("Anomalies") if row["Code"] == "onglet_refuse"]
        assert codes == ([tab] if tab != "Anomalies" else [])
        assert not any(row["Code"] == "saisie_dans_onglet_robot" for row in desk.rows("Anomalies"))
        assert (desk.rows("Journal")[0]["Résultat"] == "Échec") == (tab != "Journal")
    unprotect(desk, tab)
    comes_right(desk)


@pytest.mark.slow
def test_a_protection_of_what_is_known_of_e_mails(desk):
    """What cannot be recorded in `Envois` is not proposed to people either."""
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    protect(desk, "Envois", {})
    outcome = desk.sync()
    assert (outcome.code, checks.appended(desk)) == (1, {}), outcome
    assert "et 1 e-mail n’est pas ajouté" in outcome.err
    checks.nothing_lost(desk)
    unprotect(desk, "Envois")
    comes_right(desk)
    assert len(desk.rows("E-mails à envoyer")) == 6


@pytest.mark.slow
def test_a_protection_of_the_whole_outbox(desk):
    desk.edit("set", tab="Candidatures", cell=cell_of("candidatures", "decision", 2), value="Lauréat")
    protect(desk, "E-mails à envoyer", {})
    outcome = desk.sync()
    assert (outcome.code, checks.appended(desk)) == (1, {}), outcome
    assert "Protéger des feuilles et des plages" in outcome.err
    checks.nothing_lost(desk)
    assert [row["Onglet"] for row in desk.rows("Anomalies") if row["Code"] == "ajout_refuse"] == ["E-mails à envoyer"]
    unprotect(desk, "E-mails à envoyer")
    comes_right(desk)
    assert len(desk.rows("E-mails à envoyer")) == 6


def protect(desk: Desk, tab: str, where: dict[str, int]) -> None:
    book = desk.book.copy()
    sheet = book.titled(tab)
    sheet.protected.append(
        {"protectedRangeId": 77, "range": {"sheetId": sheet.id, **where}, "editors": {"users": ["anne@example.org"]}}
    )
    desk.book = book


def unprotect(desk: Desk, tab: str) -> None:
    book = desk.book.copy()
    sheet = book.titled(tab)
    sheet.protected = [one for one in sheet.protected if one["protectedRangeId"] != 77]
    desk.book = book


@pytest.mark.parametrize("after", first(1, [1, 2]))
def test_a_token_that_expires_in_the_middle(desk, after):
    desk.change_a_score()
    outcome = desk.sync(meanwhile={after: desk.server.accounts.tokens.clear})
    assert outcome.code == 0, outcome
    checks.is_right(desk)


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [-7200, 7200])
def test_a_clock_that_is_wrong(desk, ahead):
    desk.change_a_score()
    desk.server.accounts.clock_offset = ahead
    refused(desk, desk.sync(), "horloge", "Réglez-la")
    desk.server.accounts.clock_offset = 0
    comes_right(desk)


# ---- Credentials, through the program itself


def said(desk: Desk, key: Path | None) -> str:
    """What a sync with that key file says, as a program of its own; nothing of a key is ever in it."""
    env = desk.environment(GOOGLE_APPLICATION_CREDENTIALS=str(key or ""), HOME=str(desk.state), NO_GCE_CHECK="true")
    done = subprocess.run(
        desk.program("sync"), env=env, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert (done.returncode, done.stdout) == (1, ""), done
    assert done.stderr.count("\n") == 1, done.stderr
    assert LOOSE.search(done.stderr) is None, done.stderr
    assert not re.search(r"Traceback|BEGIN PRIVATE|private_key|[A-Za-z0-9+]{40}", done.stderr), done.stderr
    return done.stderr


@pytest.mark.slow
def test_a_key_that_is_missing(desk, tmp_path):
    assert f"Il n’y a pas de fichier de clé {tmp_path / 'clé.json'}" in said(desk, tmp_path / "clé.json")


@pytest.mark.slow
def test_no_key_at_all(desk):
    assert "Aucun identifiant Google" in said(desk, None)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["cut", "no key", "no JSON"])
def test_a_key_that_is_malformed(desk, tmp_path, spoil):
    text = Path(desk.server.service_account).read_text(encoding="utf-8")
    info = json.loads(text)
    spoilt = {
        "cut": text[: len(text) // 2],
        "no key": json.dumps(info | {"private_key": info["private_key"][:200]}),
        "no JSON": info["private_key"],
    }[spoil]
    key = tmp_path / "key.json"
    key.touch(mode=0o600)
    key.write_text(spoilt, encoding="utf-8")
    assert "télécharge" in said(desk, key)


@pytest.mark.slow
def test_a_key_that_others_may_read(desk, tmp_path):
    key = tmp_path / "key.json"
    key.write_text(Path(desk.server.service_account).read_text(encoding="utf-8"), encoding="utf-8")
    key.chmod(0o644)
    assert f"chmod 600 {key}" in said(desk, key)


# ---- A cause outside the spreadsheet


@pytest.mark.slow
def test_a_template_that_is_broken_is_reported_in_the_journal(desk, tmp_path):
    """Officers read why the night's run failed, as long as the spreadsheet can be written (guarantee G2)."""
    shutil.copytree(desk.folder / "config", tmp_path / "other" / "config")
    desk.folder = tmp_path / "other"
    template = desk.folder / "config" / "emails" / "laureat.md"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{{ personne", encoding="utf-8")
    desk.change_a_score()
    outcome = desk.sync()
    assert (outcome.code, outcome.out) == (1, "")
    checks.only_the_journal_changed(desk)
    [line] = [row for row in desk.rows("Journal") if row["Résultat"] == "Échec"]
    assert "laureat.md" in line["Ce qui s’est passé"]
    assert line["Que faire"]
    assert (desk.sync().code, desk.written) == (1, 0)
    template.write_text(text, encoding="utf-8")
    comes_right(desk)
