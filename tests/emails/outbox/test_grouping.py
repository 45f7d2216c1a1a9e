"""Identical messages to the same people are one row; what brings an appointment never is."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.emails.outbox.team import DOSSIERS, SENDINGS, copied, invited, made, refused
from tests.spreadsheet.xlsx_desk import edit

WORDLESS = """+++
subject = "Votre candidature"
to = ["email_porteur"]
when = "Décision"
+++
Bonjour,

Vous n’êtes pas retenu.

{{ signature }}
"""
APPOINTED = """+++
subject = "Votre audition"
to = ["email_porteur"]
attachments = ["invitation"]
when = "Audition"
+++
Bonjour,

Nous vous attendons le {{ audition|moment }}.

{{ signature }}
"""
SHARED = {"email_porteur": "camille@exemple.invalid"}
FIRST, SECOND, THIRD, ALONE = (f"non_retenu-9000{number}" for number in (1, 2, 3, 4))
SAID = f"Les mêmes personnes reçoivent le même message avec « {FIRST} »."


@pytest.fixture(scope="module")
def three_and_one(tmp_path_factory):
    """Three dossiers of one person and one of another, none of which their e-mail names: not to be changed."""
    dossiers = [*(refused(f"9000{number}", **SHARED) for number in (1, 2, 3)), refused("90004")]
    texts = {"non_retenu": WORDLESS, "convocation_jury": APPOINTED}
    return made(tmp_path_factory.mktemp("bureau") / "campagne", candidatures=dossiers, texts=texts)


@pytest.fixture
def team(three_and_one, tmp_path):
    """The same, to work on."""
    return copied(three_and_one, tmp_path / "campagne")


@pytest.mark.slow
def test_one_row_for_all_that_one_person_would_read_several_times(team):
    assert team.ids == [FIRST, ALONE]
    assert team.states == {FIRST: "À valider", ALONE: "À valider", SECOND: "Regroupé", THIRD: "Regroupé"}
    assert [team.said(sending_id) for sending_id in (SECOND, THIRD)] == [SAID, SAID]
    assert {*team.ready} == {FIRST, ALONE}


@pytest.mark.slow
def test_they_stay_together_once_it_has_left(team):
    team.send(FIRST)
    team.night()
    assert team.ids == [FIRST, ALONE]
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "Regroupé"]
    team.lose_state()
    team.night()
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "Regroupé"]


@pytest.mark.slow
def test_they_stay_together_when_people_corrected_it_before_it_left(team):
    team.type("Message", FIRST, "Bonjour,\n\nAucun de vos trois projets n’est retenu.")
    team.night()
    team.send(FIRST)
    team.night()
    assert [team.states[sending_id] for sending_id in (SECOND, THIRD)] == ["Regroupé", "Regroupé"]


@pytest.mark.slow
def test_setting_it_aside_is_setting_them_aside(team):
    team.type("Ne pas envoyer", FIRST, "oui")
    team.night()
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["Écarté", "Regroupé", "Regroupé"]
    assert {*team.ready} == {ALONE}


@pytest.mark.slow
def test_another_speaks_for_them_when_it_is_no_longer_due(team):
    team.decide("90001", "Décision", "Désisté")
    team.night()
    assert team.states == {
        FIRST: "Obsolète", ALONE: "À valider", SECOND: "À valider", THIRD: "Regroupé",
    }  # fmt: skip
    assert f"« {SECOND} »" in team.said(THIRD)
    team.decide("90001", "Décision", "Non retenu")
    team.night()
    left = {*team.ready}
    assert THIRD not in left
    assert len(team.ids) == 3


@pytest.mark.slow
def test_one_that_says_something_else_from_now_on_has_its_own_row(team):
    team.decide("90002", "E-mail du porteur", "autre@exemple.invalid")
    team.night()
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["À valider", "À valider", "Regroupé"]
    assert team.row(SECOND)["Destinataires"] == "autre@exemple.invalid"


@pytest.mark.slow
def test_one_that_says_something_else_once_it_has_left_has_its_own_row(team):
    team.send(FIRST)
    team.decide("90002", "E-mail du porteur", "autre@exemple.invalid")
    team.night()
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["Envoyé", "À valider", "Regroupé"]


@pytest.mark.slow
def test_a_person_decided_about_later_is_notified(team):
    team.decide("90003", "Décision", None)
    team.send(FIRST)
    team.night()
    team.decide("90003", "Décision", "Non retenu")
    team.night()
    assert [team.states[sending_id] for sending_id in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "À valider"]


def test_without_envois_nor_last_run_they_remain_grouped(team):
    edit(team.path, "delete_tab", tab=SENDINGS)
    team.lose_state()
    team.night()
    assert team.ids == [FIRST, ALONE]
    assert team.states[SECOND] == "Regroupé"


@pytest.mark.slow
def test_appointments_are_never_grouped(tmp_path):
    dossiers = [invited(numero, **SHARED) for numero in ("90001", "90002")]
    team = made(tmp_path / "campagne", candidatures=dossiers, texts={"convocation_jury": APPOINTED})
    assert {*team.states.values()} == {"À valider"}
    assert len(team.ready) == 2
    assert len({email.email.body for email in team.ready.values()}) == 1
    edit(team.path, "set", tab=DOSSIERS, value=datetime(2021, 5, 4, 11),
         cell=team.robot.tab(DOSSIERS).cell("Audition décidée", "90001"))  # fmt: skip
    team.night()
    assert len(team.ready) == 2
