"""Writes a report to a file, and never replaces one that people made or changed."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.report.checksum import is_unchanged
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic, why


class ReportError(Exception):
    """The report cannot be written there; the text is French and names the remedy."""


def refuse_taken(path: Path) -> None:
    """Raise ReportError unless the file is new, or one that we made and nobody changed."""
    if not path.parent.is_dir():
        raise _report_error(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option --to.")
    try:
        ours = not path.is_symlink() and path.is_file() and is_unchanged(regular_files.read_bytes(path))
    except OSError as error:
        raise _report_error(f"{path} ne peut pas être lu ({why(error)}). Donnez un autre nom (option --to).") from None
    if not ours and (path.exists() or path.is_symlink()):
        raise _report_error(
            f"{path} existe déjà et n’est pas un rapport resté tel quel : rien n’a été écrit. Donnez un autre nom "
            "(option --to), ou déplacez d’abord ce fichier."
        )


def write(path: Path, data: bytes) -> None:
    """Write the file atomically. Raises ReportError."""
    refuse_taken(path)
    try:
        permissions.write(path, data)
    except OSError as error:
        raise _report_error(
            f"{path} n’a pas pu être écrit ({why(error)}). Donnez un autre nom (option --to)."
        ) from None


def _report_error(text: str) -> ReportError:
    return ReportError(typographic(text))
