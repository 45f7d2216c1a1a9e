"""`outcomes push`: what people decided is told to Démarche Numérique, once each, when it may be known."""

import pytest

from tests.columns import cell_of
from tests.demarche_server import official
from tests.demarche_server.dossiers import dossier
from tests.demarche_server.service import Service
from tests.effort import first
from tests.end_to_end.sending.campaign import plain
from tests.outcomes.campaign import (
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

pytestmark = pytest.mark.in_memory

ACTS = {SELECTED: "accepter", REFUSED: "refuser", REJECTED: "refuser", WITHDRAWN: "classer_sans_suite"}
NOT_PUSHED = {
    WAITING: (None, "sans_acte", ["liste_attente"]),
    SILENT: ("refuser", "retenu", ["motivation_vide"]),
}


def nothing_was_asked(service, team, before):
    assert mutations(service) == []
    assert states(service) == {}
    assert team.acts.acts() == {}
    assert team.bytes == before


@pytest.mark.parametrize("confirm", [(), ("--confirm", "4")])
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
    asked = len(mutations(service))
    again = told.push(0)
    assert (again.code, by_dossier(again)) == (0, by_dossier(done))
    assert len(mutations(service)) == asked == 4


def test_what_is_internal_never_leaves(told, service):
    told.push(4)
    said = [str(one.body) for one in service.asked]
    assert any("Bravo." in one for one in said)
    assert not [one for one in said if any(word in one for word in INTERNAL)]


def test_the_journal_says_what_was_done(told, service):
    told.push(4)
    line = told.table("Journal").rows[0]
    assert (line["Résultat"], plain(line["Ce qui s’est passé"])) == (
        "Réussi",
        "Démarche Numérique : 1 dossier accepté, 2 dossiers refusés et 1 dossier classé sans suite.",
    )


def test_what_people_confirm_is_what_applicants_will_read(told):
    said = plain(told.push(9).err)
    assert "• 4512000 (Projet 0) : accepter. Motivation : « Bravo. »" in said
    assert "4 dossiers dans Démarche Numérique : 1 à accepter, 2 à refuser et 1 à classer sans suite." in said
    assert "Rien n’est fait : 4 dossiers attendent, et vous avez dit « 9 »." in said


@pytest.mark.parametrize("options", [("--confirm", "3"), ("--confirm", "0"), ()])
def test_another_number_or_none_without_a_terminal_pushes_nothing(told, service, options):
    before = told.bytes
    done = told.outcomes("push", *options)
    assert done.code == (1 if options else 2)
    nothing_was_asked(service, told, before)


def test_another_day_is_for_dry_runs(told, service):
    before = told.bytes
    done = told.outcomes("push", "--confirm", "4", day="2021-05-07")
    assert done.code == 1
    assert "« --today » ne convient pas à une décision : gardez-le pour --dry-run." in plain(done.err)
    nothing_was_asked(service, told, before)


def test_nothing_is_pushed_before_the_day_of_the_announcement(told):
    done = told.outcomes("push", "--dry-run", day="2021-05-05")
    early = {number: (act, "retenu", ["avant_annonce"]) for number, act in ACTS.items()}
    silent = {SILENT: ("refuser", "retenu", ["avant_annonce", "motivation_vide"])}
    assert by_dossier(done) == {**early, **NOT_PUSHED, **silent}
    assert "Les décisions ne peuvent pas être connues avant le jeudi 6 mai 2021" in done.records[0]["reason"]


def test_nothing_is_pushed_before_our_own_message_is_sent(team, service):
    team.tell(SELECTED)
    done = team.push(2)
    assert (done.code, states(service)) == (0, {SELECTED: "accepte", WITHDRAWN: "sans_suite"})
    assert by_dossier(done)[REFUSED] == ("refuser", "retenu", ["message_non_envoye"])
    reasons = {int(one["dossier"]): plain(one["reason"] or "") for one in done.records}
    assert reasons[REFUSED] == (
        "L’e-mail qui l’annonce (non_retenu) est « À valider » : le porteur doit l’avoir reçu d’abord."
    )
    assert "L’e-mail qui l’annonce (non_retenu) n’existe pas encore" not in reasons[SILENT]
    assert "« Retour au porteur » est vide" in reasons[SILENT]


def test_where_the_service_writes_it_tells_the_applicants_itself(team, service):
    team.connect(service, "service_writes = true")
    done = team.push(4)
    assert (done.code, states(service)) == (0, PUSHED), done
    assert service.service.notified == [*PUSHED.items()]
    assert "Pour qu’un porteur ne soit pas prévenu deux fois" in done.err


def test_one_dossier_alone_is_pushed(told, service):
    done = told.push(1, "--dossier", str(REFUSED))
    assert (done.code, states(service), [*by_dossier(done)]) == (0, {REFUSED: "refuse"}, [REFUSED])
    assert told.push(1, "--dossier", "99").code == 1


def test_a_dossier_decided_otherwise_in_the_service_is_said_and_left(told, service):
    service.service.touch(SELECTED, state="refuse")
    service.service.touch(WAITING, state="accepte")
    service.service.touch(UNDECIDED, state="refuse")
    service.service.touch(REFUSED, state="refuse")
    done = told.push(2)
    assert done.code == 0, done
    found = by_dossier(done)
    assert found[SELECTED] == ("accepter", "contredit", ["decide_autrement"])
    assert found[WAITING] == (None, "contredit", ["decide_sans_le_classeur"])
    assert found[UNDECIDED] == (None, "contredit", ["decide_sans_le_classeur"])
    assert found[REFUSED] == ("refuser", "fait", [])
    assert {number for _, number in mutations(service)} == {REJECTED, WITHDRAWN}
    cell = f"Candidatures!{cell_of('candidatures', 'decision', 2)}"
    assert plain(done.records[0]["reason"]) == (
        "Démarche Numérique dit « refusé » et le classeur « Lauréat » : le robot n’y touche pas. Corrigez "
        f"{cell}, ou repassez le dossier en instruction dans Démarche Numérique."
    )


def test_a_decision_changed_after_it_was_pushed_is_said(told, service):
    told.push(4)
    told.type_in("Candidatures", {(str(SELECTED), "Décision"): "Non retenu"})
    done = told.push(0)
    assert (done.code, by_dossier(done)[SELECTED]) == (0, ("refuser", "contredit", ["decision_changee"]))
    assert "La décision a changé depuis qu’elle a été rendue" in done.records[0]["reason"]
    assert states(service) == PUSHED


def test_what_somebody_reopened_in_the_service_is_not_pushed_again(told, service):
    told.push(4)
    service.service.touch(SELECTED, state="en_instruction")
    done = told.push(0)
    assert by_dossier(done)[SELECTED] == ("accepter", "retenu", ["rouvert_dans_le_service"])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda service: service.dossiers.pop(SELECTED), ["absent_du_service"]),
        (lambda service: service.touch(SELECTED, state="en_construction"), ["encore_en_construction"]),
    ],
)
def test_a_dossier_that_the_service_cannot_decide_is_held_back(told, service, change, codes):
    change(service.service)
    done = told.push(3)
    assert (done.code, by_dossier(done)[SELECTED]) == (0, ("accepter", "retenu", codes))
    assert SELECTED not in {number for _, number in mutations(service)}


@pytest.mark.parametrize(
    ("cells", "codes"),
    first(1, [
        ({"Présélection": "Écarté – inéligible"}, ["decision_contradictoire"]),
        ({"Décision": "Lauréta"}, ["illisible"]),
    ]),
)  # fmt: skip
def test_a_row_that_contradicts_itself_or_cannot_be_read_is_held_back(told, service, cells, codes):
    told.type_in("Candidatures", {(str(SELECTED), header): word for header, word in cells.items()})
    done = told.push(3)
    assert (done.code, by_dossier(done)[SELECTED]) == (0, (None, "retenu", codes))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number = 12345", "number = 54321", "[demarche] number"),
        ('instructeur = "', 'instructeur = "x', "xinstruction@example.org n’est pas instructeur de cette démarche"),
        ('instructeur = "instruction@example.org"', 'instructeur = ""', "Il manque l’instructeur"),
        ("[demarche]", "[imap]\n[demarches]", "demarches"),
    ],
)
def test_a_mistake_in_the_configuration_is_told(told, service, old, new, said):
    before = told.bytes
    told.set_config(old, new)
    done = told.push(4)
    assert (done.code, said in plain(done.err)) == (1, True), done
    nothing_was_asked(service, told, before)


def test_every_request_is_one_that_the_service_accepts(told, service):
    """Held against the official schema and stored queries, where they are."""
    engine = official.engine()
    told.push(4)
    again = Service()
    again.add(*(dossier(number, state="en_instruction") for number in NUMBERS))
    answers = [engine.answer(again, one.body) for one in service.asked]
    assert [one["errors"] for one in answers if "errors" in one] == []
    assert {number: again.dossiers[number]["state"] for number in PUSHED} == PUSHED
