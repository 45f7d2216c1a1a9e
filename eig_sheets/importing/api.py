"""Dossiers received from Démarche Numérique as an export: they then go the way of a file. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eig_sheets.config import ImportSettings
from eig_sheets.demarche import table
from eig_sheets.importing.reading import Export, ExportTable


def export_of(
    number: int, dossiers: Sequence[Mapping[str, Any]], questions: Mapping[str, str], named: Mapping[str, str]
) -> Export:
    """The export of a démarche. `questions`: `champDescriptorId` → label; `named`: field → `champDescriptorId`."""
    name = f"Démarche n° {number}"
    headers = table.headers_of(questions, [*named.values()])
    return Export(name, (ExportTable(name, table.rows_of(dossiers, headers)),))


def settings_of(
    settings: ImportSettings, questions: Mapping[str, str], named: Mapping[str, str], key: str = "numero"
) -> ImportSettings:
    """The settings of the import: a field with a `champDescriptorId` takes its question alone, the others their label.

    The number, the field `key`, is always the platform's.
    """
    headers = table.headers_of(questions, [*named.values()])
    by_id = {field: (headers[question],) if question in headers else () for field, question in named.items()}
    return settings.model_copy(update={"fields": {**settings.fields, **by_id, key: (table.NUMBER,)}})
