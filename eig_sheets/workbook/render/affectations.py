"""The tab `Affectations`: who is to read which dossier, as `jury assign` decided; what that of candidates shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    MAINTAINED = "maintenu"  # was there before an adjustment, which changes as few pairs as it can


CHOSEN: Final = (AssignmentStatus.ASSIGNED, AssignmentStatus.MAINTAINED)
"""Of the pairs that `jury assign` chose: nobody asked for them, and nothing was noted."""


def columns_of(number: str, name: str, noted: str, typed: str) -> tuple[Column, ...]:
    """The columns of a record of who reads what; `noted`: what it is, in a sentence; `typed`: where people note it."""
    return (
        Column(number, width=15),
        Column(name, width=28),
        Column("E-mail du juré", width=32, note="Pour une lecture par groupe : le référent du groupe."),
        Column("Juré", width=26),
        Column("Groupe", width=10),
        Column(
            "Statut", width=13, tones=((AssignmentStatus.LOCKED, Tone.DOUBT), (AssignmentStatus.KEPT, Tone.QUIET)),
            note=f"affecté : choisi par « jury assign » ; verrouillé : une ligne d’{typed} le demandait ; conservé : "
            f"le juré avait déjà noté ce {noted} ; maintenu : déjà là avant un « --adjust ».",
        ),
        Column("Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True),
    )  # fmt: skip


TAB: Final = "affectations"
COLUMNS: Final = columns_of("N° de dossier", "Nom du projet", "dossier", "Évaluations")
HEADERS: Final = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One row: the number of a dossier or of a candidate, the address of its juror, and why."""

    numero: str
    jure: str
    status: AssignmentStatus = AssignmentStatus.ASSIGNED

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the row."""
        return digest((self.numero, self.jure, self.status))


def rows(assignments: Sequence[Assignment], dossiers: pd.DataFrame, jurors: pd.DataFrame) -> Rows:
    """One row per pair, in their order, with the names that `Candidatures` and `Jury` now give."""
    return named_rows(assignments, names(dossiers), jurors)


def names(dossiers: pd.DataFrame) -> dict[str, str | None]:
    """The name of each project, by number."""
    return by_key(dossiers, "numero", "projet")


def named_rows(assignments: Sequence[Assignment], named: Mapping[str, str | None], jurors: pd.DataFrame) -> Rows:
    """One row per pair, in their order; `named`: the names of what is noted, by number."""
    people, groups = by_key(jurors, "email", "nom"), by_key(jurors, "email", "groupe")
    return tuple(
        (one.numero, named.get(one.numero), one.jure, people.get(one.jure), groups.get(one.jure), str(one.status),
         one.checksum)
        for one in assignments
    )  # fmt: skip


def by_key(table: pd.DataFrame, key: str, value: str) -> dict[str, str | None]:
    """A column by another one; nothing of a table without rows."""
    if table.empty:
        return {}
    return {each: word or None for each, word in zip(table[key], table[value], strict=True)}
