"""`import`: adds the rows of a Démarches Simplifiées export: dossiers, or what a feature takes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from eig_sheets.call.applications.commands_demarche import ApiImport, keep, received_export, withdrawal_lines
from eig_sheets.call.applications.commands_mapping import Consent, chosen_columns, consent_options, refuse_unless_sure
from eig_sheets.call.applications.commands_source import (
    Source,
    kind_of,
    planned,
    read_file,
    refuse_another_kind,
    refuse_without_tab,
    session_of,
)
from eig_sheets.call.applications.commands_undo import undo_import
from eig_sheets.call.applications.commands_writing import DIFFERENCES, refuse_to_fill, summary_text, write_import
from eig_sheets.call.applications.demarche.errors import DemarcheError
from eig_sheets.call.applications.importing.kinds import ImportKind, kinds_of
from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.feature_commands import found_at
from eig_sheets.cli.output import show, show_changes
from eig_sheets.cli.pipeline import write_failure
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.cli.terminal import echo
from eig_sheets.spreadsheet.model.base import WorkbookError


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked for: the argument and the options of the command, by name."""

    file: str | None
    api: bool
    full: bool
    pieces: str | None
    fill: bool
    undo: bool
    kind: str | None

    def refuse_contradictions(self) -> None:
        """Raise UsageError when nothing says what to import, or two things do."""
        if (self.full or self.pieces is not None) and not self.api:
            raise click.UsageError("--full et --pieces vont avec --api.")
        if self.api and self.file is not None:
            raise click.UsageError("Un fichier, ou --api : pas les deux.")
        if self.undo and (self.file is not None or self.api or self.fill):
            raise click.UsageError(
                "--undo défait le dernier import : il ne va ni avec un fichier, ni --api, ni --fill."
            )
        if not (self.file is not None or self.api or self.undo):
            raise click.UsageError("Indiquez le FICHIER à importer, --api ou --undo.")


@click.command(
    "import",
    cls=SharedWritingCommand,
    path="import",
    acts=(Act.IMPORT,),
    of_cofinancing=(", l’e-mail du porteur et le coût", " et l’e-mail du porteur"),
)
@click.argument("file", metavar="[FICHIER]", type=click.Path(), required=False)
@click.option(
    "--kind",
    type=click.Choice(["projects"]),
    help="De quoi est l’export : dossiers (projects, si rien n’est dit).",
)
@click.option("--api", is_flag=True, help="Sans fichier : par l’API de Démarche Numérique, selon [demarche].")
@click.option("--full", is_flag=True, help="Avec --api : tous les dossiers, même inchangés depuis le dernier import.")
@click.option(
    "--pieces",
    metavar="DOSSIER",
    type=click.Path(),
    help="Avec --api : télécharge aussi les pièces jointes, dans ce dossier.",
)
@click.option(
    "--fill",
    is_flag=True,
    help="Complète aussi, dans un classeur .xlsx, les cellules vides des dossiers déjà présents.",
)
@click.option(
    "--undo",
    is_flag=True,
    help="Défait le dernier import : supprime ses lignes, ou les nomme quand c’est à une personne de le faire.",
)
@consent_options
@click.pass_obj
def import_(session: Session, /, *, consent: Consent, form: str, **chosen: Any) -> None:
    """Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.

    Montre d’abord où va chaque colonne, et demande. Sans terminal ni --yes, seules les colonnes sûres sont prises, et
    rien n’est importé si une colonne obligatoire n’en est pas : pour un projet, le numéro, l’état, la date de dépôt, le
    nom, l’administration, l’e-mail du porteur et le coût. Sans l’état, même --yes n’importe rien.

    Un dossier déjà présent n’est jamais récrit : s’il a changé, chaque champ différent est listé, et noté dans
    Modifications reçues. Relancer le même import n’ajoute rien.
    """
    what = _Request(**chosen)
    what.refuse_contradictions()
    if what.undo:
        kind = kind_of(session, what.kind or "projects")
        undo_import(session_of(session, kind), kind if what.kind else None, dry_run=consent.dry_run, form=form)
        return
    kind = kind_of(session, what.kind or "projects")
    if what.fill and kind.filled:
        raise click.UsageError(kind.filled)
    session = session_of(session, kind)
    refuse_without_tab(session, kind)
    if what.fill:
        refuse_to_fill(session.workbook.capabilities)
    received, source = _received(session, what, kind)
    mapping = chosen_columns(session, source.export, source.settings, consent, kind)
    source = source.with_settings(mapping.settings)
    if kind.writer:
        lines = found_at(kind.writer)(session, source, received, what.pieces, dry_run=consent.dry_run, form=form)
    else:
        lines = _import(session, source, received, what, dry_run=consent.dry_run, form=form)
    for line in lines:
        session.say(line)
    if mapping.ending and not session.quiet:
        echo("\n".join(mapping.ending), err=True)


def _received(session: Session, what: _Request, kind: ImportKind) -> tuple[ApiImport | None, Source]:
    """What the service sent, if it was asked, and what is imported."""
    if what.api:
        received = received_export(session, kind, whole=what.full)
        return received, Source(received.export, received.settings, kind)
    export, settings = read_file(session, Path(str(what.file))), kind.settings(session.campaign.imports)
    refuse_another_kind(session, export, kind)
    return None, Source(export, settings, kind)


def _import(
    session: Session, source: Source, received: ApiImport | None, what: _Request, *, dry_run: bool, form: str
) -> list[str]:
    """Write, or show what would be written; returns the lines to say then."""
    kept: list[str] = []
    if dry_run:
        run = planned(session, source, fill=what.fill)
        show_changes(run.plan.changes(run.reading.snapshot), form)
    else:
        with session.locked():
            run = write_import(session, lambda: planned(session, source, fill=what.fill))
            kept = [*keep(session, received, what.pieces)] if received else []
        differences = [(changed, difference) for changed in run.remaining for difference in changed.differences]
        show(DIFFERENCES, differences, form, f"{source.kind.unchanged}.")
    said = [summary_text(run, source.kind, session.workbook.location, dry_run=dry_run)]
    return said if received is None else [*said, *withdrawal_lines(received, run.reading), *kept, *received.notes]


def nightly_imports(session: Session) -> None:
    """Import by the API before a sync what the configuration says, kind by kind."""
    for kind in kinds_of(session.campaign).values():
        settings = session.campaign.demarche
        of_kind = settings.of_form(kind.form) if settings is not None else None
        if of_kind is not None and of_kind.nightly:
            _nightly_import(session_of(session, kind), kind)


def _nightly_import(session: Session, kind: ImportKind) -> None:
    """Import by the API. A failure is said, and prevents nothing."""
    try:
        refuse_without_tab(session, kind)
        received = received_export(session, kind, whole=False)
        source = Source(received.export, received.settings, kind)
        refuse_unless_sure(session, source.export, source.settings, kind)
        if kind.nightly_writer:
            lines = found_at(kind.nightly_writer)(session, source, received)
        else:
            run = write_import(session, lambda: planned(session, source))
            said = summary_text(run, kind, session.workbook.location, dry_run=False)
            lines = [said, *keep(session, received, None)]
        for line in lines:
            session.say(line)
    except (DemarcheError, Refusal, WorkbookError) as error:
        cause = f"Import de Démarche Numérique{kind.named} : {error}"
        session.say(cause)
        with suppress(WorkbookError):  # the sync that follows says what is wrong with the workbook
            write_failure(session, cause, _NIGHTLY_REMEDY, among=_A_DAY)


_NIGHTLY_REMEDY = "Le reste de la synchronisation a lieu. Le prochain import reprendra où le dernier s’est arrêté."
_A_DAY = 50
"""Lines of the Journal among which the same failure is not written again the same day."""
