"""Workbooks in which somebody is announced without a yes, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import Experimentation
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import LastRun
from tests.workbook.snapshots import EIG5, EVALUATIONS, JURORS, at, book, dossier, juror

C, J = "Candidatures", "Jury"
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], LastRun, Kept, Campaign]


def with_emails(**changes: Any) -> Campaign:
    """The campaign with other settings of `[emails]`."""
    return EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update=changes)})


BEGUN = with_emails(experimentation=Experimentation(starts=date(2021, 4, 20), ends=date(2022, 2, 20)))
TO_COME = with_emails(experimentation=Experimentation(starts=date(2021, 4, 21), ends=date(2022, 2, 20)))
SITTING = with_emails(jury_dates="le 20 avril 2021")


def cases() -> Iterator[Said]:
    """All of them, on 20 April 2021."""
    for name, snapshot, expected, campaign in (*_laureates(), *_jurors()):
        yield name, snapshot, expected, LastRun(), NOTHING_KEPT, campaign


def _laureates() -> Iterator[tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], Campaign]]:
    words = ("oui", None, "non")
    rows = [dossier(f"10{nth}", decision="Lauréat", motif="Jury", acceptation=word) for nth, word in enumerate(words)]
    there = book([*rows, dossier("109")], JURORS, [])
    said = tuple(("laureat_sans_acceptation", C, at("candidatures", "acceptation", nth)) for nth in (2, 3))
    yield "laureates whom everybody knows, without a yes", there, said, BEGUN
    yield "the same the day before", there, (), TO_COME


def _jurors() -> Iterator[tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], Campaign]]:
    silent = [juror("dana", declaration=None), juror("elie", declaration=None, acceptation="non"),
              juror("fanny", declaration=None, acceptation="oui")]  # fmt: skip
    there = book([dossier("101"), dossier("102")], [*JURORS, *silent], EVALUATIONS)
    yield ("a juror who sits and never answered", there,
           (("jure_sans_acceptation", J, at("jury", "acceptation", 4)),), SITTING)  # fmt: skip
