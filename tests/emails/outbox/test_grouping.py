"""Identical messages to the same people are one row; what brings an appointment never is."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.emails.outbox.office import DOSSIERS, SENDINGS, copied, invited, made, refused
from tests.workbook.xlsx_desk import edit

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
def office(three_and_one, tmp_path):
    """The same, to work on."""
    return copied(three_and_one, tmp_path / "campagne")


def test_one_row_for_all_that_one_person_would_read_several_times(office):
    assert office.ids == [FIRST, ALONE]
    assert office.states == {FIRST: "À valider", ALONE: "À valider", SECOND: "Regroupé", THIRD: "Regroupé"}
    assert [office.said(one) for one in (SECOND, THIRD)] == [SAID, SAID]
    assert {*office.ready} == {FIRST, ALONE}


def test_they_stay_together_once_it_has_left(office):
    office.send(FIRST)
    office.night()
    assert office.ids == [FIRST, ALONE]
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "Regroupé"]
    office.lose_state()
    office.night()
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "Regroupé"]


def test_they_stay_together_when_people_corrected_it_before_it_left(office):
    office.type("Message", FIRST, "Bonjour,\n\nAucun de vos trois projets n’est retenu.")
    office.night()
    office.send(FIRST)
    office.night()
    assert [office.states[one] for one in (SECOND, THIRD)] == ["Regroupé", "Regroupé"]


def test_setting_it_aside_is_setting_them_aside(office):
    office.type("Ne pas envoyer", FIRST, "oui")
    office.night()
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["Écarté", "Regroupé", "Regroupé"]
    assert {*office.ready} == {ALONE}


def test_another_speaks_for_them_when_it_is_no_longer_due(office):
    office.decide("90001", "Décision", "Désisté")
    office.night()
    assert office.states == {
        FIRST: "Obsolète", ALONE: "À valider", SECOND: "À valider", THIRD: "Regroupé",
    }  # fmt: skip
    assert f"« {SECOND} »" in office.said(THIRD)
    office.decide("90001", "Décision", "Non retenu")
    office.night()
    left = {*office.ready}
    assert THIRD not in left
    assert len(office.ids) == 3


def test_one_that_says_something_else_from_now_on_has_its_own_row(office):
    office.decide("90002", "E-mail du porteur", "autre@exemple.invalid")
    office.night()
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["À valider", "À valider", "Regroupé"]
    assert office.row(SECOND)["Destinataires"] == "autre@exemple.invalid"


def test_one_that_says_something_else_once_it_has_left_has_its_own_row(office):
    office.send(FIRST)
    office.decide("90002", "E-mail du porteur", "autre@exemple.invalid")
    office.night()
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["Envoyé", "À valider", "Regroupé"]


def test_whoever_is_decided_about_later_is_told(office):
    office.decide("90003", "Décision", None)
    office.send(FIRST)
    office.night()
    office.decide("90003", "Décision", "Non retenu")
    office.night()
    assert [office.states[one] for one in (FIRST, SECOND, THIRD)] == ["Envoyé", "Regroupé", "À valider"]


def test_without_envois_nor_memory_they_are_still_together(office):
    edit(office.path, "delete_tab", tab=SENDINGS)
    office.lose_state()
    office.night()
    assert office.ids == [FIRST, ALONE]
    assert office.states[SECOND] == "Regroupé"


def test_appointments_are_each_told(tmp_path):
    dossiers = [invited(numero, **SHARED) for numero in ("90001", "90002")]
    office = made(tmp_path / "campagne", candidatures=dossiers, texts={"convocation_jury": APPOINTED})
    assert {*office.states.values()} == {"À valider"}
    assert len(office.ready) == 2
    assert len({one.email.body for one in office.ready.values()}) == 1
    edit(office.path, "set", tab=DOSSIERS, value=datetime(2021, 5, 4, 11),
         cell=office.robot.tab(DOSSIERS).cell("Audition décidée", "90001"))  # fmt: skip
    office.night()
    assert len(office.ready) == 2
