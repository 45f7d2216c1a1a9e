"""The requests that import the export of a form, and undo the last import: each shows what it does, then does it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from eig_sheets.call.applications.commands_mapping import export_mapping, lacking_text, refuse_without_state
from eig_sheets.call.applications.commands_source import (
    Source,
    planned,
    read_file,
    refuse_another_kind,
    refuse_without_tab,
)
from eig_sheets.call.applications.commands_undo import planned_undo, undo_text, written_undo
from eig_sheets.call.applications.commands_writing import summary_text, write_import
from eig_sheets.call.applications.importing.kinds import PROJECTS
from eig_sheets.call.applications.importing.mapping import ExportMapping
from eig_sheets.call.jury.pages.foreign_files import is_left_by_a_program
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_jobs import Listing
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.storage import regular_files
from eig_sheets.text.french import listed, listed_first, plural, typographic
from eig_sheets.workbook.quoting import did_you_mean

_ENDINGS: Final = (".csv", ".xlsx")
_HOW: Final = {"exact": "sûre", "alias": "sûre", "likely": "probable"}
_MOST_LEFT: Final = 30


def import_listing(session: Session, request: Recorded) -> Listing:
    """Where each column of the export goes, and what would be added. Raises Refusal."""
    path = _export(session, request.detail)
    refuse_without_tab(session, PROJECTS)
    export, settings = read_file(session, path), PROJECTS.settings(session.campaign.imports)
    refuse_another_kind(session, export, PROJECTS)
    mapping, tab = export_mapping(session, export, settings, PROJECTS)
    said: list[str] = []
    if mapping is not None:
        refuse_without_state(mapping, export, PROJECTS)
        settings = mapping.with_likely(settings)
        said = [*_columns(mapping)]
        said += [f"Restera vide : {lacking_text(mapping, tab)}."] if mapping.lacking else []
    source = Source(export, settings, PROJECTS)
    run = planned(session, source)
    text = "\n".join([f"« {path.name} »", *said, summary_text(run, PROJECTS, "Ce qui changerait", dry_run=True)])
    if not run.plan:
        return Listing(typographic(text))
    content = hashlib.sha256(regular_files.read_bytes(path))
    content.update(text.encode())
    return Listing(typographic(text), content.hexdigest()[:16], source)


def import_shown(session: Session, _: Recorded, source: Source) -> str:
    """Import what was shown."""
    run = write_import(session, lambda: planned(session, source))
    return summary_text(run, PROJECTS, f"« {source.export.name} »", dry_run=False)


def undo_listing(session: Session, _: Recorded) -> Listing:
    """What undoing the last import would delete. Raises Refusal."""
    undo = planned_undo(session, None)
    rows = [f"• {row.number}{f' : {row.why}' if row.why else ''}" for row in undo.rows]
    text = "\n".join([undo_text(undo, dry_run=True), *rows])
    return Listing(text, hashlib.sha256(f"{undo.record.at} {text}".encode()).hexdigest()[:16])


def undo_shown(session: Session, _: Recorded, __: object) -> str:
    """Undo the last import."""
    return undo_text(written_undo(session, None), dry_run=False)


def _export(session: Session, name: str) -> Path:
    """The export in the folder of the configuration, which the detail names where there are several. Raises Refusal."""
    folder = session.campaign.at_home(session.campaign.section(RequestSettings).imports)
    here = (path for path in sorted(folder.glob("*")) if not is_left_by_a_program(path.name))
    found = {path.name: path for path in here if path.suffix.lower() in _ENDINGS}
    if not found:
        raise Refusal(typographic(f"Aucun export dans {folder} : déposez-y le fichier .csv ou .xlsx, puis redemandez."))
    if not name and len(found) == 1:
        return next(iter(found.values()))
    if name in found:
        return found[name]
    which = f"Aucun export ne s’appelle « {name} ».{did_you_mean(name, found)}" if name else "Il y a plusieurs exports."
    raise Refusal(typographic(f"{which} Écrivez dans Détail celui à importer : {listed_first([*found])}."))


def _columns(mapping: ExportMapping) -> Iterator[str]:
    """Where each column goes, and how surely; then those that go nowhere."""
    for column in mapping.columns:
        if column.fields:
            yield f"• {column.header} → {listed(column.fields)} ({_HOW[column.certainty]})"
    left = [column.header for column in mapping.columns if not column.fields and column.header]
    if left:
        yield f"{plural(len(left), 'colonne laissée', 'colonnes laissées')} : {listed_first(left, most=_MOST_LEFT)}."
