"""`calendar export`: a file to subscribe to, that is only written when something changed."""

import errno
import os

import pytest

from tests.cli.test_errors import refused

pytestmark = pytest.mark.in_memory


def test_it_shows_the_dates_or_writes_them_once(demo, tmp_path):
    shown = demo.run("calendar", "export", "--format", "json").records
    assert {"starts": "2021-02-01", "ends": "2021-02-02"}.items() <= shown[0].items()
    path = tmp_path / "appel.ics"
    done = demo.run("calendar", "export", "--to", path)
    assert (done.code, done.out, f"{len(shown)} dates" in done.err) == (0, "", True)
    before = path.read_bytes()
    done = demo.run("calendar", "export", "--to", path)
    assert (path.read_bytes(), "rien n’a changé" in done.err) == (before, True)
    demo.set_config("opens = 2021-02-01", "opens = 2021-02-02")
    assert demo.run("calendar", "export", "--to", path).code == 0
    assert b"SEQUENCE:1" in path.read_bytes()


def test_people_read_french_days_and_the_last_one_of_each(demo):
    lines = [" ".join(line.split()) for line in demo.run("calendar", "export").out.splitlines()]
    assert "01/02/2021 01/02/2021 Ouverture de l’appel à projets" in lines
    assert any(line.startswith("07/04/2021 07/04/2021 Clôture") for line in lines), lines


def test_no_name_of_a_person_is_in_it(demo, tmp_path):
    path = tmp_path / "appel.ics"
    demo.run("calendar", "export", "--to", path)
    text = path.read_text(encoding="utf-8").replace("\n ", "")
    jury = demo.read().tab("Jury").rows
    names = {str(cell) for row in jury[1:] for cell in row[:2] if cell}
    assert [name for name in names if name in text] == []


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.ics.txt"])
def test_a_file_of_another_kind_is_refused(demo, tmp_path, name):
    done = demo.run("calendar", "export", "--to", tmp_path / name)
    assert (done.code, done.out, (tmp_path / name).exists()) == (2, "", False)
    assert "le nom du fichier doit se terminer par .ics" in done.err


def test_a_file_of_somebody_else_s_is_left(demo, tmp_path):
    path = tmp_path / "autre.ics"
    path.write_text("BEGIN:VCALENDAR\r\nPRODID:autre\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    done = demo.run("calendar", "export", "--to", path)
    assert (done.code, "n’est pas un agenda écrit par cette commande" in done.err) == (1, True)


def test_a_full_disk_is_said_of_the_file(demo, tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", refuse)
    path = tmp_path / "dates.ics"
    refused(demo.run("calendar", "export", "--to", path), 1, f"plus de place sur le disque pour écrire {path}")
