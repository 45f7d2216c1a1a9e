"""Who may answer, who has not, who declines: rows of those who are asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.campaign.dependencies import Act, ActColumns
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.frames import is_no, is_yes, unreadable
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.catalogue.due import message_id
from eig_sheets.emails.outbox.versions import base
from eig_sheets.features.acceptances.asked import FIELD, Asked, asked_in
from eig_sheets.workbook.envois import Sending

ACT: Final = ActColumns(Act.DUE_MESSAGES, lambda campaign: [(asked.tab, (FIELD,)) for asked in asked_in(campaign)])
"""The reminders to those who were asked whether they accept, and have not answered."""


def concerned(reading: Reading, asked: Asked) -> pd.DataFrame:
    """The rows that may answer: none where this workbook has no such column."""
    if not reading.owns(asked.tab) or FIELD not in reading.layout.tabs[asked.tab].available:
        return pd.DataFrame({asked.key: [], FIELD: [], "row": [], "unreadable": []})
    return asked.rows(reading, reading.valid_rows(asked.tab).dropna(subset=[asked.key]))


def silent(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of whom nothing says that they answered: what cannot be read is an answer, to read again."""
    return rows[rows[FIELD].isna().to_numpy(dtype=bool) & ~unreadable(rows, [FIELD])[FIELD]]


def declining(rows: pd.DataFrame) -> pd.DataFrame:
    """Those who said no."""
    return rows[is_no(rows[FIELD])]


def not_accepting(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of whom nothing says yes."""
    return rows[~is_yes(rows[FIELD])]


def awaited(reading: Reading, asked: Asked, sendings: Iterable[Sending]) -> dict[str, date]:
    """Those who were asked and have not answered, by their key, and when they were last asked."""
    sent = [
        (line.moment.date(), base(line.id))
        for line in sendings
        if line.template in asked.templates and line.state == DeliveryStatus.SENT and line.moment is not None
    ]
    days = {sending_id: day for day, sending_id in sorted(sent)}
    keys = silent(concerned(reading, asked))[asked.key]
    found = {key: [days[id_] for template in asked.templates if (id_ := message_id(template, key)) in days]
             for key in keys}  # fmt: skip
    return {key: max(theirs) for key, theirs in found.items() if theirs}
