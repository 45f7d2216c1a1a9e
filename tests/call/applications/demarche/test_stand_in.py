"""The stand-in answers as the official schema and stored queries do, on the same dossiers."""

import pytest

from eig_sheets.call.applications.demarche import queries
from eig_sheets.call.applications.demarche.client import MUTATIONS, QUERIES
from tests.demarche_server import dossiers, official
from tests.demarche_server.dossiers import INSTRUCTEUR
from tests.demarche_server.schema import CHAMPS
from tests.demarche_server.service import Engine, Service

OURS = Engine()

COMMUNE = {"name": "Lyon", "code": "69123", "postalCode": "69001"}
ADDRESS = {
    "label": "1 rue Exemple 69001 Lyon", "type": "housenumber", "cityName": "Lyon", "cityCode": "69123",
    "postalCode": "69001",
}  # fmt: skip
COMPANY = {
    "siret": "13002526500013", "siegeSocial": True, "libelleNaf": "Administration", "naf": "8411Z", "address": ADDRESS,
    "id": "RXRhYmxpc3NlbWVudC0x", "__typename": "PersonneMorale",
    "entreprise": {"raisonSociale": "Direction exemple", "nomCommercial": "", "siretSiegeSocial": "1", "siren": "1"},
}  # fmt: skip
OWN = {
    "Checkbox": {"value": True}, "YesNo": {"value": False}, "Date": {"date": "2021-09-01"},
    "Datetime": {"datetime": "2021-09-01T09:30:00+02:00"}, "DecimalNumber": {"value": 52000.5},
    "IntegerNumber": {"value": "2"}, "Civilite": {"value": "Mme"}, "DropDownList": {"value": "Oui"},
    "LinkedDropDownList": {"primaryValue": "A", "secondaryValue": "B"}, "MultipleDropDownList": {"values": ["A", "B"]},
    "PieceJustificative": {"files": [dossiers.file("fiche.pdf", b"%PDF")]}, "Siret": {"etablissement": COMPANY},
    "Repetition": {"rows": [{"id": "1", "champs": [dossiers.text(90, "Nom", "Anna")]}]}, "HeaderSection": {"level": 1},
    "DossierLink": {"dossier": dossiers.dossier(7)}, "Carte": {"geoAreas": []}, "Commune": {"commune": COMMUNE},
    "Address": {"address": ADDRESS},
}  # fmt: skip


def filled():
    """A service with a dossier of every type of champ, one of a legal person, and two that were withdrawn."""
    kinds = [name.removesuffix("Champ") for name in CHAMPS]
    champs = [
        dossiers.champ(kind, n, f"Question {n}", f"valeur {n}", **OWN.get(kind, {})) for n, kind in enumerate(kinds)
    ]
    service = Service(questions=[dossiers.descriptor(n, f"Question {n}") for n in range(3)])
    service.add(dossiers.dossier(1, *champs), dossiers.dossier(2, demandeur=COMPANY, state="en_instruction"))
    service.deleted, service.pending = [dossiers.deleted(3)], [dossiers.deleted(4)]
    return service


def asked(operation, stored=QUERIES, **variables):
    return {"queryId": stored, "operationName": operation, "variables": variables}


WHOLE = asked(
    "getDemarche", demarcheNumber=12345, includeDossiers=True, includeRevision=True, includeGroupeInstructeurs=True,
    includeDeletedDossiers=True, includePendingDeletedDossiers=True, first=100, after=None, deletedFirst=100,
    deletedAfter=None, pendingDeletedFirst=100, pendingDeletedAfter=None, updatedSince="2000-01-01T00:00:00Z",
)  # fmt: skip


def lacking(small, large, path=""):
    """Where an answer differs from a larger one, which may only have more keys."""
    if isinstance(small, dict) and isinstance(large, dict):
        for key, value in small.items():
            yield from lacking(value, large.get(key, "absent"), f"{path}.{key}")
    elif isinstance(small, list) and isinstance(large, list) and len(small) == len(large):
        for place, (one, other) in enumerate(zip(small, large, strict=True)):
            yield from lacking(one, other, f"{path}[{place}]")
    elif small != large:
        yield path, small, large


def test_our_stored_queries_are_valid():
    assert OURS.faults() == []


def test_the_official_stored_queries_are_valid():
    assert official.engine().faults() == []


@pytest.mark.parametrize("body", [WHOLE, asked("getDossier", dossierNumber=1)], ids=["démarche", "dossier"])
def test_a_query_answers_as_the_official_one(body):
    service = filled()
    ours, theirs = OURS.answer(service, body), official.engine().answer(service, body)
    assert "errors" not in ours
    assert "errors" not in theirs
    assert [*lacking(ours, theirs)] == []


@pytest.mark.parametrize("name", ["Accepter", "Refuser", "ClasserSansSuite", "PasserEnInstruction"])
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("motivation", [{"motivation": "Bravo"}, {}, {"motivation": None}])
def test_a_mutation_answers_as_the_official_one(name, number, motivation):
    values = {"dossierId": dossiers.typed_id("Dossier", number), "instructeurId": INSTRUCTEUR["id"], **motivation}
    if name == "PasserEnInstruction":
        values.pop("motivation", None)
    body = asked(f"dossier{name}", MUTATIONS, input=values)
    services = filled(), filled()
    ours, theirs = OURS.answer(services[0], body), official.engine().answer(services[1], body)
    assert ours.keys() == theirs.keys()
    assert [*lacking(ours.get("data"), theirs.get("data"))] == []
    assert services[0].dossiers == services[1].dossiers
    assert services[0].notified == services[1].notified


def test_a_decision_is_taken_once_and_from_instruction_only():
    service = filled()
    values = {"dossierId": dossiers.typed_id("Dossier", 2), "instructeurId": INSTRUCTEUR["id"]}
    body = asked("dossierAccepter", MUTATIONS, input=values)
    assert OURS.answer(service, body)["data"]["dossierAccepter"]["dossier"]["state"] == "accepte"
    again = OURS.answer(service, body)["data"]["dossierAccepter"]
    assert again == {"dossier": None, "errors": [{"message": "Le dossier est déjà accepté"}]}
    assert service.notified == [(2, "accepte")]
    early = {**values, "dossierId": dossiers.typed_id("Dossier", 1)}
    refused = OURS.answer(service, asked("dossierAccepter", MUTATIONS, input=early))["data"]["dossierAccepter"]
    assert refused["errors"] == [{"message": "Le dossier est déjà en construction"}]


def test_a_motivation_that_lacks_is_refused_before_anything():
    values = {"dossierId": dossiers.typed_id("Dossier", 2), "instructeurId": INSTRUCTEUR["id"]}
    service = filled()
    answer = OURS.answer(service, asked("dossierRefuser", MUTATIONS, input=values))
    assert answer.keys() == {"errors"}
    assert service.dossiers[2]["state"] == "en_instruction"


def test_pages_follow_one_another():
    service = Service()
    service.add(
        *(dossiers.dossier(n, dateDerniereModification=f"2021-03-{1 + n % 9:02}T10:00:00+01:00") for n in range(1, 206))
    )
    numbers, after = [], None
    while True:
        body = asked("getDemarche", demarcheNumber=12345, includeDossiers=True, first=500, after=after,
                     updatedSince="2000-01-01T00:00:00Z")  # fmt: skip
        answer = OURS.answer(service, body)["data"]["demarche"]["dossiers"]
        numbers += [node["number"] for node in answer["nodes"]]
        after = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
    assert sorted(numbers) == [*range(1, 206)]
    body["variables"]["after"] = after
    rest = OURS.answer(service, body)["data"]["demarche"]["dossiers"]
    assert rest == {"pageInfo": {"hasNextPage": False, "endCursor": None}, "nodes": []}


def test_what_is_asked_is_answered_alike_by_the_official_queries(demarche, client):
    """Each request that an import sends, on the same dossiers."""
    demarche.service = filled()
    queries.fetch(client, 12345)
    queries.dossier(client, 1)
    assert len(demarche.requests) == 4
    for body in demarche.requests:
        ours, theirs = OURS.answer(demarche.service, body), official.engine().answer(demarche.service, body)
        assert "errors" not in theirs
        assert [*lacking(ours, theirs)] == []


def test_a_variable_that_the_service_would_ignore_is_found():
    body = asked("getDemarche", demarcheNumber=1, includeAnnotations=False)
    assert official.engine().undeclared(body) == {"includeAnnotations"}
    assert OURS.undeclared(body) == {"includeAnnotations"}
