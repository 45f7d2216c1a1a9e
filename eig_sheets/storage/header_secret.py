"""A secret that goes into an HTTP header, read from a file that its owner alone can read."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.storage import regular_files
from eig_sheets.storage.permissions import is_readable_by_others
from eig_sheets.text.french import why


class SecretError(Exception):
    """A file gives no secret that can be sent. The message is in French and follows the name of the file."""


def secret_in(path: Path, the: str, a: str) -> str:
    """The secret that a file holds. Raises SecretError.

    `the` and `a` name it in French, with their articles: « la clé » and « une clé d’API ».
    """
    try:
        if is_readable_by_others(path):
            reason = f"peut être lu par d’autres utilisateurs de cette machine : tapez « chmod 600 », et changez {the}"
        else:
            secret = regular_files.read_text(path, "utf-8-sig").strip()
            if secret and fits_in_header(secret):
                return secret
            reason = f"contient autre chose qu’{a}, qui est d’un seul tenant" if secret else "est vide"
    except OSError as error:
        reason = f"ne peut pas être lu ({why(error)})"
    except UnicodeDecodeError:  # its message holds the file: nothing of it is raised further
        reason = "n’est pas un texte"
    raise SecretError(reason)


def fits_in_header(secret: str) -> bool:
    """Whether a secret can be sent: visible ASCII characters, in one piece."""
    return secret.isascii() and secret.isprintable() and " " not in secret
