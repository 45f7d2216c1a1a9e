"""`import`: adds the dossiers of a Démarches Simplifiées export."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.mapping_question import Consent, chosen_columns, consent_options, refuse_unless_sure
from eig_sheets.cli.output import format_option, show, show_changes
from eig_sheets.cli.received import changes_sentences, filled_part, refuse_to_fill, write_import
from eig_sheets.cli.session import Refusal, Session, french_errors
from eig_sheets.cli.terminal import echo
from eig_sheets.cli.undo import undo_import

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eig_sheets.cli.demarche_import import ApiImport
    from eig_sheets.config import ImportSettings
    from eig_sheets.importing.plan import ChangedDossier
    from eig_sheets.importing.reading import Export
    from eig_sheets.sync.importing import ImportRun

_HEADERS = {
    "dossier": "Dossier",
    "row": "Ligne",
    "field": "Champ",
    "in_sheet": "Dans le classeur",
    "in_export": "Dans l’export",
}

_CHANGED = (
    "dossier déjà présent, changé dans l’export et laissé tel quel",
    "dossiers déjà présents, changés dans l’export et laissés tels quels",
)
_SAME = ("dossier déjà présent, inchangé", "dossiers déjà présents, inchangés")
_MOST_PROBLEMS = 100
_DRAFTS = ("brouillon ignoré", "brouillons ignorés")
_WITHDRAWN = ("dossier retiré, non ajouté", "dossiers retirés, non ajoutés")
_ARCHIVED = ("dossier archivé, non ajouté", "dossiers archivés, non ajoutés")


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked for: the argument and the options of the command, by name."""

    file: str | None
    api: bool
    full: bool
    pieces: str | None
    fill: bool
    undo: bool

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


@click.command("import", cls=FrenchCommand)
@click.argument("file", metavar="[FICHIER]", type=click.Path(), required=False)
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
@format_option
@click.pass_obj
def import_(session: Session, /, *, consent: Consent, form: str, **chosen: Any) -> None:
    """Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.

    Montre d’abord où va chaque colonne, et demande. Sans terminal ni --yes, seules les colonnes sûres sont prises, et
    rien n’est importé si le numéro, le projet, l’administration, l’e-mail du porteur ou le coût n’en ont pas.

    Un dossier déjà présent n’est jamais récrit : s’il a changé, chaque champ différent est listé, et noté dans
    Modifications reçues. Relancer le même import n’ajoute rien.
    """
    what = _Request(**chosen)
    what.refuse_contradictions()
    if what.undo:
        undo_import(session, dry_run=consent.dry_run, form=form)
        return
    with french_errors():
        from eig_sheets.cli.demarche_import import keep, received_export, withdrawal_lines

        if what.fill:
            refuse_to_fill(session.workbook.capabilities)
        received = received_export(session, whole=what.full) if what.api else None
        export, settings = _source(session, what.file, received)
        mapping = chosen_columns(session, export, settings, consent)
        source = (export, mapping.settings)
        lines: list[str] = []
        if consent.dry_run:
            run = _planned(session, *source, fill=what.fill)
            show_changes(run.plan.changes(run.reading.snapshot), form)
        else:
            with session.locked():
                run = write_import(session, lambda: _planned(session, *source, fill=what.fill))
                lines = [*keep(session, received, what.pieces)] if received else []
            show(_differences(run.remaining), form, _HEADERS, "Aucun dossier déjà présent n’a changé.")
        session.say(_summary_text(run, session, dry_run=consent.dry_run))
        for line in (*withdrawal_lines(received, run.reading), *lines, *received.notes) if received else ():
            session.say(line)
        if mapping.ending and not session.quiet:
            echo("\n".join(mapping.ending), err=True)


def nightly_import(session: Session) -> None:
    """Import by the API before a sync, if the configuration says so. A failure is said, and prevents nothing."""
    from eig_sheets.cli.demarche_import import keep, received_export
    from eig_sheets.cli.pipeline import write_failure
    from eig_sheets.demarche.errors import DemarcheError
    from eig_sheets.workbook.model.base import WorkbookError

    try:
        received = received_export(session, whole=False)
        source = _source(session, None, received)
        refuse_unless_sure(session, *source)
        run = write_import(session, lambda: _planned(session, *source))
        for line in (_summary_text(run, session, dry_run=False), *keep(session, received, None)):
            session.say(line)
    except (DemarcheError, Refusal, WorkbookError) as error:
        cause = f"Import de Démarche Numérique : {error}"
        session.say(cause)
        with suppress(WorkbookError):  # the sync that follows says what is wrong with the workbook
            write_failure(session, cause, _NIGHTLY_REMEDY, among=_A_DAY)


_NIGHTLY_REMEDY = "Le reste de la synchronisation a lieu. Le prochain import reprendra où le dernier s’est arrêté."
_A_DAY = 50
"""Lines of the Journal among which the same failure is not written again the same day."""


def _source(session: Session, file: str | None, received: ApiImport | None) -> tuple[Export, ImportSettings]:
    """What is imported, and the settings by which its columns are found."""
    from eig_sheets.importing.reading import read_export

    if received is not None:
        return received.export, received.settings
    return read_export(Path(str(file))), session.campaign.imports


def _planned(session: Session, export: Export, settings: ImportSettings, *, fill: bool = False) -> ImportRun:
    from eig_sheets.campaign.reading import read
    from eig_sheets.cli.pipeline import refuse
    from eig_sheets.importing.apply import current_rows
    from eig_sheets.importing.plan import plan_import
    from eig_sheets.sync.importing import plan_import_run

    reading = read(session.workbook.read(), session.campaign)
    tab = reading.layout.tabs.get("candidatures")
    refuse([problem for problem in reading.problems if tab is None or problem.tab == tab.name])
    if tab is None:
        raise Refusal("L’onglet Candidatures est introuvable : lancez « eig-sheets init ».")
    imported = plan_import(export, current_rows(tab), settings, reading.schema, session.campaign.zone)
    if imported.blocked:
        shown = imported.problems[:_MOST_PROBLEMS]
        raise Refusal("\n".join(f"{problem.message} {problem.remedy}" for problem in shown))
    last_run = session.state.load_last_run()
    clock = session.clock
    return plan_import_run(reading, imported, last_run, clock.now, export.name, today=clock.today, fill=fill)


def _differences(changed: Sequence[ChangedDossier]) -> list[dict[str, object]]:
    from eig_sheets.workbook.quoting import quoted

    return [
        {
            "dossier": dossier.number,
            "row": dossier.row,
            "field": difference.header,
            "in_sheet": None if difference.in_sheet is None else quoted(difference.in_sheet),
            "in_export": None if difference.in_export is None else quoted(difference.in_export),
        }
        for dossier in changed
        for difference in dossier.differences
    ]


def _summary_text(run: ImportRun, session: Session, *, dry_run: bool) -> str:
    from eig_sheets.importing.apply import headers_without_column
    from eig_sheets.text.french import counted, listed, plural

    imported, reading = run.imported, run.reading
    verb = "à ajouter" if dry_run else "ajouté"
    parts = [counted(len(imported.new), f"dossier {verb}", f"dossiers {verb}" + ("" if dry_run else "s"))]
    parts += filled_part(run, dry_run=dry_run)
    unchanged = len(imported.present) - len(run.remaining)
    others = {_CHANGED: len(run.remaining), _SAME: unchanged, _DRAFTS: imported.ignored}
    others |= {_WITHDRAWN: len(imported.withdrawn), _ARCHIVED: len(imported.archived)}
    parts += [plural(count, *words) for words, count in others.items() if count]
    lines = [f"{session.workbook.location} : {' ; '.join(parts)}."]
    shown, rest = imported.problems[:_MOST_PROBLEMS], len(imported.problems[_MOST_PROBLEMS:])
    lines += [f"• {problem.message} {problem.remedy}" for problem in shown]
    lines += [f"• … et {plural(rest, 'autre remarque', 'autres remarques')}."] if rest else []
    if absent := headers_without_column(imported, reading):
        tab = reading.layout.tabs["candidatures"].name
        columns = listed(f"« {header} »" for header in absent)
        lines.append(f"Laissé de côté, faute de colonne dans {tab} : {columns}. « eig-sheets init » les crée.")
    return "\n".join([*lines, *changes_sentences(run)])
