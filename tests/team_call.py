"""A small call whose laureates are decided and whose candidates are heard, as people type it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from eig_sheets.spreadsheet.memory import Storage
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests import in_memory
from tests.program import Campaign, copied_config
from tests.workbook.snapshots import JURORS, Row, book, dossier, tab

CRITERIA = ("dynamisme", "comprehension", "interet_general", "integration", "adequation")


def laureate(numero: str, *profiles: str, **fields: CellValue) -> dict[str, CellValue]:
    """A project whose jury is over."""
    return dossier(numero, decision="Lauréat", motif="Premier", profils=" ; ".join(profiles), **fields)


def talent(number: str, metier: str, *wishes: str, **fields: CellValue) -> dict[str, CellValue]:
    """A candidate who wished these projects, in that order."""
    wished = {f"voeu_{place}": wish for place, wish in enumerate(wishes, 1)}
    name = {"prenom": f"Prénom-{number}", "nom": f"Nom-{number}", "email": f"{number.lower()}@talent.example"}
    own = {"candidature": number, **name, "metier": metier, "date_depot": datetime(2021, 4, 1, 12), "cv": "cv.pdf"}
    return {**own, "statut": "Auditionné", **wished, **fields}


def heard(number: str, note: float, numero: str = "101", name: str = "anna", **fields: CellValue) -> Row:
    """What a juror thinks of a candidate: a note out of 20."""
    scores = dict.fromkeys(CRITERIA, note / 5)
    return {"candidature": number, "jure": f"{name}@jury.example", "numero": numero, **scores, **fields}


PROJECTS = (
    laureate("101", "Développeur", "Designer"),
    laureate("102", "Développeur", "Data scientist"),
    dossier("103", decision="Non retenu", motif="Trop tôt"),
)
TALENTS = (
    talent("T1", "Développeuse", "101", "102"),
    talent("T2", "Designer UX", "101"),
    talent("T3", "Développeur / développeuse", "102", "101"),
    talent("T4", "Data scientist", "102"),
    talent("T5", "Développeur", "101"),
    talent("T6", "Designer", "103", "101"),
)
REVIEWS = (
    heard("T1", 17.5), heard("T2", 15), heard("T3", 16, "102"), heard("T4", 14, "102"), heard("T5", 12),
    heard("T6", 10),
)  # fmt: skip
"""T1 and T2 in 101, T3 and T4 in 102; T5 and T6 come next in 101."""


def called(
    talents: Sequence[Row] = TALENTS, reviews: Sequence[Row] = REVIEWS, projects: Sequence[Row] = PROJECTS
) -> Snapshot:
    """Its workbook, as it was typed."""
    others = (tab("talents", talents), tab("evaluations_talents", reviews))
    return book(projects, JURORS, (), *others)


def campaign_of(folder: Path, snapshot: Snapshot) -> Campaign:
    """A campaign in memory whose workbook holds this."""
    made = Campaign(folder / "call")
    copied_config(made.folder / "config")
    in_memory.keep(made.workbook, Storage()).save(snapshot.tabs)
    return made
