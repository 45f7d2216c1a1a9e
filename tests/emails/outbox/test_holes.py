"""Holes: a text that somebody edited and that looks unfilled leaves once its row was ticked again, and not before."""

from __future__ import annotations

import pytest

from eig_sheets.emails.mail.holes import holes
from tests.emails.outbox.team import DOSSIERS, OTHER, REFUSED, made, refused

CORRECT = "comme un modèle non rempli : corrigez"
AGAIN = " ; si c’est voulu, décochez « Valider », attendez la synchronisation suivante, puis cochez de nouveau."
TYPED = {
    "Message": ("Bonjour {prénom},\n\nLe jury, le XXX, n’a pas retenu votre projet.", "« {prénom} », « XXX »"),
    "Objet": ("[à compléter] Votre candidature", "« [à compléter] »"),
    "Destinataires": ("[Prénom Nom] <second90002@exemple.invalid>", "« [Prénom Nom] »"),
    "Copie": ("%s <mentor90002@exemple.invalid>", "« %s »"),
}


@pytest.mark.slow
@pytest.mark.parametrize("header", TYPED)
def test_a_hole_holds_and_names_its_cell(first_night, header):
    typed, expected = TYPED[header]
    place = first_night.place(header, REFUSED)
    for approved, remedy in ((False, "."), (True, AGAIN)):
        first_night.look(first_night.where(REFUSED, {header: typed, "Valider": approved}))
        assert first_night.why(REFUSED) == f"« {header} » contient {expected}, {CORRECT} {place}{remedy}"


def approve(team, ticked):
    team.type("Valider", REFUSED, ticked)
    team.night()
    return REFUSED in team.ready


@pytest.mark.slow
@pytest.mark.parametrize("seen_before", [False, True], ids=["ticked at once", "read before it was ticked"])
def test_who_means_it_ticks_it_again(team, seen_before):
    team.type("Message", REFUSED, TYPED["Message"][0])
    if seen_before:
        team.night()
    assert not approve(team, True)
    assert not approve(team, True)
    assert team.why(REFUSED).endswith(AGAIN)
    assert not approve(team, False)
    assert team.why(REFUSED).endswith(" ; si c’est voulu, cochez « Valider » de nouveau.")
    assert approve(team, True)
    assert (team.states[REFUSED], team.said(REFUSED)) == (
        "Validé", "Contient « {prénom} », « XXX » : validé deux fois par l’équipe.",
    )  # fmt: skip
    [(message, _)] = team.send(REFUSED).received.values()
    assert "Bonjour {prénom}," in message.get_body(("plain",)).get_content()


def meant(team, message=TYPED["Message"][0]):
    team.type("Message", REFUSED, message)
    return [approve(team, ticked) for ticked in (True, False, True)] == [False, False, True]


@pytest.mark.slow
def test_it_is_meant_of_that_text_only(team):
    assert meant(team)
    team.type("Message", REFUSED, "Bonjour {nom},")
    team.night()
    assert REFUSED not in team.ready
    assert not approve(team, False)
    assert approve(team, True)


@pytest.mark.slow
def test_set_aside_and_taken_back_it_is_still_held(team):
    team.type("Message", REFUSED, TYPED["Message"][0])
    team.type("Valider", REFUSED, True)
    for aside in (True, None):
        team.type("Ne pas envoyer", REFUSED, aside)
        team.night()
    assert team.why(REFUSED).endswith(AGAIN)


@pytest.mark.slow
def test_what_a_send_that_was_stopped_gave_back_is_still_meant(team):
    """The ledger keeps the answer with the fingerprint: another machine, and a crash, find it."""
    assert meant(team)
    team.lose_state()
    team.look()
    assert REFUSED in team.ready


@pytest.mark.slow
def test_a_corrected_text_leaves_at_once(team):
    team.type("Message", REFUSED, TYPED["Message"][0])
    assert not approve(team, True)
    team.type("Message", REFUSED, "Bonjour Camille,\n\nLe jury n’a pas retenu votre projet.")
    team.night()
    assert REFUSED in team.ready


def test_what_an_applicant_wrote_is_theirs(tmp_path):
    team = made(tmp_path / "campagne", candidatures=[refused("90002", projet="[Bêta] XXX <nom> {a} %s")])
    assert holes(team.row(REFUSED)["Message"])
    assert team.why(REFUSED) == ""
    team.look(team.where(REFUSED, {"Message": team.row(REFUSED)["Message"] + "\nXXX"}))
    assert "contient « XXX »" in team.why(REFUSED)


@pytest.mark.slow
def test_what_the_team_typed_in_a_cell_is_not(tmp_path):
    dossiers = [refused("90002", retour="Le jury a apprécié [à compléter]"), refused("90003")]
    team = made(tmp_path / "campagne", candidatures=dossiers)
    cell = team.robot.tab(DOSSIERS).cell("Retour au porteur", "90002")
    assert team.why(REFUSED) == f"Le texte contient « [à compléter] », {CORRECT} {DOSSIERS}!{cell}."
    assert (team.states[REFUSED], team.why(OTHER)) == ("Bloqué", "")
    assert [approve(team, ticked) for ticked in (True, False, True)] == [False, False, True]


@pytest.mark.slow
def test_nor_what_it_wrote_in_a_template(tmp_path):
    head = '+++\nsubject = "[EIG] {{ projet }}"\nto = ["email_porteur"]\nwhen = "jamais"\n+++\n'
    team = made(
        tmp_path / "campagne", candidatures=[refused("90002")],
        texts={"non_retenu": head + "Bonjour {prénom},\n\n{{ projet }} : {{ retour }}\n"},
    )  # fmt: skip
    assert team.why(REFUSED) == f"Le texte contient « {{prénom}} », {CORRECT} le modèle « non_retenu »."
    team.type("Message", REFUSED, "Bonjour Camille,")
    team.look()
    assert team.why(REFUSED) == ""
