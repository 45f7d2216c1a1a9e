"""The connection that a configuration asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.config.demarche import DemarcheSettings
from eig_sheets.demarche.client import Client
from eig_sheets.demarche.errors import missing_form, missing_section
from eig_sheets.demarche.token import token_of
from eig_sheets.workbook.backoff import Backoff

_HURRIED: Final = Backoff(base=0.2, cap=2, budget=5)


def settings_of(campaign: Campaign, form: str = "") -> DemarcheSettings:
    """The section `[demarche]`, or that of another form (`talents`, `wishes`). Raises DemarcheError without it."""
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
