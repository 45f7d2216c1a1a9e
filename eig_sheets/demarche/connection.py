"""The connection that a configuration asks for."""

from __future__ import annotations

from collections.abc import Mapping

from eig_sheets.config import Campaign
from eig_sheets.config.demarche import DemarcheSettings
from eig_sheets.demarche.client import Client
from eig_sheets.demarche.errors import missing_section
from eig_sheets.demarche.token import token_of


def settings_of(campaign: Campaign) -> DemarcheSettings:
    """The section `[demarche]`. Raises DemarcheError when there is none."""
    if campaign.demarche is None:
        raise missing_section(str(campaign.path))
    return campaign.demarche


def connect(campaign: Campaign, environment: Mapping[str, str]) -> Client:
    """A client of the service, with the token; nothing is asked yet. Raises DemarcheError."""
    settings = settings_of(campaign)
    file = campaign.resolve(settings.token_file) if settings.token_file else None
    return Client(settings.host, token_of(environment, file))
