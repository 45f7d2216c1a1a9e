"""Whom a document is shared with: each person's own role, that of the team as far as it is inherited, everybody."""

import pytest

from eig_sheets.spreadsheet.grist.readers import accounts_of, roles_of
from eig_sheets.spreadsheet.model.access import Account


def person(email="Ada@example.org", own=None, inherited=None):
    return {"email": email, "access": own, "parentAccess": inherited}


@pytest.mark.parametrize(
    ("most", "own", "inherited", "role"),
    [
        (None, "owners", None, "owners"), (None, "editors", "owners", "editors"), (None, None, "owners", ""),
        ("owners", None, "owners", "owners"), ("editors", None, "owners", "editors"),
        ("viewers", None, "editors", "viewers"), ("viewers", "editors", "owners", "editors"),
        ("owners", "viewers", "editors", "editors"), ("owners", "guests", "members", ""), ("owners", None, None, ""),
    ],
)  # fmt: skip
def test_the_role_of_somebody_is_the_stronger_of_their_own_and_the_inherited_one(most, own, inherited, role):
    shared = {"maxInheritedRole": most, "users": [person(own=own, inherited=inherited)]}
    assert roles_of(shared) == {"ada@example.org": role}


def test_accounts_are_those_that_may_open_it_by_their_addresses_and_who_owns_it():
    users = [person("Zoe@example.org", "owners"), person(own="viewers"), person("out@example.org", None, "owners")]
    assert accounts_of({"maxInheritedRole": None, "users": users}) == (
        (Account("ada@example.org"), Account("zoe@example.org", owns=True)), False,
    )  # fmt: skip
    assert accounts_of({"users": []}) == ((), False)


@pytest.mark.parametrize("email", ["everyone@getgrist.com", "anon@getgrist.com"])
@pytest.mark.parametrize(("own", "public"), [("viewers", True), ("editors", True), (None, False)])
def test_everybody_is_no_account(email, own, public):
    assert accounts_of({"users": [person(email, own)]}) == ((), public)
