"""`jury ballots --share`: one Google Sheet a juror, made, shared, and brought up to date, whatever fails in between."""

import json
import shutil
from dataclasses import dataclass, replace
from itertools import product

import pytest

from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.forms import OnlinePage
from tests.columns import cell_of
from tests.effort import slow, spread
from tests.end_to_end.google.support import JURORS, NUMBERS, Desk
from tests.sheets_server.auth import EMAIL
from tests.sheets_server.control import dump
from tests.sheets_server.people import edited
from tests.spreadsheet.google.pages_desk import pages_in

DIRECTOR = "direction@example.org"
ADA, BLAISE = JURORS


@dataclass
class Jury(Desk):
    """A campaign whose jurors' pages are made in that folder."""

    drive_folder: str = ""


@pytest.fixture
def jury(desk, tmp_path):
    """The campaign, with a folder of a shared drive for the jurors' pages."""
    world = desk.server.world
    folder = world.add_folder("Jury", world.add_drive("Équipe", {EMAIL: "fileOrganizer", DIRECTOR: "organizer"}))
    shutil.copytree(desk.folder / "config", tmp_path / "config")
    path = tmp_path / "config" / "campaign.toml"
    text = path.read_text("utf-8")
    assert "\nreads = 4 " in text
    path.write_text(text.replace("\nreads = 4 ", f'\ndrive_folder = "{folder.id}"\nreads = 4 '), "utf-8")
    yield Jury(desk.server, tmp_path, desk.state, desk.advised, drive_folder=folder.id)
    world.without_account.clear()


def share(desk: Jury, *arguments, **how):
    return desk.run("jury", "ballots", "--share", "--yes", *arguments, **how)


def states(desk: Jury, *arguments):
    outcome = share(desk, *arguments, "--format", "json")
    return {one["juror"]: (one["state"], one["shared"]) for one in json.loads(outcome.out)["ballots"]}


def files_of(desk: Jury):
    """The pages that are on Drive: whom each is shared with by the id of the file."""
    found = [file for file in desk.server.world.files.values() if file.parents == [desk.drive_folder]]
    return {file.id: [one["emailAddress"] for one in file.permissions] for file in found}


def page_of(desk: Jury, juror: str) -> str:
    return next(file for file, people in files_of(desk).items() if juror in people)


def received(desk: Jury, juror: str):
    pages = pages_in(desk.server, desk.drive_folder, desk.env)
    page = OnlinePage(page_of(desk, juror), "", "", juror)
    return returned_page(pages.read(page), juror, "")


def typed(desk: Jury, juror: str, numero: str, field: str, value) -> None:
    row = next(row for row in received(desk, juror).rows if row.numero == numero)
    tab, cell = row.cells[field].split("!")
    world, page = desk.server.world, page_of(desk, juror)
    world.keep(edited(world.books[page], {"kind": "set", "tab": tab, "cell": cell, "value": value}))
    world.files[page].modified = "2021-05-01T10:00:00.000Z"  # while the jury scores


def tab_of(desk: Jury, title: str):
    return next((tab for tab in dump(desk.book)["tabs"] if tab["title"] == title), None)


def posts(desk: Jury) -> int:
    return sum(method == "POST" for method, _, _ in desk.calls)


@pytest.mark.slow
def test_each_juror_has_a_page_that_they_alone_open_and_nobody_is_told(jury):
    outcome = share(jury)
    assert outcome.code == 0
    assert DIRECTOR in outcome.err
    assert sorted(files_of(jury).values()) == [[ADA], [BLAISE]]
    assert jury.server.world.notified == []
    assert [row.numero for row in received(jury, ADA).rows] == [*NUMBERS]
    links = [row[3] for row in tab_of(jury, "Grilles")["values"] if row[0] in JURORS]
    assert [link.split("/")[5] for link in links] == [page_of(jury, juror) for juror in JURORS]


@pytest.mark.slow
def test_a_second_run_and_a_sync_write_nothing(jury):
    share(jury)
    assert states(jury) == dict.fromkeys(JURORS, ("inchangée", True))
    assert posts(jury) == 0
    jury.sync()
    jury.sync()
    assert jury.written == 0


@pytest.mark.slow
def test_a_dry_run_makes_nothing_and_says_every_cell(jury):
    before = jury.book
    outcome = share(jury, "--dry-run", "--format", "json")
    changes = json.loads(outcome.out)["changes"]
    assert (outcome.code, posts(jury), files_of(jury), jury.book) == (0, 0, {}, before)
    assert {change["old"] for change in changes} == {None}
    assert [change["new"] for change in changes if change["tab"].endswith("– Grille")].count("4512301 – Projet 1") == 2


@pytest.mark.slow
def test_without_a_yes_nothing_is_made(jury):
    outcome = jury.run("jury", "ballots", "--share")
    assert (outcome.code, files_of(jury)) == (2, {})
    assert "--yes" in outcome.err


@pytest.mark.slow
def test_another_machine_finds_the_pages(jury, tmp_path):
    share(jury)
    elsewhere = replace(jury, state=tmp_path / "elsewhere")
    assert states(elsewhere) == dict.fromkeys(JURORS, ("inchangée", True))
    assert posts(elsewhere) == 0


@pytest.mark.slow
def test_a_dossier_that_changed_and_a_new_recusal_reach_the_page_and_notes_stay(jury):
    share(jury)
    typed(jury, ADA, "4512301", "pertinence", "3,5")
    typed(jury, ADA, "4512302", "commentaire", "À revoir")
    at = next(place for place, row in enumerate(tab_of(jury, "Candidatures")["values"], 1) if row[:1] == ["4512302"])
    jury.edit("set", tab="Candidatures", cell=cell_of("candidatures", "projet", at), value="Projet renommé")
    at = next(place for place, row in enumerate(tab_of(jury, "Jury")["values"], 1) if ADA in row)
    jury.edit("set", tab="Jury", cell=cell_of("jury", "deports", at), value="4512301")
    assert states(jury)[ADA] == ("mise à jour", True)
    rows = {row.numero: dict(row.values) for row in received(jury, ADA).rows}
    assert rows == {"4512302": {"commentaire": "À revoir"}, **{one: {} for one in NUMBERS[2:]}}
    shown = [row[0] for row in dump(jury.server.world.books[page_of(jury, ADA)])["tabs"][0]["values"] if row]
    assert ("Projet renommé" in shown, "Projet 1" in shown) == (True, False)


@pytest.mark.slow
def test_an_address_that_nothing_is_shared_with_keeps_no_one_else_from_their_page(jury):
    jury.server.world.without_account.add(ADA)
    outcome = share(jury)
    assert outcome.code == 1
    assert f"La grille de {ADA} n’a pas pu être partagée" in outcome.err
    assert sorted(files_of(jury).values()) == [[], [BLAISE]]
    assert [row[0] for row in tab_of(jury, "Grilles")["values"] if row[0] in JURORS] == [BLAISE]
    jury.server.world.without_account.clear()
    assert states(jury) == {ADA: ("inchangée", True), BLAISE: ("inchangée", True)}


@pytest.mark.slow
def test_a_juror_who_left_keeps_their_page_and_people_are_told(jury):
    share(jury)
    at = next(place for place, row in enumerate(tab_of(jury, "Jury")["values"], 1) if ADA in row)
    page = page_of(jury, ADA)
    jury.edit("delete_row", tab="Jury", at=at)
    outcome = share(jury)
    assert "n’est plus la page d’aucun juré" in outcome.err
    assert page in outcome.err
    assert files_of(jury)[page] == [ADA]


@pytest.mark.slow
def test_a_row_of_grilles_that_somebody_edited_is_put_back(jury):
    share(jury)
    before = tab_of(jury, "Grilles")["values"]
    at = next(place for place, row in enumerate(before, 1) if row[0] == ADA)
    jury.edit("set", tab="Grilles", cell=f"D{at}", value="https://example.org/faux")
    jury.sync()
    assert tab_of(jury, "Grilles")["values"] == before


def test_an_account_that_can_own_no_file_says_so_first(desk):
    outcome = share(desk)
    assert (outcome.code, posts(desk)) == (1, 0)
    assert "jury ballots --to DOSSIER" in outcome.err


FAULTS = ({"kind": "drop_after_apply"}, {"kind": "drop_before_apply"}, {"kind": "status", "status": 503},
          {"kind": "delivered_twice"})  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "place"),
    [(FAULTS[0], 1), *slow(*spread(14, [one for one in product(FAULTS, range(7)) if one != (FAULTS[0], 1)]))],
    ids=lambda one: one["kind"] if isinstance(one, dict) else str(one),
)
def test_whatever_call_fails_one_more_run_makes_it_right(jury, fault, place):
    share(jury, "--dry-run")
    reads = len(jury.calls)
    jury_run = share(jury, script=[{"on_call": reads + 1 + place, "fault": fault}])
    assert jury_run.code in (0, 1)
    assert share(jury).code == 0
    assert states(jury) == dict.fromkeys(JURORS, ("inchangée", True))
    shared = sorted(people for people in files_of(jury).values() if people)
    assert shared == [[ADA], [BLAISE]]
    assert {row[0] for row in tab_of(jury, "Grilles")["values"]} >= {ADA, BLAISE}


@pytest.mark.slow
def test_notes_are_collected_in_one_call_a_page_and_again_writes_nothing(jury):
    share(jury)
    typed(jury, ADA, "4512301", "pertinence", "3,5")
    typed(jury, BLAISE, "4512302", "avis", "Favorable")
    outcome = jury.run("jury", "collect", "--format", "json")
    assert outcome.code == 0
    counts = {one["juror"]: (one["new"], one["changed"]) for one in json.loads(outcome.out)["pages"]}
    assert counts == {ADA: (1, 0), BLAISE: (1, 0)}
    reads = [path for method, path, _ in jury.calls if method == "GET" and len(path) == 44]
    assert {path: reads.count(path) for path in files_of(jury)} == dict.fromkeys(files_of(jury), 1)
    jury.run("jury", "collect")
    assert posts(jury) == 0


@pytest.mark.slow
def test_a_note_that_is_put_back_as_it_was_counts(jury):
    share(jury)
    for hour, note in enumerate((3.5, 2, 3.5), 13):
        typed(jury, ADA, "4512301", "pertinence", note)
        jury.server.world.files[page_of(jury, ADA)].modified = f"2021-05-01T{hour}:00:00.000Z"
        jury.run("jury", "collect")
        (line,) = [row for row in tab_of(jury, "Notes reçues")["values"] if ADA in row]
        assert note in line


@pytest.mark.slow
def test_a_note_is_of_the_day_of_its_juror_not_of_the_robots_last_write(jury):
    share(jury)
    typed(jury, ADA, "4512301", "pertinence", "3,5")
    world, page = jury.server.world, page_of(jury, ADA)
    at = next(place for place, row in enumerate(tab_of(jury, "Candidatures")["values"], 1) if row[:1] == ["4512302"])
    jury.edit("set", tab="Candidatures", cell=cell_of("candidatures", "projet", at), value="Projet renommé")
    assert states(jury, "--for", ADA) == {ADA: ("mise à jour", True)}
    assert world.files[page].modified > "2021-05-02"
    jury.run("jury", "collect")
    lines = [row for row in tab_of(jury, "Notes reçues")["formatted"] if ADA in row]
    assert ["01/05/2021 12:00" in " ".join(map(str, row)) for row in lines] == [True]
