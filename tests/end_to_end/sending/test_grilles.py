"""E-mails to jurors carry the file of their grille: the very bytes that were approved, or nothing leaves."""

import hashlib
import json
import shutil
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.call.jury.pages.files_pages import read_page
from eig_sheets.emails.catalogue.due import message_id
from tests import in_memory
from tests.call.jury.pages.pages import PARIS
from tests.effort import first
from tests.end_to_end.sending.campaign import OUTBOX, Team, plain
from tests.end_to_end.sending.jurors import ANNA, BORIS, JURORS, made_for_jurors

pytestmark = pytest.mark.in_memory

INVITED, OTHER = BOTH = tuple(message_id("invitation_jury", juror) for juror in JURORS)
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def jury(tmp_path_factory) -> Team:
    """Three dossiers that two jurors were invited to note: not to be changed."""
    return made_for_jurors(tmp_path_factory.mktemp("jury") / "campaign")


@pytest.fixture
def team(jury, tmp_path, post, request, monkeypatch) -> Team:
    """A campaign of one's own, whose grilles are made in `g` and whose e-mails go to `post`."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    team = jury.copy(tmp_path / "campaign", memory=in_memory.is_for(request))
    team.serve(post.port)
    return team


def run(team, *arguments):
    done = team.run(*arguments)
    assert done.code == 0, done
    return done


def make(team, folder="g", *options):
    """The files of the grilles, by juror; the e-mails that are due are prepared."""
    told = json.loads(run(team, "jury", "ballots", "--to", folder, "--format", "json", *options).out)
    run(team, "sync")
    return {one["juror"]: Path(one["file"]) for one in told["ballots"]}


def files_in(message):
    return [
        (part.get_content_type(), part.get_filename(), part.get_content())
        for part in message.iter_attachments()
        if part.get_content_type() != "application/ics"
    ]


def lock_of(team):
    """The file that LibreOffice keeps beside a workbook that is open in it."""
    return team.folder / ".~lock.campagne.xlsx#"


def fill(path, pertinence):
    cells = read_page(path, PARIS).rows[0].cells
    book = openpyxl.load_workbook(path)
    tab, _, cell = cells["pertinence"].partition("!")
    book[tab][cell].value = pertinence
    book.save(path)


@pytest.mark.slow
def test_the_file_that_a_juror_receives_is_the_one_that_is_collected_once_filled(team, post, tmp_path):
    files = make(team)
    rows = {row["E-mail du juré"]: row for row in team.table("Grilles").rows}
    assert {juror: (row["Lien"], row["Fichier"]) for juror, row in rows.items()} == {
        ANNA: (None, "grille-anna.xlsx"), BORIS: (None, "grille-boris.xlsx"),
    }  # fmt: skip
    assert rows[ANNA]["Empreinte du fichier"] == hashlib.sha256(files[ANNA].read_bytes()).hexdigest()
    assert {row["Id"]: row["Pièces jointes"] for row in team.table(OUTBOX).rows if row["Pièces jointes"]} == {
        INVITED: "grille-anna.xlsx", OTHER: "grille-boris.xlsx",
    }  # fmt: skip
    team.tick(*BOTH)
    assert team.send(2).code == 0
    [received] = post.of(ANNA)
    assert files_in(received.message) == [(TYPE, "grille-anna.xlsx", files[ANNA].read_bytes())]
    assert "Votre grille est le fichier joint à ce message" in received.text

    returned = tmp_path / "returned" / "sans-titre.xlsx"
    returned.parent.mkdir()
    returned.write_bytes(files_in(received.message)[0][2])
    fill(returned, 3)
    run(team, "jury", "collect", returned.parent)
    [note] = team.table("Notes reçues").rows
    assert (note["E-mail du juré"], note["Pertinence du besoin"]) == (ANNA, 3)


def test_a_second_run_writes_nothing_and_a_dry_run_tells_the_digest(team):
    told = json.loads(run(team, "jury", "ballots", "--to", "g", "--dry-run", "--format", "json").out)
    said = [one["new"] for one in told["changes"] if one["tab"] == "Grilles"]
    files = make(team)
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in files.values()} <= {*said}
    before = team.bytes
    run(team, "jury", "ballots", "--to", "g")
    fill(files[ANNA], 2)
    run(team, "jury", "ballots", "--to", "g")
    assert team.bytes == before
    again = json.loads(run(team, "jury", "ballots", "--to", "g", "--dry-run", "--format", "json").out)
    assert again["changes"] == []


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_file_that_was_filled_where_it_lies_before_it_was_recorded_is_joined_as_it_was_made(team, post):
    lock_of(team).write_text(",anna,poste,,;", encoding="utf-8")
    assert team.run("jury", "ballots", "--to", "g").code == 1
    lock_of(team).unlink()
    blank = Path("g/grille-anna.xlsx").read_bytes()
    fill(Path("g/grille-anna.xlsx"), 3)
    make(team)
    team.tick(INVITED)
    assert team.send(1).code == 0
    assert files_in(post.received[0].message)[0][2] == blank


@pytest.mark.slow
def test_a_grille_made_again_after_its_approval_waits_for_another(team, post):
    make(team)
    team.tick(INVITED)
    team.type_in("Candidatures", {("4512000", "Nom du projet"): "Un autre nom"})
    files = make(team)
    assert (team.states[INVITED], team.states[f"{INVITED}.v2"]) == ("Obsolète", "À valider")
    assert team.send(0).code == 0
    assert post.received == []
    team.tick(f"{INVITED}.v2")
    assert team.send(1).code == 0
    assert files_in(post.received[0].message)[0][2] == files[ANNA].read_bytes()


@pytest.mark.slow
def test_one_of_which_only_the_file_changed_says_so(team):
    make(team)
    team.type_in("Candidatures", {("4512000", "Questions de présélection"): "Combien de personnes ?"})
    make(team)
    assert team.states[f"{INVITED}.v2"] == "À valider"
    assert "Le fichier joint, grille-anna.xlsx, a été refait." in team.said(f"{INVITED}.v2")


def altered(team, path):
    fill(path, 4)


def deleted(team, path):
    path.unlink()


def exchanged(team, path):
    """Somebody gave it the grille of another juror."""
    shutil.copy(path.with_name("grille-boris.xlsx"), path)


@pytest.mark.slow
@pytest.mark.parametrize("happens", first(1, [altered, deleted, exchanged]))
def test_what_becomes_of_the_file_where_it_was_made_changes_nothing_of_what_leaves(team, post, happens):
    files = make(team)
    approved = files[ANNA].read_bytes()
    team.tick(*BOTH)
    happens(team, files[ANNA])
    assert team.send(2).code == 0
    [received] = post.of(ANNA)
    assert files_in(received.message) == [(TYPE, "grille-anna.xlsx", approved)]


def copies_of(team, path):
    """What this machine keeps of a file that it made."""
    return [*team.state.versions.glob(f"{path.stem}.*")]


def on_another_machine(team, path):
    for copy in copies_of(team, path):
        copy.unlink()


def made_again_elsewhere(team, path):
    """Another machine made it again; this one only has the file that it made itself."""
    here = copies_of(team, path)
    team.type_in("Candidatures", {("4512000", "Questions de présélection"): "Combien de personnes ?"})
    make(team)
    for copy in {*copies_of(team, path)} - {*here}:
        copy.unlink()
    team.tick(*(one for one in team.states if one.endswith(".v2")))


def damaged(team, path):
    for copy in copies_of(team, path):
        copy.write_bytes(copy.read_bytes() + b"\0")


@pytest.mark.slow
@pytest.mark.parametrize("happens", first(1, [on_another_machine, made_again_elsewhere, damaged]))
def test_a_file_of_which_this_machine_has_no_copy_keeps_its_e_mail_and_no_other(team, post, happens):
    files = make(team)
    team.tick(*BOTH)
    happens(team, files[ANNA])
    done = team.send(1)
    assert {person for one in post.received for person in one.people} == {BORIS}
    assert done.code == 0
    [said] = [line for line in plain(done.err).splitlines() if INVITED in line and "Bloqué" in line]
    assert "cette machine n’a pas de copie" in said
    assert "grille-anna.xlsx" in said
    assert f"« eig-sheets jury ballots --to DOSSIER --for {ANNA} »" in said

    make(team, "nouveau", "--for", ANNA)
    newest = max((one for one in team.states if one.startswith(INVITED)), key=len)
    team.tick(newest)
    assert team.send(1).code == 0
    [received] = post.of(ANNA)
    assert files_in(received.message)[0][2] == Path("nouveau/grille-anna.xlsx").read_bytes()


@pytest.mark.slow
def test_a_copy_that_is_lost_during_a_send_is_a_refusal_and_the_e_mail_can_leave_later(team, post):
    files = make(team)
    team.tick(*BOTH)
    content = files[BORIS].read_bytes()
    [copy] = copies_of(team, files[BORIS])
    post.when[1] = copy.unlink
    done = team.send(2)
    assert done.code == 1
    assert [one.people for one in post.received] == [(ANNA,)]
    assert (team.states[INVITED], team.states[OTHER]) == ("Envoyé", "Échec")
    assert "cette machine n’a pas de copie" in team.said(OTHER)
    copy.write_bytes(content)
    assert team.send(1).code == 0
    [received] = post.of(BORIS)
    assert files_in(received.message)[0][2] == content


@pytest.mark.slow
def test_rehearsals_drafts_and_previews_have_the_file(team, post):
    files = make(team)
    team.tick(*BOTH)
    assert "Pièce jointe : grille-anna.xlsx" in plain(run(team, "emails", "show", INVITED).out)
    listed = {one["id"]: one["attachments"] for one in run(team, "emails", "list", "--format", "json").records}
    assert (listed[INVITED], listed[OTHER]) == (["grille-anna.xlsx"], ["grille-boris.xlsx"])
    done = team.send(2, "--redirect-all-to", "moi@example.org")
    assert (done.code, "— avec grille-anna.xlsx" in plain(done.err)) == (0, True)
    assert files_in(post.received[0].message)[0][2] == files[ANNA].read_bytes()
    on_another_machine(team, files[BORIS])
    told = run(team, "emails", "draft", "--to", "eml", "--template", "invitation_jury").err
    assert f"Bloqué, ne part pas : {OTHER}." in plain(told)
    [path] = Path("brouillons").glob("*.eml")
    draft = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert files_in(draft) == [(TYPE, "grille-anna.xlsx", files[ANNA].read_bytes())]
    assert "<dt>Pièces jointes</dt><dd>grille-anna.xlsx</dd>" in Path("brouillons/index.html").read_text("utf-8")


@pytest.mark.slow
def test_the_nightly_send_leaves_out_who_lacks_theirs(team, post):
    files = make(team)
    team.tick(*BOTH)
    run(team, "sync")
    team.set_config("nightly_send = false", "nightly_send = true")
    on_another_machine(team, files[ANNA])
    done = run(team, "sync")
    assert f"Bloqué, ne part pas : {INVITED}." in plain(done.err)
    assert [one.people for one in post.received] == [(BORIS,)]


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_workbook_that_cannot_be_written_loses_no_file(team):
    lock_of(team).write_text(",anna,poste,,;", encoding="utf-8")
    done = team.run("jury", "ballots", "--to", "g")
    assert done.code == 1
    assert len([*Path("g").iterdir()]) == 2
    assert "mais le classeur ne le dit pas encore" in plain(done.err)
    lock_of(team).unlink()
    make(team)
    assert len(team.table("Grilles").rows) == 2
