"""Acts on dossiers: done only when the service says so, and of every page of its dossiers."""

import json

import pytest

from eig_sheets.call.applications.demarche.errors import DemarcheError, UnknownOutcomeError
from eig_sheets.features.outcomes.rules_acts import Act, DossierState
from eig_sheets.features.outcomes.services import Demarche
from tests.demarche_server import faults
from tests.demarche_server.dossiers import INSTRUCTEUR, dossier


@pytest.fixture
def acting(client, demarche):
    """The démarche as an instructeur acts on it, with one dossier en instruction."""
    demarche.service.add(dossier(1, state="en_instruction"))
    return Demarche(client, 12345, INSTRUCTEUR["email"])


def answer(**payload):
    """A fault that answers to « dossierAccepter » without doing anything."""
    body = json.dumps({"data": {"dossierAccepter": payload}}).encode()
    return lambda _: faults.Reply(200, {}, body)


def accept(acting, **options):
    dossier = acting.dossiers()["1"]
    return acting.do(Act.ACCEPT, dossier.id, acting.instructeur_id(), "Bravo.", **{"notify": False, **options})


def test_every_page_of_dossiers_is_read_without_what_applicants_wrote(acting, demarche):
    demarche.service.add(*(dossier(number) for number in range(2, 206)))
    dossiers = acting.dossiers()
    assert [*dossiers] == [str(number) for number in range(1, 206)]
    assert (dossiers["1"].state, dossiers["2"].state) == (DossierState.IN_INSTRUCTION, DossierState.EDITABLE)
    assert all(request.body["variables"]["includeChamps"] is False for request in demarche.asked)


@pytest.mark.parametrize("notify", [True, False])
def test_an_act_is_done_with_its_motivation_and_the_applicant_told_only_when_asked(acting, demarche, notify):
    assert accept(acting, notify=notify) is None
    assert acting.dossier("1").state is DossierState.ACCEPTED
    assert demarche.service.dossiers[1]["motivation"] == "Bravo."
    assert demarche.service.notified == ([(1, "accepte")] if notify else [])
    assert accept(acting) == "Le dossier est déjà accepté"


def test_an_act_without_a_motivation_sends_none(acting, demarche):
    dossier = acting.dossiers()["1"]
    assert acting.do(Act.ACCEPT, dossier.id, INSTRUCTEUR["id"], "", notify=False) is None
    assert demarche.asked[-1].body["variables"]["input"].keys() == {"dossierId", "instructeurId", "disableNotification"}


@pytest.mark.parametrize(
    "payload",
    [
        {"dossier": None, "errors": None},
        {"dossier": {"id": "1", "state": "en_instruction"}, "errors": None},
        {"dossier": {"id": "1"}, "errors": []},
    ],
)
def test_an_answer_that_does_not_say_that_it_is_done_is_no_proof(acting, demarche, payload):
    dossier = acting.dossiers()["1"]
    demarche.faults.append(answer(**payload))
    with pytest.raises(UnknownOutcomeError):
        acting.do(Act.ACCEPT, dossier.id, INSTRUCTEUR["id"], "", notify=False)


def test_a_refusal_without_words_is_a_refusal(acting, demarche):
    dossier = acting.dossiers()["1"]
    demarche.faults.append(answer(dossier=None, errors=[{"message": ""}]))
    assert acting.do(Act.ACCEPT, dossier.id, INSTRUCTEUR["id"], "", notify=False) == "sans explication"


def test_a_state_that_nobody_knows_stops_everything(acting, demarche):
    def unknown(answered):
        return faults.Reply(200, {}, json.dumps(answered()).replace("en_instruction", "en_attente").encode())

    demarche.faults.append(unknown)
    with pytest.raises(DemarcheError, match="forme attendue"):
        acting.dossiers()
