"""`emails archive`: copies obsolete drafts in `E-mails archivés`, then empties their rows where that is sure."""

from __future__ import annotations

from collections.abc import Mapping

import click

from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.plans import tab_of
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.pipeline import applied_and_kept, planned_sync, refuse, synchronise
from eig_sheets.cli.session import Session
from eig_sheets.run.archiving import ObsoleteRow, Removal, deletions, obsolete, plan_removal
from eig_sheets.run.nightly import Run
from eig_sheets.spreadsheet.model.base import RowsInUseError
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.text.french import plural
from eig_sheets.workbook.requested_changes import ARCHIVE, OUTBOX
from eig_sheets.workbook.table import Col, Table


@click.command("archive", cls=WritingCommand, acts=(Act.MESSAGES,))
@click.pass_obj
def archive_emails(session: Session, *, dry_run: bool, form: str) -> None:
    """Copie les brouillons obsolètes dans « E-mails archivés », puis ôte leurs lignes de « E-mails à envoyer ».

    Dans un classeur .xlsx, une ligne n’est ôtée qu’une fois sa copie relue dans le fichier, cellule par cellule ;
    aucune autre ne bouge. Sur Google Sheets et dans Grist, les lignes sont nommées : c’est à une personne de les
    supprimer. Ce qui est archivé n’est plus proposé ni envoyé.
    """
    if dry_run:
        _show_what_would_change(session, form)
        return
    with session.locked():
        removal = archived(session)
    show(_table(removal), removal.rows, form, "Aucun brouillon obsolète.")
    if removal.rows:
        session.say(summary_text(removal))


def archived(session: Session) -> Removal:
    """Copy, empty, say so in `Envois`: three writes, under the lock; the next run goes on after the last one."""
    synchronise(session)
    removal = _removed(session, {})
    if removal.removed:
        synchronise(session)
    return removal


def _removed(session: Session, in_use: Mapping[int, str]) -> Removal:
    """Empty the rows that may be; rows that the workbook itself says are in use stay, with the reason."""

    def planned() -> Removal:
        return plan_removal(_planned_sync(session), session.state.load_last_run(), session.clock.now, in_use)

    try:
        return applied_and_kept(session, planned, lambda removal: removal.plan, lambda removal: removal.last_run)
    except RowsInUseError as error:
        return _removed(session, {**in_use, **error.rows})


def _show_what_would_change(session: Session, form: str) -> None:
    """The cells of the archive that would be written, then those that would be emptied."""
    run = _planned_sync(session)
    outbox, snapshot = run.reading.layout.tabs.get(OUTBOX), run.reading.snapshot
    name = run.reading.layout.robot_tabs.get(ARCHIVE, run.reading.schema.robot_tabs[ARCHIVE])
    operations = [operation for operation in run.plan.operations if tab_of(operation) == name]
    if outbox is not None and not snapshot.capabilities.concurrent_editors:
        operations += deletions(outbox, [row.row for row in obsolete(run, outbox) if not row.why])
    show_changes(Plan(snapshot.version, tuple(operations)).changes(snapshot), form)


def _planned_sync(session: Session) -> Run:
    run = planned_sync(session)
    refuse(run.problems)
    return run


def _table(removal: Removal) -> Table[ObsoleteRow]:
    outbox = removal.reading.layout.tabs.get("emails")
    return Table(
        Col("id", "Id"),
        Col("row", "Ligne", lambda row: outbox.row_name(row.row) if outbox else row.row),
        Col("action", "Suite", lambda row: "à supprimer" if row.why else "archivée"),
        Col("reason", "Pourquoi", lambda row: row.why or None),
    )


def summary_text(removal: Removal) -> str:
    """What became of the drafts: copied and taken out, or to delete by hand."""
    left = len(removal.rows) - removal.removed
    lines = [plural(removal.removed, "ligne archivée", "lignes archivées") + "."]
    if removal.removed:
        lines.append("Leurs lignes sont vides : triez l’onglet pour les refermer.")
    if left:
        lines.append(f"{plural(left, 'ligne est à supprimer', 'lignes sont à supprimer')} par vous.")
    return "\n".join(lines)
