"""French as it is written."""

from __future__ import annotations

import errno
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.text import french
from eig_sheets.text.french import NARROW

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    ("plain", "typed"),
    [
        ("Quoi ?", "Quoi\u202f?"), ("Oui ! Non ; 30 % : 5 €", "Oui\u202f! Non\u202f; 30\u202f%\u202f: 5\u202f€"),
        ("« mot »", "«\u202fmot\u202f»"), ("https://exemple.fr/?a=b", "https://exemple.fr/?a=b"),
        ("déjà\u202f: bien", "déjà\u202f: bien"), ("10:30, 3,5", "10:30, 3,5"),
    ],
)  # fmt: skip
def test_narrow_spaces(plain, typed):
    assert french.typographic(plain) == typed


@given(st.text())
def test_typographic_twice_is_once_and_only_changes_spaces(text):
    once = french.typographic(text)
    assert french.typographic(once) == once
    assert once.replace(NARROW, " ") == text.replace(NARROW, " ")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1234.5, None, "1\u202f234,5"), (3.0, None, "3"), (3, None, "3"), (0.1, None, "0,1"), (-1.5, None, "−1,5"),
        (1e22, None, "10" + 7 * "\u202f000"), (18.125, 2, "18,13"), (2.675, 2, "2,68"), (0.5, 0, "1"), (5, 2, "5,00"),
        (1234567, None, "1\u202f234\u202f567"), (1e300, 2, "1" + 100 * "\u202f000" + ",00"),
        (float("nan"), None, "NaN"),
        (-0.004, 2, "0,00"),
        (-0.0, None, "0"),
    ],
)  # fmt: skip
def test_number(value, decimals, written):
    assert french.number(value, decimals) == written


def test_number_beyond_any_float():
    assert french.number(10**400) == "10" + 133 * "\u202f000"


def test_euros():
    assert french.euros(18375) == "18\u202f375,00\u202f€"


@pytest.mark.parametrize(
    ("value", "written"), [(date(2021, 2, 1), "lundi 1er février 2021"), (date(2021, 4, 7), "mercredi 7 avril 2021")]
)
def test_day(value, written):
    assert french.day(value) == written


@pytest.mark.parametrize(
    ("clock", "written"),
    [((0, 0), "0 h"), ((8, 0), "8 h"), ((23, 59), "23 h 59"), ((23, 59, 59), "23 h 59"), ((10, 3, 7), "10 h 03"),
     ((8, 0, 1), "8 h")],
)  # fmt: skip
def test_moment(clock, written):
    expected = "mercredi 7 avril 2021 à " + written.replace(" ", NARROW)
    assert french.moment(datetime(2021, 4, 7, *clock)) == expected


@pytest.mark.parametrize(
    ("clock", "other", "written"),
    [
        ((12, 0, 30), (12, 0), "12 h 00 min 30 s"), ((12, 0), (12, 0, 30), "12 h"), ((23, 59, 59), (0, 0), "23 h 59"),
        ((12, 1, 30), (12, 0, 30), "12 h 01"),
    ],
)  # fmt: skip
def test_moments_that_seconds_alone_tell_apart_have_them(clock, other, written):
    value, beside = (datetime(2021, 4, 7, *hour) for hour in (clock, other))
    assert french.moment_beside(value, beside) == "mercredi 7 avril 2021 à " + written.replace(" ", NARROW)


def test_none_is_said_so():
    said = [french.counted(count, "dossier ajouté", "dossiers ajoutés") for count in (0, 1, 2)]
    assert said == ["aucun dossier ajouté", "1 dossier ajouté", "2 dossiers ajoutés"]


def test_small_numbers_in_letters():
    assert [french.in_letters(count) for count in (1, 10, 12, 17)] == ["un", "dix", "douze", "17"]


def test_listed():
    assert [french.listed(items) for items in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A et B",
        "A, B et C",
    ]
    assert french.listed(iter(["2", "3"]), "ou") == "2 ou 3"


def test_plural():
    counts = [french.plural(count, "dossier") for count in (0, 1, 2, 1200)]
    assert counts == ["0 dossier", "1 dossier", "2 dossiers", "1\u202f200 dossiers"]
    assert french.plural(2, "e-mail ajouté", "e-mails ajoutés") == "2 e-mails ajoutés"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coup de cœur", "COUP DE COEUR"), ("Œuvre", "oeuvre"), ("L’Éligibilité !", "l'eligibilite"),
        ("N° de dossier", "numéro de dossier"), ("n°de\ndossier", "N° de  dossier"), ("Nº DS", "N° DS"),
        ("N˚\u00a0DS", "n° ds"), ("Co-financement", "co financement"), ("Île\u202fde France", "île-de-france"),
    ],
)  # fmt: skip
def test_plain_says_that_two_spellings_are_one(one, other):
    assert french.plain(one) == french.plain(other) != ""


def test_plain_keeps_what_tells_apart():
    assert len({french.plain(word) for word in ("30 %", "30 €", "30", "Vœu 1", "Vœu 2", "n° 30")}) == 6


@given(st.text())
def test_plain_twice_is_once(text):
    once = french.plain(text)
    assert french.plain(once) == once


def test_why_a_file_is_refused():
    assert french.why(FileNotFoundError(errno.ENOENT, "No such file")) == "introuvable"
    assert french.why(OSError(errno.EIO, "Input/output error")) == f"erreur {errno.EIO} du système"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", ""),
        ("Un moteur libre", "Un moteur libre."),
        ("Un moteur v1.2 libre. Il est rapide.", "Un moteur v1.2 libre."),
        ("Est-ce utile ? Oui.", "Est-ce utile ?"),
        ("\n  Première  ligne\nsuite.", "Première ligne."),
        ("mot " * 100, "mot " * 59 + "mot…"),
    ],
)
def test_first_sentence_of_a_text(text, sentence):
    assert french.first_sentence(text) == sentence
