"""The source of an import: its kind, the workbook where it goes, the export, and the plan of its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from eig_sheets.call.applications.commands_writing import MOST_PROBLEMS
from eig_sheets.call.applications.importing.apply import current_rows
from eig_sheets.call.applications.importing.kinds import PROJECTS, ImportKind, kinds_of
from eig_sheets.call.applications.importing.mapping import known_fields
from eig_sheets.call.applications.importing.plan import ImportPlan, plan_import
from eig_sheets.call.applications.importing.reading import Export, read_export
from eig_sheets.call.applications.plan_import import ImportRun, plan_import_run
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import own_reading_of, reading_of
from eig_sheets.config import ImportSettings
from eig_sheets.spreadsheet.backends import identity_at, is_same
from eig_sheets.spreadsheet.model.base import LinkedError
from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.schema import Schema


@dataclass(frozen=True, slots=True)
class Source:
    """An export, what it is of, and the settings by which its columns are found."""

    export: Export
    settings: ImportSettings
    kind: ImportKind

    def with_settings(self, settings: ImportSettings) -> Source:
        """The same export, whose columns are found by these."""
        return replace(self, settings=settings)


def kind_of(session: Session, word: str) -> ImportKind:
    """The kind of `--kind`."""
    return kinds_of(session.campaign)[word]


def session_of(session: Session, kind: ImportKind) -> Session:
    """The session of the workbook where the rows of a kind go."""
    return session if kind.is_of_projects else session.of_talents


def read_file(session: Session, path: Path) -> Export:
    """The export in a file. Raises Refusal for a workbook of a call or its copy: its first tab would pass for one."""
    if any(is_same(workbook.place, str(path)) for workbook in session.everywhere) or identity_at(str(path.absolute())):
        raise Refusal(
            f"« {path.name} » est le classeur d’un appel, ou sa copie : il n’y a rien à y importer. Donnez le fichier "
            "téléchargé de la plateforme."
        )
    return read_export(path)


def refuse_another_kind(session: Session, export: Export, kind: ImportKind) -> None:
    """Raise Refusal when the export has the columns of another form, and lacks some of this one's."""
    if is_export_of(export, kind, session):
        return
    for other in kinds_of(session.campaign).values():
        if other is not kind and is_export_of(export, other, session):
            raise Refusal(
                typographic(
                    f"« {export.name} » est l’export d’un autre formulaire : il a les colonnes des {other.about} "
                    f"({_command(other)}), et non celles des {kind.about}. Rien n’est importé."
                )
            )


def refuse_without_tab(session: Session, kind: ImportKind) -> None:
    """Raise Refusal when this campaign does not use the people's tab that the import is about."""
    if kind.people_tab not in {tab.id for tab in _schema(session).tabs}:
        raise Refusal(
            typographic(
                f"Cette campagne n’a pas l’onglet « {kind.people_tab} » : ajoutez-le à workbook.people_tabs dans "
                f"{session.campaign.to_edit}, puis lancez « eig-sheets init »."
            )
        )


def is_export_of(export: Export, kind: ImportKind, session: Session) -> bool:
    """Whether an export has the columns that tell those of a form from others, whichever workbook its rows go to."""
    whole = session.configuration
    schema = schema_of(whole if kind.is_of_projects else whole.for_talents())
    if kind.people_tab not in {tab.id for tab in schema.tabs}:
        return False
    return {*kind.telling} <= known_fields(export, kind.settings(session.campaign.imports), kind.schema(schema))


def _schema(session: Session) -> Schema:
    return schema_of(session.campaign)


def _command(kind: ImportKind) -> str:
    return "sans « --kind »" if kind.id == "projects" else f"« --kind {kind.id} »"


def planned(session: Session, source: Source, *, fill: bool = False) -> ImportRun:
    """The plan of an import of rows that people then fill. Raises Refusal."""
    reading, tab = read_for(session, source.kind)
    imported = plan_import(
        source.export, current_rows(tab), source.settings, tab.schema, session.campaign.zone, source.kind
    )
    refuse_unusable(imported)
    _refuse_numbers_of_others(reading, imported, source)
    last_run, clock = session.state.load_last_run(), session.clock
    name = source.export.name
    return plan_import_run(reading, imported, last_run, clock.now, name, today=clock.today, fill=fill, kind=source.kind)


def read_for(session: Session, kind: ImportKind) -> tuple[Reading, TabLayout]:
    """The workbook read, and the people's tab that an import is about. Raises Refusal when that tab cannot be read."""
    reading = _reading(session, kind)
    tab_id = kind.people_tab
    tab = reading.layout.tabs.get(tab_id)
    refuse([problem for problem in reading.problems if tab is None or problem.tab == tab.name])
    if tab is None:
        name = reading.schema.tab(tab_id).name
        raise Refusal(f"L’onglet {name} est introuvable : lancez « eig-sheets init ».")
    return reading, tab


def _reading(session: Session, kind: ImportKind) -> Reading:
    """The workbook, with the other one if it can be read: only what names projects needs it."""
    snapshot = session.workbook.read()
    try:
        return reading_of(session, snapshot)
    except LinkedError:
        if kind.beside:
            raise
        return own_reading_of(session, snapshot)


def refuse_unusable(imported: ImportPlan) -> None:
    """Raise Refusal when a problem of the export prevents the whole import."""
    if imported.blocked:
        shown = imported.problems[:MOST_PROBLEMS]
        raise Refusal("\n".join(f"{problem.message} {problem.remedy}" for problem in shown))


def _refuse_numbers_of_others(reading: Reading, imported: ImportPlan, source: Source) -> None:
    """Raise Refusal when rows to add have the numbers of another kind's: it is the export of the other form."""
    kinds = kinds_of(reading.campaign).values()
    other = PROJECTS if source.kind is not PROJECTS else next((kind for kind in kinds if not kind.is_of_projects), None)
    if other is None or not imported.new or not reading.has(other.tab):
        return
    theirs = {*reading.valid_rows(other.tab)[reading.layout_of(other.tab).schema.key]}
    if taken := [new.number for new in imported.new if new.number in theirs]:
        name = reading.layout_of(other.tab).name
        raise Refusal(
            typographic(
                f"« {source.export.name} » : {plural(len(taken), 'numéro est déjà', 'numéros sont déjà')} dans {name} "
                f"({listed_first(taken)}). C’est l’export d’un autre formulaire : importez-le {_command(other)}. Rien "
                "n’est importé."
            )
        )
