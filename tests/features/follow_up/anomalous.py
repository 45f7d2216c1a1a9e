"""Workbooks with anomalies of the ten months, and all those expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import Experimentation
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import LastRun
from tests.workbook.snapshots import EIG5, JURORS, at, book, dossier, tab

L, S = "Livrables", "Suivi"
LAUREATES = [dossier("101", decision="Lauréat", motif="Jury", acceptation="oui"), dossier("102", decision="Désisté")]
OVER = Experimentation(starts=date(2020, 6, 1), ends=date(2021, 4, 19))
"""Over on the day of these cases."""
ENDED = EIG5.model_copy(update={"emails": EIG5.emails.model_copy(update={"experimentation": OVER})})
Known = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], LastRun, Campaign]
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], LastRun, Kept, Campaign]


def cases() -> Iterator[Said]:
    """All of them."""
    for *case, campaign in (*_dates(), *_deliverables()):
        yield (*case, NOTHING_KEPT, campaign)


def _dates() -> Iterator[Known]:
    rows = [
        {"numero": "101", "jalon": "Contrats signés", "echeance": datetime(2021, 9, 1)},
        {"numero": "101", "jalon": "Semaine de lancement", "echeance": datetime(2021, 10, 1), "statut": "Fait"},
        {"numero": "102", "jalon": "Contrats signés", "echeance": datetime(2021, 9, 1)},
    ]
    made = {"contrat_signe": "2021-09-01", "lancement": "2021-10-01"}
    memory = LastRun(milestones={"101": made, "102": made})
    moved = (("jalons_decales", S, at("suivi", "echeance")),)
    snapshot = _with(tab("suivi", rows))
    yield "milestones whose rule moved", snapshot, moved, memory, EIG5
    yield "milestones that this machine does not know", snapshot, (), LastRun(), EIG5
    rows[0] = {**rows[0], "jalon": "Contrats signés (à confirmer)"}
    renamed = (("jalon_ressemblant", S, at("suivi", "jalon")),)
    yield "a milestone with words around its name", _with(tab("suivi", rows)), renamed, LastRun(), EIG5


def _with(*others: TabSnapshot) -> Snapshot:
    return book(LAUREATES, JURORS, [], *others)


def _deliverables() -> Iterator[Known]:
    fine = {"numero": "101", "type": "Code", "adresse": "https://code.example.org/phare", "ouvert": "oui"}
    rows = [
        {**fine, "licence": "MIT"}, {**fine, "licence": "MIT", "adresse": "à venir"}, fine,
        {**fine, "ouvert": "non"}, {**fine, "ouvert": None, "adresse": None},
    ]  # fmt: skip
    wrong = (
        ("lien_illisible", L, at("livrables", "adresse", 2)),
        ("licence_absente", L, at("livrables", "licence", 3)),
    )
    yield "deliverables", _with(tab("livrables", rows)), wrong, LastRun(), ENDED
    blank = _with(tab("livrables"))
    untold = (("bilan_absent", "Candidatures", at("candidatures", "numero")),)
    yield "a project of which nobody tells what it opened", blank, untold, LastRun(), ENDED
    yield "the same before the end", blank, (), LastRun(), EIG5
    row = {"jalon": "Contrats signés", "echeance": datetime(2021, 9, 1)}
    rows = [{**row, "numero": number} for number in ("101", "999")]
    unknown = (("dossier_inconnu", S, at("suivi", "numero", 2)), ("dossier_inconnu", L, at("livrables", "numero", 2)))
    things = [{**fine, "licence": "MIT"}, {**fine, "licence": "MIT", "numero": "1O1"}]
    yield "rows about no project", _with(tab("suivi", rows), tab("livrables", things)), unknown, LastRun(), ENDED
    yield "a workbook without the tab", _with(), (), LastRun(), ENDED
