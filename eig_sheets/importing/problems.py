"""Problems of an import, each with a French message and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eig_sheets.config import ImportSettings
from eig_sheets.importing.columns import closest_header
from eig_sheets.importing.reading import Export
from eig_sheets.text.french import listed, listed_first, number, typographic
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.fields import Field, TabSchema
from eig_sheets.workbook.model.cells import MAX_TEXT


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


def no_number_column(export: Export, settings: ImportSettings, tab: TabSchema) -> ImportProblem:
    """The problem that no sheet of the export has a column for the dossier's number: nothing can be imported."""
    wanted = settings.fields.get(tab.key, ())
    names = listed((f"« {name} »" for name in wanted), "ou")
    close = closest_header(export, wanted)
    remedy = f"La colonne « {close} » lui ressemble : ajoutez ce nom" if close else "Ajoutez le nom de sa colonne"
    return _problem(
        "colonne_numero_absente",
        None,
        None,
        f"« {export.name} » n’a pas de colonne {names} : aucun dossier n’est importé.",
        f"{remedy} à import.fields.{tab.key} dans la configuration, ou téléchargez l’export à nouveau.",
        Severity.BLOCKING,
    )


def unknown_fields(settings: ImportSettings, tab: TabSchema) -> Iterator[ImportProblem]:
    """The problem of each mapped field that `Candidatures` does not have."""
    known = [field.id for field in tab.fields]
    for name in sorted(set(settings.fields) - set(known)):
        close = difflib.get_close_matches(name, known, 1, 0.5)
        advice = f"Vouliez-vous dire « {close[0]} » ?" if close else f"Champs connus : {', '.join(known)}."
        yield _problem(
            "champ_inconnu", None, None, f"import.fields.{name} ne correspond à aucun champ de « {tab.name} ».", advice
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
        "Corrigez la cellule dans le classeur, avec le porteur si besoin.",
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
