"""What an import wrote in a workbook, as it is kept so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eig_sheets.storage.imported_dossiers import ImportedDossiers


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import: when, of which file; the digest of each row that it added, by number; the cells that it filled.

    `filled` are (number of the dossier, id of the field). `brought`: the seal of what it left known of each field, by
    number and id, where it changed it; `before`: what was known of these fields, personal data included. `written`: the
    workbook surely has them; otherwise they were about to be written when this was kept. `undone`: it was asked to be.
    `tab`: the id of the tab where they are.
    """

    at: datetime
    source: str
    rows: Mapping[str, str]
    filled: tuple[tuple[str, str], ...] = ()
    written: bool = False
    undone: bool = False
    brought: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    before: ImportedDossiers = field(default_factory=ImportedDossiers)
    tab: str = "candidatures"
