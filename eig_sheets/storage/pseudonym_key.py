"""The secret key of a workbook's pseudonyms, in a file of the state folder that its owner alone reads.

It is apart from what bears the pseudonyms: without it, they are nobody's.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from eig_sheets.storage import permissions, regular_files
from eig_sheets.storage.state import State, StateError
from eig_sheets.text.french import unusable

_BYTES: Final = 32
_UNUSABLE: Final = (
    "La clé des pseudonymes {path} est inutilisable ({cause}). Rétablissez ce fichier d’une sauvegarde ; à défaut, "
    "déplacez-le ailleurs : l’historique d’avant ne dira plus de qui est une note."
)


class PseudonymKeyFile:
    """The key of one workbook, in `folder`. `location` is the workbook's."""

    def __init__(self, folder: Path, location: str) -> None:
        self._path = folder / f"pseudonymes{State(folder, location).file_ending}"

    def load(self) -> bytes:
        """The key; a new one, not kept yet, when there is none. Raises StateError."""
        return self.known() or secrets.token_bytes(_BYTES)

    def keep(self, key: bytes) -> None:
        """Keep that key, unless there is one. Raises StateError."""
        if self.known():
            return
        try:
            permissions.make_folder(self._path.parent)
            permissions.write(self._path, f'"{key.hex()}"'.encode())
        except OSError as error:
            raise self._error(error) from None

    def known(self) -> bytes:
        """The key; b'' when there is none. Raises StateError."""
        try:
            key = bytes.fromhex(regular_files.read_text(self._path).strip().strip('"'))
        except FileNotFoundError:
            return b""
        except (OSError, ValueError) as error:
            raise self._error(error) from None
        if len(key) != _BYTES:
            raise self._error("sa longueur n’est pas celle d’une clé")
        return key

    def _error(self, cause: Exception | str) -> StateError:
        return StateError(unusable(_UNUSABLE, self._path, cause))
