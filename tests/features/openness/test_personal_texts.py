"""Personal data is found in what is about to be published, and ordinary words are left alone."""

import pytest

from eig_sheets.features.openness.personal_texts import people_named, personal_data_in
from tests.workbook.snapshots import book, dossier, reading

pytestmark = pytest.mark.newest

PEOPLE = frozenset({("jeanne", "le", "goff"), ("le", "goff", "jeanne"), ("paul", "marin"), ("marin", "paul")})
ADDRESS, TELEPHONE, NAME = "une adresse électronique", "un numéro de téléphone", "le nom d’une personne du classeur"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Écrire à jeanne@example.org.", ADDRESS),
        ("<jeanne.le-goff@dinum.example.org>", ADDRESS),
        ("Tél. 01 23 45 67 89", TELEPHONE),
        ("06.12.34.56.78", TELEPHONE),
        ("+33 6 12 34 56 78", TELEPHONE),
        ("+33 (0)6 12 34 56 78", TELEPHONE),
        ("0612345678", TELEPHONE),
        ("Porté par Jeanne Le Goff, à Brest", NAME),
        ("porté par LE GOFF Jeanne", NAME),
        ("MARIN Paul", NAME),
        ("Paul\u00a0Marin", NAME),
        ("Un outil marin, pour Paul", ""),
        ("Paul et Marin", ""),
        ("Budget : 1 234 567 890 €", ""),
        ("Dossier 3712146, SIRET 13002526500013", ""),
        ("En 2021 @ Paris", ""),
        ("", ""),
    ],
)
def test_what_is_personal_is_named(text, named):
    assert personal_data_in(text, PEOPLE) == named


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Jeanne Le Goff", "Porté par Jeanne LE GOFF."),
        ("Paul Marin", "Porté par MARIN Paul."),
        ("LE GOFF Jeanne", "Porté par Jeanne Le Goff."),
        ("Jeanne Le Goff", "Porté par LE GOFF Jeanne."),
        ("Jean Pierre de la Tour", "Porté par DE LA TOUR Jean Pierre."),
    ],
)
def test_a_name_is_found_in_another_order_than_it_was_typed_in(typed, text):
    people = people_named(reading(book([dossier("101", porteur_projet=typed)], [])))
    assert personal_data_in(text, people) == NAME
