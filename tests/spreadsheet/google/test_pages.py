"""Jurors' pages on Google: made where they may be, shared with one address, brought up to date, read back."""

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.page_update import RearrangedError, is_blank
from eig_sheets.spreadsheet.forms import Look, Reader
from eig_sheets.spreadsheet.google.forms import _LOOKS
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.world import permission
from tests.spreadsheet.google.pages_desk import (
    ADA,
    DIRECTOR,
    FIRST,
    PAGE,
    SECOND,
    THIRD,
    JurorsPage,
    logged_in,
    pages_in,
    shared_folder,
    with_dossiers,
)
from tests.test_sheets_server.clients import Api


@pytest.fixture
def pages(google):
    made = pages_in(google, shared_folder(google).id)
    made.check()
    return made


@pytest.fixture
def juror(google, pages) -> JurorsPage:
    return JurorsPage.made(google, pages)


def test_every_look_of_a_page_has_its_format():
    assert {*Look} == {*_LOOKS}


def test_a_new_page_is_blank_found_again_and_shared_with_nobody_more(google, pages):
    assert pages.readers() == (Reader(DIRECTOR, "organizer"),)
    made = pages.create("Grille d’Ada", "clé")
    assert pages.pages() == [made]
    assert (made.key, is_blank(pages.read(made)), pages.readers_of(made)) == ("clé", True, ())


def test_pages_of_another_campaign_are_not_ours(google):
    folder = shared_folder(google).id
    other = pages_in(google, folder)
    other._campaign = "EIG6"
    other.create("Grille d’Ada", "clé")
    assert pages_in(google, folder).pages() == []


def test_a_page_is_shared_with_one_address_and_nobody_is_told(google, juror):
    google.world.notified.clear()
    juror.pages.share(juror.page, "blaise@example.org")
    assert juror.pages.readers_of(juror.page) == (Reader(ADA, "writer"), Reader("blaise@example.org", "writer"))
    assert google.world.notified == []


def test_what_a_juror_types_is_read_back(juror):
    juror.answer("4512301", "pertinence", "3,5")
    juror.answer("4512301", "definition", "NSP")
    juror.answer("4512301", "commentaire", "Utile ; à suivre")
    juror.answer("4512302", "deport", "oui")
    assert juror.received.problems == ()
    assert juror.answers == {
        "4512301": {"pertinence": 3.5, "definition": "NSP", "commentaire": "Utile ; à suivre"},
        "4512302": {"deport": "oui"},
    }


def test_a_juror_fills_what_is_to_be_filled_and_nothing_else(google, juror):
    api = Api(google, juror.page.id, ADA)

    def typed(cell: str) -> int:
        body = {"values": [["4"]]}
        path = f"/values/Grille!{cell}"
        return api.call("PUT", path, body, valueInputOption="USER_ENTERED").status_code

    answers = {cell.split("!")[1] for row in juror.received.rows for cell in row.cells.values()}
    assert {typed(cell) for cell in answers} == {200}
    height = len(juror.shown)
    others = {f"{column}{row}" for row in range(1, height + 1) for column in "ABCDEF"} - answers
    assert {typed(cell) for cell in sorted(others)[::7]} == {400}
    assert api.call("PUT", "/values/_eig!A2", {"values": [["4"]]}, valueInputOption="RAW").status_code == 400


def test_a_page_that_is_as_it_should_be_is_not_written(google, juror):
    juror.answer("4512301", "pertinence", "3,5")
    google.script.post([])
    assert not juror.refresh(PAGE)
    assert [call.method for call in google.script.calls] == ["GET"]


def test_what_describes_a_dossier_changes_and_answers_stay(juror):
    juror.answer("4512301", "pertinence", "3,5")
    before = juror.filled()
    assert juror.refresh(with_dossiers(replace(FIRST, projet="Un autre nom", version="v9"), SECOND))
    assert juror.filled() == before
    assert ["Un autre nom", "à compléter"] in juror.shown
    assert [row.version for row in juror.received.rows] == ["v9", "v2"]


def test_a_new_dossier_is_added_at_the_end_whatever_its_number(juror):
    juror.answer("4512301", "pertinence", "3,5")
    juror.answer("4512302", "definition", "2")
    assert juror.refresh(with_dossiers(replace(THIRD, numero="1"), FIRST, SECOND))
    assert juror.received.problems == ()
    assert juror.answers == {"4512301": {"pertinence": 3.5}, "4512302": {"definition": 2.0}, "1": {}}
    assert ["3 sur 3 à noter"] in [row[:1] for row in juror.shown]
    juror.answer("1", "pertinence", "4")
    assert juror.answers["1"] == {"pertinence": 4.0}


def test_a_juror_fills_the_dossiers_that_were_added_too(google, juror):
    juror.refresh(with_dossiers(FIRST, SECOND, THIRD))
    api = Api(google, juror.page.id, ADA)
    path = f"/values/{juror.cell('4512303', 'pertinence')}"
    assert api.call("PUT", path, {"values": [["4"]]}, valueInputOption="USER_ENTERED").status_code == 200


@pytest.mark.parametrize("wanted", [(replace(FIRST, recused=True), SECOND), (SECOND,)], ids=["recused", "not theirs"])
def test_a_dossier_that_is_not_to_be_noted_any_more_goes_blank_and_its_notes_stay(juror, wanted):
    juror.answer("4512301", "pertinence", "3,5")
    before = juror.filled()
    assert juror.refresh(with_dossiers(*wanted))
    assert juror.answers == {"4512302": {}}
    texts = [row[0] for row in juror.shown if row]
    assert "Projet 1" not in texts
    assert "Un résumé" in texts  # the other dossier's
    assert texts.count("Un résumé") == 1
    assert juror.refresh(PAGE)
    assert (juror.filled(), juror.answers) == (before, {"4512301": {"pertinence": 3.5}, "4512302": {}})


def test_a_later_deadline_is_shown(juror):
    assert juror.refresh(replace(PAGE, deadline=datetime(2021, 5, 6, 18)))
    assert "jeudi 6 mai 2021" in juror.shown[5][0]


def test_nothing_is_added_to_a_page_whose_lines_moved(juror):
    juror.edit("insert_row", tab="Grille", at=12)
    with pytest.raises(RearrangedError):
        juror.refresh(with_dossiers(FIRST, SECOND, THIRD))


def test_a_page_written_twice_is_written_once(google, juror):
    snapshot = juror.pages.read(juror.page)
    google.script.post([{"on_call": 2, "fault": {"kind": "delivered_twice"}}])
    with pytest.raises(WorkbookError):  # the second fails whole
        juror.refresh(with_dossiers(FIRST, SECOND, THIRD))
    assert not juror.refresh(with_dossiers(FIRST, SECOND, THIRD))
    assert len(juror.shown) == len(form_of(with_dossiers(FIRST, SECOND, THIRD)).page.rows) - 1  # the last one is blank
    assert snapshot.version != juror.pages.read(juror.page).version


def test_a_lost_answer_leaves_a_page_that_the_next_run_finds(google, pages):
    google.script.post([{"on_call": 1, "fault": {"kind": "drop_after_apply"}}])
    with pytest.raises(WorkbookError, match="peut-être eu lieu"):
        pages.create("Grille d’Ada", "clé")
    assert [page.key for page in pages.pages()] == ["clé"]


def test_a_service_account_without_a_folder_says_so_before_anything_is_made(google):
    with pytest.raises(WorkbookError, match="ne lui laisse posséder aucun fichier") as refused:
        pages_in(google, "").check()
    assert "--to DOSSIER" in str(refused.value)
    assert google.script.calls == []


@pytest.mark.parametrize(
    ("members", "message"),
    [({}, "ne montre à"), ({EMAIL: "reader"}, "ne peut rien créer dans le dossier")],
    ids=["not seen", "read only"],
)
def test_a_folder_that_is_not_the_robots_to_fill(google, members, message):
    folder = google.world.add_folder("Jury", google.world.add_drive("Équipe", members))
    with pytest.raises(WorkbookError, match=message):
        pages_in(google, folder.id).check()


def test_a_folder_that_is_no_shared_drives_and_a_file_for_a_folder(google):
    folder = google.world.add_folder("Jury", None, {EMAIL: "writer"})
    with pytest.raises(WorkbookError, match="n’est pas dans un Drive partagé"):
        pages_in(google, folder.id).check()
    with pytest.raises(WorkbookError, match="est un fichier de Google Drive"):
        pages_in(google, google.spreadsheet_id).check()


@pytest.mark.parametrize(("closed", "why"), [("without_account", "aucun compte Google"), ("closed_to", "organization")])
def test_an_address_that_drive_does_not_share_with(google, pages, closed, why):
    made = pages.create("Grille", "clé")
    getattr(google.world, closed).add("autre@example.org")
    with pytest.raises(WorkbookError, match=why) as refused:
        pages.share(made, "autre@example.org")
    assert "autre@example.org" in str(refused.value)
    assert pages.readers_of(made) == ()
    getattr(google.world, closed).clear()


def test_a_person_makes_pages_in_their_own_drive_with_the_least_scope(google, tmp_path):
    login = tmp_path / "login.json"
    google.accounts.write_login_file(login, "anne@example.org", "drive.file")
    with logged_in(google):
        pages = pages_in(
            google, "", {"GOOGLE_APPLICATION_CREDENTIALS": str(login), "EIG_SHEETS_API_ENDPOINT": google.url}
        )
        pages.check()
        juror = JurorsPage.made(google, pages)
        juror.answer("4512301", "pertinence", "4")
        assert ([page.id for page in pages.pages()], juror.answers["4512301"]) == ([juror.page.id], {"pertinence": 4.0})
        assert pages.readers_of(juror.page) == (Reader(ADA, "writer"),)
        api = Api(google, juror.page.id, ADA)
        assert api.call("PUT", "/values/_eig!A2", {"values": [["4"]]}, valueInputOption="RAW").status_code == 400


def test_a_login_without_the_right_to_make_files(google, tmp_path):
    login = tmp_path / "login.json"
    google.accounts.write_login_file(login, "anne@example.org", "spreadsheets")
    with logged_in(google):
        pages = pages_in(
            google, "", {"GOOGLE_APPLICATION_CREDENTIALS": str(login), "EIG_SHEETS_API_ENDPOINT": google.url}
        )
        with pytest.raises(WorkbookError, match="auth/drive"):
            pages.pages()


def test_a_member_of_the_drive_is_named_once(google, pages):
    made = pages.create("Grille", "clé")
    google.world.files[made.id].permissions.append(permission("user", "writer", DIRECTOR))
    assert pages.readers_of(made) == ()
