"""The tab `Affectations`: which juror reads which dossier, by `jury assign`; columns shared with that of candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.table import Col, Table


class AssignmentStatus(StrEnum):
    """Why a juror has a dossier, as the tab says it."""

    ASSIGNED = "affecté"  # chosen by `jury assign`
    LOCKED = "verrouillé"  # a person typed the pair in `Évaluations`
    KEPT = "conservé"  # the juror had already noted the dossier
    MAINTAINED = "maintenu"  # was there before an adjustment, which changes as few pairs as it can


CHOSEN: Final = (AssignmentStatus.ASSIGNED, AssignmentStatus.MAINTAINED)
"""Of the pairs that `jury assign` chose: nobody asked for them, and nothing was noted."""


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


@dataclass(frozen=True, slots=True)
class NamedAssignment:
    """One row of the tab: a pair, and the names that the other tabs now give."""

    pair: Assignment
    name: str | None
    juror: str | None
    group: str | None


def table_of(number: str, name: str, noun: str, typed: str) -> Table[NamedAssignment]:
    """The columns of assignments; `noun`: what is read, in a sentence; `typed`: the tab where people note it."""
    return Table(
        Col("numero", value=lambda row: row.pair.numero, tab=Column(number, width=15)),
        Col("name", tab=Column(name, width=28)),
        Col(
            "jure", value=lambda row: row.pair.jure,
            tab=Column("E-mail du juré", width=32, note="Pour une lecture par groupe : le référent du groupe."),
        ),
        Col("juror", tab=Column("Juré", width=26)),
        Col("group", tab=Column("Groupe", width=10)),
        Col(
            "status", value=lambda row: str(row.pair.status),
            tab=Column(
                "Statut", width=13,
                tones=((AssignmentStatus.LOCKED, Tone.DOUBT), (AssignmentStatus.KEPT, Tone.QUIET)),
                note=f"affecté : choisi par « jury assign » ; verrouillé : une ligne d’{typed} le demandait ; "
                f"conservé : le juré avait déjà noté ce {noun} ; maintenu : déjà là avant un « --adjust ».",
            ),
        ),
        Col(
            "checksum", value=lambda row: row.pair.checksum,
            tab=Column(
                "Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True
            ),
        ),
    )  # fmt: skip


TAB: Final = "affectations"
TABLE: Final = table_of("N° de dossier", "Nom du projet", "dossier", "Évaluations")


def rows(assignments: Sequence[Assignment], dossiers: pd.DataFrame, jurors: pd.DataFrame) -> Rows:
    """One row per pair, in their order, with the names that `Candidatures` and `Jury` now give."""
    return TABLE.cells(named_pairs(assignments, names(dossiers), jurors))


def names(dossiers: pd.DataFrame) -> dict[str, str | None]:
    """The name of each project, by number."""
    return by_key(dossiers, "numero", "projet")


def named_pairs(
    assignments: Sequence[Assignment], named: Mapping[str, str | None], jurors: pd.DataFrame
) -> Iterator[NamedAssignment]:
    """The pairs in order, with names; `named`: names of dossiers or candidates, by number."""
    people, groups = by_key(jurors, "email", "nom"), by_key(jurors, "email", "groupe")
    for pair in assignments:
        yield NamedAssignment(pair, named.get(pair.numero), people.get(pair.jure), groups.get(pair.jure))


def by_key(table: pd.DataFrame, key: str, value: str) -> dict[str, str | None]:
    """A column by another one; nothing of a table without rows."""
    if table.empty:
        return {}
    return {each: word or None for each, word in zip(table[key], table[value], strict=True)}
