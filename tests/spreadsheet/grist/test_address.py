"""Addresses that people copy from the browser, and what is not one."""

import pytest

from eig_sheets.spreadsheet.grist.address import Address, address_of, is_web_address
from eig_sheets.spreadsheet.model.base import WorkbookError

ID = "bReAxyLmzmEQ5QWeE2sMfh"


@pytest.mark.parametrize(
    ("location", "team"),
    [
        (f"https://grist.example.org/{ID}/campagne", ""),
        (f"https://grist.example.org/o/equipe/{ID}/campagne/p/3#a1.s4.r2.c5", "equipe"),
        (f"https://grist.example.org/o/%C3%A9quipe/doc/{ID}?utm=1", "équipe"),
        (f" https://grist.example.org/doc/{ID} ", ""),
    ],
)
def test_the_document_of_an_address(location, team):
    assert address_of(location) == Address("https://grist.example.org", team, ID)


def test_an_address_is_read_again_from_its_own_url():
    address = address_of(f"http://[::1]:8484/o/a b/{ID}")
    assert address.url == f"http://[::1]:8484/o/a%20b/{ID}"
    assert address.api == f"http://[::1]:8484/o/a%20b/api/docs/{ID}"
    assert address_of(address.url) == address


@pytest.mark.parametrize(
    "location",
    [
        "https://grist.example.org", "https://grist.example.org/o/equipe", "https://grist.example.org/o/equipe/ws/12",
        "https://[grist", f"https://host:port/{ID}", f"https:///{ID}", "https://grist.example.org/short",
        "https://grist.example.org/o/equipe/bReAxyLmzmEQ5QWeE2sMfh;x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_document_is_refused_with_what_to_copy(location):
    with pytest.raises(WorkbookError, match="copiez toute son adresse"):
        address_of(location)


def test_a_password_in_an_address_is_never_kept():
    assert address_of(f"https://me:secret@grist.example.org/{ID}").url == f"https://grist.example.org/{ID}"


@pytest.mark.parametrize(("location", "is_one"), [("https://a", True), ("http://a", True), ("a.xlsx", False)])
def test_web_addresses(location, is_one):
    assert is_web_address(location) is is_one


@pytest.mark.parametrize(
    ("location", "pages"),
    [
        ("https://grist.example.org/abcdefghijklmnopqrstuv", "https://grist.example.org/abcdefghijkl/campagne"),
        ("https://grist.example.org/o/eig/abcdefghijkl/eig5", "https://grist.example.org/o/eig/abcdefghijkl/campagne"),
        ("https://grist.example.org/abcdefghijklmn/x/p/4", "https://grist.example.org/abcdefghijklmn/campagne"),
    ],
)
def test_pages_have_the_address_by_which_the_client_knows_them(location, pages):
    assert address_of(location).pages == pages
