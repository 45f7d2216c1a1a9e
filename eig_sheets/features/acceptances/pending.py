"""What answers await the team, for `Accueil`: who has not said yet, who declines, and what to do then. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import pandas as pd

from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import WAITING
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.features.acceptances.answers import awaited, concerned, declining
from eig_sheets.features.acceptances.asked import FIELD, Asked, asked_in
from eig_sheets.features.acceptances.jurors import JURORS
from eig_sheets.features.acceptances.laureates import LAUREATES
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to
from eig_sheets.text.french import day, plural


def _pending(reading: Reading, results: Results, _today: date) -> Iterator[Pending]:
    for asked in asked_in(reading.campaign):
        rows, words = concerned(reading, asked), asked.words
        no = _still_there(declining(rows), asked)
        yield from _line(reading, asked, no, words.declines, Urgency.URGENT, _remedy(reading, results, asked))
        days = awaited(reading, asked, results.of(SENDINGS))
        waiting = rows[rows[asked.key].isin(days)]
        detail = f"Écrit la première fois le {day(min(days.values()))}. Saisissez oui ou non." if days else ""
        yield from _line(reading, asked, waiting, words.awaited, Urgency.TO_DO, detail)


def _still_there(rows: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """But for jurors to whom no dossier may be given any more."""
    return rows[~rows["maximum"].eq(0)] if asked is JURORS and not rows.empty else rows


def _line(
    reading: Reading, asked: Asked, rows: pd.DataFrame, words: tuple[str, str], urgency: Urgency, detail: str
) -> Iterator[Pending]:
    if not rows.empty:
        link = link_to(reading.layout.tabs[asked.tab], FIELD, int(rows["row"].min()))
        yield Pending(OFFICERS, plural(len(rows), *words), len(rows), urgency, link, detail)


def _remedy(reading: Reading, results: Results, asked: Asked) -> str:
    first = _first_of_reserve(reading, results) if asked is LAUREATES else ""
    return f"{asked.words.remedy}{first}."


def _first_of_reserve(reading: Reading, results: Results) -> str:
    """What to do of the waiting list; '' where nobody is left on it."""
    dossiers, ranking = reading.valid_rows(LAUREATES.tab), results.of(SCORES).ranking
    waiting = dossiers[dossiers["decision"].isin([WAITING])].merge(ranking[["numero", "rank"]], on="numero")
    ranked = waiting.dropna(subset=["rank"]).sort_values("rank")
    if ranked.empty:
        return ""
    first = ranked.iloc[0]
    return f" ; le premier de la liste d’attente, au classement, est le {first['numero']} ({first['projet']})"


LINES: Final = PendingLines(_pending)
