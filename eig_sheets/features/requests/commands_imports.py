"""The requests that import the export of a form, and undo the last import: each shows what it does, then does it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from eig_sheets.call.applications.commands_mapping import export_mapping, lacking_text, refuse_without_state
from eig_sheets.call.applications.commands_source import (
    Source,
    is_export_of,
    planned,
    read_file,
    refuse_another_kind,
    refuse_without_tab,
)
from eig_sheets.call.applications.commands_undo import planned_undo, undo_text, written_undo
from eig_sheets.call.applications.commands_writing import summary_text, write_import
from eig_sheets.call.applications.importing.chosen_columns import corrected, in_doubt
from eig_sheets.call.applications.importing.kinds import ImportKind, kinds_here
from eig_sheets.call.applications.importing.mapping import ExportMapping
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.requests.commands_columns import ask_columns, choices_of
from eig_sheets.features.requests.commands_files import exported
from eig_sheets.features.requests.commands_jobs import Listing
from eig_sheets.features.requests.rules import Recorded
from eig_sheets.storage import regular_files
from eig_sheets.text.french import listed, listed_first, plural, typographic

_HOW: Final = {"exact": "sûre", "alias": "sûre", "likely": "probable"}
_MOST_LEFT: Final = 30


def import_listing(session: Session, request: Recorded) -> Listing:
    """Where each column of the export goes, and what would be added. Raises Refusal."""
    with exported(session, request.detail) as path:
        return _listing_of(session, path)


def _listing_of(session: Session, path: Path) -> Listing:
    export = read_file(session, path)
    kind = _kind(session, export)
    refuse_without_tab(session, kind)
    refuse_another_kind(session, export, kind)
    settings = corrected(export, kind.settings(session.campaign.imports), choices_of(session, kind))
    mapping, tab = export_mapping(session, export, settings, kind)
    asked = ask_columns(session, in_doubt(export, mapping))
    try:
        if mapping is not None:
            refuse_without_state(mapping, export, kind)
            settings = mapping.with_likely(settings)
        source = Source(export, settings, kind)
        change, changes = _change(session, source)
    except Refusal as refusal:
        raise Refusal(typographic(f"{refusal.message}\n{asked}".strip())) from None
    said = [] if mapping is None else [*_columns(mapping)]
    said += [f"Restera vide : {lacking_text(mapping, tab)}."] if mapping and mapping.lacking else []
    text = "\n".join(filter(None, [f"« {path.name} »", *said, asked, change]))
    if not changes:
        return Listing(typographic(text))
    content = hashlib.sha256(regular_files.read_bytes(path))
    content.update(text.encode())
    return Listing(typographic(text), content.hexdigest()[:16], source)


def import_shown(session: Session, _: Recorded, source: Source) -> str:
    """Import what was shown."""
    if source.kind.nightly_writer:
        return "\n".join(found_at(source.kind.nightly_writer)(session, source, None))
    run = write_import(session, lambda: planned(session, source))
    return summary_text(run, source.kind, f"« {source.export.name} »", dry_run=False)


def _kind(session: Session, export: Export) -> ImportKind:
    """What the export is of, among what goes in this workbook; where its columns do not tell, what goes there first."""
    kinds = kinds_here(session.campaign)
    return next((kind for kind in kinds if is_export_of(export, kind, session)), kinds[0])


def _change(session: Session, source: Source) -> tuple[str, bool]:
    """What the import would change, in words; and whether it would change anything."""
    what = "Ce qui changerait"
    if source.kind.previewer:
        said: tuple[str, bool] = found_at(source.kind.previewer)(session, source, what)
        return said
    run = planned(session, source)
    return summary_text(run, source.kind, what, dry_run=True), bool(run.plan)


def undo_listing(session: Session, _: Recorded) -> Listing:
    """What undoing the last import would delete. Raises Refusal."""
    undo = planned_undo(session, None)
    rows = [f"• {row.number}{f' : {row.why}' if row.why else ''}" for row in undo.rows]
    text = "\n".join([undo_text(undo, dry_run=True), *rows])
    return Listing(text, hashlib.sha256(f"{undo.record.at} {text}".encode()).hexdigest()[:16])


def undo_shown(session: Session, _: Recorded, __: object) -> str:
    """Undo the last import."""
    return undo_text(written_undo(session, None), dry_run=False)


def _columns(mapping: ExportMapping) -> Iterator[str]:
    """Where each column goes, and how surely; then those that go nowhere."""
    for column in mapping.columns:
        if column.fields:
            yield f"• {column.header} → {listed(column.fields)} ({_HOW[column.certainty]})"
    left = [column.header for column in mapping.columns if not column.fields and column.header]
    if left:
        yield f"{plural(len(left), 'colonne laissée', 'colonnes laissées')} : {listed_first(left, most=_MOST_LEFT)}."
