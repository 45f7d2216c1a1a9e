"""Whom a call asks whether they accept: rows of a tab, the e-mails that ask, and what a missing yes is. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.config import Campaign
from eig_sheets.workbook.anomalies import Code
from eig_sheets.workbook.fields import Field, internal, yes_no
from eig_sheets.workbook.schema import AddedField

FIELD: Final = "acceptation"


class Words(NamedTuple):
    """What `Accueil` says of those who have not answered, of those who decline (one, several), and what to do then."""

    awaited: tuple[str, str]
    declines: tuple[str, str]
    remedy: str


@dataclass(frozen=True, slots=True, eq=False)
class Asked(AddedField):
    """Rows of a tab that are asked whether they accept, and the column that says so.

    `key`: the field that names a row. `templates`: the e-mails that ask. `rows`: those of the tab that may answer.
    `since`: from when each of them is announced; None for a day that nothing says. `code`: the anomaly of one that is,
    without a yes. `refusal_is_over`: a no is nothing wrong. `is_dossier`: the key is a number that anomalies show.
    """

    key: str
    templates: tuple[str, ...]
    rows: Callable[[Reading, pd.DataFrame], pd.DataFrame]
    since: Callable[[Reading, pd.DataFrame], list[date | None]]
    code: Code
    words: Words
    refusal_is_over: bool = False
    is_dossier: bool = True


def acceptance(who: str) -> Field:
    """The column `Acceptation`; `who` accepts, in French."""
    note = f"oui : {who} accepte ; non : {who} décline. Vide : pas encore de réponse."
    return internal(yes_no(FIELD, "Acceptation", note))[0]


def asked_in(campaign: Campaign) -> list[Asked]:
    """All whom a call asks."""
    return [*campaign.features.parts(Asked)]
