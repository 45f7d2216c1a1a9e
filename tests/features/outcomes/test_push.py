"""`outcomes push`: what people decided is told to Démarche Numérique, once each, when it may be known."""

import pytest

from eig_sheets.storage.records import FILE
from tests.demarche_server import official
from tests.demarche_server.dossiers import dossier
from tests.demarche_server.service import Service
from tests.effort import first
from tests.end_to_end.sending.campaign import plain
from tests.features.outcomes.campaign import (
    INTERNAL,
    NUMBERS,
    PUSHED,
    REFUSED,
    REJECTED,
    SELECTED,
    SILENT,
    UNDECIDED,
    WAITING,
    WITHDRAWN,
    by_dossier,
    mutations,
    states,
)
from tests.spreadsheet.xlsx_desk import edit
from tests.two_workbooks import made

pytestmark = pytest.mark.in_memory

ACTS = {SELECTED: "accepter", REFUSED: "refuser", REJECTED: "refuser", WITHDRAWN: "classer_sans_suite"}
NOT_PUSHED = {
    WAITING: (None, "sans_acte", ["liste_attente"]),
    SILENT: ("refuser", "retenu", ["motivation_vide"]),
}


def typed_in(team, header, word):
    team.type_in("Candidatures", {(str(SELECTED), header): word})


def without_feedback_column(team):
    change = {"tab": "Candidatures", "from": "Retour au porteur", "to": "Autre chose"}
    edit(team.workbook, "rename_header", **change)


def every_request_is_one_that_the_service_accepts(service):
    """Held against the official schema and stored queries, where they are."""
    if not official.FOLDER.exists():
        return
    again = Service()
    again.add(*(dossier(number, state="en_instruction") for number in NUMBERS))
    answers = [official.engine().answer(again, one.body) for one in service.asked]
    assert [one["errors"] for one in answers if "errors" in one] == []
    assert {number: again.dossiers[number]["state"] for number in PUSHED} == PUSHED


def nothing_was_asked(service, team, before):
    assert mutations(service) == []
    assert states(service) == {}
    assert team.acts.acts() == {}
    assert team.bytes == before


@pytest.mark.parametrize("confirm", first(1, [["--confirm", "4"], []]))
def test_a_dry_run_shows_each_decided_dossier_and_does_nothing(told, service, confirm):
    before = told.bytes
    done = told.outcomes("push", "--dry-run", *confirm)
    assert (done.code, by_dossier(done)) == (
        0,
        {number: (act, "a_faire", []) for number, act in ACTS.items()} | NOT_PUSHED,
    )
    assert done.records[0] == {
        "dossier": "4512000", "project": "Projet 0", "decision": "Lauréat", "act": "accepter", "status": "a_faire",
        "state": "en_instruction", "motivation": "Bravo.", "reason": None, "codes": [], "decided_by": "Jury",
        "decided_on": "2021-05-05",
    }  # fmt: skip
    nothing_was_asked(service, told, before)


@pytest.mark.slow
def test_what_was_told_is_pushed_with_what_may_be_told_and_once(told, service):
    done = told.push(4)
    assert (done.code, states(service)) == (0, PUSHED), done
    assert by_dossier(done) == {number: (act, "fait", []) for number, act in ACTS.items()} | NOT_PUSHED
    motivations = {number: service.service.dossiers[number].get("motivation") for number in ACTS}
    assert motivations == {
        SELECTED: "Bravo.", REFUSED: "Le besoin reste à préciser.\nÀ l’an prochain.", REJECTED: "Déposé hors délai.",
        WITHDRAWN: "Vous avez retiré votre candidature.",
    }  # fmt: skip
    assert service.service.notified == []
    assert "1 dossier accepté, 2 dossiers refusés et 1 dossier classé sans suite sur 4 dossiers demandés." in plain(
        done.err
    )
    line = told.table("Journal").rows[0]
    what = "Démarche Numérique : 1 dossier accepté, 2 dossiers refusés et 1 dossier classé sans suite."
    assert (line["Résultat"], plain(line["Ce qui s’est passé"])) == ("Réussi", what)
    assert not [one.body for one in service.asked if any(word in str(one.body) for word in INTERNAL)]
    every_request_is_one_that_the_service_accepts(service)

    again = told.push(0)
    assert (again.code, by_dossier(again)) == (0, by_dossier(done))
    assert len(mutations(service)) == 4


@pytest.mark.parametrize("count", first(1, [9, 3, 0]))
def test_another_number_pushes_nothing_and_what_is_asked_shows_what_applicants_will_read(told, service, count):
    before = told.bytes
    done = told.push(count)
    said = plain(done.err)
    assert done.code == 1
    assert "• 4512000 (Projet 0) : accepter. Motivation : « Bravo. »" in said
    assert "4 dossiers dans Démarche Numérique : 1 à accepter, 2 à refuser et 1 à classer sans suite." in said
    assert f"Rien n’est fait : 4 dossiers attendent, et vous avez dit « {count} »." in said
    nothing_was_asked(service, told, before)


@pytest.mark.slow
def test_without_a_terminal_the_number_is_asked_for(told, service):
    before = told.bytes
    done = told.outcomes("push")
    assert (done.code, "Sans terminal, dites combien de dossiers : --confirm 4." in plain(done.err)) == (2, True)
    nothing_was_asked(service, told, before)


def test_another_day_is_for_dry_runs(told, service):
    before = told.bytes
    done = told.outcomes("push", "--confirm", "4", day="2021-05-07")
    assert done.code == 1
    assert "« --today » ne convient pas à une décision : gardez-le pour --dry-run." in plain(done.err)
    nothing_was_asked(service, told, before)


@pytest.mark.slow
def test_nothing_is_pushed_before_the_day_of_the_announcement(told):
    done = told.outcomes("push", "--dry-run", day="2021-05-05")
    early = {number: (act, "retenu", ["avant_annonce"]) for number, act in ACTS.items()}
    silent = {SILENT: ("refuser", "retenu", ["avant_annonce", "motivation_vide"])}
    assert by_dossier(done) == {**early, **NOT_PUSHED, **silent}
    assert "Les décisions ne peuvent pas être connues avant le jeudi 6 mai 2021" in done.records[0]["reason"]


@pytest.mark.slow
def test_nothing_is_pushed_before_our_own_message_is_sent(team, service):
    team.tell(SELECTED)
    done = team.push(2)
    assert (done.code, states(service)) == (0, {SELECTED: "accepte", WITHDRAWN: "sans_suite"})
    assert by_dossier(done)[REFUSED] == ("refuser", "retenu", ["message_non_envoye"])


@pytest.mark.slow
def test_where_the_service_writes_it_tells_the_applicants_itself(team, service):
    team.connect(service, "[outcomes]", "service_writes = true")
    done = team.push(4)
    assert (done.code, states(service)) == (0, PUSHED), done
    assert service.service.notified == [*PUSHED.items()]
    assert "Pour qu’un porteur ne soit pas prévenu deux fois" in done.err


@pytest.mark.slow
def test_refusals_without_ways_of_appeal_are_said_and_not_held_back(told, service):
    """Blank in the configuration; then in it, but the service writes what it wants; then typed as the motivation."""
    appeal, said = "Recours : deux mois, tribunal administratif de Paris.", "sans que le robot dise les voies et délais"
    blank = told.outcomes("push", "--dry-run")
    assert f"2 refus seront rendus {said} de recours ({REFUSED} et {REJECTED})" in plain(blank.err)
    assert "decisions.voies_recours est vide" in blank.err
    one = told.outcomes("push", "--dry-run", "--dossier", str(SELECTED))
    assert said not in one.err
    told.set_config('voies_recours = ""', f'voies_recours = "{appeal}"')
    ours = told.outcomes("push", "--dry-run")
    assert (ours.code, said in ours.err) == (0, False)
    told.connect(service, "[outcomes]", "service_writes = true")
    assert "ses propres modèles, où decisions.voies_recours ne s’ajoute pas" in told.outcomes("push", "--dry-run").err
    told.type_in("Candidatures", {(str(REJECTED), "Retour au porteur"): f"Déposé hors délai.\n\n{appeal}"})
    assert f"1 refus sera rendu {said} de recours ({REFUSED})" in plain(told.outcomes("push", "--dry-run").err)
    told.set_config("public_law = true", "public_law = false")
    private = told.push(4)
    assert (private.code, states(service), said in private.err) == (0, PUSHED, False), private


@pytest.mark.slow
def test_one_dossier_alone_is_pushed(told, service):
    done = told.push(1, "--dossier", str(REFUSED))
    assert (done.code, states(service), [*by_dossier(done)]) == (0, {REFUSED: "refuse"}, [REFUSED])
    assert told.push(1, "--dossier", "99").code == 1


def test_a_dossier_decided_otherwise_in_the_service_is_said_and_left(told, service):
    service.service.touch(SELECTED, state="refuse")
    service.service.touch(WAITING, state="accepte")
    service.service.touch(UNDECIDED, state="refuse")
    service.service.touch(REFUSED, state="refuse")
    done = told.outcomes("push", "--dry-run")
    found = by_dossier(done)
    assert found[SELECTED] == ("accepter", "contredit", ["decide_autrement"])
    assert found[WAITING] == (None, "contredit", ["decide_sans_le_classeur"])
    assert found[UNDECIDED] == (None, "contredit", ["decide_sans_le_classeur"])
    assert found[REFUSED] == ("refuser", "fait", [])
    assert [number for number, (_, status, _) in found.items() if status == "a_faire"] == [REJECTED, WITHDRAWN]


@pytest.mark.slow
def test_a_decision_changed_after_it_was_pushed_is_said_and_what_was_reopened_is_left(told, service):
    told.push(4)
    told.type_in("Candidatures", {(str(SELECTED), "Décision"): "Non retenu"})
    service.service.touch(REFUSED, state="en_instruction")
    done = told.push(0)
    found = by_dossier(done)
    assert (done.code, found[SELECTED]) == (0, ("refuser", "contredit", ["decision_changee"]))
    assert found[REFUSED] == ("refuser", "retenu", ["rouvert_dans_le_service"])
    assert len(mutations(service)) == 4


@pytest.mark.slow
@pytest.mark.parametrize("state", first(1, ["en_instruction", "en_construction"]))
def test_what_was_reopened_is_left_even_when_the_state_folder_is_lost(told, service, state):
    assert told.push(1, "--dossier", str(SELECTED)).code == 0
    (told.folder / ".eig-sheets" / FILE).unlink()
    service.service.touch(SELECTED, state=state)
    done = told.outcomes("push", "--dry-run")
    assert by_dossier(done)[SELECTED] == ("accepter", "retenu", ["rouvert_dans_le_service"])


@pytest.mark.slow
def test_a_decision_changed_twice_is_pushed_each_time(team, service):
    team.connect(service, "[outcomes]", "service_writes = true")
    assert team.push(1, "--dossier", str(SELECTED)).code == 0
    for word, state in (("Non retenu", "refuse"), ("Lauréat", "accepte")):
        service.service.touch(SELECTED, state="en_instruction")
        typed_in(team, "Décision", word)
        done = team.push(1, "--dossier", str(SELECTED))
        assert (done.code, states(service)) == (0, {SELECTED: state}), done
    service.service.touch(SELECTED, state="en_instruction")
    again = team.outcomes("push", "--dry-run")
    assert by_dossier(again)[SELECTED] == ("accepter", "retenu", ["rouvert_dans_le_service"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "number", "codes"),
    first(1, [
        (lambda team: typed_in(team, "Présélection", "Écarté – inéligible"), SELECTED, ["decision_contradictoire"]),
        (lambda team: typed_in(team, "Décision", "Lauréta"), SELECTED, ["illisible"]),
        (lambda team: typed_in(team, "N° de dossier", str(REFUSED)), REFUSED, ["illisible"]),
        (without_feedback_column, SELECTED, ["illisible"]),
    ]),
)  # fmt: skip
def test_a_row_that_contradicts_itself_or_cannot_be_read_is_held_back(told, service, change, number, codes):
    change(told)
    done = told.outcomes("push", "--dry-run")
    assert (done.code, by_dossier(done)[number]) == (0, (None, "retenu", codes))
    assert UNDECIDED not in by_dossier(done)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    first(1, [
        ('instructeur = "', 'instructeur = "x', "xinstruction@example.org », dans [demarche] instructeur, n’est"),
        ('instructeur = "instruction@example.org"', 'instructeur = ""', "Il manque l’instructeur"),
        ("number = 12345", "number = 54321", "[demarche] number"),
    ]),
)  # fmt: skip
def test_a_mistake_in_the_configuration_is_told(told, service, old, new, said):
    before = told.bytes
    told.set_config(old, new)
    done = told.push(4)
    assert (done.code, said in plain(done.err)) == (1, True), done
    nothing_was_asked(service, told, before)


def test_a_workbook_of_candidates_has_no_decision_to_push(tmp_path):
    done = made(tmp_path / "appel").run("--talents", "outcomes", "push")
    assert (done.code, done.out) == (2, "")
    assert "retirez --talents" in done.err
