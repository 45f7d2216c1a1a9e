"""`jury schedule --ics`: one agenda for each juror, one for all; nobody else's file is replaced."""

from __future__ import annotations

import pytest

from tests.call.jury.small_jury import unscored
from tests.emails.mail.test_timetables import events
from tests.features.auditions.hearings import made
from tests.workbook.snapshots import juror

pytestmark = pytest.mark.in_memory


@pytest.fixture
def jury(tmp_path):
    jurors = [juror("ada"), juror("bob", deports="101"), juror("cid")]
    return made(tmp_path / "appel", jurors=jurors, evaluations=[unscored("101", "ada")])


def agendas(folder) -> dict[str, dict[str, dict[str, str]]]:
    return {path.name: events(path.read_bytes()) for path in folder.glob("*.ics")}


@pytest.mark.slow
def test_each_juror_has_what_they_hear_and_all_is_in_one(jury, tmp_path):
    folder = tmp_path / "agendas"
    assert jury.schedule("--ics", folder, "--dry-run").code == 0
    assert not folder.exists()
    done = jury.schedule("--ics", folder)
    assert done.err.replace("\u202f", " ").splitlines()[-1] == f"{folder} : 4 agendas écrits."
    files = agendas(folder)
    uids = {numero: f"audition-{numero}@eig5.eig-sheets" for numero in ("101", "102", "103")}
    assert files.keys() == {"tous.ics", *(f"{name}@jury.example.ics" for name in ("ada", "bob", "cid"))}
    assert {*files["tous.ics"]} == {*files["ada@jury.example.ics"]} == {*uids.values()}
    assert {*files["bob@jury.example.ics"]} == {uids["102"], uids["103"]}
    assert {event["STATUS"] for event in files["tous.ics"].values()} == {"TENTATIVE"}
    assert (folder / "tous.ics").stat().st_mode & 0o077 == 0
    before = {path: path.read_bytes() for path in folder.iterdir()}
    jury.schedule("--ics", folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    jury.type("Candidatures", "Décision", "103", "Désisté")
    jury.schedule("--adjust", "--ics", folder)
    assert {
        uid for uid, event in agendas(folder)["bob@jury.example.ics"].items() if event["STATUS"] == "CANCELLED"
    } == {uids["103"]}


def test_a_file_that_is_not_ours_stops_all_of_them(jury, tmp_path):
    folder = tmp_path / "agendas"
    folder.mkdir()
    (folder / "bob@jury.example.ics").write_text("le mien", encoding="utf-8")
    done = jury.schedule("--ics", folder)
    assert done.code == 1
    assert "bob@jury.example.ics existe déjà et n’est pas un agenda écrit par cette commande" in done.err
    assert [path.name for path in folder.iterdir()] == ["bob@jury.example.ics"]
