"""The answers of the sample: laureates accept a week after they are told, and one of them withdraws later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from eig_sheets.domain.decisions import LAUREATE, WITHDRAWN
from eig_sheets.features.acceptances.asked import FIELD
from eig_sheets.sample.history import SampleCells
from eig_sheets.sample.sources import Row, settings

_WAIT: Final = timedelta(7)


def _of_dossier(row: Row, day: date) -> Row:
    accepted_on = settings("programme.toml")["decisions"]["told_on"] + _WAIT
    return {FIELD: "oui"} if day >= accepted_on and _was_laureate(row, accepted_on) else {}


def _was_laureate(row: Row, day: date) -> bool:
    decision = row.get("decision")
    return decision == LAUREATE or (decision == WITHDRAWN and row["decide_le"].date() > day)


CELLS: Final = SampleCells("candidatures", _of_dossier)
