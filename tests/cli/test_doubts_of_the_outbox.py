"""Doubt is never a no, in the outbox: what cannot be read there, or of those it is about, waits and is named (G13)."""

import pytest

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.text.french import typographic
from tests.cli.test_doubts import cell, rename, spoil, states
from tests.nightly import Robot

pytestmark = pytest.mark.in_memory


def listed(demo):
    done = demo.run("emails", "list", "--format", "json")
    assert done.code == 0, done.err
    return done, {record["id"]: record | {"detail": " ".join(record["reasons"])} for record in done.records}


@pytest.mark.slow
def test_a_renamed_header_makes_no_draft_obsolete_and_the_list_names_it(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    before = states(demo)
    rename(demo, "Jury", "Nom", "Qui")
    done, after = listed(demo)
    assert [key for key, record in after.items() if record["state"] == "Obsolète" != before[key]] == []
    waiting = [record["detail"] for record in after.values() if record["state"] == "Bloqué" != before[record["id"]]]
    assert waiting
    assert {*waiting} == {typographic("La colonne « Nom » de l’onglet Jury n’est plus là : rétablissez-la.")}
    assert "Jury!" in done.err


@pytest.mark.slow
@pytest.mark.parametrize("header", ["Destinataires", "Objet", "Message", "Pièces jointes"])
def test_a_column_of_the_outbox_that_is_gone_is_not_blank(demo, header):
    demo.run("emails", "draft")
    demo.run("sync")
    rename(demo, "E-mails à envoyer", header, f"{header} (copie)")
    done, after = listed(demo)
    gone = f"La colonne « {header} » de l’onglet E-mails à envoyer n’est plus là : rétablissez-la."
    assert typographic(gone) in {record["detail"] for record in after.values()}
    assert not any(
        "est vide" in record["detail"] for record in after.values() if "E-mails à envoyer" in record["detail"]
    )
    assert "E-mails à envoyer!" in done.err


@pytest.mark.slow
def test_a_copy_that_was_emptied_is_named_for_a_week_and_a_box_that_is_unticked_is_not(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    row = next(record for record in Robot(demo).tab("E-mails à envoyer").rows if record["Copie"])
    where = spoil(demo, "E-mails à envoyer", "Copie", row["Id"], None)
    spoil(demo, "E-mails à envoyer", "Valider", row["Id"], None)
    assert where in listed(demo)[0].err
    assert demo.run("sync").code == 0
    told = [anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["code"] == "cellule_videe"]
    assert [f"{record['tab']}!{record['cell']}" for record in told] == [where]


@pytest.mark.slow
def test_an_id_that_the_robot_does_not_know_is_named_with_the_one_that_was_meant(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    known = next(key for key, state in states(demo).items() if state == "À valider")
    where = spoil(demo, "E-mails à envoyer", "Id", known, f"{known} q")
    anomalies = [
        anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["tab"] == "E-mails à envoyer"
    ]
    here = [record for record in anomalies if f"{record['tab']}!{record['cell']}" == where]
    assert [(record["severity"], record["code"]) for record in here] == [("bloquant", "email_inconnu")]
    assert typographic(f"« {known} » ?") in here[0]["message"]
    assert "saisie_dans_onglet_robot" not in [record["code"] for record in anomalies]  # nobody typed its state
    done, after = listed(demo)
    assert after[f"{known} q"]["state"] == "Bloqué"
    assert where in done.err
    demo.run("sync")
    spoil(demo, "E-mails à envoyer", "Id", f"{known} q", known)
    demo.run("sync")
    assert states(demo)[known] == "À valider"


@pytest.mark.slow
def test_recipients_in_error_are_named_by_what_sends(demo):
    demo.run("emails", "draft")
    demo.run("sync")
    known = next(key for key, state in states(demo).items() if state == "À valider")
    where = cell(demo, "E-mails à envoyer", "Destinataires", known)
    spoil(demo, "E-mails à envoyer", "Valider", known, "oui")
    spoil(demo, "E-mails à envoyer", "Destinataires", known, CellError("#REF!"))
    done = demo.run("emails", "send", "--dry-run", "--format", "json")
    assert known not in done.out
    assert f"E-mails à envoyer!{where}" in done.err


@pytest.mark.parametrize(
    ("tab", "header"), [("E-mails à envoyer", "Id"), ("Jury", "E-mail"), ("Candidatures", "N° de dossier")]
)
def test_a_key_that_is_gone_stops_the_command_with_a_sentence(demo, tab, header):
    demo.run("sync")
    rename(demo, tab, header, f"{header} (copie)")
    for command in (("check", "--format", "json"), ("rank",), ("emails", "list")):
        done = demo.run(*command)
        assert done.code == 1, done.err
        assert typographic(f"« {header} » manque dans l’onglet « {tab} »") in done.out + done.err
    assert Robot(demo).tab(tab).rows
