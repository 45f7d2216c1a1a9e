"""Names of métiers: the marks of gender and what is added to a known one make no other métier."""

import pytest

from eig_sheets.text.names import metier_key, metier_name
from tests.columns import EIG5

PROFILES = EIG5.words.profiles


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Développeur", "developpeur"),
        ("DÉVELOPPEUSE", "developpeur"),
        ("Développeur / développeuse", "developpeur"),
        ("Développeur·euse", "developpeur"),
        ("développeur.euse", "developpeur"),
        ("Développeur(se)", "developpeur"),
        ("développeurs", "developpeur"),
        ("Développeur full-stack", "developpeur"),
        ("Géomaticien·ne", "geomaticien"),
        ("Géomaticien / géomaticienne", "geomaticien"),
        ("géomaticienne", "geomaticien"),
        ("Designer UX", "designer"),
        ("Juriste", "juriste du numerique"),
        ("Juriste du numérique", "juriste du numerique"),
        ("Data scientist", "data scientist"),
        ("Data", "data"),  # scientist or engineer: nobody knows
        ("Product manager", "product manager"),
        ("", ""),
        (" / ", ""),
    ],
)
def test_a_metier_has_one_key(typed, key):
    assert metier_key(typed, PROFILES) == key


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Développeuse (à confirmer)", "Développeur"), ("Designer q", "Designer"), ("Ergonome", "Ergonome")],
)
def test_a_metier_has_the_name_of_the_call(typed, name):
    assert metier_name(typed, PROFILES) == name


def test_every_profile_of_the_call_is_its_own():
    assert len({metier_key(profile, PROFILES) for profile in PROFILES}) == len(PROFILES)


def test_without_vocabulary_words_are_kept():
    assert metier_key("Conductrice de travaux") == "conducteur de travaux"
