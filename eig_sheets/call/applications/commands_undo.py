"""`import --undo`: undoes the last import, or names the rows that people have to delete."""

from __future__ import annotations

from functools import partial
from typing import Final

from eig_sheets.call.applications.files_records import ImportLog
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.plan_undo import CellOfImport, RowOfImport, Undo, last_import, plan_undo
from eig_sheets.call.applications.received_changes import imported_tabs
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.pipeline import applied_and_kept, refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of
from eig_sheets.spreadsheet.model.base import RowsInUseError
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.table import Col, Table


def _action(item: RowOfImport | CellOfImport) -> str:
    if isinstance(item, CellOfImport):
        return "à vider"
    return "à supprimer" if item.why else "supprimée"


def _reason(item: RowOfImport | CellOfImport) -> str | None:
    return f"« {item.header} » a été complétée par l’import" if isinstance(item, CellOfImport) else item.why or None


_TABLE: Final = Table[RowOfImport | CellOfImport](
    Col("dossier", "Dossier", lambda item: item.number),
    Col("row", "Ligne", lambda item: item.name if isinstance(item, RowOfImport) else None),
    Col("cell", "Cellule", lambda item: item.cell if isinstance(item, CellOfImport) else None),
    Col("action", "Suite", _action),
    Col("reason", "Pourquoi", _reason),
)
_NOTHING = "Aucune ligne de cet import n’est plus là."
_NONE_ADDED = "Cet import n’avait ajouté aucune ligne."
_UNKNOWN = (
    "Aucun import à défaire : cette machine n’en a gardé aucun dans ce classeur. Un import se défait sur la machine "
    "qui l’a fait ; sinon, supprimez ses lignes à la main."
)


def undo_import(session: Session, kind: ImportKind | None, *, dry_run: bool, form: str) -> None:
    """Undo the last import, or print what would change; of that `kind`, where there is one."""
    if dry_run:
        undo = planned_undo(session, kind)
        show_changes(undo.plan.changes(undo.reading.snapshot), form)
    else:
        with session.locked():
            undo = written_undo(session, kind)
        lines: list[RowOfImport | CellOfImport] = [*undo.rows, *undo.cells]
        show(_TABLE, lines, form, _NOTHING if undo.record.rows else _NONE_ADDED)
    session.say(undo_text(undo, dry_run=dry_run))


def planned_undo(session: Session, kind: ImportKind | None, in_use: str = "") -> Undo:
    """The plan that undoes the last import, of that `kind` where there is one. Raises Refusal."""
    records = ImportLog(session.state.folder, session.known.key).records()
    reading = own_reading_of(session, session.workbook.read())
    tabs = {tab.name for tab_id, tab in reading.layout.tabs.items() if tab_id in imported_tabs(reading.campaign)}
    refuse([problem for problem in reading.problems if not tabs or problem.tab in tabs])
    last_run = session.state.load_last_run()
    record = last_import(records, reading, last_run)
    if record is None:
        raise Refusal(_UNKNOWN)
    if kind is not None and record.tab != kind.tab:
        raise Refusal(
            typographic(
                f"Le dernier import de ce classeur, « {record.source} », n’est pas un import de {kind.about} : rien "
                "n’est défait. Sans « --kind », « --undo » défait celui-là."
            )
        )
    return plan_undo(reading, record, last_run, session.clock.now, in_use)


def written_undo(session: Session, kind: ImportKind | None) -> Undo:
    """Undo it: that its rows may go is remembered first, so that the fuse never holds a run that was stopped."""
    log = ImportLog(session.state.folder, session.known.key)

    def remembered(in_use: str = "") -> Undo:
        undo = planned_undo(session, kind, in_use)
        session.state.save_last_run(undo.before)
        return undo

    def undone(in_use: str = "") -> Undo:
        planned = partial(remembered, in_use)
        return applied_and_kept(session, planned, lambda undo: undo.plan, lambda undo: undo.after)

    try:
        undo = undone()
    except RowsInUseError as error:
        undo = undone(str(error))
    log.mark(undo.record, undone=True)
    return undo


def undo_text(undo: Undo, *, dry_run: bool) -> str:
    """What is undone, or would be, and what is left to people."""
    tab = undo.reading.layout.tabs.get(undo.record.tab)
    name = tab.name if tab is not None else undo.record.tab
    kept = sum(bool(row.why) for row in undo.rows)
    deleted = len(undo.rows) - kept
    lines = [
        f"Import de « {undo.record.source} » du {undo.record.at:%d/%m/%Y à %H:%M} : {_done(undo, deleted, dry_run)}."
    ]
    if kept:
        rows = plural(kept, "ligne est à supprimer", "lignes sont à supprimer")
        lines.append(f"{rows} par vous dans « {name} » : la synchronisation qui suivra ne s’en étonnera pas.")
    if undo.forgotten:
        word, words = ("serait oubliée", "seraient oubliées") if dry_run else ("est oubliée", "sont oubliées")
        count = plural(undo.forgotten, f"modification reçue {word}", f"modifications reçues {words}")
        lines.append(f"{count} : ce qui était connu avant cet import l’est de nouveau.")
    if undo.cells:
        cells = plural(len(undo.cells), "cellule a été complétée", "cellules ont été complétées")
        lines.append(f"{cells} par l’import : videz celles qui sont fausses.")
    if undo.rows and undo.record.tab in undo.reading.layout.tabs:
        lines.append("Ce que d’autres onglets disent de ces dossiers y reste : « eig-sheets check » le liste.")
    return "\n".join(lines)


def _done(undo: Undo, deleted: int, dry_run: bool) -> str:
    if not undo.record.rows:
        return "il n’avait ajouté aucune ligne"
    if not dry_run:
        return plural(deleted, "ligne supprimée", "lignes supprimées")
    count = plural(deleted, "ligne serait supprimée", "lignes seraient supprimées")
    deleted = deleted if undo.record.tab in undo.reading.layout.tabs else 0  # the robot's own depend on nothing
    return f"{count}, si ni nom, ni règle, ni graphique du classeur n’y renvoie" if deleted else count
