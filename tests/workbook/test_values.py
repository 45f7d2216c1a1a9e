"""Parsers of typed cells: values, blanks and unreadable cells."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.campaign.reviews.conflicts import is_no_recusal
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.workbook import values
from eig_sheets.workbook.values import NSP, UnreadableError
from eig_sheets.workbook.years import years
from tests.workbook.any_cells import CELLS

PARIS = ZoneInfo("Europe/Paris")
CHOICES = values.plain_choices(["Écarté – inéligible", "Liste d’attente"])


def error_of(read, *arguments) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        read(*arguments)
    return caught.value.code.name, caught.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (None, None), ("", None), (" \u00a0\u202f\t", None), ("\ufeff12", "12"), ("  BatID \u200b", "BatID"),
        ("deux  mots\nici", "deux  mots\nici"), (4512345.0, "4512345"), (4512345, "4512345"), (3.5, "3,5"),
        (True, "oui"), (False, "non"), (float("inf"), "Infinity"), (10.0**20, "1" + 20 * "0"),
        (datetime(2021, 4, 7), "07/04/2021"), (datetime(2021, 4, 7, 9, 5), "07/04/2021 09:05"),
        (date(2021, 4, 7), "07/04/2021"), (time(9, 5), "09:05:00"), (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)  # fmt: skip
def test_text(typed, meant):
    assert values.text(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [(" 0012 ", "0012"), (12.0, "12"), ("EIG\u00a012", "EIG 12"), (None, None), ("\u202f", None)]
)
def test_key(typed, meant):
    assert values.key(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (5, 5), (5.5, 5.5), ("5,5", 5.5), ("5.5", 5.5), ("5 ans", 5), ("1 an", 1), ("6 années", 6), ("5,5 ans", 5.5),
        ("5 ans et demi", 5.5), ("5 ans et 6 mois", 5.5), ("5 ans 6 mois", 5.5), ("18 mois", 1.5), (None, None),
        ("", None), ("60", 60), (0, 0),
    ],
)  # fmt: skip
def test_years(typed, meant):
    assert years(typed) == meant


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("beaucoup", ("nombre_illisible", "")), (-1, ("nombre_negatif", "")), (2015, ("annees_improbables", "")),
        ("61 ans", ("annees_improbables", "")), ("plus de 5 ans", ("nombre_illisible", "")),
        (datetime(2021, 5, 5), ("nombre_en_date", "5,5")), (CellError("#REF!"), ("cellule_en_erreur", "")),
    ],
)  # fmt: skip
def test_years_that_are_none(typed, error):
    assert error_of(years, typed) == error


@pytest.mark.parametrize("typed", [datetime(2021, 4, 7), date(2021, 4, 7), time(3, 5), timedelta(1)])
def test_key_that_was_changed_into_a_date(typed):
    assert error_of(values.key, typed) == ("numero_en_date", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (3.5, 3.5), (3, 3.0), ("3,5", 3.5), ("3.5", 3.5), (" 3,5 ", 3.5), ("+3", 3.0), ("-3,5", -3.5), ("−3,5", -3.5),
        ("1 234,50 €", 1234.5), ("1\u202f234,50\u00a0€", 1234.5), ("1.234,50", 1234.5), ("1,234.50", 1234.5),
        ("1 234 567", 1234567.0), ("61250 euros", 61250.0), ("61250 EUR", 61250.0), ("30 %", 0.3), ("30%", 0.3),
        (None, None), ("", None), ("  ", None), ("\u00a0", None),
    ],
)  # fmt: skip
def test_number(typed, meant):
    assert values.number(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["trois", "3,5,5", "1 23", "12 34", "1.23.4", "3/4", "€", "%", "- 3", "1e3", "nan", "3 ou 4", True, False,
     float("nan"), float("inf"), float("-inf"), 1e15, -1e15, 10**400, -(10**400), "9" * 20, "-" + "9" * 20],
)  # fmt: skip
def test_number_that_cannot_be_read(typed):
    assert error_of(values.number, typed) == ("nombre_illisible", "")


def test_number_that_was_changed_into_a_date_tells_what_it_was():
    assert error_of(values.number, datetime(2021, 5, 3)) == ("nombre_en_date", "3,5")
    assert error_of(values.number, date(2021, 5, 3)) == ("nombre_en_date", "3,5")
    assert error_of(values.number, time(3, 5)) == ("nombre_en_date", "")


@pytest.mark.parametrize(
    "typed", ["03/05/2021", "3/5/21", "03.05.2021", "2021-05-03", "3 mai 2021", "03/05/2021 09:00"]
)
def test_a_text_that_is_a_whole_date_is_one_in_a_column_of_numbers(typed):
    """What a column of numbers of a Grist document keeps of a date: the same as the cell of an .xlsx file."""
    assert error_of(values.number, typed) == ("nombre_en_date", "3,5")
    assert error_of(values.score, typed, 1, 4) == ("note_en_date", "3,5")
    assert error_of(values.amount, typed) == ("nombre_en_date", "3,5")
    assert error_of(values.integer, typed) == ("nombre_en_date", "")


@pytest.mark.parametrize("typed", ["3/5", "31/02/2021", "1/2", "03:05", "mai 2021"])
def test_what_may_be_no_date_is_not_taken_for_one(typed):
    assert error_of(values.number, typed) == ("nombre_illisible", "")


@pytest.mark.parametrize(
    ("typed", "meant"), [("61 250,00 €", 61250.0), ("61250", 61250.0), (61250.5, 61250.5), ("61,25", 61.25), (0.0, 0.0)]
)
def test_amount(typed, meant):
    assert values.amount(typed) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("61.250", "montant_ambigu"), ("61,250 €", "montant_ambigu"), ("à voir avec la paie", "montant_illisible"),
        ("environ 60 000", "montant_illisible"), (True, "montant_illisible"), (-5.0, "montant_negatif"),
        ("−5 €", "montant_negatif"), (datetime(2021, 5, 3), "nombre_en_date"), (1e300, "montant_illisible"),
        (CellError("#REF!"), "cellule_en_erreur"), (Uncomputed("A1"), "formule_non_calculee"),
    ],
)  # fmt: skip
def test_amount_that_cannot_be_read(typed, code):
    assert error_of(values.amount, typed)[0] == code


def test_integer():
    assert [values.integer(typed) for typed in ("2", 2.0, " 3 ", None, "2,0")] == [2, 2, 3, None, 2]
    assert error_of(values.integer, "2,5") == ("nombre_non_entier", "")
    assert error_of(values.integer, "deux") == ("nombre_illisible", "")
    assert error_of(values.integer, -1.0) == error_of(values.integer, "−1") == ("nombre_negatif", "")
    assert error_of(values.integer, "9" * 400) == ("nombre_illisible", "")
    assert error_of(values.integer, datetime(2021, 3, 2)) == ("nombre_en_date", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (4.0, 4.0), (1, 1.0), ("3,5", 3.5), ("3.5", 3.5), (None, None), ("  ", None), ("", None), ("NSP", NSP),
        ("nsp", NSP), (" N.S.P. ", NSP), ("« NSP »", NSP), ("ne se prononce pas", NSP), ("Ne se prononce pas.", NSP),
    ],
)  # fmt: skip
def test_score(typed, meant):
    assert values.score(typed, 1, 4) == meant


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        (5.0, ("note_hors_echelle", "")), (0, ("note_hors_echelle", "")), ("4,1", ("note_hors_echelle", "")),
        ("50 %", ("note_hors_echelle", "")), ("bof", ("note_illisible", "")), ("3/4", ("note_illisible", "")),
        ("%", ("note_illisible", "")), (True, ("note_illisible", "")), (float("nan"), ("note_illisible", "")),
        (datetime(2021, 5, 3), ("note_en_date", "3,5")), (datetime(2021, 12, 31), ("note_en_date", "")),
        (datetime(1900, 1, 3, 12), ("note_en_date", "")),  # 3,5 in a cell that a first mistake made one of dates
        (time(3, 30), ("note_en_date", "")), (CellError("#N/A"), ("cellule_en_erreur", "")),
        (Uncomputed("3+0.5"), ("formule_non_calculee", "")),
    ],
)  # fmt: skip
def test_score_that_cannot_count(typed, refused):
    assert error_of(values.score, typed, 1, 4) == refused


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oui", True), ("Oui !", True), ("OUI", True), ("x", True), ("X", True), ("☑", True), ("✔", True),
        ("vrai", True), (True, True), (1.0, True), ("1", True), ("non", False), ("Non.", False), ("☐", False),
        (False, False), (0.0, False), ("FAUX", False), (None, None), ("  ", None),
    ],
)  # fmt: skip
def test_yes_no(typed, meant):
    assert values.yes_no(typed) is meant


@pytest.mark.parametrize("typed", ["peut-être", "oui et non", 2.0, "?", datetime(2021, 4, 7)])
def test_neither_yes_nor_no(typed):
    assert error_of(values.yes_no, typed) == ("oui_non_illisible", "")


@pytest.mark.parametrize(
    "typed", ["Écarté – inéligible", "ecarte - ineligible", " ÉCARTÉ  INÉLIGIBLE ", "écarté-inéligible"]
)
def test_choice(typed):
    assert values.choice(typed, CHOICES) == "Écarté – inéligible"


def test_choice_with_either_apostrophe_blank_or_unknown():
    assert values.choice("liste d'attente", CHOICES) == "Liste d’attente"
    assert values.choice(" ", CHOICES) is None
    assert error_of(values.choice, "Écarté", CHOICES) == ("choix_inconnu", "")
    assert error_of(values.choice, "???", CHOICES) == ("choix_inconnu", "")


DOUBTS = ("?", " ?", "\u00a0??", "\uff1f", " \u2047", " (?)", " ?!")
"""Ways to doubt of a word, after it; the last are the full-width mark and the double one."""


@given(typed=st.sampled_from(["oui", "non", "x", "Faux", "1"]), doubt=st.sampled_from(DOUBTS))
def test_a_question_is_no_yes_and_no_no(typed, doubt):
    assert error_of(values.yes_no, typed + doubt) == ("oui_non_illisible", "")


@given(doubt=st.sampled_from(DOUBTS))
def test_a_question_is_no_choice_no_score_no_address(doubt):
    assert error_of(values.choice, f"Liste d’attente{doubt}", CHOICES) == ("choix_inconnu", "")
    assert error_of(values.score, f"NSP{doubt}", 1, 4) == ("note_illisible", "")
    assert error_of(values.email, f"anne@exemple.fr{doubt}") == ("email_invalide", "")
    assert not is_no_recusal(f"aucun{doubt}")
    assert not is_no_recusal(doubt)


def test_a_choice_that_asks_is_chosen_as_it_is_written():
    accepted = values.plain_choices(["À revoir ?", "À revoir"])
    assert values.choice("a revoir?", accepted) == "À revoir ?"
    assert values.choice("a revoir", accepted) == "À revoir"


def test_items():
    assert values.items("Développeur ; Designer;\u00a0Data scientist\n; ") == (
        "Développeur", "Designer", "Data scientist"
    )  # fmt: skip
    assert values.items(3712146.0) == ("3712146",)
    assert values.items(" ;\n; ") is None
    assert values.items(None) is None


@pytest.mark.parametrize("typed", ["Anne@Exemple.FR", "  anne@exemple.fr\u00a0", "anne@exemple.fr"])
def test_email(typed):
    assert values.email(typed) == "anne@exemple.fr"


@pytest.mark.parametrize(
    "typed", ["anne.exemple.fr", "anne@", "@exemple.fr", "anne@exemple", "a@b.fr ; c@d.fr", "Anne <a@b.fr>", "a b@c.fr",
              "a@b@c.fr", 12.0, True, datetime(2021, 4, 7)],
)  # fmt: skip
def test_email_that_is_not_one(typed):
    assert error_of(values.email, typed) == ("email_invalide", "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (datetime(2021, 4, 7, 23, 59, 59), datetime(2021, 4, 7, 23, 59, 59)), (date(2021, 4, 7), datetime(2021, 4, 7)),
        ("07/04/2021", datetime(2021, 4, 7)), ("7/4/21", datetime(2021, 4, 7)),
        ("1/2/99", datetime(2099, 2, 1)), ("1/2/50", datetime(2050, 2, 1)), ("1/2/00", datetime(2000, 2, 1)),
        ("07-04-2021", datetime(2021, 4, 7)),
        ("07.04.2021 8h", datetime(2021, 4, 7, 8)), ("07/04/2021 23:59", datetime(2021, 4, 7, 23, 59)),
        ("07/04/2021 23:59:59", datetime(2021, 4, 7, 23, 59, 59)), ("07/04/2021 à 23h59", datetime(2021, 4, 7, 23, 59)),
        ("07/04/2021 à 23 h 59 min 59 s", datetime(2021, 4, 7, 23, 59, 59)), ("7 avril 2021", datetime(2021, 4, 7)),
        ("mercredi 7 avril 2021 à 23\u202fh\u202f59", datetime(2021, 4, 7, 23, 59)),
        ("1er février 2021", datetime(2021, 2, 1)), ("1 AOÛT 2021", datetime(2021, 8, 1)),
        ("2021-04-07", datetime(2021, 4, 7)), ("2021-04-07T23:59:59", datetime(2021, 4, 7, 23, 59, 59)),
        ("2021-04-07T21:59:59Z", datetime(2021, 4, 7, 23, 59, 59)), ("2021-04-07 22:00:00 UTC", datetime(2021, 4, 8)),
        ("2021-04-07T23:59:59+02:00", datetime(2021, 4, 7, 23, 59, 59)), (None, None), ("   ", None),
        ("2021-01-31T23:30:00Z", datetime(2021, 2, 1, 0, 30)),
    ],
)  # fmt: skip
def test_moment(typed, meant):
    assert values.moment(typed, PARIS) == meant


@pytest.mark.parametrize(
    "typed", ["30/02/2021", "7 avrille 2021", "avril 2021", "hier", "07/04/2021 25:00", 44293.0, True, time(9),
              timedelta(1), "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "00/00/0000", "01/01/0000",
              "01/01/0021", "1 mai 0021", "0021-05-01", "1899-12-31"],
)  # fmt: skip
def test_moment_that_cannot_be_read(typed):
    assert error_of(values.moment, typed, PARIS) == ("date_illisible", "")


READERS = {
    "text": values.text, "key": values.key, "number": values.number, "amount": values.amount, "email": values.email,
    "integer": values.integer, "yes_no": values.yes_no, "items": values.items,
    "score": lambda value: values.score(value, 1, 4), "moment": lambda value: values.moment(value, PARIS),
    "choice": lambda value: values.choice(value, CHOICES),
}  # fmt: skip


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@given(value=CELLS)
def test_anything_is_read_or_refused(read, value):
    with suppress(UnreadableError):
        read(value)


@given(value=CELLS)
def test_an_error_or_an_uncomputed_formula_is_never_a_value(value):
    for read in READERS.values():
        for broken in (CellError("#REF!"), Uncomputed("A1+1")):
            with pytest.raises(UnreadableError):
                read(broken)


@given(st.floats(1, 4), st.sampled_from([",", "."]))
def test_a_score_reads_the_same_as_a_number_and_as_a_text(score, separator):
    typed = f"{score:.2f}"
    assert values.score(typed.replace(".", separator), 1, 4) == values.score(float(typed), 1, 4) == float(typed)
