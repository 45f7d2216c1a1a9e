"""Builders of exports in every format, and of the tab that they are compared with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from eig_sheets.call.applications.importing.plan import ImportPlan, plan_import
from eig_sheets.call.applications.importing.reading import Export, ExportTable
from eig_sheets.config import ImportSettings
from eig_sheets.spreadsheet.model.cells import CellValue
from tests.sample.support import EIG5, schema

HEADERS = {
    "numero": "ID",
    "etat": "État du dossier",
    "date_depot": "Déposé le",
    "projet": "Nom du projet",
    "administration": "Porteur opérationnel du projet",
    "nombre_eig": "Nombre d’EIG demandés",
    "cout_jusqu_a_5_ans": EIG5.imports.fields["cout_jusqu_a_5_ans"][0],
    "demande_cofinancement": "Demande de co-financement",
    "programme": "Numéro de programme budgétaire",
    "email_porteur": "Porteur de projet – E-mail professionnel",
}


HEADERS_OF_TALENTS = {
    "candidature": "ID",
    "email": "Email",
    "nom": "Nom",
    "prenom": "Prénom",
    "etat": "État du dossier",
    "date_depot": "Déposé le",
    "metier": "Métier",
    "statut_actuel": "Statut",
    "experience": "Années d’expérience",
    "cv": "CV",
}
HEADERS_OF_WISHES = {
    "numero": "ID",
    "email": "Email",
    "etat": "État du dossier",
    "date_depot": "Déposé le",
    "modifie_le": "Dernière mise à jour du dossier le",
    "candidature": "Numéro de votre candidature",
    "voeu_1": "Premier choix",
    "voeu_2": "Deuxième choix",
    "voeu_3": "Troisième choix",
}


def rows_of(*dossiers: Mapping[str, CellValue], headers: Mapping[str, str] = HEADERS) -> list[list[CellValue]]:
    """A header row, then one row a dossier; each dossier maps field id → cell."""
    return [list(headers.values()), *([dossier.get(field) for field in headers] for dossier in dossiers)]


def export_of(*dossiers: Mapping[str, CellValue], headers: Mapping[str, str] = HEADERS) -> Export:
    return Export("export.csv", (ExportTable("export", tuple(map(tuple, rows_of(*dossiers, headers=headers)))),))


def sheet(*dossiers: Mapping[str, CellValue]) -> pd.DataFrame:
    """`Candidatures` as it is read: every field of the schema, raw, from row 3 on."""
    fields = [field.id for field in schema().tab("candidatures").fields]
    frame = pd.DataFrame(
        [[dossier.get(field) for field in fields] for dossier in dossiers], columns=fields, dtype=object
    )
    return frame.assign(row=range(3, 3 + len(dossiers)))


def planned(export: Export, present: pd.DataFrame, settings: ImportSettings = EIG5.imports) -> ImportPlan:
    return plan_import(export, present, settings, schema().tab("candidatures"), EIG5.zone)


def codes(plan: ImportPlan) -> list[str]:
    return [problem.code for problem in plan.problems]


def csv_bytes(rows: Sequence[Sequence[CellValue]], separator: str, encoding: str) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[CellValue]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(list(row))
    book.save(path)
    return path
