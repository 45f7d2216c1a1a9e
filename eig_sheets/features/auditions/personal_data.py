"""The register's entry for the agendas of auditions, which name applicants and jurors."""

from __future__ import annotations

from typing import Final

from eig_sheets.personal_data.holdings import Fate, Holding, Place, Start

AGENDAS: Final = Holding(
    "agendas",
    Place.PRODUCED,
    "*.ics (« jury schedule --ics »)",
    ("*.ics", "*/*.ics"),
    "auditions de chaque juré, ou de tous",
    "jurés, porteurs",
    "tenir les auditions",
    Fate.PURGED,
    "copies",
    Start.MADE,
    writers=("eig_sheets.emails.outlets.agendas",),
)
