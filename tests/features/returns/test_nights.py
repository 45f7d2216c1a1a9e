"""A night tells what came back: « Revenu » in `Envois` with the cell of the address, who declined, what to read."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest
from icalendar import Calendar

from tests.clock import today as this_day
from tests.end_to_end.sending.campaign import OUTBOX, Team, address, made, plain, refused, sending_id
from tests.end_to_end.sending.post import opened
from tests.features.returns import mails

FEW = 3
WRITTEN = '# folder = "/srv/eig/Maildir"'


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A few e-mails to approve: copied by `team`."""
    return made(tmp_path_factory.mktemp("few") / "campaign", map(refused, range(FEW)))


@pytest.fixture
def team(few, tmp_path) -> Team:
    """A campaign whose e-mails left, and whose returned mail is read in a folder."""
    team = few.copy(tmp_path / "campaign")
    (team.folder / "retours").mkdir()
    with opened() as (_, port):
        team.serve(port)
        team.set_config(WRITTEN, 'folder = "../retours"')
        team.tick()
        assert team.send(FEW).code == 0
    return team


def today(data: bytes) -> bytes:
    """A mail that arrives now: nothing says so but the date of its file."""
    return data.removeprefix(mails.TOP.encode())


def arrives(team, data, name="1.eml"):
    (team.folder / "retours" / name).write_bytes(today(data))


def night(team):
    done = team.run("sync")
    assert done.code == 0, done
    return plain(done.err)


def anomalies(team, code):
    return [one for one in team.table("Anomalies").rows if one["Code"] == code]


def test_an_e_mail_that_came_back_is_told_with_the_cell_of_its_address_until_somebody_settles_it(team):
    arrives(team, mails.postfix(sending_id(1), address(1)))
    night(team)
    assert team.states == {sending_id(0): "Envoyé", sending_id(1): "Revenu", sending_id(2): "Envoyé"}
    cell = team.table("Candidatures").cell("E-mail du porteur", address(1), by="E-mail du porteur")
    said = team.said(sending_id(1))
    assert "cette adresse n’existe pas (5.1.1" in said
    assert f"Candidatures!{cell}" in said
    [anomaly] = anomalies(team, "courriel_revenu")
    assert (anomaly["Onglet"], anomaly["Cellule"]) == ("Candidatures", cell)
    assert "1 e-mail revenu" in [one["Quoi"] for one in team.table("Accueil").rows]
    before = team.bytes
    assert "Rien n’a changé" in night(team)
    assert team.bytes == before
    # Nobody is written to again until somebody says so.
    assert team.run("emails", "send").code == 0
    number = str(team.lines[sending_id(1)]["N° de dossier"])
    team.type_in("Candidatures", {(number, "E-mail du porteur"): "bonne@exemple.invalid"})
    assert team.run("emails", "settle", sending_id(1), "--not-sent").code == 0
    night(team)
    assert anomalies(team, "courriel_revenu") == []
    rows = [one for one in team.table(OUTBOX).rows if one["Destinataires"] == "bonne@exemple.invalid"]
    assert [one["Valider"] for one in rows] == [None]


@pytest.mark.slow
def test_what_a_person_says_prevails(team):
    arrives(team, mails.gmail(sending_id(1), address(1)))
    night(team)
    assert team.run("emails", "settle", sending_id(1), "--sent").code == 0
    night(team)
    assert team.states[sending_id(1)] == "Envoyé"
    assert anomalies(team, "courriel_revenu") == []


@pytest.mark.slow
def test_a_return_stays_where_what_this_machine_knew_is_lost_or_the_feature_is_off(team):
    arrives(team, mails.qmail(sending_id(1), address(1)))
    night(team)
    said = team.said(sending_id(1))
    team.set_config('folder = "../retours"', WRITTEN)
    (team.folder / "retours" / "1.eml").unlink()
    night(team)
    assert (team.states[sending_id(1)], team.said(sending_id(1))) == ("Revenu", said)
    team.lose_the_state()
    night(team)
    assert (team.states[sending_id(1)], team.said(sending_id(1))) == ("Revenu", said)
    assert team.run("state", "adopt").code == 0
    night(team)
    assert team.states[sending_id(1)] == "Revenu"


@pytest.mark.slow
@pytest.mark.parametrize(
    "data",
    [
        mails.postfix("jamais-parti", address(1)),
        mails.postfix(sending_id(1), "eve@exemple.invalid"),
        mails.report(sending_id(1), address(1), action="perhaps"),
    ],
)
def test_a_mail_that_proves_nothing_is_listed_and_changes_no_state(team, data):
    arrives(team, data)
    night(team)
    assert {*team.states.values()} == {"Envoyé"}
    [row] = team.table("Retours").rows
    assert (row["Retour"], row["Dans la boîte"]) == ("à lire", "1.eml")
    assert "Lisez-le dans la boîte." in plain(str(row["Précision"]))
    assert "1 retour à lire" in [one["Quoi"] for one in team.table("Accueil").rows]
    assert anomalies(team, "courriel_revenu") == []


SOON = datetime.combine(this_day() + timedelta(days=30), time(9, 30))
INVITED = "convocation_jury-4512000"


@pytest.mark.parametrize(("answer", "said"), [("ACCEPTED", "accepte"), ("DECLINED", "décline")])
def test_an_answer_to_an_invitation_is_told_beside_it_and_a_refusal_where_officers_look(tmp_path, answer, said):
    due = {"decision": None, "preselection": "Présélectionné", "questions": "Qui s’en sert ?", "audition": SOON}
    without = {"paid_from = 2021-10-01": "", WRITTEN: 'folder = "../retours"'}
    team = made(tmp_path / "campaign", [{**refused(0), **due}], without)
    (team.folder / "retours").mkdir(exist_ok=True)
    with opened() as (post, port):
        team.serve(port)
        team.tick(INVITED)
        assert team.send(1).code == 0
    [event] = Calendar.from_ical(post.of(address(0))[0].invitation).walk("VEVENT")
    arrives(team, mails.reply(str(event["uid"]), address(0), answer, sequence=int(event["sequence"])))
    night(team)
    assert team.states[INVITED] == "Envoyé"
    assert team.said(INVITED).startswith(f"{address(0)} {said} (")
    [row] = team.table("Retours").rows
    assert (row["Adresse"], row["Rendez-vous"]) == (address(0), SOON)
    declined = answer == "DECLINED"
    assert len(anomalies(team, "rendez_vous_decline")) == declined
    shown = [one for one in team.table("Accueil").rows if one["Quoi"] == "1 invité décline un rendez-vous"]
    assert len(shown) == declined
    assert all(address(0) in str(one["Précision"]) for one in shown)


def test_the_command_lists_what_came_back_and_writes_nothing(team):
    before = team.bytes
    arrives(team, mails.exim(sending_id(1), address(1)))
    done = team.run("returns", "--format", "json")
    [row] = json.loads(done.out)
    assert (row["kind"], row["email"], row["address"]) == ("revenu", sending_id(1), address(1))
    assert team.bytes == before
    assert "revenu" in plain(team.run("returns").out)


@pytest.mark.slow
def test_a_folder_that_cannot_be_read_is_told_and_stops_nothing(team):
    (team.folder / "retours").rename(team.folder / "ailleurs")
    assert "Les retours ne sont pas relevés" in night(team)
    [anomaly] = anomalies(team, "retours_non_lus")
    assert "retours" in str(anomaly["Ce qui ne va pas"])
    refused = team.run("returns")
    assert (refused.code, "Les retours ne sont pas relevés" in plain(refused.err)) == (1, True)
    (team.folder / "ailleurs").rename(team.folder / "retours")
    night(team)
    assert anomalies(team, "retours_non_lus") == []


def test_nothing_to_read_is_said_with_the_lines_to_add(few, tmp_path):
    team = few.copy(tmp_path / "campaign")
    refused = team.run("returns")
    assert refused.code == 1
    assert "[returns]" in refused.err
