"""Every code is produced by a workbook, at the right cell, in good French, and documented."""

from __future__ import annotations

import re
from functools import cache

import pytest

from eig_sheets.campaign.vanished_rows import TAB_CUT
from eig_sheets.spreadsheet.model.cells import parse_a1
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly, Severity, anomaly
from eig_sheets.workbook.value_codes import CELL_ERROR
from scripts import anomalies_doc
from tests.workbook.anomalous import CASES, anomalies_of
from tests.workbook.snapshots import places_of

CODES = anomalies_doc.codes()
BY_NAME = {case.name: case for case in CASES}


@cache
def of_case(name: str) -> tuple[Anomaly, ...]:
    """The anomalies of a case; each is read and computed once."""
    return tuple(anomalies_of(BY_NAME[name]))


def every_anomaly() -> list[Anomaly]:
    return [reported for name in BY_NAME for reported in of_case(name)]


def test_each_case_has_a_name_of_its_own():
    assert len(BY_NAME) == len(CASES)


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_wrong_is_reported_once_where_it_is_and_nothing_else(name):
    assert sorted(places_of(of_case(name)), key=str) == sorted(BY_NAME[name].expected, key=str)


@pytest.mark.needs("talents")
def test_every_code_is_that_of_a_workbook_of_these_tests():
    assert {code.name for code in CODES} - {code for case in CASES for code, _, _ in case.expected} == set()


def test_a_name_is_of_one_code():
    assert len({code.name for code in CODES}) == len(CODES)


def test_what_stops_a_run_blocks():
    assert {code.severity for code in CODES if code.stops} == {Severity.BLOCKING}


@pytest.mark.needs("talents")
def test_a_severity_is_the_code_s_or_that_of_the_column():
    for reported in every_anomaly():
        assert reported.severity is (reported.kind.severity or reported.severity)
    open_to_the_column = {code for code in CODES if code.severity is None}
    seen = {(reported.kind, reported.severity) for reported in every_anomaly()}
    assert open_to_the_column <= {code for code, _ in seen}
    both = [code for code in open_to_the_column if {severity for each, severity in seen if each == code} == {*Severity}]
    assert CELL_ERROR in both  # what nothing rests on is only a warning


AS_TYPED = re.compile(r"\d\d:\d\d(:\d\d)?|\w+![A-Z]+\d+|[A-Z]+\d+:[A-Z]+\d+|#[A-Z/0]+[!?]?")
"""Times, areas of cells and errors of spreadsheets keep their own punctuation."""


def test_sentences_are_whole_and_well_typed():
    for sentence in {sentence for reported in every_anomaly() for sentence in (reported.message, reported.remedy)}:
        words = AS_TYPED.sub("x", sentence)
        assert sentence == typographic(sentence)
        assert re.fullmatch(r"[A-ZÀ-Ý«0-9a-z].*[.?»]", words), sentence
        assert not re.search(r"[{}']|\b(None|nan|True)\b|  |\.\.| \.|\?.?\.|[^\u202f][:;?!»]|«[^\u202f]", words), (
            sentence
        )


def test_a_cell_is_an_address():
    cells = {reported.cell for reported in every_anomaly() if reported.cell is not None}
    assert cells
    assert all(parse_a1(cell) for cell in cells)


def test_numbers_in_sentences_are_written_in_french():
    reported = anomaly(TAB_CUT, "Candidatures", now=1, before=1200)
    assert "1\u202f200 lignes" in reported.message
    assert reported.message.endswith("il en reste 1.")


def test_several_other_rows_are_in_the_plural():
    messages = {reported.message for reported in every_anomaly() if reported.code == "numero_en_double"}
    assert typographic("« 101 » est aussi aux lignes 4 et 5.") in messages
    messages = {reported.message for reported in every_anomaly() if reported.code == "jure_en_double"}
    assert typographic("anna@jury.example a aussi une évaluation de « 101 » à la ligne 8.") in messages


def test_the_page_for_the_staff_is_this_table():
    assert anomalies_doc.TARGET.read_text(encoding="utf-8") == anomalies_doc.document(), (
        "run `python scripts/anomalies_doc.py`"
    )
