"""Which formulas refer to rows 25 and 26 of a tab."""

import pytest

from eig_sheets.spreadsheet.model.formulas import last_row_named, refers_to_rows

REFER = [
    "A25", "SUM(A2:A30)", "Candidatures!A25", "'Candidatures'!$A$25", "CANDIDATURES!$A$20:$C$25", "25:25",
    "Candidatures!20:30", "COUNTIF(Candidatures!A2:Candidatures!A30,1)", 'INDIRECT("Candidatures!A25")',
    "'Jan:Déc'!A25", "Jan:Dec!A25", "Autre!A1+Candidatures!B26", "-A25", "A$25*2", "SUM(A1,A26)", "A30:A20",
    "OFFSET(Candidatures!$A$1,4,0)", "SUM(offset(A1,1,0,9))", "OFFSET('Candidatures'!A:A,4,0,1)",
    "INDEX(Candidatures!$A:$C;26;2)",
]  # fmt: skip
DO_NOT = [
    "A1", "A:A", "Candidatures!$A:$C", "LOG10(3)", "Autre!A25", "'[1]Candidatures'!A25", "[1]Candidatures!A25", "A250",
    "Tableau1[Note]", "A2:A24", "Tableau25", "A27", "1:24", "25", "Autre!25:26", "1.25*2", "A2.A25",
    "OFFSET(Autre!A1,4,0)", "OFFSET(Autre!A:A,4,0,1)", "INDEX(A:A,24)", "INDEX(A:A,250)", "INDEX(Autre!A:A,25)",
    "INDEX(A:A,MATCH(1,B:B,0))", "MYOFFSET(A1)",
]  # fmt: skip


@pytest.mark.parametrize("formula", REFER)
def test_refers(formula):
    assert refers_to_rows(formula, "Candidatures", "Candidatures", 25, 26)


@pytest.mark.parametrize("formula", DO_NOT)
def test_does_not_refer(formula):
    assert not refers_to_rows(formula, "Candidatures", "Candidatures", 25, 26)


def test_a_name_with_an_apostrophe_and_the_last_row_that_is_named():
    assert refers_to_rows("'L''appel'!A25", "Autre", "L'appel", 25, 26)
    assert last_row_named("SUM(A2:A24)+A7", "T", "T", 40) == 24
    assert last_row_named("A2:A90", "T", "T", 40) == 40
    assert last_row_named("A41", "T", "T", 40) == 0
