"""An hour that applicants were told does not move unless somebody forces it; then they are told again."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.emails.outbox.team import Team, dossier, invitation, invited, made, number
from tests.features.auditions.hearings import DAYS, PLANNING

NINE, TEN = datetime(2021, 5, 4, 9), datetime(2021, 5, 4, 10, 20)
FIRST, SECOND = "convocation_jury-90001", "convocation_jury-90002"


@pytest.fixture
def team(tmp_path) -> Team:
    """Two dossiers were told an hour, a third waits for one; one juror hears them all."""
    dossiers = [
        {**invited("90001"), "audition": NINE},
        {**invited("90002"), "audition": TEN},
        dossier("90003", preselection="Présélectionné", questions="Qui ?"),
    ]
    convened = made(tmp_path / "appel", candidatures=dossiers)
    path = convened.robot.campaign.config
    path.write_text(path.read_text(encoding="utf-8") + DAYS, encoding="utf-8")
    convened.configure("minutes = 40", "minutes = 40")
    convened.send(FIRST, SECOND)
    convened.night()
    return convened


def schedule(team: Team, *options: str):
    return team.robot.campaign.run("jury", "schedule", "--format", "json", *options)


def hours(done) -> dict[str, str]:
    return {slot["dossier"]: slot["start"][11:16] for slot in done.object["slots"]}


def rows(team: Team) -> dict[str, dict[str, object]]:
    lines = team.robot.tab(PLANNING).rows
    return {str(record["N° de dossier"]): {key: _plain(value) for key, value in record.items()} for record in lines}


def _plain(value: object) -> object:
    return value.replace("\u202f", " ") if isinstance(value, str) else value


def leave_no_room(team: Team) -> None:
    """Take away the hour at which the third dossier would be heard: one of those convened would have to move."""
    team.configure('from = "09:00", to = "11:00"', 'from = "09:00", to = "10:20"')


@pytest.mark.slow
def test_what_was_told_stays_and_shows_so(team):
    assert hours(schedule(team)) == {"90001": "09:00", "90002": "10:20", "90003": "09:40"}
    assert [rows(team)[numero]["Statut"] for numero in ("90001", "90003")] == ["convoqué", "proposé"]
    leave_no_room(team)
    for options in ((), ("--adjust",)):
        done = schedule(team, *options)
        assert done.code == 1
        assert hours(done) == {"90001": "09:00", "90002": "10:20", "90003": "09:40"}
        assert [(breach["dossier"], breach["constraint"]) for breach in done.object["broken"]] == [
            ("90002", "horaires")
        ]


@pytest.mark.slow
def test_force_proposes_another_hour_and_those_alone_are_told_again(team):
    schedule(team)
    team.decide("90003", "Audition décidée", datetime(2021, 5, 4, 9, 40))
    team.configure('from = "09:00", to = "11:00"', 'from = "08:20", to = "10:20"')
    done = schedule(team, "--adjust", "--force")
    assert (hours(done), done.object["moved"]) == ({"90001": "09:00", "90002": "08:20", "90003": "09:40"}, 1)
    moved = rows(team)["90002"]
    assert (moved["Début"], moved["Statut"]) == (datetime(2021, 5, 4, 8, 20), "à déplacer")
    cell = team.robot.tab("Candidatures").cell("Audition décidée", "90002")
    assert moved["Remarque"] == (
        f"Décidé pour le mardi 4 mai 2021 à 10 h 20 : saisissez la nouvelle heure en « Audition décidée » "
        f"(Candidatures!{cell}) ; une nouvelle invitation suivra"
    )
    team.night()
    assert rows(team)["90002"] == moved  # until a person types it, it waits
    assert SECOND in team.states
    assert f"{SECOND}.v2" not in team.states
    team.decide("90002", "Audition décidée", moved["Début"])
    team.night()
    assert rows(team)["90002"]["Statut"] == "décidé"
    assert rows(team)["90002"]["Remarque"] == (
        "Ses porteurs sont convoqués pour le mardi 4 mai 2021 à 10 h 20 : une nouvelle invitation est à valider"
    )
    assert [id_ for id_ in team.states if id_.startswith("convocation_jury") and team.states[id_] == "À valider"] == [
        "convocation_jury-90003", f"{SECOND}.v2",
    ]  # fmt: skip
    box = team.send(f"{SECOND}.v2")
    ics = invitation(box)
    assert number(box) == 1
    assert b"UID:audition-90002@" in ics
    assert b":20210504T082000" in ics
    team.night()
    assert rows(team)["90002"]["Statut"] == "convoqué"


@pytest.mark.slow
def test_an_hour_that_is_not_typed_any_more_stays_where_it_was_told(team):
    schedule(team)
    team.decide("90001", "Audition décidée", None)
    done = schedule(team, "--adjust")
    assert hours(done)["90001"] == "09:00"
    row = rows(team)["90001"]
    assert row["Statut"] == "convoqué"
    cell = team.robot.tab("Candidatures").cell("Audition décidée", "90001")
    assert row["Remarque"] == (
        f"La convocation est partie et « Audition décidée » (Candidatures!{cell}) est vide : ressaisissez l’heure, "
        "sinon l’annulation est à valider"
    )


@pytest.mark.slow
def test_another_hour_that_people_decide_takes_the_place_of_a_forced_one(team):
    schedule(team)
    team.configure('from = "09:00", to = "11:00"', 'from = "08:20", to = "10:20"')
    schedule(team, "--adjust", "--force")
    assert rows(team)["90002"]["Statut"] == "à déplacer"
    team.decide("90002", "Audition décidée", datetime(2021, 5, 4, 8, 30))
    team.night()
    assert (rows(team)["90002"]["Début"], rows(team)["90002"]["Statut"]) == (datetime(2021, 5, 4, 8, 30), "décidé")
