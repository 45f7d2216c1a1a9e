"""The answers of the sample: talents accept when they sign."""

from __future__ import annotations

from datetime import date
from typing import Final

from eig_sheets.domain.decisions import RETAINED
from eig_sheets.features.acceptances.asked import FIELD
from eig_sheets.sample.history import SampleCells
from eig_sheets.sample.sources import Row


def _of_talent(row: Row, _day: date) -> Row:
    return {FIELD: "oui"} if row.get("statut") == RETAINED and row.get("debut_contrat") is not None else {}


CELLS: Final = SampleCells("talents", _of_talent)
