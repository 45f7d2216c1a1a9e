"""Whatever the service, the network and people do during a push: each act is done at most once, and nothing is lost."""

import json
import os
import signal
import subprocess

import pytest

from eig_sheets.features.outcomes.rules_acts import Act, ActStage
from tests.demarche_server import faults
from tests.effort import first, slow
from tests.end_to_end.sending.campaign import plain
from tests.features.outcomes.campaign import (
    ENVIRONMENT,
    PUSHED,
    REFUSED,
    REJECTED,
    SELECTED,
    WITHDRAWN,
    by_dossier,
    mutations,
    states,
)
from tests.program import command_line, environment

pytestmark = pytest.mark.in_memory


def on_act(service, fault, number=SELECTED):
    """Have this fault meet the first act on that dossier; every other request is answered."""
    answer = service.reply
    waiting = [fault]

    def reply(asked):
        body = asked.body or {}
        about = body.get("variables", {}).get("input", {}).get("dossierId")
        if waiting and about == service.service.dossiers[number]["id"]:
            service.faults.insert(0, waiting.pop())
        return answer(asked)

    service.reply = reply


def and_then(fault, following):
    """A fault, and another one for the next request."""

    def both(service):
        def reply(answer):
            service.faults.insert(0, following)
            return fault(answer)

        return reply

    return both


def done_once(service):
    assert states(service) == PUSHED
    assert sorted(service.service.notified) == sorted(PUSHED.items())


@pytest.fixture
def notifying(team, service):
    """Decisions of which the service tells the applicants: what it did is seen, and how often."""
    team.connect(service, "[outcomes]", "service_writes = true")
    return team


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "asked"),
    first(1, [
        (faults.cut_after, 1),
        (faults.cut_before, 2),
        (faults.status(502), 2),
        (faults.root_errors("Internal error", done=True, data=True), 1),
    ]),
)  # fmt: skip
def test_a_lost_answer_is_resolved_by_the_state_of_the_dossier(notifying, service, fault, asked):
    on_act(service, fault)
    done = notifying.push(4)
    assert (done.code, by_dossier(done)[SELECTED]) == (0, ("accepter", "fait", [])), done
    assert [number for _, number in mutations(service)].count(SELECTED) == asked
    done_once(service)


@pytest.mark.slow
@pytest.mark.parametrize("fault", first(1, [faults.cut_before, faults.cut_after]))
def test_what_cannot_be_resolved_is_uncertain_until_the_next_push_reads_it(notifying, service, fault):
    on_act(service, and_then(fault, faults.status(403, b"{}"))(service))
    done = notifying.push(4)
    assert (done.code, by_dossier(done)[SELECTED]) == (1, ("accepter", "incertain", [])), done
    assert [number for _, number in mutations(service)] == [SELECTED]
    assert notifying.acts.acts()[str(SELECTED), Act.ACCEPT].stage is ActStage.INTENDED
    again = notifying.push(3 if fault is faults.cut_after else 4)
    assert (again.code, by_dossier(again)[SELECTED]) == (0, ("accepter", "fait", []))
    assert notifying.acts.acts()[str(SELECTED), Act.ACCEPT].stage is ActStage.DONE
    done_once(service)


@pytest.mark.slow
def test_what_the_service_refuses_of_one_dossier_does_not_stop_the_others(notifying, service):
    stranger = {**service.service.dossiers[SELECTED]["groupeInstructeur"], "instructeurs": []}
    service.service.dossiers[SELECTED]["groupeInstructeur"] = stranger
    done = notifying.push(4)
    assert (done.code, by_dossier(done)[SELECTED]) == (1, ("accepter", "echec", []))
    assert plain(done.records[0]["reason"]) == (
        "Démarche Numérique a répondu : « L’instructeur n’a pas accès au dossier »"
    )
    assert "Tout n’est pas fait (1 « échec »)" in plain(done.err)
    assert states(service) == {number: state for number, state in PUSHED.items() if number != SELECTED}
    assert notifying.table("Journal").rows[0]["Résultat"] == "Échec"
    again = notifying.outcomes("push", "--dry-run")
    assert by_dossier(again)[SELECTED] == ("accepter", "a_faire", [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "said"),
    first(1, [
        (faults.status(401, b'{"errors": []}'), "refuse ce jeton"),
        (faults.root_errors("Nope", "bad_request"), "a refusé la demande"),
    ]),
)  # fmt: skip
def test_what_the_service_says_of_everything_stops_the_push(notifying, service, fault, said):
    on_act(service, fault, REFUSED)
    done = notifying.push(4)
    assert (done.code, said in done.err) == (1, True), done
    assert by_dossier(done)[SELECTED] == ("accepter", "fait", [])
    assert {by_dossier(done)[number][1] for number in (REFUSED, REJECTED, WITHDRAWN)} == {"a_faire"}
    assert "1 dossier accepté sur 4 dossiers demandés." in plain(done.err)
    assert notifying.push(3).code == 0
    done_once(service)


@pytest.mark.slow
def test_nothing_is_asked_when_the_service_does_not_let_its_dossiers_be_read(notifying, service):
    before = notifying.bytes
    service.faults.append(faults.root_errors("Nope", "unauthorized", data=True))
    done = notifying.push(4)
    assert (done.code, mutations(service), notifying.bytes == before) == (1, [], True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "expected"),
    first(1, [
        ("accepte", ("accepter", "fait", [])),
        ("refuse", ("accepter", "contredit", ["decide_autrement"])),
        ("en_construction", ("accepter", "echec", [])),
    ]),
)  # fmt: skip
def test_already_is_understood_by_what_the_dossier_is(notifying, service, state, expected):
    """Somebody is faster in the service: « Le dossier est déjà … »."""

    def meanwhile(answer):
        service.service.touch(SELECTED, state=state)
        return faults.Reply(200, {}, json.dumps(answer()).encode())

    on_act(service, meanwhile)
    done = notifying.push(4)
    assert (done.code, by_dossier(done)[SELECTED]) == (0 if expected[1] == "fait" else 1, expected)
    assert service.service.dossiers[SELECTED]["state"] == state
    assert SELECTED not in dict(service.service.notified)


@pytest.mark.slow
def test_what_people_change_during_a_push_is_left(notifying, service):
    def meanwhile(answer):
        notifying.type_in("Candidatures", {(str(REFUSED), "Décision"): "Lauréat"})
        notifying.type_in("Candidatures", {(str(REJECTED), "Retour au porteur"): "Autre chose."})
        return faults.Reply(200, {}, json.dumps(answer()).encode())

    on_act(service, meanwhile)
    done = notifying.push(4)
    assert (done.code, "2 changés entre-temps et laissés" in plain(done.err)) == (1, True), done
    assert states(service) == {SELECTED: "accepte", WITHDRAWN: "sans_suite"}


@pytest.mark.slow
def test_another_machine_or_a_lost_state_folder_pushes_nothing_twice(notifying, service):
    notifying.push(1, "--dossier", str(SELECTED))
    notifying.lose_the_state()
    assert notifying.push(3).code == 0
    done_once(service)


def test_two_pushes_at_once_are_refused(notifying, service):
    with notifying.state.locked():
        done = notifying.push(4)
    assert (done.code, "Une autre exécution d’eig-sheets travaille sur ce classeur" in done.err) == (1, True)
    assert mutations(service) == []


@pytest.mark.slow
@pytest.mark.on_a_file
@pytest.mark.parametrize(
    ("number", "done"), [(REFUSED, True), *slow((REFUSED, False), (SELECTED, True), (WITHDRAWN, False))]
)
def test_killed_between_two_acts_then_run_again_each_is_done_once(notifying, service, number, done):
    running = []

    def kill(answer):
        if done:
            answer()
        os.kill(running[0].pid, signal.SIGKILL)
        running[0].wait()
        return faults.CUT

    on_act(service, kill, number)
    line = command_line(*notifying.arguments("outcomes", "push", "--confirm", "4"))
    running.append(subprocess.Popen(line, env=environment(ENVIRONMENT), stdout=subprocess.DEVNULL))
    assert running[0].wait(120) == -signal.SIGKILL
    left = len(PUSHED) - len(states(service))
    assert left == 4 - [*PUSHED].index(number) - done
    assert notifying.push(left).code == 0
    done_once(service)
