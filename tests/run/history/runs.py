"""Runs of a small campaign as the history keeps them, and what it says of two of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from eig_sheets.config import Campaign
from eig_sheets.run.history.comparison import NOBODY, compared, names_of
from eig_sheets.run.history.content import content_of
from eig_sheets.run.history.moves import Moment
from tests.call.report.support import case
from tests.workbook.snapshots import EIG5

KEY = b"k" * 32
CALL, JURY = EIG5.campaign.last_moment, EIG5.scoring.closes
LATE = (datetime(2030, 1, 1), datetime(2030, 1, 2))
"""After every deadline."""

Book = tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]], Sequence[dict[str, Any]]]


def content(book: Book, campaign: Campaign = EIG5, key: bytes = KEY) -> Mapping[str, Any]:
    """What the history keeps of a run on these dossiers, jurors and evaluations."""
    run = case(*book, campaign)
    return json.loads(content_of(run.reading, run.results, key))


def lines(*runs: Mapping[str, Any], at: Sequence[datetime] = LATE, today: Book | None = None) -> list[dict[str, Any]]:
    """What changed from the first run to the last; `today`: what the workbook holds now."""
    moments = [Moment(number, moment) for number, moment in enumerate(at, 1)]
    names = names_of(case(*today).reading, KEY) if today else NOBODY
    return [dict(line) for line in compared(moments, lambda number: runs[number - 1], names)]


def shown(lines: Sequence[Mapping[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    """These keys of each line."""
    return [tuple(line[key] for key in keys) for line in lines]
