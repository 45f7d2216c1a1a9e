"""The token of Démarche Numérique: where it is read, and what is no token."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eig_sheets.demarche.errors import TOKEN_FILE_VARIABLE, TOKEN_VARIABLE, missing_token, unusable_token
from eig_sheets.storage import regular_files
from eig_sheets.storage.permissions import is_readable_by_others
from eig_sheets.text.french import why


def token_of(environment: Mapping[str, str], configured: Path | None) -> str:
    """The token: of the file that the environment names, of the environment, else of the configured file.

    Raises DemarcheError; no message holds the token.
    """
    if path := environment.get(TOKEN_FILE_VARIABLE):
        return _token_in(Path(path))
    if token := environment.get(TOKEN_VARIABLE, "").strip():
        if _is_header(token):
            return token
        raise unusable_token(TOKEN_VARIABLE, "contient autre chose qu’un jeton, qui est d’un seul tenant")
    if configured is None:
        raise missing_token()
    return _token_in(configured)


def _token_in(path: Path) -> str:
    try:
        if is_readable_by_others(path):
            reason = (
                "peut être lu par d’autres utilisateurs de cette machine : tapez « chmod 600 », et changez le jeton"
            )
        else:
            token = regular_files.read_text(path, "utf-8-sig").strip()
            if token and _is_header(token):
                return token
            reason = "contient autre chose qu’un jeton, qui est d’un seul tenant" if token else "est vide"
    except OSError as error:
        reason = f"ne peut pas être lu ({why(error)})"
    except UnicodeDecodeError:
        reason = "n’est pas un texte"
    raise unusable_token(str(path), reason)


def _is_header(token: str) -> bool:
    """Whether a token can be sent: visible ASCII characters, in one piece."""
    return token.isascii() and token.isprintable() and " " not in token
