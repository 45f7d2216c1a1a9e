"""The files of a copy: new ones, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.french import typographic
from eig_sheets.workbook.base import WorkbookError
from eig_sheets.workbook.xlsx import save


def refuse_taken(path: Path) -> None:
    """Raise WorkbookError when something has that name, or when there is no such folder."""
    if path.exists() or path.is_symlink():
        raise WorkbookError(
            typographic(
                f"{path} existe déjà : rien n’a été écrit. Donnez un autre nom à la copie (option --to), ou déplacez "
                "d’abord ce fichier."
            )
        )
    if not path.parent.is_dir():
        raise WorkbookError(typographic(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option --to."))


def save_new(path: Path, data: bytes) -> None:
    """Make a file that is not there, in one step that a crash cannot cut. Raises WorkbookError, OSError."""
    refuse_taken(path)
    save.replace(path, data)
