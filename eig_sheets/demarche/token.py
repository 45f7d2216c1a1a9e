"""The token of Démarche Numérique: where it is read, and what is no token."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eig_sheets.demarche.errors import TOKEN_FILE_VARIABLE, TOKEN_VARIABLE, missing_token, unusable_token
from eig_sheets.storage.header_secret import SecretError, fits_in_header, secret_in


def token_of(environment: Mapping[str, str], configured: Path | None, form: str = "") -> str:
    """The token: of the file that the environment names, of the environment, else of the configured file.

    `form`: that of another démarche (`talents`), whose own variables end in its name (`…_TOKEN_TALENTS`) and come
    before the others. Raises DemarcheError; no message holds the token.
    """
    for ending in dict.fromkeys((f"_{form.upper()}" if form else "", "")):
        if path := environment.get(TOKEN_FILE_VARIABLE + ending):
            return _token_in(Path(path))
        if token := environment.get(TOKEN_VARIABLE + ending, "").strip():
            if fits_in_header(token):
                return token
            raise unusable_token(TOKEN_VARIABLE + ending, "contient autre chose qu’un jeton, qui est d’un seul tenant")
    if configured is None:
        raise missing_token()
    return _token_in(configured)


def _token_in(path: Path) -> str:
    try:
        return secret_in(path, "le jeton", "un jeton")
    except SecretError as error:
        reason = str(error)
    raise unusable_token(str(path), reason)
