"""The formula of a robot's column, as plans write it and as Grist has it: each is made of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.lookups import Lookup, as_planned, is_robot_formula, parsed, python
from eig_sheets.spreadsheet.model.formulas import header_in
from eig_sheets.spreadsheet.model.sheet import Column, Owner, Sheet
from eig_sheets.workbook import lookup_formula
from eig_sheets.workbook.fields import Field, RobotField, TabSchema
from tests.spreadsheet.grist.documents import campaign, column, people, table

SCHEMA = TabSchema("candidatures", "Candidatures", Owner.PEOPLE, "numero", (Field("numero", "N°"),))
FORMULA = python("numero", "Classement", "numero", "rang")


def planned(header="Rang", title="Classement", key=0):
    ranking = Sheet("classement", title, Owner.ROBOT, (Column("Rang"), Column("N°"), Column("Note")))
    field = RobotField("rang", header, Column(header), "classement", "Note")
    return lookup_formula.formula(field, SCHEMA, header, (1, key), ranking)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_the_lookup_of_a_plan():
    assert parsed(planned()) == Lookup("Rang", 0, "Classement", parsed(planned()).numbers, 2)


@pytest.mark.parametrize("text", ["", "1+1", "IMPORTXML(1)", planned() + " "])
def test_another_formula_is_no_lookup(text):
    assert parsed(text) is None


def shown(title, header, formula=FORMULA):
    """What is read of a robot's column of that label, and what it looks up, in a table of that title."""
    shown_column = column(13, header, "Any", id="eig_note", formula=formula)
    dossiers = table(1, "Candidatures", [*people().columns, shown_column])
    ranking = table(2, title, [column(21, "N°", id="numero"), column(22, "Rang", id="rang")], id="Classement")
    return as_planned(shown_column, dossiers, campaign(ranking=ranking))


@given(NAMES, NAMES)
def test_what_grist_has_is_read_as_a_plan_writes_it_whatever_the_names(title, header):
    assert parsed(shown(title, header)) == Lookup(header, 0, title, 0, 1)


@pytest.mark.parametrize(
    "formula",
    [
        python("numero", "Gone", "numero", "rang"), python("numero", "Classement", "gone", "rang"),
        python("numero", "Classement", "numero", "gone"),
    ],
)  # fmt: skip
def test_a_formula_of_ours_that_shows_what_is_gone_is_still_ours_but_not_the_one_that_is_planned(formula):
    gone = shown("Classement", "Rang", formula)
    assert header_in(gone) == "Rang"
    assert "#REF!" in gone


@pytest.mark.parametrize("formula", ["1/0", python("gone", "Classement", "numero", "rang")])
def test_a_formula_that_is_not_ours_any_more_is_read_as_it_is(formula):
    assert shown("Classement", "Rang", formula) == formula


def test_only_the_whole_formula_is_ours():
    assert is_robot_formula(FORMULA)
    assert not is_robot_formula(f"{FORMULA}\n")
    assert not is_robot_formula(f"# à nous\n{FORMULA}")


class Found:
    rang = 3


class Classement:
    """What Grist's formula engine has of a table."""

    @staticmethod
    def lookupOne(numero):  # noqa: N802 (Grist's name)
        return Found() if numero == "4512301" else None


@pytest.mark.parametrize(
    ("key", "rank"),
    [("4512301", 3), (" 4512301 ", 3), (4512301, 3), (4512301.0, 3), (4512301.5, None), ("", None), (None, None),
     ("autre", None)],
)  # fmt: skip
def test_the_formula_finds_a_key_of_any_type(key, rank):
    lines = "\n    ".join(FORMULA.replace("$numero", "cell").splitlines())
    names = {"Classement": Classement}
    exec(f"def compute(cell):\n    {lines}", names)
    assert names["compute"](key) == rank
