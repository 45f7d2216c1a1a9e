"""When each juror can come, of a cell that cannot be read: never."""

import pytest

from eig_sheets.features.auditions.availability import availability_of
from eig_sheets.spreadsheet.model.cells import CellError
from tests.workbook.snapshots import book, reading
from tests.workbook.snapshots import juror as juror_row


@pytest.mark.parametrize("typed", [CellError("#REF!"), "quand je peux"])
def test_availability_that_cannot_be_read_convenes_nobody(typed):
    read = reading(book(jurors=[juror_row("anna", disponibilites=typed), juror_row("bob")]))
    assert availability_of(read) == {"anna@jury.example": ()}
