"""The lookup formula of a robot's column: what it looks up, and how it is recognized."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.model import formulas
from eig_sheets.workbook import lookup_formula
from tests.workbook.concurrent_editors import CANDIDATURES, OURS, RANK, RANKING


class TestFormula:
    def test_is_keyed_by_the_row_s_own_number_from_the_header_s_row_on(self):
        assert OURS == (
            'ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1),"Rang",IF(A1:A="",,'
            "IFNA(XLOOKUP(TRIM(A1:A&\"\"),'Classement'!B:B,'Classement'!A:A)))))"
        )

    def test_follows_the_headers_and_the_names_that_people_gave(self):
        named = replace(RANKING, name="L'été, à nous")
        formula = lookup_formula.formula(RANK, CANDIDATURES, "Rang", (5, 27), named)
        assert formula.startswith('ARRAYFORMULA(IF(ROW(AB5:AB)=ROW(AB5),"Rang",')
        assert "'L''été, à nous'!B:B,'L''été, à nous'!A:A" in formula
        assert "'L''été, à nous'!B:B;'L''été, à nous'!A:A" in formulas.with_semicolons(formula)

    @given(st.text(min_size=1))
    def test_gives_its_header_back_whatever_people_called_it(self, header):
        made = lookup_formula.formula(RANK, CANDIDATURES, header, (1, 0), RANKING)
        assert formulas.header_in(made) == header
        assert formulas.header_in(formulas.with_commas(formulas.with_semicolons(made))) == header

    @pytest.mark.parametrize("other", [None, "", "A1", "ARRAYFORMULA(A1:A)", 'IF(ROW(A1)=ROW(A1),"Rang",1)'])
    def test_of_people_s_is_none_of_ours(self, other):
        assert formulas.header_in(other) is None

    def test_is_the_same_however_it_is_spelled(self):
        spelled = formulas.with_semicolons(OURS).replace("'", "").replace("ROW(", "row( ")
        assert formulas.same(spelled, OURS)
        for other in (OURS.replace("Rang", "rang"), OURS.replace("A1:A", "B1:B"), OURS.replace("B:B", "#REF!"), None):
            assert not formulas.same(other, OURS)
