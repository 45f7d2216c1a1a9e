"""Writes the open data of a call into a folder, and never replaces a file that people made or changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eig_sheets.features.openness.package import PACKAGE, digest, recorded_digests
from eig_sheets.features.openness.projects import UnpublishableError
from eig_sheets.storage import permissions, regular_files
from eig_sheets.text.french import typographic, unusable


def write_package(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files, each atomically, the Data Package last; none when one of them may not be replaced.

    Raises UnpublishableError.
    """
    try:
        permissions.make_folder(folder)
        _refuse_taken(folder, files)
        for name in (*(name for name in files if name != PACKAGE), PACKAGE):
            permissions.write(folder / name, files[name])
    except OSError as error:
        sentence = "Rien ne peut être publié dans {path} ({cause}). Donnez un autre dossier (option --to)."
        raise UnpublishableError(unusable(sentence, folder, error)) from None


def _refuse_taken(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to replace what is neither what the Data Package there says, nor what is about to be written."""
    package = folder / PACKAGE
    recorded = recorded_digests(regular_files.read_bytes(package)) if _is_there(package) else {}
    for name, data in files.items():
        path = folder / name
        if _is_there(path) and (
            path.is_symlink() or digest(regular_files.read_bytes(path)) not in (recorded.get(name), digest(data))
        ):
            raise _error(
                f"{path} existe déjà et n’est pas resté tel que l’export l’a écrit : rien n’a été écrit. Donnez un "
                "autre dossier (option --to), ou déplacez d’abord ce fichier."
            )


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _error(text: str) -> UnpublishableError:
    return UnpublishableError(typographic(text))
