"""Advice slots and registrations in a Grist document: added once, read as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.grist.support import demonstration
from tests.grist_server import GristServer

GENERATE = ("slots", "generate", "--from", "2021-05-07", "--to", "2021-05-07")


@pytest.mark.slow
def test_slots_and_registrations_are_added_once(grist: GristServer, tmp_path: Path):
    team = demonstration(grist, tmp_path / "demo")
    assert team.run(*GENERATE).code == 0
    bookings, people = tmp_path / "calendly.csv", tmp_path / "livestorm.csv"
    bookings.write_text(
        "Invitee Name,Invitee Email,Start Date & Time,Canceled\n"
        "=Claude,claude@exemple.invalid,2021-05-07 02:20 pm,false\n",
        encoding="utf-8",
    )
    people.write_text("First Name,Last Name,Email,Attended\nNoa,Simon,noa@exemple.invalid,Yes\n", encoding="utf-8")
    registered = ("slots", "import", people, "--kind", "webinars", "--webinar", "2021-03-02")
    for command in (("slots", "import", bookings), registered):
        done = team.run(*command)
        assert (done.code, done.out) == (0, "Rien à faire à la main.\n"), done.err
    rows = team.run("slots", "list", "--format", "json").records
    assert [(one["starts"], one["name"], one["email"], one["state"]) for one in rows if one["email"]] == [
        ("2021-05-07 14:20", "=Claude", "claude@exemple.invalid", "Réservé")
    ]
    assert len(team.run("slots", "list", "--free", "--format", "json").records) == 8
    before = team.now_version
    for command in (GENERATE, ("slots", "import", bookings), registered):
        assert team.run(*command).code == 0
    assert team.now_version == before
    team.type_in("Créneaux", 9, "Statut", "Tenu")
    assert team.run("sync").code == 0
    assert [one["state"] for one in team.run("slots", "list", "--format", "json").records if one["email"]] == ["Tenu"]
