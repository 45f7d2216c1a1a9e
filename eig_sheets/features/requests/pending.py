"""The lines of `Accueil` about `Demandes`: the requests that wait for a person, and where to ask. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.features.requests.desk import answers_on, asked_rows
from eig_sheets.features.requests.rules import Stage
from eig_sheets.features.requests.tabs import REQUESTS
from eig_sheets.run.accueil import Indicator, Pending, Urgency
from eig_sheets.run.home import HomeWays
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to, link_to_tab
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.text.french import plural

TOPIC: Final = "Demandes"


def _pending(reading: Reading, results: Results, _today: date) -> Iterator[Pending]:
    """The requests to confirm, and those that wait until their row is corrected."""
    answers = answers_on(reading, results)
    to_confirm = [answer.number for answer in answers if answer.recorded and answer.recorded.stage is Stage.TO_CONFIRM]
    stuck = [answer.number for answer in answers if answer.recorded is None]
    if to_confirm:
        what = plural(len(to_confirm), "demande à confirmer", "demandes à confirmer")
        detail = "Lisez la liste dans « Réponse », puis cochez « Confirmer » si elle convient."
        yield Pending(OFFICERS, what, len(to_confirm), Urgency.TO_DO, _link(reading, to_confirm), detail)
    if stuck:
        what = plural(len(stuck), "demande en attente", "demandes en attente")
        detail = "« Réponse » dit ce qui manque, ou ce qui se contredit."
        yield Pending(OFFICERS, what, len(stuck), Urgency.TO_DO, _link(reading, stuck), detail)


def _link(reading: Reading, numbers: Sequence[str | None]) -> Link:
    """The first row of these numbers; the tab where there is none any more."""
    tab = reading.layout.tabs[REQUESTS]
    rows = [
        request.row for request in asked_rows(reading) if (request.number or None) in numbers and request.is_request
    ]
    return link_to(tab, "action", min(rows)) if rows else link_to_tab(tab.name)


def _where_to_ask(reading: Reading) -> Iterator[Indicator]:
    """Where officers ask for an action, and when the answer comes, in a workbook that has such a tab."""
    tab = reading.layout.tabs.get(REQUESTS)
    if tab is not None:
        in_turn = reading.snapshot.capabilities.concurrent_editors
        when = "" if in_turn else " qui suivent la fermeture du fichier par tous ceux qui l’ont ouvert"
        detail = f"La réponse s’écrit à côté, dans les cinq minutes{when}."
        yield Indicator(TOPIC, "Ce que le robot peut faire pour vous", detail=detail, link=link_to_tab(tab.name))


PARTS: Final = (PendingLines(_pending), HomeWays(_where_to_ask))
