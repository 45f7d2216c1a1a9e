"""The answers of the sample: laureates accept a week after they are told, and one of them withdraws later."""

from __future__ import annotations

from datetime import date, datetime, timedelta
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
    decision, decided_on = row.get("decision"), row.get("decide_le")
    left_later = isinstance(decided_on, datetime) and decided_on.date() > day
    return decision == LAUREATE or (decision == WITHDRAWN and left_later)


CELLS: Final = SampleCells("candidatures", _of_dossier)
