"""The answers of the sample: laureates accept a week after they are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.features.acceptances.asked import FIELD
from eig_sheets.sample.history import SampleCells
from eig_sheets.sample.sources import Row, settings

_WAIT: Final = timedelta(7)


def _of_dossier(row: Row, day: date) -> Row:
    told_on: date = settings("programme.toml")["decisions"]["told_on"]
    return {FIELD: "oui"} if row.get("decision") == LAUREATE and day >= told_on + _WAIT else {}


CELLS: Final = SampleCells("candidatures", _of_dossier)
