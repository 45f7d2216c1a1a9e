"""Workbooks in which it cannot be read when a juror can come, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.config import Campaign, with_sections
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from tests.workbook.snapshots import EIG5, JURORS, at, book, juror

J = "Jury"
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], LastRun, Kept, Campaign]


def cases() -> Iterator[Said]:
    """All of them."""
    heard = with_sections(EIG5, {"auditions": {"days": ({"date": date(2021, 5, 4), "from": "09:00", "to": "18:00"},)}})
    unread = (("disponibilites_illisibles", J, at("jury", "disponibilites")),)
    for typed, campaign, said in (
        ("le 4 mai matin", heard, ()),
        ("sauf le 4 mai", heard, unread),
        ("sauf le 4 mai", EIG5, ()),
    ):
        jurors = [juror("anna", disponibilites=typed), *JURORS[1:]]
        name = f"a juror who can come {typed}, {len(said)}, {campaign is heard}"
        yield name, book(jurors=jurors), said, LastRun(), NOTHING_KEPT, campaign
