"""Columns of authors of a Grist document: the trigger, and whether one is as we made it."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.spreadsheet.grist.authors import Definition, definition_in, formula, trigger_of
from eig_sheets.spreadsheet.grist.document import MARKS, Document
from eig_sheets.spreadsheet.grist.ownership_check import check_ownership
from eig_sheets.spreadsheet.grist.reading import snapshot
from eig_sheets.spreadsheet.grist.signing import NewColumn, actions
from eig_sheets.spreadsheet.model.plan import Equip
from eig_sheets.spreadsheet.model.signing import AuthorColumn, Signing, digest, signature_in
from tests.spreadsheet.grist.documents import ROBOT, VERSION, column, mark, planned, table

AUTHOR = column(
    13, "Décision saisie par", id="eig_auteur_decision", formula=formula(["numero", "decision"]), is_formula=False,
    recalc_on=(12,),
)  # fmt: skip
WANTED = NewColumn("Candidatures", "decision", "Décision saisie par", ("numero", "decision"), ("decision",), (1, 3))


def document(author=AUTHOR, rows=None) -> Document:
    columns = [column(11, "N°", id="numero"), column(12, "Décision", id="decision"), *([author] if author else [])]
    blank = ("",) if author else ()
    made = table(1, "Candidatures", columns, rows or {1: ("101", "Lauréat", *blank), 3: ("103", "Lauréat", *blank)})
    marks = [mark(1, "candidatures")]
    if author:
        marks.append(mark(13, "auteur decision", is_column=True, robot=True, look="11,12;12"))
    return Document(VERSION, (made,), tuple(marks), 7, "jeton", True, has_marks=True, has_runs=True, identity="0e")


def run(text: str, values: dict[str, Any], email: str = "ada@example.org") -> str:
    """What the trigger writes in a row of these values."""
    body = "\n".join(f"  {line}" for line in text.replace("$", "rec.").split("\n"))
    names: dict[str, Any] = {"NOW": lambda: datetime(2026, 12, 1, 10, 32)}
    exec(f"def trigger(rec, user):\n{body}", names)
    return str(names["trigger"](SimpleNamespace(**values), SimpleNamespace(Email=email)))


CELLS = st.one_of(
    st.none(), st.text(), st.booleans(), st.floats(allow_nan=False), st.integers(-(2**40), 2**40), st.datetimes()
)


@given(st.lists(CELLS, min_size=2, max_size=4))
def test_the_trigger_signs_what_we_read(cells):
    names = [f"c{place}" for place, _ in enumerate(cells)]
    said = run(formula(names), dict(zip(names, cells, strict=True)))
    if cells[-1] in (None, "") or cells[-1] is False:
        assert said == ""
    else:
        signature = signature_in(said)
        assert signature is not None
        assert (signature.who, signature.when) == ("ada@example.org", "2026-12-01 10:32")
        assert signature.digest == digest(cells)


def test_a_column_of_references_is_signed_as_people_see_it():
    number = column(11, "N°", "Ref:Autre", id="numero", shown_by="gristHelper_Display")
    decided = column(12, "Décision", id="decision")
    assert trigger_of([number, decided]) == formula(["gristHelper_Display", "decision"])


def test_dates_and_lists_are_signed_as_they_are_read():
    said = signature_in(run(formula(["a", "b"]), {"a": date(2026, 12, 1), "b": ["x", "y"]}))
    assert said is not None
    assert said.digest == digest([datetime(2026, 12, 1), "x ; y"])


def authors(author=AUTHOR):
    return snapshot(document(author)).tabs[0].authors


def test_a_column_as_we_made_it_says_who_typed():
    assert authors() == {"decision": AuthorColumn(2, (0, 1))}
    renamed = replace(AUTHOR, id="autre", label="Autre")
    assert authors(renamed) == {"decision": AuthorColumn(2, (0, 1))}


@pytest.mark.parametrize(
    "altered",
    [
        {"formula": 'return "ada@example.org"'}, {"formula": ""}, {"formula": formula(["decision"])}, {"recalc_on": ()},
        {"recalc_on": (11,)}, {"recalc_on": (11, 12)}, {"recalc_when": 1}, {"recalc_when": 2}, {"is_formula": True},
        {"type": "Any"},
    ],
)  # fmt: skip
def test_one_that_somebody_altered_says_nothing(altered):
    tab = snapshot(document(replace(AUTHOR, **altered))).tabs[0]
    assert tab.authors == {}
    assert tab.author_columns == {"decision": 2}


def test_a_column_that_is_signed_and_gone():
    whole = document()
    [made] = whole.tables
    without = replace(made, columns=made.columns[1:], cells={**made.cells})
    assert snapshot(replace(whole, tables=(without,))).tabs[0].authors == {}


@pytest.mark.parametrize("text", ["", "1,2", "1;2;3", "a;b", ";"])
def test_the_mark_of_another_program(text):
    assert definition_in(text) is None


def test_a_definition_is_read_as_it_is_written():
    made = Definition((11, 12), (12,))
    assert definition_in(str(made)) == made


def test_a_column_is_made_with_its_mark_and_takes_values_over():
    before = document(None)
    made, marked, taken = actions([WANTED], before, before, ROBOT)
    assert made[:3] == ["AddVisibleColumn", "Candidatures", "eig_auteur_decision"]
    assert made[3]["formula"] == formula(["numero", "decision"])
    assert made[3]["recalcDeps"] == [["L", 12]]
    assert marked[:2] == ["AddRecord", MARKS]
    assert (marked[3]["repere"], marked[3]["aspect"]) == ("auteur decision", "11,12;12")
    assert taken[:3] == ["BulkUpdateRecord", "Candidatures", [1, 3]]
    signatures = [signature_in(text) for text in taken[3]["eig_auteur_decision"]]
    assert [signature and signature.digest for signature in signatures] == [
        digest([key, "Lauréat"]) for key in ("101", "103")
    ]
    assert {signature.who for signature in signatures if signature} == {ROBOT}
    check_ownership([made, marked, taken], before)


def test_a_column_that_was_altered_is_made_again_where_it_is():
    altered = document(replace(AUTHOR, formula="None"))
    modified, marked, taken = actions([WANTED], altered, altered, ROBOT)
    assert modified[:3] == ["ModifyColumn", "Candidatures", "eig_auteur_decision"]
    assert marked == ["UpdateRecord", MARKS, 13, {"aspect": "11,12;12"}]
    assert taken[2] == [1, 3]
    check_ownership([modified, marked, taken], altered)


def test_a_value_that_changed_since_it_was_read_is_not_taken_over():
    before = document(None, {1: ("101", "Lauréat"), 3: ("103", "Non retenu"), 4: ("104", None)})
    now = document(None, {1: ("101", "Lauréat"), 3: ("103", "Lauréat"), 4: ("104", "Lauréat")})
    *_, taken = actions([replace(WANTED, rows=(1, 3, 4, 9))], before, now, ROBOT)
    assert taken[2] == [1]


def test_nothing_is_made_in_a_table_that_is_gone():
    whole = document(None)
    assert [*actions([replace(WANTED, table="Autre")], whole, whole, ROBOT)] == []
    assert [*actions([replace(WANTED, signs=("gone", "decision"))], whole, whole, ROBOT)] == []


def test_the_batch_names_the_account_that_takes_values_over():
    signing = Signing("decision", "Décision saisie par", 1, (0, 1), (1,), (2,))
    for robots, expected in ((frozenset(), [f"compte {ROBOT}"]), (frozenset({ROBOT}), [])):
        made = planned(replace(document(None), robots=robots), Equip("Candidatures", 1, signed=(signing,)))
        added = [str(action[3]["repere"]) for action in made if action[:2] == ["AddRecord", MARKS]]
        assert [text for text in added if text.startswith("compte ")] == expected
