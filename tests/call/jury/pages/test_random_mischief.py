"""Whatever people do to a page, in any order: an answer that is taken is the one that they see under that question."""

from dataclasses import replace
from itertools import count

from hypothesis import example, given
from hypothesis import strategies as st

from eig_sheets.call.jury.pages.fields import WIDE, dossier_fields
from eig_sheets.call.jury.pages.layout import form_of
from eig_sheets.call.jury.pages.returned_page import returned_page
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.call.jury.pages.pages import DOSSIERS, NOTES, cells_of, filled

PAGE = replace(NOTES, dossiers=tuple(replace(dossier, projet="Le phare") for dossier in DOSSIERS))
FIELDS = {field.id: field.label for field in dossier_fields(NOTES) if field.id not in WIDE}
FIELD = 3
"""The hidden column that says which answer a line has."""
NUMBERS = count(1)
ANSWERS = {dossier.numero: {field: float(next(NUMBERS)) for field in FIELDS} for dossier in DOSSIERS}
"""Each answer once, so that it is known where people see it."""
ROWS = st.integers(1, len(cells_of(form_of(PAGE)).tabs[0].rows) - 1)
MISCHIEF = st.tuples(st.sampled_from(["swap", "delete", "insert", "double", "sort", "exchange", "label"]), ROWS, ROWS)


def disturbed(rows, what, one, other):
    """The rows after one more thing was done to them, two of them at the most."""
    rows, last = [[*row] for row in rows], len(rows) - 1
    one, other = min(one, last), min(other, last)
    if what == "swap":
        rows[one], rows[other] = rows[other], rows[one]
    elif what == "delete":
        del rows[one]
    elif what == "insert":
        rows.insert(one, [None] * len(rows[0]))
    elif what == "double":
        rows.insert(other, [*rows[one]])
    elif what == "sort":
        one, other = sorted((one, other))
        rows[one:other] = sorted(rows[one:other], key=lambda row: str(row[0]))
    elif what == "exchange":
        rows[one][:2], rows[other][:2] = rows[other][:2], rows[one][:2]
    else:
        rows[one][0] = rows[other][0]
    return rows


def seen(rows, value):
    """The label beside an answer, and the dossier whose number is the nearest above, outside of comments."""
    seen_on = set()
    numero = None
    for row in rows:
        shown = str(row[0] or "")
        if row[FIELD] not in WIDE:  # a comment may name another dossier
            numero = next((word for word in shown.split() if word in ANSWERS), numero)
        if row[1] == value:
            seen_on.add((shown.partition("\n")[0], numero))
    return seen_on


@given(st.lists(MISCHIEF, max_size=4))
@example([("exchange", 13, 43)])  # a comment that is the number of another dossier
def test_an_answer_that_is_taken_is_the_one_that_people_see(mischief):
    tab, *others = cells_of(form_of(filled(PAGE, ANSWERS))).tabs
    rows = tab.rows
    for what, one, other in mischief:
        rows = disturbed(rows, what, one, other)
    received = returned_page(Snapshot((TabSnapshot(tab.name, rows), *others)), "anna.xlsx", "")
    for row in received.rows:
        for field, value in row.values.items():
            if field in FIELDS:
                assert (FIELDS[field], row.numero) in seen(rows, value)
    told = {problem.numero for problem in received.problems}
    lost = ANSWERS.keys() - {row.numero for row in received.rows}
    assert received.is_refused or lost <= told
