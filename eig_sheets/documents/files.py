"""Writes a report to a file, and never replaces one that people made or changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eig_sheets.documents.checksum import is_unchanged
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic, unusable, why


class ReportError(Exception):
    """The report cannot be written there; the text is French and names the remedy."""


def refuse_taken(path: Path, option: str = "--to") -> None:
    """Raise ReportError unless the file is new, or one that we made and nobody changed; `option` named it."""
    if not path.parent.is_dir():
        raise _report_error(f"Le dossier {path.parent} n’existe pas. Créez-le, ou corrigez l’option {option}.")
    try:
        ours = not path.is_symlink() and path.is_file() and is_unchanged(regular_files.read_bytes(path))
    except OSError as error:
        raise _report_error(
            f"{path} ne peut pas être lu ({why(error)}). Donnez un autre nom (option {option})."
        ) from None
    if not ours and (path.exists() or path.is_symlink()):
        raise _report_error(
            f"{path} existe déjà et n’est pas un rapport resté tel quel : rien n’a été écrit. Donnez un autre nom "
            f"(option {option}), ou déplacez d’abord ce fichier."
        )


def write(path: Path, data: bytes, option: str = "--to") -> None:
    """Write the file atomically. Raises ReportError."""
    refuse_taken(path, option)
    try:
        permissions.write(path, data)
    except OSError as error:
        sentence = f"{{path}} n’a pas pu être écrit ({{cause}}). Donnez un autre nom (option {option})."
        raise ReportError(unusable(sentence, path, error)) from None


def write_all(folder: Path, files: Mapping[str, bytes], option: str) -> None:
    """Write files into a folder, made when it is missing, each atomically; none when one of them may not be replaced.

    Raises ReportError.
    """
    try:
        permissions.make_folder(folder)
    except OSError as error:
        sentence = f"{{path}} n’a pas pu être créé ({{cause}}). Donnez un autre dossier (option {option})."
        raise ReportError(unusable(sentence, folder, error)) from None
    for name in files:
        refuse_taken(folder / name, option)
    for name, data in files.items():
        write(folder / name, data, option)


def _report_error(text: str) -> ReportError:
    return ReportError(typographic(text))
