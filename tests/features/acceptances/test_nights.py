"""Nights of a call whose laureates answer: each night says what is new, and the second that nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.clock import today
from tests.end_to_end.sending.campaign import OUTBOX, made, plain, refused, sending_id
from tests.end_to_end.sending.post import opened

LAUREATES = [{**refused(place), "decision": "Lauréat", "motif": "Jury"} for place in range(3)]
NUMBERS = [one["numero"] for one in LAUREATES]


def night(team):
    done = team.run("sync")
    assert done.code == 0, done
    return plain(done.err)


def said(team):
    return [plain(str(one["Quoi"])) for one in team.table("Accueil").rows if "lauréat" in str(one["Quoi"])]


@pytest.fixture
def team(tmp_path):
    """Three laureates who were told."""
    team = made(tmp_path / "campaign", LAUREATES)
    with opened() as (_, port):
        team.serve(port)
        team.tick(*(sending_id(place, "laureat") for place in range(3)))
        assert team.send(3).code == 0
    return team


def test_answers_are_awaited_then_come_and_nothing_is_written_twice(team):
    night(team)
    assert "3 lauréats n’ont pas encore répondu" in said(team)
    assert "Rien n’a changé" in night(team)
    header = "Acceptation"
    team.type_in("Candidatures", {(NUMBERS[0], header): "oui", (NUMBERS[1], header): "non"})
    night(team)
    assert {"1 lauréat n’a pas encore répondu", "1 lauréat décline"} <= {*said(team)}
    before = team.bytes
    assert "Rien n’a changé" in night(team)
    assert team.bytes == before
    typed = {one["N° de dossier"]: one[header] for one in team.table("Candidatures").rows}
    assert typed == {NUMBERS[0]: "oui", NUMBERS[1]: "non", NUMBERS[2]: None}
    # A day's wait, and only who has not answered is asked again.
    team.set_config("reminded_after_days = 7", "reminded_after_days = 1")
    assert team.run("--today", str(today() + timedelta(1)), "sync").code == 0
    reminded = [one["Id"] for one in team.table(OUTBOX).rows if one["Modèle"] == "rappel_acceptation"]
    assert reminded == [sending_id(2, "rappel_acceptation")]
