"""The settings that officers may change: the value of each that is in force, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from eig_sheets.campaign.overrides import Origin, Overrides, settings_of, value_of
from eig_sheets.config import PACKAGED_NAME, Campaign, packaged
from eig_sheets.text.french import listed, typographic
from eig_sheets.workbook.reglages import SettingInForce

_DEFAULT: Final = "valeur par défaut du programme"


def settings_in_force(overrides: Overrides) -> tuple[SettingInForce, ...]:
    """Every setting, in the order of the drop-down of `Paramètres`."""
    campaign, origins = overrides.campaign, overrides.origins
    return tuple(
        SettingInForce(
            setting.label,
            typographic(setting.write(value_of(campaign, key))),
            typographic(str(origins[key])) if key in origins else _file(campaign, key),
        )
        for key, setting in settings_of(campaign).items()
    )


def _file(campaign: Campaign, key: str) -> str:
    """The configuration file of a value, by a name that is the same on every machine."""
    file = campaign.provenance.file_of(key)
    if file is None:
        return _DEFAULT
    if file == packaged().absolute():
        return PACKAGED_NAME
    return file.name if file == campaign.path else "/".join(file.parts[-3:])


def settings_sentence(origins: Mapping[str, Origin]) -> str:
    """A sentence on the settings that come from the tab; '' when none does."""
    settings = [f"{origin.label} {origin.value} (configuration : {origin.configured})" for origin in origins.values()]
    return f"Réglages de Paramètres : {listed(settings)}." if settings else ""
