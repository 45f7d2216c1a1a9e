"""The tone (colour) of each word of a decision or a status."""

from __future__ import annotations

from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from eig_sheets.workbook.model.sheet import Tone

DECISION_TONES = (
    (LAUREATE, Tone.GOOD),
    ("Délibération", Tone.DOUBT),
    (WAITING, Tone.DOUBT),
    (REFUSED, Tone.BAD),
    (WITHDRAWN, Tone.QUIET),
)
STATUS_TONES = (
    ("Éligible", Tone.GOOD),
    ("À instruire", Tone.DOUBT),
    ("Inéligible", Tone.BAD),
    ("Acquis", Tone.GOOD),
    ("Sous réserve", Tone.DOUBT),
)
