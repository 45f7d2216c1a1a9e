"""Import from Démarche Numérique's API: what is received as an export, what is kept, what is said."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from eig_sheets.call.applications import withdrawn
from eig_sheets.call.applications.demarche import attachments, table
from eig_sheets.call.applications.demarche.client import connect, settings_of
from eig_sheets.call.applications.demarche.errors import expected_shape
from eig_sheets.call.applications.demarche.queries import FetchedDossiers, fetch
from eig_sheets.call.applications.files_records import Progress
from eig_sheets.call.applications.importing import kinds
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.config import ImportSettings
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.text.french import plural, typographic


@dataclass(frozen=True, slots=True)
class ApiImport:
    """What the service sent, as an export with its settings; `source` names what its cursor is good for."""

    kind: ImportKind
    export: Export
    settings: ImportSettings
    received: FetchedDossiers
    source: str
    notes: tuple[str, ...]


def received_export(session: Session, kind: ImportKind, *, whole: bool) -> ApiImport:
    """What changed since the last import, or the whole démarche. Raises DemarcheError, Refusal."""
    campaign = session.campaign
    settings, imports = settings_of(campaign, kind.form), kind.settings(campaign.imports)
    _refuse_unknown_fields(session, kind)
    with (
        closing(connect(campaign, os.environ, form=kind.form)) as client,
        session.step("Lecture de Démarche Numérique"),
    ):
        source = _source(client.url, settings.number, settings.fields, imports)
        cursor = None if whole else session.demarche_progress(kind.form).load().cursor_for(source)
        answer = fetch(client, settings.number, cursor)
    with expected_shape():
        questions = table.questions_of(answer.questions, answer.dossiers)
        export = kinds.export_of(answer.number, answer.dossiers, questions, settings.fields)
    notes = tuple(_notes(questions, settings.fields, imports, session, kind))
    export = replace(export, is_partial=cursor is not None)
    key = kind.schema(schema_of(campaign)).key
    return ApiImport(kind, export, kinds.settings_of(imports, questions, settings.fields, key), answer, source, notes)


def keep(session: Session, imported: ApiImport, pieces: str | None) -> Iterator[str]:
    """Save the attached files, if asked for, then where to go on from; what is said of the files, line by line.

    To be called once the workbook is written: what was lost before would not be asked for again. The place is not saved
    either when files are to be had later.
    """
    last_run = session.state.load_last_run()
    known, withdrawn = last_run.imports_of(imported.kind.tab), imported.received.withdrawn
    if known.withdrawn != withdrawn:
        session.state.save_last_run(last_run.with_imports(imported.kind.tab, replace(known, withdrawn=withdrawn)))
    complete = True
    if pieces is not None:
        lines, complete = _saved_files(session, imported, Path(pieces))
        yield from lines
    if complete:
        session.demarche_progress(imported.kind.form).save(Progress(imported.source, imported.received.cursor))


def withdrawal_lines(imported: ApiImport, reading: Reading) -> Iterator[str]:
    """A sentence for each dossier of the workbook that was deleted on the service."""
    for anomaly in withdrawn.anomalies(reading, imported.received.withdrawn, imported.kind.tab):
        yield f"• {anomaly.dossier} : {anomaly.message} {anomaly.remedy}"


def _refuse_unknown_fields(session: Session, kind: ImportKind) -> None:
    """Raise Refusal when `[demarche.fields]`, or that of another form, names what is no field."""
    known = [field.id for field in kind.schema(schema_of(session.campaign)).fields]
    used = settings_of(session.campaign, kind.form).fields
    if wrong := [*unknown_name_errors(_section(kind), used, known)]:
        raise Refusal(typographic("\n".join(f"{problem}." for problem in wrong)))


def _section(kind: ImportKind) -> str:
    return f"demarche.{kind.form}.fields" if kind.form else "demarche.fields"


def _source(url: str, number: int, named: dict[str, str], imports: ImportSettings) -> str:
    """Another service, démarche or mapping: everything is received again, since other columns are taken."""
    own = imports.model_dump(exclude={*imports.others()})
    mapping = json.dumps([named, own], sort_keys=True, default=str)
    return f"{url} {number} {hashlib.sha256(mapping.encode()).hexdigest()[:16]}"


def _notes(
    questions: dict[str, str], named: dict[str, str], imports: ImportSettings, session: Session, kind: ImportKind
) -> Iterator[str]:
    """Ids that no question has; lines of TOML for fields that a question is found for by its label alone."""
    for question, label in questions.items():
        session.detail(f"{question} : {label}")
    for field, question in named.items():
        if question not in questions:
            yield (
                f"• {_section(kind)}.{field} : aucune question du formulaire n’a l’identifiant « {question} », ce "
                "champ n’est pas rempli. « -v » montre les identifiants."
            )
    by_label = [field for field in table.bindings(questions, imports.fields) if field[0] not in named]
    if by_label:
        yield (
            "Questions trouvées par leur libellé, qui peut changer. Pour les suivre par leur identifiant, ajoutez à "
            f"{session.campaign.to_edit}{f', sous [{_section(kind)}]' if named else ''} :"
        )
        yield from () if named else (f"[{_section(kind)}]",)
        yield from (f'{field} = "{label}"  # {questions[label]}' for field, label in by_label)


def _saved_files(session: Session, imported: ApiImport, folder: Path) -> tuple[list[str], bool]:
    """Save the files; returns lines on them, and whether all that can be had are there."""
    with (
        closing(connect(session.campaign, os.environ, form=imported.kind.form)) as client,
        session.step("Téléchargement des pièces"),
    ):
        saved = attachments.save(client, imported.received.dossiers, folder)
    done = plural(saved.new, "fichier téléchargé", "fichiers téléchargés")
    there = f", {plural(saved.present, 'déjà là', 'déjà là')}" if saved.present else ""
    return [f"{folder} : {done}{there}.", *(f"• {note}" for note in saved.left)], not saved.later
