"""A person is found by their address and by their names, and nobody else is."""

import pytest

from eig_sheets.features.privacy.workbook_search import CELLS, Match, Person

ANNA = Person("Anna.Le-Goff@exemple.invalid", ("Anna Le Goff",))


@pytest.mark.parametrize(
    "text",
    [
        "anna.le-goff@exemple.invalid", "ANNA.LE-GOFF@EXEMPLE.INVALID", "<anna.le-goff@exemple.invalid>, b@c.fr",
        "mailto:anna.le-goff@exemple.invalid.", "a@b.fr;anna.le-goff@exemple.invalid;c@d.fr",
    ],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written(text):
    assert ANNA.match(text) is Match.ADDRESS


@pytest.mark.parametrize(
    "text",
    ["xanna.le-goff@exemple.invalid", "anna.le-goff@exemple.invalid.fr", "d.anna.le-goff@exemple.invalid", "anna.le"],
)
def test_a_part_of_another_address_is_not_theirs(text):
    assert Person(ANNA.address).match(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour Anna Le Goff,",
        "LE GOFF Anna",
        "Goff Anna Le",
        "remerciement_jure-anna-le-goff-6a7f1ef4c6",
        "Ànnâ\nLE GOFF",
    ],
)
def test_a_name_is_found_whatever_its_order_case_and_accents(text):
    assert ANNA.match(text) is Match.NAME


@pytest.mark.parametrize("text", ["Anna", "Le Goff", "Joanna Le Goff", "Anna Le Goffic", "Anna et Le Goff", ""])
def test_a_part_of_a_name_is_not_a_person(text):
    assert ANNA.match(text) is None


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        (("Anna", "Rennes", "Le Goff"), {0, 2}),
        (("LE GOFF", "", "ànna"), {0, 2}),
        (("Anna Le", "12", "Goff"), {0, 2}),
        (("Anna", "Rennes", "Le Goffic"), set()),
        (("Anna", "Anna"), set()),
        (("Le Goff",), set()),
    ],
)
def test_a_name_is_found_in_two_cells_of_a_row(cells, places):
    assert ANNA.places_of_name(cells) == places
    assert ANNA.match(CELLS.join(cells)) is (Match.NAME if places else None)


def test_one_word_alone_is_no_name():
    assert Person("a@b.fr", ("Martin",)).match("Saint-Martin") is None


def test_an_address_with_an_accent_is_found_in_both_codings():
    assert Person("zoé@exemple.invalid").match("zoe\u0301@exemple.invalid") is Match.ADDRESS
