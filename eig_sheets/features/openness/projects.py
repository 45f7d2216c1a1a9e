"""The projects that are published: selected, that everybody may know, and nothing of them that is personal. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.dependencies import Act, FeatureAct, Pairs, columns_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Revealed
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.openness.personal_texts import people_named, personal_data_in
from eig_sheets.text.french import day, plural, typographic
from eig_sheets.workbook.cells import written

Record = dict[str, Any]

FIELDS: Final = {
    "dossier": "numero",
    "projet": "projet",
    "administration": "administration",
    "ministere": "ministere",
    "profils": "profils",
    "nombre_eig": "nombre_eig",
    "resume": "resume",
}
"""What is published of a project, and its field of `Candidatures`: what the programme itself publishes of each
promotion, the number of the dossier and that of EIG. Nothing of people, money, notes, ranks or comments."""

_TAB: Final = "candidatures"


def _columns(campaign: Campaign) -> Pairs:
    yield from columns_of(campaign, Act.RANKING).items()
    yield _TAB, ("administration", "ministere", "resume", "profils", "nombre_eig")
    yield "livrables", ("numero",)


PUBLISHING: Final = FeatureAct(_columns)
"""To publish the selected projects."""


class UnpublishableError(Exception):
    """Nothing can be published now. The text is French and names the remedy."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published, and what is not: French sentences (`notices`) for who publishes.

    `records`: one a project, in the order of their numbers, with `appel` then FIELDS.
    """

    records: tuple[Record, ...]
    notices: tuple[str, ...]


def publication(reading: Reading, today: date) -> Publication:
    """What may be published on that day. Raises UnpublishableError."""
    _require_known(reading.campaign, today)
    dossiers = reading.valid_rows(_TAB)
    selected = dossiers[laureates(dossiers)].sort_values("numero")
    if selected.empty:
        raise UnpublishableError(
            typographic("Aucun projet n’est « Lauréat » dans Candidatures : il n’y a rien à publier.")
        )
    return _without_personal_data(reading, selected)


def _require_known(campaign: Campaign, today: date) -> None:
    """Raise UnpublishableError before the day on which everybody may know the laureates."""
    revealed = {part.key: part.day(campaign) for part in campaign.features.parts(Revealed)}
    known = {"emails.announced": campaign.emails.announced, **revealed}
    days = [day for day in known.values() if day is not None]
    if not days:
        raise UnpublishableError(
            "Rien ne dit quand les projets lauréats peuvent être connus de tous : donnez "
            f"{', ou '.join([*revealed, 'emails.announced'])}, dans la configuration."
        )
    if today < max(days):
        raise UnpublishableError(
            f"Les projets lauréats ne peuvent pas être connus de tous avant le {day(max(days))} ({', '.join(known)})."
        )


def _without_personal_data(reading: Reading, selected: pd.DataFrame) -> Publication:
    people, notices = people_named(reading), [*_left_out(reading)]
    records: list[Record] = []
    row: Any
    for row in selected.itertuples():
        record: Record = {"appel": reading.campaign.campaign.id}
        for name, field in FIELDS.items():
            value = _published(getattr(row, field, None))
            reason = personal_data_in(value, people) if isinstance(value, str) else ""
            if reason:
                where = reading.layout_of(_TAB).reference(field, int(row.row))
                notices.append(
                    typographic(f"{where} n’est pas publié : on y lit {reason}. Corrigez ce texte, puis relancez.")
                )
            record[name] = None if reason else value
        records.append(record)
    return Publication(tuple(records), tuple(notices))


def _published(value: Any) -> Any:
    if isinstance(value, tuple):  # a list of words
        return "; ".join(value) or None
    return written(value)


def _left_out(reading: Reading) -> Iterator[str]:
    """Dossiers that somebody decided to select, in rows that an anomaly leaves out."""
    chosen = reading.tables[_TAB].frame["decision"].isin([LAUREATE])
    valid = reading.valid_rows(_TAB)
    missing = int(chosen.sum()) - int(laureates(valid).sum())
    if missing:
        yield typographic(
            f"{plural(missing, 'dossier « Lauréat » n’est pas publié', 'dossiers « Lauréat » ne sont pas publiés')} : "
            "une anomalie l’empêche, que « eig-sheets check » montre."
        )
