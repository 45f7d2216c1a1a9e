"""`[requests]` in the configuration: its errors, and the folder of the files that officers ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from eig_sheets.config import Campaign
from eig_sheets.config.sections import Section, WrittenFolder, beside
from eig_sheets.features.requests.settings import RequestSettings
from eig_sheets.text.french import plain


def _errors(campaign: Campaign) -> Iterator[str]:
    """A French sentence for each action that is there twice, or that nobody may ask for."""
    settings = campaign.section(RequestSettings)
    for action, times in Counter(settings.actions or ()).items():
        if times > 1:
            yield f"requests.actions donne deux fois « {action} » : gardez-en un"
    for action, names in settings.by.items():
        if not any(map(plain, names)):
            yield f"requests.by.{action} ne nomme personne : donnez des noms, ou retirez cette clé"


SECTION: Final = Section(key="requests", model=RequestSettings, errors=_errors, packaged=beside(__file__))
FILES: Final = WrittenFolder(lambda campaign: campaign.section(RequestSettings).folder)
