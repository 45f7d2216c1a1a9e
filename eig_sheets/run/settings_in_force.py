"""The settings that officers may change: the value of each in force, where it comes from, whether it is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.campaign.overrides import Origin, Overrides, settings_of, value_of
from eig_sheets.config import PACKAGED_NAME, Campaign, packaged
from eig_sheets.text.french import day, listed, typographic
from eig_sheets.workbook.reglages import SettingInForce

_DEFAULT: Final = "valeur par défaut du programme"


def settings_in_force(overrides: Overrides, recorded: Iterable[RecordedRule] = ()) -> tuple[SettingInForce, ...]:
    """Every setting, in the order of the drop-down of `Paramètres`; `recorded`: the rules that are."""
    campaign, origins = overrides.campaign, overrides.origins
    since = {rule.name: rule.since for rule in recorded}
    return tuple(
        SettingInForce(
            setting.label,
            typographic(setting.write(value_of(campaign, key))),
            typographic(str(origins[key])) if key in origins else _file(campaign, key),
            _still_open(since.get(setting.label)),
        )
        for key, setting in settings_of(campaign).items()
    )


def _still_open(since: datetime | None) -> str:
    return typographic(f"Non : enregistré le {day(since)} ; « Réouverture » pour en changer.") if since else "Oui"


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
