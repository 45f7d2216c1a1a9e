"""A damaged file is read or gives a WorkbookError: never another exception, and it is never changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import Plan, ReplaceTab, SetCells
from eig_sheets.spreadsheet.model.sheet import Column
from tests.effort import examples
from tests.spreadsheet.xlsx.books import RANKING, new_book, opened, packed, ranking, unpacked
from tests.spreadsheet.xlsx.test_tab import PEOPLE

with tempfile.TemporaryDirectory() as _folder:
    WHOLE = new_book(Path(_folder), PEOPLE, RANKING)._path.read_bytes()
PARTS = unpacked(WHOLE)
PLAN = (
    SetCells("Candidatures", 5, Column("Rang"), ((2, 1),)),
    ReplaceTab("Classement", ranking((1, "Un", 2, ""))),
)


def tried(content):
    with tempfile.TemporaryDirectory() as folder:
        book = opened(Path(folder), content)
        try:
            book.apply(Plan(book.read().version, PLAN))
        except WorkbookError:
            assert book._path.read_bytes() == content


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_damaged_part(name, data):
    """Well-formed parts with other values are the worst: no parser stops them."""
    part = PARTS[name]
    start = data.draw(st.integers(0, len(part) - 1))
    end = data.draw(st.integers(start, min(len(part), start + 30)))
    new = data.draw(st.sampled_from([b"", b"0", b"-1", b"x", b"99999999999", b"&amp;", b'"', b"<a/>", b"<c/>"]))
    tried(packed({**PARTS, name: part[:start] + new + part[end:]}))


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(st.sampled_from(sorted(PARTS)), st.sampled_from([b"", b"<a/>", b"\xff", b"<a xmlns='u'><b/></a>"]))
def test_foreign_part(name, content):
    tried(packed({**PARTS, name: content}))


@settings(max_examples=examples(40))
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4), st.integers(0, 4))
def test_damaged_file(place, new, length):
    tried(WHOLE[:place] + new + WHOLE[place + length :])
