"""Versions: what the data no longer say cannot leave, what comes after it is appended once, and both are shown."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from eig_sheets.emails.outlets.base import DeliveryOutcome
from tests.effort import first
from tests.emails.outbox.team import CHOSEN, DOSSIERS, INVITED, OTHER, OUTBOX, REFUSED, SENDINGS, copied, made, number
from tests.spreadsheet.xlsx_desk import edit

ONLY_FEEDBACK = """+++
subject = "Votre candidature"
to = ["email_porteur"]
when = "Décision"
+++
{% if retour %}
{{ retour }}
{% endif %}
"""
NOT_DUE = "N’est plus dû : les données, les dates ou les réglages ne le demandent plus."


def replaced_by(sending_id):
    return f"Les données ont changé : « {sending_id} » le remplace."


@pytest.mark.slow
def test_what_the_data_no_longer_say_is_replaced_and_cannot_leave(team):
    for version in (2, 3):
        team.decide("90002", "Retour au porteur", f"Le retour, version {version}.")
        team.night()
    old, middle, new = REFUSED, f"{REFUSED}.v2", f"{REFUSED}.v3"
    assert team.ids == [INVITED, CHOSEN, old, OTHER, middle, new]
    assert [team.states[sending_id] for sending_id in (old, middle, new)] == ["Obsolète", "Obsolète", "À valider"]
    assert [team.said(sending_id) for sending_id in (old, middle)] == [replaced_by(new)] * 2
    assert "version 3" in team.row(new)["Message"]
    assert {*team.ready} == {INVITED, CHOSEN, OTHER, new}


@pytest.mark.slow
def test_a_tick_is_of_one_version(team):
    team.type("Valider", REFUSED, "oui")
    team.decide("90002", "Retour au porteur", "Autre.")
    team.night()
    assert team.row(REFUSED)["Valider"] == "oui"
    assert team.states[REFUSED] == "Obsolète"
    assert team.states[f"{REFUSED}.v2"] == "À valider"


@pytest.mark.slow
def test_data_that_come_back_come_back_under_another_version(team):
    before = team.row(REFUSED)
    team.decide("90002", "Retour au porteur", "Autre.")
    team.night()
    team.decide("90002", "Retour au porteur", "Le retour 90002.")
    team.night()
    assert [row["Message"] == before["Message"] for row in team.rows[4:]] == [False, True]
    assert team.states == {
        INVITED: "À valider", CHOSEN: "À valider", REFUSED: "Obsolète", OTHER: "À valider",
        f"{REFUSED}.v2": "Obsolète", f"{REFUSED}.v3": "À valider",
    }  # fmt: skip


def withdrawn(team):
    team.decide("90002", "Décision", "Désisté")
    return lambda: team.decide("90002", "Décision", "Non retenu")


def erased(team):
    team.decide("90002", "Décision", None)
    return lambda: team.decide("90002", "Décision", "Non retenu")


def not_announced(team):
    line = "announced = 2021-05-10\n[emails.experimentation]"
    team.configure("[emails.experimentation]", line)
    return lambda: setattr(team.robot, "today", date(2021, 5, 10))


def switched_off(team):
    names = '["accuse_reception"]'
    team.configure(names, '["accuse_reception", "non_retenu"]')
    return lambda: team.configure('["accuse_reception", "non_retenu"]', names)


@pytest.mark.slow
@pytest.mark.parametrize("undone", first(2, [withdrawn, erased, not_announced, switched_off]))
def test_what_is_no_longer_due_cannot_leave_until_it_is_due_again(team, undone):
    team.type("Valider", REFUSED, "oui")
    do_again = undone(team)
    team.night()
    assert (team.states[REFUSED], team.said(REFUSED)) == ("Obsolète", NOT_DUE)
    assert REFUSED not in team.ready
    do_again()
    team.night()
    assert (team.states[REFUSED], team.said(REFUSED)) == ("Validé", "")
    assert team.ready[REFUSED].row.approved
    assert [sending_id for sending_id in team.ids if "90002" in sending_id] == [REFUSED]


@pytest.mark.slow
def test_a_value_that_is_missing_holds_it_back_until_it_is_there_again(team):
    team.decide("90002", "Retour au porteur", None)
    team.night()
    assert (team.states[REFUSED], team.said(REFUSED)) == ("Obsolète", replaced_by(f"{REFUSED}.v2"))
    assert team.states[f"{REFUSED}.v2"] == "Bloqué"
    assert "Retour au porteur" in team.said(f"{REFUSED}.v2")
    assert REFUSED not in team.ready
    team.decide("90002", "Retour au porteur", "Le retour 90002.")
    team.night()
    assert team.states == dict.fromkeys([INVITED, CHOSEN, REFUSED, OTHER], "À valider")


@pytest.mark.slow
@pytest.mark.parametrize("sign", first(2, ["{{", "%}", "}}", "{%", "{#", "#}"]))
def test_what_looks_like_a_template_holds_it_back_from_the_first_night(team, sign):
    team.decide("90002", "Retour au porteur", f"Mieux {sign} encore.")
    team.night()
    cell = team.robot.tab(DOSSIERS).cell("Retour au porteur", "90002")
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (team.states[REFUSED], team.states[f"{REFUSED}.v2"]) == ("Obsolète", "Bloqué")
    assert team.said(f"{REFUSED}.v2").replace("\u202f", " ") == (
        f"« Retour au porteur » contient « {sign} », comme un modèle non rempli : corrigez {DOSSIERS}!{cell}."
    )
    team.decide("90002", "Retour au porteur", "Mieux encore.")
    team.night()
    assert team.states[f"{REFUSED}.v2"] == "À valider"


@pytest.mark.slow
def test_a_text_that_is_empty_holds_it_back_from_the_first_night(tmp_path):
    team = made(tmp_path / "campagne", texts={"non_retenu": ONLY_FEEDBACK})
    team.decide("90002", "Retour au porteur", None)
    team.night()
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert team.states[f"{REFUSED}.v2"] == "Bloqué"
    assert team.said(f"{REFUSED}.v2").startswith("« Message » est vide")


@pytest.mark.slow
@pytest.mark.parametrize(("never", "typed"), [
    ("x@xn--mller-kva.fr", "x@müller.fr"), ("x@müller.fr", "x@xn--mller-kva.fr"), ("x@müller.fr", "X@MÜLLER.fr"),
])  # fmt: skip
@pytest.mark.parametrize("header", first(1, ["E-mail du porteur 2", "E-mail du porteur"]))
def test_who_asked_for_none_gets_none_however_the_domain_is_spelled(team, never, typed, header):
    team.configure("never = []", f'never = ["{never}"]')
    team.decide("90002", header, typed)
    team.night()
    assert all(typed.casefold() not in f"{row['Destinataires']} {row['Copie']}".casefold() for row in team.rows)


@pytest.mark.slow
def test_who_asked_for_none_gets_none(team):
    team.configure("never = []", 'never = ["Porteur90002@exemple.invalid"]')
    team.night()
    assert team.states[REFUSED] == "Obsolète"
    assert "emails.never" in team.said(f"{REFUSED}.v2")
    assert {*team.ready} == {INVITED, CHOSEN, OTHER}
    team.configure('never = ["Porteur90002@exemple.invalid"]', "never = []")
    team.night()
    assert team.states[REFUSED] == "À valider"


@pytest.mark.slow
def test_what_is_set_aside_stays_so_and_gets_no_new_version(team):
    team.type("Ne pas envoyer", REFUSED, "oui")
    team.decide("90002", "Retour au porteur", "Autre.")
    team.night()
    assert [sending_id for sending_id in team.ids if "90002" in sending_id] == [REFUSED]
    assert team.states[REFUSED] == "Écarté"
    team.type("Ne pas envoyer", REFUSED, None)
    team.night()
    assert (team.states[REFUSED], team.states[f"{REFUSED}.v2"]) == ("Obsolète", "À valider")


@pytest.mark.slow
def test_a_deleted_row_does_not_come_back_when_data_change(team):
    team.delete(REFUSED)
    for said in ("Autre.", "Encore autre."):
        team.decide("90002", "Retour au porteur", said)
        team.night()
        assert team.ids == [INVITED, CHOSEN, OTHER]
        assert team.states[REFUSED] == "Retiré"


@pytest.mark.slow
def test_neither_does_the_last_of_several_versions(team):
    team.decide("90002", "Retour au porteur", "Autre.")
    team.night()
    team.delete(f"{REFUSED}.v2")
    team.decide("90002", "Retour au porteur", "Le retour 90002.")
    team.night()
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (team.states[REFUSED], team.states[f"{REFUSED}.v2"]) == ("Obsolète", "Retiré")


@pytest.mark.slow
def test_corrections_of_an_old_text_are_shown_beside_the_new_one(team):
    old, new = REFUSED, f"{REFUSED}.v2"
    text = team.row(old)["Message"].replace("malheureusement", "hélas")
    team.type("Message", old, text)
    team.type("Copie", old, "mentor90002@exemple.invalid")
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    assert team.said(new).split("\n") == [
        f"Remplace « {old} ».",
        "Ce que les données changent :",
        "− > Le retour 90002.",
        "+ > Très bien.",
        "Ce que l’équipe avait corrigé dans l’ancien, à reprendre si c’est encore vrai :",
        "Copie : « second90002@exemple.invalid ; mentor90002@exemple.invalid » → « mentor90002@exemple.invalid »",
        *(f"{sign} {line}" for sign, line in zip("−+", thanks(team, new, text), strict=True)),
    ]
    assert team.row(old)["Message"] == text
    shown = team.robot.campaign.run("emails", "show", new)
    assert team.said(new) in shown.err.replace("\u202f", " ")
    assert "Très bien." in shown.out
    shown = team.robot.campaign.run("emails", "show", old)
    assert "hélas" in shown.out
    assert replaced_by(new) in shown.err.replace("\u202f", " ")


def thanks(team, new, text):
    """The line that was corrected, as the robot writes it and as people did."""
    bodies = (team.row(new)["Message"], text)
    return [next(line for line in body.replace("\u202f", " ").split("\n") if "Merci pour" in line) for body in bodies]


@pytest.mark.slow
def test_the_comparison_stays_there_until_the_version_has_left(team):
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    said = team.said(f"{REFUSED}.v2")
    team.type("Valider", f"{REFUSED}.v2", "oui")
    team.type("Objet", f"{REFUSED}.v2", "Autre objet")
    team.night()
    assert team.said(f"{REFUSED}.v2") == said
    assert team.states[f"{REFUSED}.v2"] == "Validé"


@pytest.mark.slow
def test_without_last_run_all_differences_are_shown_together(team):
    team.type("Objet", REFUSED, "Mon objet")
    team.lose_state()
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    said = team.said(f"{REFUSED}.v2")
    assert "Ce qui diffère de l’ancien, corrections de l’équipe comprises :\nObjet : « Mon objet » →" in said
    assert "Ce que l’équipe" not in said


@pytest.mark.slow
def test_a_lost_state_changes_nothing(team):
    team.type("Objet", REFUSED, "Mon objet")
    team.type("Valider", REFUSED, "oui")
    team.type("Ne pas envoyer", OTHER, "oui")
    team.delete(CHOSEN)
    team.night()
    states = team.states
    team.lose_state()
    run = team.night()
    assert team.states == states
    assert [(email.row.id, email.seen) for email in run.emails.ready] == [(INVITED, True), (REFUSED, True)]


@pytest.mark.slow
def test_without_envois_the_last_run_is_enough(team):
    team.type("Objet", REFUSED, "Mon objet")
    team.delete(CHOSEN)
    team.night()
    states = team.states
    edit(team.path, "delete_tab", tab=SENDINGS)
    team.night()
    assert team.states == states
    assert team.ids == [INVITED, REFUSED, OTHER]


@pytest.mark.slow
def test_without_either_a_row_that_reads_as_the_data_still_holds_and_no_other(team):
    team.type("Objet", REFUSED, "Mon objet")
    team.night()
    edit(team.path, "delete_tab", tab=SENDINGS)
    team.lose_state()
    team.night()
    assert team.states == {
        INVITED: "À valider", CHOSEN: "À valider", REFUSED: "Obsolète", OTHER: "À valider",
        f"{REFUSED}.v2": "À valider",
    }  # fmt: skip
    assert "Mon objet" in team.said(f"{REFUSED}.v2")
    assert REFUSED not in team.ready


SPOILT = {
    "sorted": lambda team: edit(team.path, "sort", tab=SENDINGS, by="Objet", descending=True),
    "moved": lambda team: edit(team.path, "move_column", tab=SENDINGS, header="État", to=2),
    "renamed": lambda team: edit(team.path, "rename_header", tab=SENDINGS, **{"from": "Id", "to": "Clé"}),
    "no stamps": lambda team: team.blank(["Empreinte"]),
    "no states": lambda team: team.blank(["État", "Précision"]),
    "no ids": lambda team: team.blank(["Id"]),
    "mixed up": lambda team: team.rearrange(["Id", "Modèle"], lambda rows: rows[::-1], SENDINGS),
    "stamps of others": lambda team: team.rearrange(["Empreinte"], lambda rows: rows[::-1], SENDINGS),
    "states of others": lambda team: team.rearrange(["État", "Le"], lambda rows: rows[::-1], SENDINGS),
}


@pytest.fixture(scope="module")
def busy(first_night, tmp_path_factory):
    """Rows of every state: one obsolete and its next version, one sent, one corrected, one deleted."""
    team = copied(first_night, tmp_path_factory.mktemp("affaire") / "campagne")
    team.send(CHOSEN)
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.type("Objet", OTHER, "Mon objet")
    team.delete(INVITED)
    team.night()
    assert team.states == {
        CHOSEN: "Envoyé", REFUSED: "Obsolète", OTHER: "À valider", f"{REFUSED}.v2": "À valider", INVITED: "Retiré",
    }  # fmt: skip
    return team


@pytest.fixture
def at_work(busy, tmp_path):
    return copied(busy, tmp_path / "campagne")


@pytest.mark.slow
@pytest.mark.parametrize("spoil", first(3, SPOILT.values()), ids=SPOILT)
def test_whatever_people_do_to_envois_the_last_run_repairs_it(at_work, spoil):
    ids, lines = at_work.ids, at_work.lines
    spoil(at_work)
    at_work.night()
    assert at_work.ids == ids
    mended = at_work.lines
    changed = {sending_id for sending_id in lines if mended[sending_id]["État"] != lines[sending_id]["État"]}
    assert {mended[sending_id]["État"] for sending_id in changed} <= {"Incertain"}
    assert not [sending_id for sending_id in at_work.ready if lines[sending_id]["État"] == "Envoyé"]


@pytest.mark.parametrize("spoil", first(3, SPOILT.values()), ids=SPOILT)
def test_nothing_that_left_is_ready_again_on_a_machine_without_last_run(at_work, spoil):
    spoil(at_work)
    shutil.rmtree(at_work.robot.state.folder)
    emails = at_work.look()
    assert [email.row.id for email in emails.ready if email.row.id.startswith(CHOSEN)] == []
    assert {draft.id for draft in emails.added}.isdisjoint(at_work.ids)


@pytest.mark.slow
def test_a_sent_e_mail_has_no_other_version(team):
    team.send(REFUSED, OTHER, outcome={REFUSED: DeliveryOutcome.SENT, OTHER: DeliveryOutcome.UNCERTAIN})
    for numero in ("90002", "90003"):
        team.decide(numero, "Retour au porteur", "Très bien.")
    team.night()
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (team.states[REFUSED], team.states[OTHER]) == ("Envoyé", "Incertain")


@pytest.mark.slow
def test_a_draft_that_was_made_says_when_it_is_stale(team):
    team.send(REFUSED, outcome=DeliveryOutcome.DRAFTED)
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    assert team.states[REFUSED] == "Brouillon créé"
    assert team.said(REFUSED).endswith("Il n’est plus dû tel quel : s’il est encore dans les brouillons, supprimez-le.")
    team.decide("90002", "Retour au porteur", "Le retour 90002.")
    team.night()
    assert "n’est plus dû" not in team.said(REFUSED)


@pytest.mark.slow
def test_an_appointment_that_moves_is_sent_again_as_an_update(team):
    sent = team.send(INVITED)
    team.decide("90001", "Audition décidée", "4 mai 2021 à 11h10")
    team.night()
    assert (team.states[INVITED], team.states[f"{INVITED}.v2"]) == ("Envoyé", "À valider")
    later = team.send(f"{INVITED}.v2")
    assert [number(box) for box in (sent, later)] == [0, 1]
    team.decide("90001", "Audition décidée", "4 mai 2021 à 9h30")
    team.night()
    assert number(team.send(f"{INVITED}.v3")) == 2


@pytest.mark.slow
def test_an_appointment_that_people_know_of_is_not_sent_twice(team):
    team.send(INVITED)
    team.decide("90001", "Questions de présélection", "Autre question ?")
    team.night()
    team.decide("90001", "Audition décidée", "4 mai 2021 à 11h10")
    team.night()
    team.decide("90001", "Audition décidée", "4 mai 2021 à 9h30")
    team.night()
    assert (team.states[INVITED], team.states[f"{INVITED}.v2"]) == ("Envoyé", "Obsolète")
    assert [sending_id for sending_id in team.ready if "90001" in sending_id] == []


@pytest.mark.slow
def test_an_appointment_waits_for_a_person_when_nobody_knows_what_was_sent(team):
    team.send(INVITED)
    team.blank(["Empreinte"])
    shutil.rmtree(team.robot.state.folder)
    team.night()
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert team.states[INVITED] == "Incertain"


@pytest.mark.slow
def test_a_version_that_people_type_is_none_of_the_robot_s(team):
    team.paste(REFUSED, Id=f"{REFUSED}.v999999")
    for said in ("Très bien.", "Encore mieux."):
        team.night()
        team.decide("90002", "Retour au porteur", said)
    team.night()
    typed, versions = f"{REFUSED}.v999999", [REFUSED, f"{REFUSED}.v2", f"{REFUSED}.v3"]
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER, typed, *versions[1:]]
    assert "ne connaît pas cet Id" in team.said(typed)
    assert [sending_id for sending_id in team.ready if "90002" in sending_id] == versions[2:]


@pytest.mark.slow
@pytest.mark.parametrize("state", first(1, [None, "Envoyé"]))
def test_a_copy_of_what_left_under_another_version_does_not_leave(team, state):
    team.send(REFUSED)
    team.paste(REFUSED, Id=f"{REFUSED}.v2", État=state)
    team.night()
    assert {*team.ready} == {INVITED, CHOSEN, OTHER}
    assert team.states[REFUSED] == "Envoyé"


@pytest.mark.slow
def test_the_next_version_takes_no_id_that_is_there(team):
    team.paste(REFUSED, Id=f"{REFUSED}.v2")
    team.night()
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    assert len({*team.ids}) == len(team.ids)
    assert [sending_id for sending_id in team.ready if "90002" in sending_id] == [f"{REFUSED}.v3"]
    assert team.said(REFUSED) == replaced_by(f"{REFUSED}.v3")


@pytest.mark.slow
@pytest.mark.parametrize("tab", [OUTBOX, SENDINGS])
def test_an_obsolete_row_that_a_person_marks_as_sent_stops_what_comes_after(team, tab):
    team.decide("90002", "Retour au porteur", "Très bien.")
    team.night()
    team.type("État", REFUSED, "Envoyé", tab)
    team.night()
    assert team.states[REFUSED] == "Incertain"
    assert [sending_id for sending_id in team.ready if "90002" in sending_id] == []


@pytest.mark.slow
def test_a_dossier_that_is_deleted_takes_its_e_mails_with_it(team):
    edit(team.path, "delete_row", tab=DOSSIERS, at=int(team.robot.tab(DOSSIERS).cell("N° de dossier", "90002")[1:]))
    team.night()
    assert (team.states[REFUSED], team.said(REFUSED)) == ("Obsolète", NOT_DUE)
