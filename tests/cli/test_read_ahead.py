"""A workbook that was read ahead: the next reading is that one, or raises what it raised; the one after is new."""

import pytest

from eig_sheets.cli.session import Session
from eig_sheets.spreadsheet.model.base import WorkbookError
from tests.columns import cell_of
from tests.people_cells import type_in

pytestmark = pytest.mark.on_a_file
PLACE = ("Évaluations", cell_of("evaluations", "definition", 83))


@pytest.fixture
def session(demo):
    return Session(str(demo.config), str(demo.workbook), None, 0, quiet=1)


def test_the_first_reading_is_that_one_and_the_second_is_new(demo, session):
    session.read_ahead()
    type_in(demo.workbook, *PLACE, 1)
    first, second, third = (session.read() for _ in range(3))
    assert first.version != second.version == third.version


def test_what_it_raises_is_raised_once_by_the_first_reading(demo, session):
    data = demo.bytes
    demo.workbook.write_bytes(b"PK")
    session.read_ahead()
    demo.workbook.write_bytes(data)
    with pytest.raises(WorkbookError):
        session.read()
    assert session.read().tabs
