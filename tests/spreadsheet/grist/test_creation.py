"""A new document in a team's workspace."""

import pytest

from eig_sheets.spreadsheet.grist.address import Address
from eig_sheets.spreadsheet.grist.creation import create_document
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.spreadsheet.google.odd_google import PAGE
from tests.spreadsheet.grist.conftest import KEY

CREATED = (200, {}, b'"abcdefghijkl"')


def test_the_first_workspace_of_a_team(odd):
    odd.answers = [(200, {}, b'[{"id": 12}, {"id": 13}]'), CREATED]
    address = create_document(f"{odd.url}/o/equipe", KEY, "Démo")
    assert address == Address(odd.url, "equipe", "abcdefghijkl")
    assert [asked.path for asked in odd.asked] == [
        "/o/equipe/api/orgs/current/workspaces", "/o/equipe/api/workspaces/12/docs",
    ]  # fmt: skip
    assert b"mo" in odd.asked[1].body


@pytest.mark.parametrize("path", ["/ws/7", "/ws/7/"])
def test_the_workspace_of_the_address(odd, path):
    odd.answers = [CREATED]
    assert create_document(f" {odd.url}{path} ", KEY, "Démo") == Address(odd.url, "", "abcdefghijkl")
    assert odd.asked[0].path == "/api/workspaces/7/docs"


@pytest.mark.parametrize("place", ["", "equipe", "ftp://h/o/e", "https://h/abcdefghijkl/campagne", "https:///o/e"])
def test_what_is_no_address_of_a_team(place):
    with pytest.raises(WorkbookError, match="n’est pas l’adresse d’une équipe"):
        create_document(place, KEY, "Démo")


ANSWERS = [
    (200, {}, b"[]"), (200, {}, PAGE), (200, {}, b'{"error": "x"}'), (200, {}, b"[{}]"), (200, {}, b'["x"]'),
    (403, {}, b'{"error": "access denied"}'), (302, {"Location": "/login"}, b""), (500, {}, PAGE), (401, {}, b""),
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_is_no_workspace_is_one_french_sentence(odd, answer):
    odd.answers = [answer]
    with pytest.raises(WorkbookError) as caught:
        create_document(odd.url, KEY, "Démo")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("answer", [(200, {}, b"null"), (200, {}, b'{"id": 3}'), (200, {}, b'"../x"')])
def test_an_answer_that_is_no_document(odd, answer):
    odd.answers = [answer]
    with pytest.raises(WorkbookError):
        create_document(f"{odd.url}/ws/7", KEY, "Démo")


def test_a_server_that_is_not_there():
    with pytest.raises(WorkbookError, match="injoignable"):
        create_document("http://127.0.0.1:9/ws/7", KEY, "Démo")
