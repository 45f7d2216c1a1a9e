"""Likely columns: headers that stand in no alias come out right or for nothing, and two for one field for none."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from eig_sheets.call.applications.importing.likely import judged, with_persons
from eig_sheets.text.french import plain
from tests.call.applications.importing.support import EIG5
from tests.sample.support import schema

pytestmark = pytest.mark.newest

CASES = tomllib.loads((Path(__file__).parent / "en_tetes.toml").read_text(encoding="utf-8"))
KNOWN, WRONG = CASES["reconnus"], CASES["refuses"]["en_tetes"]
TAB = schema().tab("candidatures")
NAMES = {field.id: [*EIG5.imports.fields.get(field.id, ()), field.header, *field.aliases] for field in TAB.fields}
ASKED = [field.id for field in TAB.fields if field.asked]
REQUIRED = ["numero", "projet", "administration", "email_porteur", "cout_jusqu_a_5_ans", "cout_plus_de_5_ans"]


def likely_columns(*headers, names=NAMES, plausible=lambda field, place: True):
    """Field → its headers."""
    judgement = judged(with_persons([*enumerate(headers)], headers), names, ASKED, plausible)
    return {column.field: [headers[header.place] for header in column.headers] for column in judgement.likely}


def test_no_header_of_these_cases_is_a_known_name():
    known = {plain(name) for field in TAB.fields for name in (*EIG5.imports.fields.get(field.id, ()), field.header)}
    headers = [*WRONG, *(header for headers in KNOWN.values() for header in headers)]
    assert [header for header in headers if plain(header) in known] == []


@pytest.mark.parametrize("field", KNOWN)
def test_a_header_is_recognised_by_its_words(field):
    assert [(header, likely_columns(header)) for header in KNOWN[field]] == [
        (header, {field: [header]}) for header in KNOWN[field]
    ]


def test_a_wrong_neighbour_is_nothing():
    assert {header: likely_columns(header) for header in WRONG} == {header: {} for header in WRONG}


@pytest.mark.parametrize("field", REQUIRED)
def test_among_all_the_wrong_neighbours_and_the_other_fields_the_right_one_is_found(field):
    others = [headers[0] for other, headers in KNOWN.items() if other != field]
    for header in KNOWN[field]:
        assert likely_columns(*WRONG[::2], *others, header, *WRONG[1::2])[field] == [header]


@pytest.mark.parametrize("field", REQUIRED)
def test_two_headers_that_could_be_one_field_are_neither(field):
    for pair in pairwise(KNOWN[field]):
        assert likely_columns(*pair) == {}


def test_both_costs_are_told_apart_and_one_without_its_bound_is_none():
    up_to, over = KNOWN["cout_jusqu_a_5_ans"], KNOWN["cout_plus_de_5_ans"]
    for pair in [(one, other) for one in up_to for other in over]:
        assert likely_columns(*pair) == {"cout_jusqu_a_5_ans": [pair[0]], "cout_plus_de_5_ans": [pair[1]]}
    assert likely_columns("Coût total employeur", "Coût total employeur (plus de cinq ans)") == {
        "cout_plus_de_5_ans": ["Coût total employeur (plus de cinq ans)"]
    }


PEOPLE = [
    "Nom du projet retenu", "Nom du porteur", "Prénom", "Fonction", "Email professionnel", "Téléphone professionnel",
    "Nom du porteur n°2", "Prénom", "Fonction", "Email professionnel", "Téléphone professionnel",
    "Nom du mentor", "Prénom", "Fonction", "Email professionnel",
]  # fmt: skip


def test_what_is_asked_of_a_person_goes_to_the_person_before_it():
    judgement = judged(with_persons([*enumerate(PEOPLE)], PEOPLE), NAMES, ASKED, lambda *_: True)
    assert {column.field: tuple(header.place for header in column.headers) for column in judgement.likely} == {
        "porteur_projet": (2, 1),
        "email_porteur": (4,),
        "porteur_projet_2": (7, 6),
        "email_porteur_2": (9,),
        "mentor": (12, 11),
        "email_mentor": (14,),
    }


def test_an_address_of_nobody_is_nobody_s():
    assert likely_columns("Nom du projet retenu", "Email professionnel") == {}
    assert likely_columns("Email professionnel", "Nom du mentor")["mentor"] == ["Nom du mentor"]


def test_a_first_name_alone_is_no_person():
    assert likely_columns("Prénom du porteur de projet") == {}
    assert likely_columns("Prénom du porteur de projet", "Nom du porteur de projet") == {
        "porteur_projet": ["Prénom du porteur de projet", "Nom du porteur de projet"]
    }
    whole = "Nom et prénom du porteur de projet"
    assert likely_columns("Prénom du porteur de projet", whole, "Nom du porteur de projet") == {
        "porteur_projet": [whole]
    }


def test_values_that_cannot_be_the_field_s_refuse_it():
    assert likely_columns("Courriel du porteur", plausible=lambda field, place: False) == {}


def test_officers_own_columns_are_never_guessed():
    assert likely_columns("Décision du jury", "Commentaires", "Motif de la décision prise") == {}
