"""Advice slots and registrations on a Google Sheet: added once, in one read and one write."""

import pytest

from tests.run.test_google import online_call
from tests.sheets_server.server import running


@pytest.mark.slow
def test_slots_and_registrations_are_added_once(tmp_path):
    with running(locale="fr_FR") as server:
        added_once(online_call(server, tmp_path), tmp_path)


def added_once(ready, tmp_path):
    ready.done("init")
    generate = ("slots", "generate", "--from", "2021-05-07", "--to", "2021-05-07")
    assert "9 créneaux libres ajoutés." in ready.run(*generate).err.replace("\u202f", " ")
    bookings = tmp_path / "calendly.csv"
    bookings.write_text(
        "Invitee Name,Invitee Email,Start Date & Time,Canceled\n"
        "=Claude,claude@exemple.invalid,2021-05-07 02:20 pm,false\n",
        encoding="utf-8",
    )
    people = tmp_path / "livestorm.csv"
    people.write_text("First Name,Last Name,Email,Attended\nNoa,Simon,noa@exemple.invalid,Yes\n", encoding="utf-8")
    registered = ("slots", "import", people, "--kind", "webinars", "--webinar", "2021-03-02")
    for command, reads, writes in ((("slots", "import", bookings), 1, 1), (registered, 1, 1)):
        assert ready.run(*command).code == 0
        assert [method for method, _ in ready.calls] == ["GET"] * reads + ["POST", "GET"] * writes
    rows = ready.shown("Créneaux")
    assert [row[2:4] + row[6:7] for row in rows if len(row) > 3 and row[3]][1:] == [
        ["=Claude", "claude@exemple.invalid", "Réservé"]
    ]
    assert ["Noa Simon", "noa@exemple.invalid"] in [row[1:3] for row in ready.shown("Inscriptions")]
    for command in (generate, ("slots", "import", bookings), registered):
        ready.run(*command)
        assert [method for method, _ in ready.calls] == ["GET"]
