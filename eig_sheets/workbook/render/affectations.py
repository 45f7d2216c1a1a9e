"""The tab `Affectations`: who is to read which dossier, as `jury assign` decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.render.cells import Rows


class AssignmentStatus(StrEnum):
    """Why a juror has a dossier, as the tab says it."""

    ASSIGNED = "affecté"  # chosen by `jury assign`
    LOCKED = "verrouillé"  # a person typed the pair in `Évaluations`
    KEPT = "conservé"  # the juror had already noted the dossier


COLUMNS = (
    Column("N° de dossier", width=15),
    Column("Nom du projet", width=28),
    Column("E-mail du juré", width=32, note="Pour une lecture par groupe : le référent du groupe."),
    Column("Juré", width=26),
    Column("Groupe", width=10),
    Column(
        "Statut", width=13, tones=((AssignmentStatus.LOCKED, Tone.DOUBT), (AssignmentStatus.KEPT, Tone.QUIET)),
        note="affecté : choisi par « jury assign » ; verrouillé : une ligne d’Évaluations le demandait ; conservé : le "
        "juré avait déjà noté ce dossier.",
    ),
    Column("Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True),
)  # fmt: skip
HEADERS: Final = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One row: a dossier, the address of its juror, and why."""

    numero: str
    jure: str
    status: AssignmentStatus = AssignmentStatus.ASSIGNED

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the row."""
        return digest((self.numero, self.jure, self.status))


def rows(assignments: Sequence[Assignment], dossiers: pd.DataFrame, jurors: pd.DataFrame) -> Rows:
    """One row per pair, in their order, with the names that `Candidatures` and `Jury` now give."""
    projects = _by(dossiers, "numero", "projet")
    names, groups = _by(jurors, "email", "nom"), _by(jurors, "email", "groupe")
    return tuple(
        (one.numero, projects.get(one.numero), one.jure, names.get(one.jure), groups.get(one.jure), str(one.status),
         one.checksum)
        for one in assignments
    )  # fmt: skip


def _by(table: pd.DataFrame, key: str, value: str) -> dict[str, str | None]:
    if table.empty:
        return {}
    return {each: word or None for each, word in zip(table[key], table[value], strict=True)}
