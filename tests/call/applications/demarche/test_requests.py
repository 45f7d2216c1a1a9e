"""What is asked of a démarche, page after page, over HTTP."""

import pytest

from eig_sheets.call.applications.demarche import queries
from eig_sheets.call.applications.demarche.errors import DemarcheError
from tests.demarche_server import dossiers, faults
from tests.demarche_server.dossiers import INSTRUCTEUR
from tests.effort import first

NUMBER = 12345


def numbers(fetched):
    return sorted(dossier["number"] for dossier in fetched.dossiers)


@pytest.fixture
def many(demarche):
    """Three pages of dossiers."""
    demarche.service.add(*(dossiers.dossier(n) for n in range(1, 206)))
    return demarche.service


@pytest.fixture
def few(demarche):
    """Nine dossiers."""
    demarche.service.add(*(dossiers.dossier(n) for n in range(1, 10)))
    return demarche.service


def pages_asked(demarche):
    return [request.body["variables"] for request in demarche.asked if request.body["variables"].get("includeDossiers")]


def test_pages_are_of_a_hundred_since_the_same_day(demarche, client, many):
    fetched = queries.fetch(client, NUMBER)
    assert numbers(fetched) == [*range(1, 206)]
    asked = pages_asked(demarche)
    assert [page["first"] for page in asked] == [100, 100, 100]
    assert {page["updatedSince"] for page in asked} == {"2000-01-01T00:00:00Z"}
    assert [page["after"] is None for page in asked] == [True, False, False]


def test_only_what_changed_comes_next_time(demarche, client, few):
    first = queries.fetch(client, NUMBER)
    few.touch(7)
    second = queries.fetch(client, NUMBER, first.cursor)
    assert numbers(second) == [7]
    assert second.cursor != first.cursor


def test_a_cursor_is_never_lost_when_nothing_changed(client, few):
    first = queries.fetch(client, NUMBER)
    again = queries.fetch(client, NUMBER, first.cursor)
    assert (again.dossiers, again.cursor) == ((), first.cursor)


def test_nothing_was_ever_received(client):
    assert queries.fetch(client, NUMBER).cursor is None


def test_a_dossier_that_changes_between_two_pages_comes_once_as_it_is(demarche, client, many):
    waiting = demarche.reply

    def reply(asked):
        if len(pages_asked(demarche)) == 2 and many.dossiers[3]["state"] == "en_construction":
            many.touch(3, state="en_instruction")
        return waiting(asked)

    demarche.reply = reply
    fetched = queries.fetch(client, NUMBER)
    assert numbers(fetched) == [*range(1, 206)]
    assert {dossier["number"] for dossier in fetched.dossiers if dossier["state"] == "en_instruction"} == {3}


@pytest.mark.parametrize("place", first(2, [1, 3, 0, 2, 4]))
def test_a_cut_connection_in_the_middle_loses_nothing(demarche, client, many, place):
    waiting, cut = demarche.reply, [False]

    def reply(asked):
        if len(demarche.asked) == place + 1 and not cut[0]:
            cut[0] = True
            return faults.CUT
        return waiting(asked)

    demarche.reply = reply
    assert numbers(queries.fetch(client, NUMBER)) == [*range(1, 206)]
    assert cut == [True]


def test_withdrawals_are_noticed_wherever_they_are(demarche, client, few):
    few.deleted = [dossiers.deleted(5), dossiers.deleted(6, reason="expired")]
    decided = {**dossiers.deleted(8), "state": "accepte"}
    few.pending = [dossiers.deleted(7, reason="instructeur_request"), decided, dossiers.deleted(9, reason="nouvelle")]
    fetched = queries.fetch(client, NUMBER)
    assert {number: withdrawal.reason for number, withdrawal in fetched.withdrawn.items()} == {
        "5": "par son porteur",
        "7": "par un instructeur",
        "9": "pour une raison que l’outil ne connaît pas",
    }
    assert 5 not in numbers(fetched)


def test_withdrawals_come_in_pages_too(demarche, client, few):
    few.deleted = [dossiers.deleted(n) for n in range(1, 151)]
    assert len(queries.fetch(client, NUMBER).withdrawn) == 150


def test_an_instructeur_is_found_by_address(demarche, client):
    assert queries.instructeur_id(client, NUMBER, " Instruction@example.org ") == INSTRUCTEUR["id"]
    asked = len(demarche.asked)
    assert queries.instructeur_id(client, NUMBER, INSTRUCTEUR["id"]) == INSTRUCTEUR["id"]
    assert len(demarche.asked) == asked
    with pytest.raises(DemarcheError, match=r"autre@example\.org.*aucun instructeur"):
        queries.instructeur_id(client, NUMBER, "autre@example.org")


def test_one_dossier_is_read(client, few):
    assert queries.dossier(client, 3)["number"] == 3
    with pytest.raises(DemarcheError, match="ne trouve pas"):
        queries.dossier(client, 999)


PAGE = '{"pageInfo": {"hasNextPage": %s, "endCursor": %s}, "nodes": []}'
DEMARCHE = '{"data": {"demarche": {"number": %d, "activeRevision": {"champDescriptors": []}, "dossiers": %s}}}'


@pytest.mark.parametrize(
    "answers",
    [
        [DEMARCHE % (NUMBER, PAGE % ("true", "null"))],
        [DEMARCHE % (NUMBER, PAGE % ("true", '"a"'))] * 2,
        [DEMARCHE % (99, PAGE % ("false", "null"))],
        [DEMARCHE % (NUMBER, "null")],
        [DEMARCHE % (NUMBER, "[]")],
        ['{"data": {"demarche": null}}'],
        ['{"data": {}}'],
        [DEMARCHE % (NUMBER, '{"pageInfo": {"hasNextPage": false, "endCursor": null}, "nodes": [{}]}')],
    ],
)
def test_an_answer_of_another_shape_is_refused(demarche, client, answers):
    demarche.faults = [faults.status(200, answer.encode()) for answer in answers]
    with pytest.raises(DemarcheError, match="forme attendue"):
        queries.fetch(client, NUMBER)
    assert len(demarche.asked) == len(answers)
