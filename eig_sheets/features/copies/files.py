"""Saves the files of a copy: each is created whole, and never replaces an existing file."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.storage import atomic_write
from eig_sheets.text.french import typographic
from eig_sheets.workbook.model.base import WorkbookError
from eig_sheets.workbook.xlsx import error_messages


def refuse_taken(path: Path) -> None:
    """Raise WorkbookError when the path exists, or its folder does not."""
    if path.exists() or path.is_symlink():
        raise _exists_error(path)
    if not path.parent.is_dir():
        raise WorkbookError(typographic(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option --to."))


def _exists_error(path: Path) -> WorkbookError:
    return WorkbookError(
        typographic(
            f"{path} existe déjà : rien n’a été écrit. Donnez un autre nom à la copie (option --to), ou déplacez "
            "d’abord ce fichier."
        )
    )


def save_new(copy: Path, data: bytes, beside: Path, texts: bytes) -> None:
    """Create the copy, and the file beside it unless `texts` is empty, each atomically.

    The copy comes last: it never exists without the texts that it names. Raises WorkbookError.
    """
    refuse_taken(copy)
    if texts:
        refuse_taken(beside)
        _create(beside, texts)
    try:
        _create(copy, data)
    except WorkbookError:
        if texts:
            beside.unlink(missing_ok=True)
        raise


def _create(path: Path, data: bytes) -> None:
    try:
        atomic_write.create_file(path, data)
    except FileExistsError:  # created by somebody else meanwhile
        raise _exists_error(path) from None
    except OSError as error:
        raise error_messages.os_error(path, error) from None
