"""`import`: adds the dossiers of a Démarches Simplifiées export."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.mapping_question import Consent, chosen_columns, consent_options, refuse_unless_sure
from eig_sheets.cli.output import format_option, show, show_changes
from eig_sheets.cli.session import Refusal, Session, french_errors
from eig_sheets.cli.terminal import echo

if TYPE_CHECKING:
    from eig_sheets.campaign.reading import Reading
    from eig_sheets.cli.demarche_import import ApiImport
    from eig_sheets.config import ImportSettings
    from eig_sheets.importing.plan import ImportPlan
    from eig_sheets.importing.reading import Export
    from eig_sheets.workbook.model.plan import Plan

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
@consent_options
@format_option
@click.pass_obj
def import_(
    session: Session,
    file: str | None,
    *,
    api: bool,
    full: bool,
    pieces: str | None,
    consent: Consent,
    form: str,
) -> None:
    """Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.

    Montre d’abord où va chaque colonne, et demande. Sans terminal ni --yes, seules les colonnes sûres sont prises, et
    rien n’est importé si le numéro, le projet, l’administration, l’e-mail du porteur ou le coût n’en ont pas.

    Un dossier déjà présent n’est jamais récrit : s’il a changé, chaque champ différent est listé. Relancer le même
    import n’ajoute rien.
    """
    if (full or pieces is not None) and not api:
        raise click.UsageError("--full et --pieces vont avec --api.")
    if api and file is not None:
        raise click.UsageError("Un fichier, ou --api : pas les deux.")
    if file is None and not api:
        raise click.UsageError("Indiquez le FICHIER à importer, ou --api.")
    with french_errors():
        from eig_sheets.cli.demarche_import import keep, received_export, withdrawal_lines
        from eig_sheets.cli.pipeline import applied

        received = received_export(session, whole=full) if api else None
        export, settings = _source(session, file, received)
        chosen = chosen_columns(session, export, settings, consent)
        source = (export, chosen.settings)
        lines: list[str] = []
        if consent.dry_run:
            reading, imported, plan = _planned(session, *source)
            show_changes(plan.changes(reading.snapshot), form)
        else:
            with session.locked():
                reading, imported, _ = applied(session, lambda: _planned(session, *source), lambda planned: planned[2])
                lines = [*keep(session, received, pieces)] if received else []
            show(_differences(imported), form, _HEADERS, "Aucun dossier déjà présent n’a changé.")
        session.say(_summary_text(imported, reading, session, dry_run=consent.dry_run))
        for line in (*withdrawal_lines(received, reading), *lines, *received.notes) if received else ():
            session.say(line)
        if not session.quiet:
            echo("\n".join(chosen.ending), err=True)


def nightly_import(session: Session) -> None:
    """Import by the API before a sync, if the configuration says so. A failure is said, and prevents nothing."""
    from eig_sheets.cli.demarche_import import keep, received_export
    from eig_sheets.cli.pipeline import applied, write_failure
    from eig_sheets.demarche.errors import DemarcheError
    from eig_sheets.workbook.model.base import WorkbookError

    try:
        received = received_export(session, whole=False)
        source = _source(session, None, received)
        refuse_unless_sure(session, *source)
        reading, imported, _ = applied(session, lambda: _planned(session, *source), lambda planned: planned[2])
        for line in (_summary_text(imported, reading, session, dry_run=False), *keep(session, received, None)):
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


def _planned(session: Session, export: Export, settings: ImportSettings) -> tuple[Reading, ImportPlan, Plan]:
    from eig_sheets.campaign.reading import read
    from eig_sheets.cli.pipeline import refuse
    from eig_sheets.importing.apply import append_new, current_rows
    from eig_sheets.importing.plan import plan_import

    reading = read(session.workbook.read(), session.campaign)
    tab = reading.layout.tabs.get("candidatures")
    refuse([problem for problem in reading.problems if tab is None or problem.tab == tab.name])
    if tab is None:
        raise Refusal("L’onglet Candidatures est introuvable : lancez « eig-sheets init ».")
    imported = plan_import(export, current_rows(tab), settings, reading.schema, session.campaign.zone)
    if imported.blocked:
        shown = imported.problems[:_MOST_PROBLEMS]
        raise Refusal("\n".join(f"{problem.message} {problem.remedy}" for problem in shown))
    return reading, imported, append_new(imported, reading)


def _differences(imported: ImportPlan) -> list[dict[str, object]]:
    from eig_sheets.workbook.quoting import quoted

    return [
        {
            "dossier": dossier.number,
            "row": dossier.row,
            "field": difference.header,
            "in_sheet": None if difference.in_sheet is None else quoted(difference.in_sheet),
            "in_export": None if difference.in_export is None else quoted(difference.in_export),
        }
        for dossier in imported.changed
        for difference in dossier.differences
    ]


def _summary_text(imported: ImportPlan, reading: Reading, session: Session, *, dry_run: bool) -> str:
    from eig_sheets.importing.apply import headers_without_column
    from eig_sheets.text.french import listed, plural

    verb = "à ajouter" if dry_run else "ajouté"
    parts = [plural(len(imported.new), f"dossier {verb}", f"dossiers {verb}" + ("" if dry_run else "s"))]
    others = {_CHANGED: len(imported.changed), _SAME: imported.unchanged, _DRAFTS: imported.ignored}
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
    return "\n".join(lines)
