"""Problems of an import, each with a French message and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from eig_sheets.call.applications.importing.columns import Columns, closest_header
from eig_sheets.call.applications.importing.kinds import ImportKind
from eig_sheets.call.applications.importing.reading import Export
from eig_sheets.config import ImportSettings
from eig_sheets.config.export_columns import STATE_FIELD, described, headers_of
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, column_letters
from eig_sheets.text.confusables import revealed
from eig_sheets.text.french import listed, listed_first, number, plural, typographic
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.quoting import quoted

_MOST_ROWS: Final = 20
"""Rows that are named of one cause."""


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A problem in the export or the tab. `row` is the export's 1-based row; None: the whole file."""

    severity: Severity
    code: str
    row: int | None
    dossier: str | None
    message: str
    remedy: str


def _problem(
    code: str, row: int | None, dossier: str | None, message: str, remedy: str, severity: Severity = Severity.WARNING
) -> ImportProblem:
    return ImportProblem(severity, code, row, dossier, typographic(message), typographic(remedy))


def no_number_column(export: Export, settings: ImportSettings, tab: TabSchema, kind: ImportKind) -> ImportProblem:
    """The problem that no sheet of the export has a column for the dossier's number: nothing can be imported."""
    wanted = settings.fields.get(tab.key) or (tab.field(tab.key).header,)
    names = listed(map(described, wanted), "ou")
    close = closest_header(export, [header for name in wanted for header in headers_of(name)])
    remedy = f"La colonne « {close} » lui ressemble : ajoutez ce nom" if close else "Ajoutez le nom de sa colonne"
    return _problem(
        "colonne_numero_absente",
        None,
        None,
        f"« {export.name} » n’a pas de colonne {names} : {kind.nothing}.",
        f"{remedy} à {kind.section}.{tab.key} dans la configuration, ou téléchargez l’export à nouveau.",
        Severity.BLOCKING,
    )


def repeated_number_column(export: Export, columns: Columns, tab: TabSchema, kind: ImportKind) -> ImportProblem:
    """The problem that several columns may be the dossier's number: nothing can be imported."""
    header = columns.header(columns.fields[tab.key][0])
    return _problem(
        "colonne_numero_en_double",
        columns.header_row,
        None,
        f"« {export.name} », ligne {columns.header_row} : « {header} » est l’en-tête de plusieurs colonnes "
        f"({_letters(columns.repeated[tab.key])}), et rien ne dit laquelle est le numéro. "
        f"{kind.nothing.capitalize()}.",
        "Renommez l’en-tête de celle qui ne l’est pas, puis relancez l’import.",
        Severity.BLOCKING,
    )


def repeated_columns(columns: Columns) -> Iterator[ImportProblem]:
    """The problem of each field whose header is on several columns: the first one is read."""
    for places in columns.repeated.values():
        yield _problem(
            "colonne_en_double",
            columns.header_row,
            None,
            f"Ligne {columns.header_row} de l’export : « {columns.header(places[0])} » est l’en-tête de plusieurs "
            f"colonnes ({_letters(places)}) ; seule la première est lue.",
            "Comparez-les ; si c’est une autre qui convient, renommez l’en-tête de la première et relancez l’import.",
        )


def shared_columns(columns: Columns, tab: TabSchema, kind: ImportKind) -> Iterator[ImportProblem]:
    """The problem of each column that several fields of the tab are read from: it can hardly be all of them."""
    for place in sorted({place for field in columns.shared for place in columns.fields[field]}):
        headers = [f"« {field.header} »" for field in tab.fields if place in columns.fields.get(field.id, ())]
        if len(headers) > 1:
            yield _problem(
                "colonne_partagee",
                columns.header_row,
                None,
                f"Ligne {columns.header_row} de l’export : la colonne {column_letters(place)}, "
                f"« {columns.header(place)} », va à la fois dans {listed(headers)}.",
                f"Si elle ne va que dans l’une, corrigez [{kind.section}] dans la configuration.",
            )


def _letters(columns: Sequence[int]) -> str:
    return listed(map(column_letters, columns))


def unknown_fields(settings: ImportSettings, tab: TabSchema, kind: ImportKind) -> Iterator[ImportProblem]:
    """The problem of each mapped field that the tab does not have."""
    known = [field.id for field in tab.fields]
    for name in sorted(set(settings.fields) - {*known, STATE_FIELD}):
        close = difflib.get_close_matches(name, known, 1, 0.5)
        advice = f"Vouliez-vous dire « {close[0]} » ?" if close else f"Champs connus : {', '.join(known)}."
        key = f"{kind.section}.{name}"
        yield _problem("champ_inconnu", None, None, f"{key} ne correspond à aucun champ de « {tab.name} ».", advice)


def unknown_state(typed: str, rows: Sequence[tuple[str, int]], header: str, kind: ImportKind) -> ImportProblem:
    """The problem of a state that nothing tells of: its rows, each a number and a row, may be drafts or withdrawn."""
    said = f"l’état « {quoted(typed)} » n’est pas connu" if typed else "l’état est vide"
    shown = listed_first([f"{number}, ligne {row}" for number, row in rows], most=_MOST_ROWS)
    left = "La ligne n’est pas importée" if len(rows) == 1 else "Ces lignes ne sont pas importées"
    keys = [f"{kind.section.removesuffix('fields')}{key}_states" for key in ("added", "withdrawn", "ignored")]
    return _problem(
        "etat_inconnu",
        rows[0][1],
        rows[0][0] if len(rows) == 1 else None,
        f"« {header} » de l’export : {said} ({shown}). {left}.",
        f"Pour l’ajouter, mettez cet état dans {keys[0]} ; sinon, dans {keys[1]} ou {keys[2]}. Puis relancez l’import."
        if typed
        else "Complétez l’état dans l’export, ou saisissez la ligne dans le classeur.",
    )


def unreadable_archive(dossier: str, row: int, typed: str) -> ImportProblem:
    """The problem of a row of which nothing tells whether it was archived."""
    return _problem(
        "archivage_illisible",
        row,
        dossier,
        f"Ligne {row} de l’export, dossier {dossier}, « Archivé » : « {quoted(typed)} » n’est ni oui ni non. La ligne "
        "n’est pas importée.",
        "Corrigez cette cellule dans l’export, puis relancez l’import.",
    )


def missing_number(row: int) -> ImportProblem:
    """The problem of a row without dossier number in the export."""
    return _problem(
        "dossier_sans_numero",
        row,
        None,
        f"Ligne {row} de l’export : pas de numéro de dossier. La ligne n’est pas importée.",
        "Complétez le numéro dans l’export, ou saisissez ce dossier dans le classeur.",
    )


def short_row(row: int, cells: int, columns: int) -> ImportProblem:
    """The problem of a row with fewer cells than there are headers."""
    return _problem(
        "dossier_incomplet",
        row,
        None,
        f"Ligne {row} de l’export : {plural(cells, 'cellule')} pour {plural(columns, 'colonne')}, la ligne est sans "
        "doute coupée. Elle n’est pas importée.",
        "Téléchargez l’export à nouveau, ou complétez la ligne.",
    )


def long_row(row: int, cells: int, columns: int) -> ImportProblem:
    """The problem of a row with cells beyond the last header."""
    return _problem(
        "dossier_decale",
        row,
        None,
        f"Ligne {row} de l’export : {plural(cells, 'cellule')} pour {plural(columns, 'colonne')}, un texte y a sans "
        "doute un séparateur de trop, ou une colonne n’a pas d’en-tête. Elle n’est pas importée.",
        "Corrigez la ligne ou l’en-tête, ou téléchargez l’export à nouveau.",
    )


def unusable_number(row: int, typed: str, reason: str) -> ImportProblem:
    """The problem of a number that looks like another, or is a whole text."""
    return _problem(
        "dossier_numero_inutilisable",
        row,
        None,
        f"Ligne {row} de l’export : le numéro « {quoted(revealed(typed))} » {reason}. La ligne n’est pas importée.",
        "Corrigez le numéro dans l’export, ou saisissez ce dossier dans le classeur.",
    )


def no_dossier(row: int, typed: str) -> ImportProblem:
    """The problem of a line that counts or adds up the others, which somebody put under them."""
    return _problem(
        "ligne_sans_dossier",
        row,
        None,
        f"Ligne {row} de l’export : « {quoted(typed)} » n’est pas un numéro, mais un calcul sans doute. La ligne n’est "
        "pas importée.",
        "Si c’en est une vraie, corrigez son numéro dans l’export, ou saisissez-la dans le classeur.",
    )


def duplicate_in_export(dossier: str, first: int, row: int) -> ImportProblem:
    """The problem of a number that the export has several times: only its first row counts."""
    return _problem(
        "dossier_en_double_dans_l_export",
        row,
        dossier,
        f"Le dossier {dossier} est deux fois dans l’export (lignes {first} et {row}) : seule la première compte.",
        "Comparez les deux lignes et gardez la bonne.",
    )


def duplicate_in_sheet(dossier: str, row: int, rows: Sequence[int]) -> ImportProblem:
    """The problem of a number that the tab has several times: it is not compared."""
    return _problem(
        "dossier_en_double",
        row,
        dossier,
        f"Le dossier {dossier} est aux lignes {listed_first([*map(str, rows)])} du classeur : il n’est pas comparé.",
        "Gardez une seule de ces lignes, puis relancez l’import.",
    )


def unreadable_value(dossier: str, row: int, field: Field, typed: str) -> ImportProblem:
    """The problem of an unreadable value, which is kept as text."""
    shown = typed if len(typed) <= 60 else typed[:60] + "…"
    return _problem(
        "valeur_illisible",
        row,
        dossier,
        f"Dossier {dossier}, « {field.header} » : « {shown} » n’est pas compris ; le texte est gardé tel quel.",
        "Corrigez la cellule dans le classeur, en demandant à qui a déposé le dossier si besoin.",
    )


def truncated_text(dossier: str, row: int, field: Field, length: int) -> ImportProblem:
    """The problem of a text that is too long for a cell."""
    return _problem(
        "texte_coupe",
        row,
        dossier,
        f"Dossier {dossier}, « {field.header} » : {number(length)} caractères pour {number(MAX_TEXT)} au plus.",
        "Le texte entier reste dans l’export : gardez ce fichier.",
    )
