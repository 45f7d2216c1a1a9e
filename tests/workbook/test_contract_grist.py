"""The contract of every backend, on a real Grist server: no titles, one formula a column, a row found by its id."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from eig_sheets.workbook.model.cells import CellError, Formula
from tests.grist_server import running
from tests.workbook.contract import WorkbookContract
from tests.workbook.contract_desk import PEOPLE, RANKING, Desk, content
from tests.workbook.grist_desk import GristDesk

PLAIN = {
    "Candidatures": [
        [*PEOPLE["Candidatures"][0]], *([*row[:2], float(place), *row[3:]] for place, row in enumerate(PEOPLE["Candidatures"][1:])),
    ],
    "Évaluations": [["N° de dossier", "E-mail du juré", "Pertinence"], ["4512301", "ada@example.org", 3.5]],
}  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with running() as found:
        yield found


class TestGrist(WorkbookContract):
    people = PLAIN
    ranking = replace(RANKING, banner=())
    header_row = 1

    @pytest.fixture
    def desk(self, server):
        return GristDesk(server, self.ranking)

    def test_values_are_typed_and_where_they_are(self, desk: Desk):
        moment, day = datetime(2021, 4, 7, 23, 59, 59), date(2021, 4, 7)
        headers = [f"c{place}" for place in range(9)]
        cells = [headers, ["texte", 3.5, True, False, None, moment, day, CellError("#N/A"), Formula("7/2", 3.5)]]
        tab = desk.make_book({"Feuille": cells}).read().tab("Feuille")
        assert tab is not None
        found = [tab.value(2, column) for column in range(9)]
        assert found == ["texte", 3.5, True, False, None, moment, datetime(2021, 4, 7), CellError("#ZeroDivisionError"), 3.5]
        assert found[2] is True
        assert dict(tab.formulas) == {(1, 7): "1/0", (1, 8): "7/2"}
