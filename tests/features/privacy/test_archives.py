"""`archives`: what may go and what must stay is told; what goes is ours or has its visa; the ranking still verifies."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from eig_sheets import loading
from eig_sheets.call.jury.files_ballots import Ballot, BallotLog
from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.campaign.reading import read
from eig_sheets.documents.checksum import is_unchanged
from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.features.privacy.files_records import RankingRecords
from eig_sheets.features.privacy.files_texts import texts_in
from eig_sheets.features.privacy.rules import NAMES
from eig_sheets.storage import regular_files
from eig_sheets.storage.database import LedgerError
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.records import FILE
from tests.call.jury.returned import Mailbox, free_pairs, page, scores
from tests.clock import today
from tests.effort import first
from tests.features.privacy.archived import ID, JUROR, add_page, age, files, finish, run
from tests.said_of_people import names_in
from tests.storage.stored_records import put, stored

pytestmark = pytest.mark.in_memory


def over_in(demo, monkeypatch):
    """The demonstration, whose call is over, in its own folder."""
    monkeypatch.chdir(demo.folder)
    finish(demo)
    return demo


@pytest.fixture
def over(demo, monkeypatch):
    return over_in(demo, monkeypatch)


def listed(campaign, *arguments):
    return {
        (item["id"], item["goes"]): item
        for item in run(campaign, "archives", "list", "--format", "json", *arguments).records
    }


def test_each_thing_says_whether_it_goes_and_why(over):
    items = listed(over)
    assert {key for key in items if key[1]} == {
        ("etat", True), ("envois", True), ("pages_jures", True), ("versions", True), ("brouillons", True),
        ("pages_reunion", True),
    }  # fmt: skip
    assert (items["pages_jures", True]["count"], items["pages_jures", True]["due"]) == (3, "2023-07-12")
    assert "à porter au bordereau" in items["pages_jures", True]["reason"].replace("\u202f", " ")
    assert items["versions", False]["reason"].startswith("À garder jusqu’au")
    assert items["brouillons", False]["reason"].startswith("Ce fichier n’est pas, ou plus,")
    assert "archive définitive" in items["proces_verbal", False]["reason"]


def test_pages_on_candidates_are_listed_whether_or_not_the_program_has_candidates(over):
    add_page(over, 9, of_candidates=True)
    filled = over.folder / "grille.xlsx"
    filled.write_bytes(b"rempli")
    made = Ballot(JUROR, PageKind.CANDIDATES, str(filled), "0" * 64, "2021-06-01T10:00:00")
    BallotLog(over.state.folder, str(over.workbook)).add([made])
    counts = {name: item["count"] for (name, _), item in listed(over).items()}
    assert sum(count for name, count in counts.items() if name.startswith("pages_jures")) == 4
    assert [count for name, count in counts.items() if name in ("grilles", "grilles_talents")] == [1]


@pytest.mark.slow
def test_people_read_days_as_they_write_them(over):
    for command in ("list", "cells"):
        shown, told = run(over, "archives", command).out, run(over, "archives", command, "--format", "json").out
        assert re.findall(r"\d{4}-\d\d-\d\d", told)
        assert re.findall(r"\d{4}-\d\d-\d\d", shown) == []
        assert re.findall(r"\d\d/\d\d/\d{4}", shown)


@pytest.mark.slow
def test_without_a_period_nothing_ever_goes(over):
    text = over.config.read_text(encoding="utf-8")
    without, count = re.subn(r"\[retention\.\w+\](?:.*\n){3}", "", text)
    assert count == len(NAMES)
    over.config.write_text(without, encoding="utf-8")
    assert [key for key in listed(over) if key[1]] == []
    assert "[retention.copies]" in listed(over)["versions", False]["reason"]


@pytest.mark.slow
def test_what_is_asked_before_anything_is_erased_changes_nothing(over):
    before = files(over)
    for command in (("list",), ("register",), ("purge", "--dry-run"), ("bordereau", "--dry-run"), ("verify",)):
        assert run(over, "archives", *command).code == 0
    assert files(over) == before


@pytest.mark.slow
def test_a_purge_erases_our_due_copies_exactly(over):
    before = files(over)
    told = {
        item["item"].rpartition("/")[2]
        for item in run(over, "archives", "purge", "--dry-run", "--format", "json").records
    }
    assert told == {
        "etat.sqlite3", "envois.sqlite3", "campagne.20220801-120000-000000.abcdef012345.xlsx", "a.eml", "index.html",
    }  # fmt: skip
    assert run(over, "archives", "purge").code == 0
    gone = {name.rpartition("/")[2] for name in before.keys() - files(over).keys()}
    assert gone == {"campagne.20220801-120000-000000.abcdef012345.xlsx", "a.eml", "index.html"}
    for name in ("etat.sqlite3", "envois.sqlite3"):
        assert not any("ventadour" in text for _, text in texts_in(over.state.folder / name))
        assert b"ventadour" not in (over.state.folder / name).read_bytes()
    assert run(over, "archives", "purge", "--format", "json").records == []
    [kept] = RankingRecords(over.state.folder, str(over.workbook)).contents()
    assert kept["ranking"]


def test_after_a_purge_an_e_mail_that_left_is_still_refused(over):
    run(over, "archives", "purge")
    ledger = Ledger(over.state.folder, str(over.workbook))
    with pytest.raises(LedgerError, match="déjà parti"):
        ledger.record_intent(Delivery(ID, "remerciement_jure", None, "smtp", Stage.INTENDED, "", datetime(2026, 1, 1)))


@pytest.mark.slow
def test_after_a_purge_the_workbook_has_nothing_to_change_and_no_envoi_is_unknown(over):
    over.run("sync")
    cells = over.read().tabs
    run(over, "archives", "purge")
    assert over.run("sync").code == 0
    assert over.read().tabs == cells
    assert over.run("state", "adopt").code == 0
    assert not any("ventadour" in text for _, text in texts_in(over.state.folder / "envois.sqlite3"))


@pytest.mark.slow
def test_after_a_purge_what_envois_says_left_stops_no_other_e_mail(over):
    """As it would on a machine that never knew of it: the digests say that this one does."""
    sent = over.run("emails", "list", "--format", "json").records[0]
    delivery = Delivery(sent["id"], sent["template"], sent["dossier"], "smtp", Stage.SENT, "", datetime(2021, 5, 10))
    Ledger(over.state.folder, str(over.workbook)).record_outcomes(delivery)
    over.run("sync")
    assert run(over, "archives", "purge").code == 0
    said = run(over, "emails", "send", "--confirm", "0").err
    assert "state adopt" not in said
    assert said


def test_a_day_that_is_not_today_erases_nothing(over):
    before = files(over)
    for command in (("purge",), ("bordereau",), ("erase", "BE-1", "--visa", "1", "--visa-date", "2026-01-01")):
        done = over.run("archives", *command)
        assert done.code == 1
        assert "--today" in done.err
    assert files(over) == before


def slip(campaign, *arguments):
    """The reference of a bordereau that was just made."""
    done = run(campaign, "archives", "bordereau", "--format", "json", *arguments)
    assert done.code == 0, done.err
    return done.err.replace("\u202f", " ").partition("Bordereau ")[2].partition(" ")[0]


def erase(campaign, reference, *arguments, visa="AN 2027-12"):
    return run(campaign, "archives", "erase", reference, "--visa", visa, "--visa-date", today().isoformat(), *arguments)


def test_the_bordereau_tells_categories_days_periods_and_names_nobody(over):
    over.set_config('service = ""', 'service = "DINUM"')
    reference = slip(over)
    data = (over.folder / "bordereau-elimination.docx").read_bytes()
    made = Document(io.BytesIO(data))
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert [row[2:4] for row in rows[1:]] == [["01/08/2022", "3"], ["01/08/2022", "1"]]
    assert {row[5] for row in rows[1:]} == {"12 mois après la fin de la campagne"}
    assert all("hypothèse" in row[6] for row in rows[1:])
    text = "\n".join([*(paragraph.text for paragraph in made.paragraphs), *(cell for row in rows for cell in row)])
    assert reference in text
    assert "Service producteur : DINUM" in text.replace("\u202f", " ")
    assert "L. 212-2" in text.replace("\u00a0", " ")
    assert (names_in(text), JUROR in text) == ([], False)
    assert is_unchanged(data)
    assert slip(over) == reference  # nothing changed: the same list


@pytest.mark.slow
def test_nothing_due_is_no_bordereau(demo, monkeypatch):
    monkeypatch.chdir(demo.folder)
    done = run(demo, "archives", "bordereau")
    assert (done.code, done.out) == (1, "")
    assert not (demo.folder / "bordereau-elimination.docx").exists()


@pytest.mark.slow
def test_under_its_visa_exactly_what_was_listed_goes_and_the_ranking_verifies(over):
    ranks = over.run("rank", "--format", "json").out
    minutes = (over.folder / "proces-verbal.docx").read_bytes()
    reference = slip(over)
    later = add_page(over, 7)  # came after the list
    done = erase(over, reference, "--confirm", "4", "--format", "json")
    assert (done.code, len(json.loads(done.out))) == (0, 4)
    assert "4 éléments éliminés sous le visa AN 2027-12." in done.err
    kept = PageStore(over.state.folder, str(over.workbook)).kept()
    assert [page.digest for page in kept.pages] == [later]
    assert not (over.folder / "rapport-jury.html").exists()
    assert (over.folder / "proces-verbal.docx").read_bytes() == minutes
    assert over.run("rank", "--format", "json").out == ranks
    verified = run(over, "archives", "verify", "--format", "json")
    assert (verified.code, [record["different"] for record in verified.records]) == (0, [[]])
    assert PageStore(over.state.folder, str(over.workbook)).content(f"{0:064x}") is None
    again = erase(over, reference, "--confirm", "4")
    assert (again.code, "déjà exécuté" in again.err) == (1, True)


@pytest.mark.slow
def test_notes_that_pages_brought_still_count_once_the_pages_are_gone(demo, tmp_path, monkeypatch):
    monkeypatch.chdir(demo.folder)
    demo.set_config("months = 60", "months = 12")
    mailbox = Mailbox(tmp_path / "pages")
    juror, numero = free_pairs(read(demo.read(), loading.load(demo.config)))[0]
    mailbox.put("a.xlsx", page(juror, {numero: scores(4, 3.5, 3.75, 4, 3.6)}))
    assert demo.run("jury", "collect", mailbox.folder).code == 0
    demo.run("sync")
    ranks, notes = demo.run("rank", "--format", "json").out, demo.read().tab("Notes reçues")
    reference = slip(demo)
    assert erase(demo, reference, "--confirm", "1").code == 0
    assert PageStore(demo.state.folder, str(demo.workbook)).kept().pages == ()
    assert demo.run("sync").code == 0
    assert demo.read().tab("Notes reçues") == notes
    assert demo.run("rank", "--format", "json").out == ranks
    assert run(demo, "archives", "verify").code == 0


@pytest.mark.slow
def test_what_was_erased_is_not_on_the_disk_any_more(over):
    erase(over, slip(over), "--confirm", "4")
    assert b"ventadour" not in (over.state.folder / "grilles.sqlite3").read_bytes()
    assert b"ventadour" not in (over.state.folder / FILE).read_bytes()
    assert json.loads(stored(over.state.folder, "eliminations"))[0]["items"] == []


@pytest.mark.slow
def test_a_page_that_changed_since_the_list_stays_and_is_said(over):
    reference = slip(over)
    page = over.folder / "rapport-jury.html"
    page.write_bytes(b"annotated by the president")
    done = erase(over, reference, "--confirm", "4")
    assert (done.code, page.read_bytes()) == (0, b"annotated by the president")
    assert "3 éléments éliminés sous le visa AN 2027-12. 1 élément reste, changé depuis le bordereau." in done.err


def refusals(reference):
    return {
        "an unknown list": ("BE-0", "AN", "--confirm", "4"),
        "another number": (reference, "AN", "--confirm", "3"),
        "no number": (reference, "AN"),
        "a visa without a reference": (reference, " ", "--confirm", "4"),
    }


@pytest.mark.parametrize("what", first(1, refusals("")))
def test_anything_else_erases_nothing(over, what):
    reference, visa, *arguments = refusals(slip(over))[what]
    before = files(over)
    done = erase(over, reference, *arguments, visa=visa)
    assert done.code in (1, 2)
    assert files(over) == before


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01"])
def test_a_visa_comes_after_its_list_and_not_after_today(over, day):
    reference, before = slip(over), files(over)
    done = run(over, "archives", "erase", reference, "--visa", "1", "--visa-date", day, "--confirm", "4")
    assert done.code == 1
    assert "Corrigez --visa-date" in done.err
    assert files(over).keys() == before.keys()


@pytest.mark.slow
def test_a_list_that_somebody_changed_after_its_bordereau_is_not_the_one_of_the_visa(over):
    reference = slip(over)
    contents = json.loads(stored(over.state.folder, "eliminations"))
    minutes = over.folder / "proces-verbal.docx"
    contents[0]["items"][-1] |= {"key": str(minutes), "digest": ""}
    put(over.state.folder, "eliminations", json.dumps(contents))
    before = files(over)
    for arguments in (("--confirm", "4"), ("--dry-run",)):
        done = erase(over, reference, *arguments)
        assert (done.code, "n’est plus celle" in done.err) == (1, True)
    assert files(over) == before


@pytest.mark.slow
def test_a_folder_in_the_place_of_a_page_stays_and_the_rest_goes(over):
    reference = slip(over)
    page = over.folder / "rapport-jury.html"
    page.unlink()
    page.mkdir()
    done = erase(over, reference, "--confirm", "4")
    assert (done.code, page.is_dir()) == (0, True), done.err
    assert "1 élément reste, changé depuis le bordereau." in done.err


@pytest.mark.slow
def test_a_damaged_ranking_is_told(over):
    run(over, "archives", "purge")
    kept = stored(over.state.folder, "classement_pseudonyme")
    put(over.state.folder, "classement_pseudonyme", kept.replace('"rank": 1,', '"rank": 2,'))
    done = run(over, "archives", "verify")
    assert done.code == 1
    assert "ne prouve plus rien" in done.err.replace("\u202f", " ")


@pytest.mark.slow
def test_the_night_erases_old_copies_and_leaves_what_it_remembers(over):
    before = files(over)
    done = run(over, "sync")
    assert done.code == 0
    assert "3 copies du robot effacées" in done.err
    gone = {name for name in before if name not in files(over)}
    assert {name.rpartition("/")[2] for name in gone} == {
        "campagne.20220801-120000-000000.abcdef012345.xlsx", "a.eml", "index.html",
    }  # fmt: skip
    assert over.state.remembers()


@pytest.mark.slow
def test_a_file_that_cannot_be_read_is_not_erased_and_stops_nothing(over, monkeypatch):
    draft, read = over.folder / "brouillons" / "a.eml", regular_files.read_bytes

    def refused(path, *rest, **named):
        if path == draft:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path, *rest, **named)

    monkeypatch.setattr(regular_files, "read_bytes", refused)
    assert ("brouillons", False) in listed(over)
    assert "2 copies du robot effacées" in run(over, "sync").err
    assert draft.exists()


@pytest.mark.slow
def test_what_is_behind_a_link_to_another_folder_is_not_ours_to_erase(over, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    draft = elsewhere / "a.eml"
    draft.write_bytes((over.folder / "brouillons" / "a.eml").read_bytes())
    age(draft)
    (over.folder / "brouillons-2022").symlink_to(elsewhere, target_is_directory=True)
    run(over, "sync")
    run(over, "archives", "purge")
    assert draft.exists()


@pytest.mark.slow
def test_what_keeps_copies_from_being_erased_stops_no_night(over):
    damaged = over.state.folder / f"grilles{over.state.file_ending}"
    damaged.write_text("[", encoding="utf-8")
    done = run(over, "sync")
    assert done.code == 0
    assert "n’ont pas été effacées (LedgerError)" in done.err


@pytest.mark.slow
def test_another_day_s_night_erases_nothing(over):
    before = files(over).keys()
    assert over.run("--today", "2040-01-01", "sync").code == 0
    assert before <= files(over).keys()


@pytest.mark.slow
def test_a_grille_that_nobody_filled_is_ours_and_a_filled_one_is_the_juror_s(over):
    run(over, "jury", "ballots", "--to", "grilles", "--for", JUROR)
    [grille] = (over.folder / "grilles").iterdir()
    assert listed(over)["grilles_vierges", True]["count"] == 1
    age(grille).write_bytes(grille.read_bytes() + b"filled")
    items = listed(over)
    assert (items["grilles", False]["count"], ("grilles_vierges", True) in items) == (1, False)
    run(over, "archives", "purge")
    assert grille.exists()


@pytest.mark.slow
def test_a_purge_that_stops_at_a_grille_still_knows_it_the_next_time(over, monkeypatch):
    """The register of grilles is what tells a grille that nobody filled: it goes after them."""
    run(over, "jury", "ballots", "--to", "grilles", "--for", JUROR)
    [grille] = (over.folder / "grilles").iterdir()
    unlink = Path.unlink

    def refused(path, **options):
        if path.suffix == ".xlsx" and path.parent.name == "grilles":
            raise PermissionError(13, "Permission denied")
        unlink(path, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        stopped = run(over, "archives", "purge")
    assert (stopped.code, "Traceback" in stopped.err) == (1, False)
    assert grille.exists()
    assert run(over, "archives", "purge").code == 0
    assert not grille.exists()
    assert BallotLog(over.state.folder, str(over.workbook)).ballots() == {}
