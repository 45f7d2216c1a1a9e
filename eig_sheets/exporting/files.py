"""The files of a copy: new ones, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.storage import atomic_write
from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.base import WorkbookError
from eig_sheets.workbook.xlsx import error_messages


def refuse_taken(path: Path) -> None:
    """Raise WorkbookError when something has that name, or when there is no such folder."""
    if path.exists() or path.is_symlink():
        raise _taken(path)
    if not path.parent.is_dir():
        raise WorkbookError(typographic(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option --to."))


def _taken(path: Path) -> WorkbookError:
    return WorkbookError(
        typographic(
            f"{path} existe déjà : rien n’a été écrit. Donnez un autre nom à la copie (option --to), ou déplacez "
            "d’abord ce fichier."
        )
    )


def save_new(copy: Path, data: bytes, beside: Path, texts: bytes) -> None:
    """Make the copy, and the file beside it unless `texts` is empty, each in one step that a crash cannot cut.

    The copy comes last: it is never there without the texts that it names. Raises WorkbookError.
    """
    refuse_taken(copy)
    if texts:
        refuse_taken(beside)
        _make(beside, texts)
    try:
        _make(copy, data)
    except WorkbookError:
        if texts:
            beside.unlink(missing_ok=True)
        raise


def _make(path: Path, data: bytes) -> None:
    try:
        atomic_write.create_file(path, data)
    except FileExistsError:  # made by somebody else meanwhile
        raise _taken(path) from None
    except OSError as error:
        raise error_messages.os_error(path, error) from None
