"""The connection that a configuration asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.config.demarche import DemarcheSettings
from eig_sheets.demarche.client import Client
from eig_sheets.demarche.errors import (
    TOKEN_FILE_VARIABLE,
    TOKEN_VARIABLE,
    missing_form,
    missing_section,
    missing_token,
    unusable_token,
)
from eig_sheets.storage.header_secret import SecretError, fits_in_header, secret_in
from eig_sheets.workbook.backoff import Backoff

_HURRIED: Final = Backoff(base=0.2, cap=2, budget=5)


def settings_of(campaign: Campaign, form: str = "") -> DemarcheSettings:
    """The section `[demarche]`, or that of another form. Raises DemarcheError without it."""
    if campaign.demarche is None:
        raise missing_section(campaign.to_edit)
    settings = campaign.demarche.of_form(form)
    if settings is None:
        raise missing_form(campaign.to_edit, form)
    return settings


def connect(campaign: Campaign, environment: Mapping[str, str], *, hurried: bool = False, form: str = "") -> Client:
    """A client of the service, with the token of a form; nothing is asked yet. Raises DemarcheError.

    `hurried`: it gives up after seconds on a service that does not answer.
    """
    settings = settings_of(campaign, form)
    file = campaign.path_of(settings.token_file) if settings.token_file else None
    return Client(settings.host, token_of(environment, file, form), _HURRIED if hurried else None)


def token_of(environment: Mapping[str, str], configured: Path | None, form: str = "") -> str:
    """The token: of the file that the environment names, of the environment, else of the configured file.

    `form`: that of another démarche, whose own variables end in its name (`…_TOKEN_TALENTS`) and come
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
