"""Secrets: where they are, never what they are. A file of one is read only when its owner alone may."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eig_sheets.french import typographic, why
from eig_sheets.mail.outlets.base import OutletError

_OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class Password:
    """Where a password is: the name of an environment variable, or else a file of one line."""

    variable: str = ""
    file: Path | None = None

    def read(self, environment: Mapping[str, str]) -> str:
        """The password. Raises OutletError, which never shows it."""
        if self.variable:
            found = environment.get(self.variable, "")
            missing = f"La variable {self.variable}, qui doit contenir le mot de passe, est vide : remplissez-la."
        elif self.file:
            found = _first_line(private(self.file))
            missing = f"Le fichier {self.file}, qui doit contenir le mot de passe, est vide : remplissez-le."
        else:
            found, missing = "", "Indiquez la variable ou le fichier qui contient le mot de passe."
        if not found:
            raise OutletError(typographic(missing))
        return found


def private(path: Path) -> bytes:
    """What a file of a secret holds. Raises OutletError when it cannot be read, or when others may read it too."""
    try:
        if os.name != "nt" and path.stat().st_mode & _OTHERS:
            reason = (
                f"{path} peut être lu par d’autres utilisateurs de cette machine : tapez "
                f"« chmod 600 {shlex.quote(str(path))} », et changez ce secret si quelqu’un a pu le copier."
            )
        else:
            return path.read_bytes()
    except OSError as error:
        reason = f"Le fichier {path} ne peut pas être lu ({why(error)}) : corrigez son nom ou ses droits."
    raise OutletError(typographic(reason))


def _first_line(content: bytes) -> str:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # not raised further: it carries the whole file
        lines = []
    return lines[0] if lines else ""
