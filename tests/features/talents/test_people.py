"""Whose candidatures are one person’s: one address or one name, as people compare them, until somebody says not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.talents.rules_choices import same_people


def row(number, prenom=None, nom=None, email=None, statut=None, commentaire=None):
    return {
        "candidature": number, "prenom": prenom, "nom": nom, "email": email, "statut": statut,
        "commentaire": commentaire,
    }  # fmt: skip


ZOE = row("T1", "Zoé", "Le Gall", "zoe@example.org")


@pytest.mark.parametrize(
    "other",
    [
        row("T2", "Anna", "Autre", "zoe@example.org"), row("T2", None, None, "ZOE@example.org"),
        row("T2", "Zoé", "Le Gall", "autre@example.org"), row("T2", "ZOE", "LE GALL"), row("T2", "Le Gall", "Zoé"),
        row("T2", "Mme Zoé", "Le-Gall"), row("T2", None, "Le Gall Zoé"),
    ],
)  # fmt: skip
def test_one_address_or_one_name_is_one_person(other):
    assert same_people([ZOE, other]) == (("T1", "T2"),)
    assert same_people([other, ZOE]) == (("T2", "T1"),)


@pytest.mark.parametrize(
    "other",
    [
        row("T2", "Zoé", None), row("T2", "Léa", "Le Gall"), row("T2"), row("T2", "Zoé", "Le Gall", statut="Désisté"),
        row("T2", "Zoé", "Le Gall", statut="Non retenu"),
    ],
)  # fmt: skip
def test_who_is_not_known_to_be_the_same_is_not(other):
    assert same_people([ZOE, other]) == ()


@pytest.mark.parametrize("said", ["homonyme", "Homonyme", "Très bien. Homonyme de T1 ; à rappeler", "à voir\nhomonyme"])
def test_people_say_that_they_are_two(said):
    assert same_people([ZOE, row("T2", "Zoé", "Le Gall", commentaire=said)]) == ()


@pytest.mark.parametrize("said", ["homonyme ?", "pas homonyme", "peut-être un homonyme", None])
def test_what_is_not_said_is_a_doubt(said):
    assert same_people([ZOE, row("T2", "Zoé", "Le Gall", commentaire=said)]) == (("T1", "T2"),)


def test_an_address_and_a_name_make_one_person_of_three_candidatures():
    third = row("T3", "Zoé", "Martin", "zoe@example.org")
    assert same_people([ZOE, row("T2", "Zoé", "Martin"), third]) == (("T1", "T2", "T3"),)


ROWS = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XY"), st.sampled_from(["a@x.fr", "b@x.fr", None])))


@given(ROWS)
def test_people_are_those_that_any_mark_joins(drawn):
    rows = [row(f"T{place}", first * 2, last * 2, email) for place, (first, last, email) in enumerate(drawn)]
    groups = same_people(rows)
    group_of = {number: place for place, group in enumerate(groups) for number in group}
    assert len(group_of) == sum(map(len, groups))
    for first in rows:
        for second in rows:
            if first is not second and (
                first["email"] == second["email"] is not None
                or {first["prenom"], first["nom"]} == {second["prenom"], second["nom"]}
            ):
                assert group_of[first["candidature"]] == group_of[second["candidature"]]
