"""What a tab held comes back as it was, whatever it held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.run.history.content import kept_tab, kept_tabs
from eig_sheets.spreadsheet.model.cells import CellError, Uncomputed
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from tests.workbook.snapshots import book, reading

TEXTS = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=20)
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)
ODD = st.sampled_from([CellError("#REF!"), Uncomputed("A1"), time(9, 30), timedelta(hours=1), date(2021, 5, 4)])
SHOWN = {CellError("#REF!"): "#REF!", Uncomputed("A1"): "=A1", time(9, 30): "09:30:00"}


def kept(rows):
    """What is kept of a tab of people's own with these rows."""
    tabs = (*book().tabs, TabSnapshot("Les miens", rows))
    contents = dict(kept_tabs(reading(replace(book(), tabs=tabs)), {}))
    assert [*contents] == [tab.name for tab in tabs]
    return kept_tab("Les miens", contents["Les miens"])


@given(st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=6))
def test_every_cell_is_kept(rows):
    width = max(map(len, rows))
    read = kept(rows)
    assert read.headers == tuple("" if header is None else str(header) for header in rows[0]) + ("",) * (
        width - len(rows[0])
    )
    assert [*read.rows] == [(*row, *[None] * (width - len(row))) for row in rows[1:]]


@given(ODD)
def test_what_cannot_be_written_is_kept_as_it_shows(value):
    [[shown]] = kept([["En-tête"], [value]]).rows
    if isinstance(value, date):
        assert shown == datetime(2021, 5, 4)
    else:
        assert shown == SHOWN.get(value, str(value))


def test_a_tab_without_a_cell_is_kept_too():
    assert (kept([]).headers, kept([]).rows) == ((), ())


def test_lines_above_the_headers_are_kept_apart():
    [first, *others] = book().tabs
    first = replace(first, rows=[["Appel", None, "2021"], [], *first.rows])
    contents = dict(kept_tabs(reading(replace(book(), tabs=(first, *others))), {}))
    tab = kept_tab(first.name, contents[first.name])
    assert tab.above == ("Appel 2021", "")
    assert tab.headers[0] == "N° de dossier"
    assert [row[0] for row in tab.rows] == ["101", "102"]
