"""Versions: what the data no longer say cannot leave, what comes after it is appended once, and both are shown."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from eig_sheets.emails.outlets.base import Outcome
from tests.emails.outbox.office import CHOSEN, DOSSIERS, INVITED, OTHER, OUTBOX, REFUSED, SENDINGS, copied, made, number
from tests.workbook.xlsx_desk import edit

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


def test_what_the_data_no_longer_say_is_replaced_and_cannot_leave(office):
    for version in (2, 3):
        office.decide("90002", "Retour au porteur", f"Le retour, version {version}.")
        office.night()
    old, middle, new = REFUSED, f"{REFUSED}.v2", f"{REFUSED}.v3"
    assert office.ids == [INVITED, CHOSEN, old, OTHER, middle, new]
    assert [office.states[one] for one in (old, middle, new)] == ["Obsolète", "Obsolète", "À valider"]
    assert [office.said(one) for one in (old, middle)] == [replaced_by(new)] * 2
    assert "version 3" in office.row(new)["Message"]
    assert {*office.ready} == {INVITED, CHOSEN, OTHER, new}


def test_a_tick_is_of_one_version(office):
    office.type("Valider", REFUSED, "oui")
    office.decide("90002", "Retour au porteur", "Autre.")
    office.night()
    assert office.row(REFUSED)["Valider"] == "oui"
    assert office.states[REFUSED] == "Obsolète"
    assert office.states[f"{REFUSED}.v2"] == "À valider"


def test_data_that_come_back_come_back_under_another_version(office):
    before = office.row(REFUSED)
    office.decide("90002", "Retour au porteur", "Autre.")
    office.night()
    office.decide("90002", "Retour au porteur", "Le retour 90002.")
    office.night()
    assert [row["Message"] == before["Message"] for row in office.rows[4:]] == [False, True]
    assert office.states == {
        INVITED: "À valider", CHOSEN: "À valider", REFUSED: "Obsolète", OTHER: "À valider",
        f"{REFUSED}.v2": "Obsolète", f"{REFUSED}.v3": "À valider",
    }  # fmt: skip


def withdrawn(office):
    office.decide("90002", "Décision", "Désisté")
    return lambda: office.decide("90002", "Décision", "Non retenu")


def erased(office):
    office.decide("90002", "Décision", None)
    return lambda: office.decide("90002", "Décision", "Non retenu")


def not_announced(office):
    line = "announced = 2021-05-10\n[emails.talents]"
    office.configure("[emails.talents]", line)
    return lambda: setattr(office.robot, "today", date(2021, 5, 10))


def switched_off(office):
    names = '["accuse_reception", "accuse_talent"]'
    office.configure(names, '["accuse_reception", "accuse_talent", "non_retenu"]')
    return lambda: office.configure('["accuse_reception", "accuse_talent", "non_retenu"]', names)


@pytest.mark.parametrize("undone", [withdrawn, erased, not_announced, switched_off])
def test_what_is_no_longer_due_cannot_leave_until_it_is_due_again(office, undone):
    office.type("Valider", REFUSED, "oui")
    do_again = undone(office)
    office.night()
    assert (office.states[REFUSED], office.said(REFUSED)) == ("Obsolète", NOT_DUE)
    assert REFUSED not in office.ready
    do_again()
    office.night()
    assert (office.states[REFUSED], office.said(REFUSED)) == ("Validé", "")
    assert office.ready[REFUSED].row.approved
    assert [one for one in office.ids if "90002" in one] == [REFUSED]


def test_a_value_that_is_missing_holds_it_back_until_it_is_there_again(office):
    office.decide("90002", "Retour au porteur", None)
    office.night()
    assert (office.states[REFUSED], office.said(REFUSED)) == ("Obsolète", replaced_by(f"{REFUSED}.v2"))
    assert office.states[f"{REFUSED}.v2"] == "Bloqué"
    assert "Retour au porteur" in office.said(f"{REFUSED}.v2")
    assert REFUSED not in office.ready
    office.decide("90002", "Retour au porteur", "Le retour 90002.")
    office.night()
    assert office.states == dict.fromkeys([INVITED, CHOSEN, REFUSED, OTHER], "À valider")


@pytest.mark.parametrize("sign", ["{{", "}}", "{%", "%}", "{#", "#}"])
def test_what_looks_like_a_template_holds_it_back_from_the_first_night(office, sign):
    office.decide("90002", "Retour au porteur", f"Mieux {sign} encore.")
    office.night()
    cell = office.robot.tab(DOSSIERS).cell("Retour au porteur", "90002")
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (office.states[REFUSED], office.states[f"{REFUSED}.v2"]) == ("Obsolète", "Bloqué")
    assert office.said(f"{REFUSED}.v2").replace("\u202f", " ") == (
        f"« Retour au porteur » contient « {sign} », comme un modèle non rempli : corrigez {DOSSIERS}!{cell}."
    )
    office.decide("90002", "Retour au porteur", "Mieux encore.")
    office.night()
    assert office.states[f"{REFUSED}.v2"] == "À valider"


def test_a_text_that_is_empty_holds_it_back_from_the_first_night(tmp_path):
    office = made(tmp_path / "campagne", texts={"non_retenu": ONLY_FEEDBACK})
    office.decide("90002", "Retour au porteur", None)
    office.night()
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert office.states[f"{REFUSED}.v2"] == "Bloqué"
    assert office.said(f"{REFUSED}.v2").startswith("« Message » est vide")


@pytest.mark.parametrize(("never", "typed"), [
    ("x@xn--mller-kva.fr", "x@müller.fr"), ("x@müller.fr", "x@xn--mller-kva.fr"), ("x@müller.fr", "X@MÜLLER.fr"),
])  # fmt: skip
@pytest.mark.parametrize("header", ["E-mail du porteur", "E-mail du porteur 2"])
def test_who_asked_for_none_gets_none_however_the_domain_is_spelled(office, never, typed, header):
    office.configure("never = []", f'never = ["{never}"]')
    office.decide("90002", header, typed)
    office.night()
    assert all(typed.casefold() not in f"{row['Destinataires']} {row['Copie']}".casefold() for row in office.rows)


def test_who_asked_for_none_gets_none(office):
    office.configure("never = []", 'never = ["Porteur90002@exemple.invalid"]')
    office.night()
    assert office.states[REFUSED] == "Obsolète"
    assert "emails.never" in office.said(f"{REFUSED}.v2")
    assert {*office.ready} == {INVITED, CHOSEN, OTHER}
    office.configure('never = ["Porteur90002@exemple.invalid"]', "never = []")
    office.night()
    assert office.states[REFUSED] == "À valider"


def test_what_is_set_aside_stays_so_and_gets_no_new_version(office):
    office.type("Ne pas envoyer", REFUSED, "oui")
    office.decide("90002", "Retour au porteur", "Autre.")
    office.night()
    assert [one for one in office.ids if "90002" in one] == [REFUSED]
    assert office.states[REFUSED] == "Écarté"
    office.type("Ne pas envoyer", REFUSED, None)
    office.night()
    assert (office.states[REFUSED], office.states[f"{REFUSED}.v2"]) == ("Obsolète", "À valider")


def test_a_deleted_row_does_not_come_back_when_data_change(office):
    office.delete(REFUSED)
    for said in ("Autre.", "Encore autre."):
        office.decide("90002", "Retour au porteur", said)
        office.night()
        assert office.ids == [INVITED, CHOSEN, OTHER]
        assert office.states[REFUSED] == "Retiré"


def test_neither_does_the_last_of_several_versions(office):
    office.decide("90002", "Retour au porteur", "Autre.")
    office.night()
    office.delete(f"{REFUSED}.v2")
    office.decide("90002", "Retour au porteur", "Le retour 90002.")
    office.night()
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (office.states[REFUSED], office.states[f"{REFUSED}.v2"]) == ("Obsolète", "Retiré")


def test_corrections_of_an_old_text_are_shown_beside_the_new_one(office):
    old, new = REFUSED, f"{REFUSED}.v2"
    text = office.row(old)["Message"].replace("malheureusement", "hélas")
    office.type("Message", old, text)
    office.type("Copie", old, "mentor90002@exemple.invalid")
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    assert office.said(new).split("\n") == [
        f"Remplace « {old} ».",
        "Ce que les données changent :",
        "− > Le retour 90002.",
        "+ > Très bien.",
        "Ce que l’équipe avait corrigé dans l’ancien, à reprendre si c’est encore vrai :",
        "Copie : « second90002@exemple.invalid ; mentor90002@exemple.invalid » → « mentor90002@exemple.invalid »",
        *(f"{sign} {line}" for sign, line in zip("−+", thanks(office, new, text), strict=True)),
    ]
    assert office.row(old)["Message"] == text
    shown = office.robot.campaign.run("emails", "show", new)
    assert office.said(new) in shown.err.replace("\u202f", " ")
    assert "Très bien." in shown.out
    shown = office.robot.campaign.run("emails", "show", old)
    assert "hélas" in shown.out
    assert replaced_by(new) in shown.err.replace("\u202f", " ")


def thanks(office, new, text):
    """The line that was corrected, as the robot writes it and as people did."""
    bodies = (office.row(new)["Message"], text)
    return [next(one for one in body.replace("\u202f", " ").split("\n") if "Merci pour" in one) for body in bodies]


def test_the_comparison_stays_there_until_the_version_has_left(office):
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    said = office.said(f"{REFUSED}.v2")
    office.type("Valider", f"{REFUSED}.v2", "oui")
    office.type("Objet", f"{REFUSED}.v2", "Autre objet")
    office.night()
    assert office.said(f"{REFUSED}.v2") == said
    assert office.states[f"{REFUSED}.v2"] == "Validé"


def test_without_memory_what_differs_is_told_all_together(office):
    office.type("Objet", REFUSED, "Mon objet")
    office.lose_state()
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    said = office.said(f"{REFUSED}.v2")
    assert "Ce qui diffère de l’ancien, corrections de l’équipe comprises :\nObjet : « Mon objet » →" in said
    assert "Ce que l’équipe" not in said


def test_a_lost_state_changes_nothing(office):
    office.type("Objet", REFUSED, "Mon objet")
    office.type("Valider", REFUSED, "oui")
    office.type("Ne pas envoyer", OTHER, "oui")
    office.delete(CHOSEN)
    office.night()
    states = office.states
    office.lose_state()
    run = office.night()
    assert office.states == states
    assert [(one.row.id, one.seen) for one in run.emails.ready] == [(INVITED, True), (REFUSED, True)]


def test_without_envois_the_memory_says_it_all(office):
    office.type("Objet", REFUSED, "Mon objet")
    office.delete(CHOSEN)
    office.night()
    states = office.states
    edit(office.path, "delete_tab", tab=SENDINGS)
    office.night()
    assert office.states == states
    assert office.ids == [INVITED, REFUSED, OTHER]


def test_without_either_a_row_that_reads_as_the_data_still_holds_and_no_other(office):
    office.type("Objet", REFUSED, "Mon objet")
    office.night()
    edit(office.path, "delete_tab", tab=SENDINGS)
    office.lose_state()
    office.night()
    assert office.states == {
        INVITED: "À valider", CHOSEN: "À valider", REFUSED: "Obsolète", OTHER: "À valider",
        f"{REFUSED}.v2": "À valider",
    }  # fmt: skip
    assert "Mon objet" in office.said(f"{REFUSED}.v2")
    assert REFUSED not in office.ready


SPOILT = {
    "sorted": lambda office: edit(office.path, "sort", tab=SENDINGS, by="Objet", descending=True),
    "moved": lambda office: edit(office.path, "move_column", tab=SENDINGS, header="État", to=2),
    "renamed": lambda office: edit(office.path, "rename_header", tab=SENDINGS, **{"from": "Id", "to": "Clé"}),
    "no stamps": lambda office: office.blank(["Empreinte"]),
    "no states": lambda office: office.blank(["État", "Précision"]),
    "no ids": lambda office: office.blank(["Id"]),
    "mixed up": lambda office: office.rearrange(["Id", "Modèle"], lambda rows: rows[::-1], SENDINGS),
    "stamps of others": lambda office: office.rearrange(["Empreinte"], lambda rows: rows[::-1], SENDINGS),
    "states of others": lambda office: office.rearrange(["État", "Le"], lambda rows: rows[::-1], SENDINGS),
}


@pytest.fixture(scope="module")
def busy(first_night, tmp_path_factory):
    """Rows of every state: one obsolete and its next version, one sent, one corrected, one deleted."""
    office = copied(first_night, tmp_path_factory.mktemp("affaire") / "campagne")
    office.send(CHOSEN)
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.type("Objet", OTHER, "Mon objet")
    office.delete(INVITED)
    office.night()
    assert office.states == {
        CHOSEN: "Envoyé", REFUSED: "Obsolète", OTHER: "À valider", f"{REFUSED}.v2": "À valider", INVITED: "Retiré",
    }  # fmt: skip
    return office


@pytest.fixture
def at_work(busy, tmp_path):
    return copied(busy, tmp_path / "campagne")


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_whatever_people_do_to_envois_the_memory_mends_it(at_work, spoil):
    ids, lines = at_work.ids, at_work.lines
    spoil(at_work)
    at_work.night()
    assert at_work.ids == ids
    mended = at_work.lines
    changed = {one for one in lines if mended[one]["État"] != lines[one]["État"]}
    assert {mended[one]["État"] for one in changed} <= {"Incertain"}
    assert not [one for one in at_work.ready if lines[one]["État"] == "Envoyé"]


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_nothing_that_left_is_ready_again_on_a_machine_without_memory(at_work, spoil):
    spoil(at_work)
    shutil.rmtree(at_work.robot.state.folder)
    emails = at_work.look()
    assert [one.row.id for one in emails.ready if one.row.id.startswith(CHOSEN)] == []
    assert {one.id for one in emails.added}.isdisjoint(at_work.ids)


def test_a_sent_e_mail_has_no_other_version(office):
    office.send(REFUSED, OTHER, outcome={REFUSED: Outcome.SENT, OTHER: Outcome.UNCERTAIN})
    for numero in ("90002", "90003"):
        office.decide(numero, "Retour au porteur", "Très bien.")
    office.night()
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert (office.states[REFUSED], office.states[OTHER]) == ("Envoyé", "Incertain")


def test_a_draft_that_was_made_says_when_it_is_stale(office):
    office.send(REFUSED, outcome=Outcome.DRAFTED)
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    assert office.states[REFUSED] == "Brouillon créé"
    assert office.said(REFUSED).endswith(
        "Il n’est plus dû tel quel : s’il est encore dans les brouillons, supprimez-le."
    )
    office.decide("90002", "Retour au porteur", "Le retour 90002.")
    office.night()
    assert "n’est plus dû" not in office.said(REFUSED)


def test_an_appointment_that_moves_is_told_again_as_an_update(office):
    sent = office.send(INVITED)
    office.decide("90001", "Audition décidée", "4 mai 2021 à 11h10")
    office.night()
    assert (office.states[INVITED], office.states[f"{INVITED}.v2"]) == ("Envoyé", "À valider")
    later = office.send(f"{INVITED}.v2")
    assert [number(box) for box in (sent, later)] == [0, 1]
    office.decide("90001", "Audition décidée", "4 mai 2021 à 9h30")
    office.night()
    assert number(office.send(f"{INVITED}.v3")) == 2


def test_an_appointment_that_people_know_of_is_not_told_twice(office):
    office.send(INVITED)
    office.decide("90001", "Questions de présélection", "Autre question ?")
    office.night()
    office.decide("90001", "Audition décidée", "4 mai 2021 à 11h10")
    office.night()
    office.decide("90001", "Audition décidée", "4 mai 2021 à 9h30")
    office.night()
    assert (office.states[INVITED], office.states[f"{INVITED}.v2"]) == ("Envoyé", "Obsolète")
    assert [one for one in office.ready if "90001" in one] == []


def test_when_nobody_knows_what_was_told_of_an_appointment_it_waits_for_a_person(office):
    office.send(INVITED)
    office.blank(["Empreinte"])
    shutil.rmtree(office.robot.state.folder)
    office.night()
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER]
    assert office.states[INVITED] == "Incertain"


def test_a_version_that_people_type_is_none_of_the_robot_s(office):
    office.paste(REFUSED, Id=f"{REFUSED}.v999999")
    for said in ("Très bien.", "Encore mieux."):
        office.night()
        office.decide("90002", "Retour au porteur", said)
    office.night()
    typed, versions = f"{REFUSED}.v999999", [REFUSED, f"{REFUSED}.v2", f"{REFUSED}.v3"]
    assert office.ids == [INVITED, CHOSEN, REFUSED, OTHER, typed, *versions[1:]]
    assert "ne connaît pas cet Id" in office.said(typed)
    assert [one for one in office.ready if "90002" in one] == versions[2:]


@pytest.mark.parametrize("state", [None, "Envoyé"])
def test_a_copy_of_what_left_under_another_version_does_not_leave(office, state):
    office.send(REFUSED)
    office.paste(REFUSED, Id=f"{REFUSED}.v2", État=state)
    office.night()
    assert {*office.ready} == {INVITED, CHOSEN, OTHER}
    assert office.states[REFUSED] == "Envoyé"


def test_the_next_version_takes_no_id_that_is_there(office):
    office.paste(REFUSED, Id=f"{REFUSED}.v2")
    office.night()
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    assert len({*office.ids}) == len(office.ids)
    assert [one for one in office.ready if "90002" in one] == [f"{REFUSED}.v3"]
    assert office.said(REFUSED) == replaced_by(f"{REFUSED}.v3")


@pytest.mark.parametrize("tab", [OUTBOX, SENDINGS])
def test_an_obsolete_row_that_is_said_to_be_sent_stops_what_comes_after(office, tab):
    office.decide("90002", "Retour au porteur", "Très bien.")
    office.night()
    office.type("État", REFUSED, "Envoyé", tab)
    office.night()
    assert office.states[REFUSED] == "Incertain"
    assert [one for one in office.ready if "90002" in one] == []


def test_a_dossier_that_is_deleted_takes_its_e_mails_with_it(office):
    edit(office.path, "delete_row", tab=DOSSIERS, at=int(office.robot.tab(DOSSIERS).cell("N° de dossier", "90002")[1:]))
    office.night()
    assert (office.states[REFUSED], office.said(REFUSED)) == ("Obsolète", NOT_DUE)
