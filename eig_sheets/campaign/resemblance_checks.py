"""Checks of métiers that resemble an expected one without being it. Pure."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.review_subjects import review_subjects
from eig_sheets.text.metiers import metier_key
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.unreadable_cells import dossier_of

PROFESSION_LOOKS_ALIKE: Final = warning(
    "metier_ressemblant",
    "« {value} » en « {header} » ressemble à « {expected} » sans l’être : il compte comme un autre métier.",
    "Corrigez-le si c’est lui ; sinon, rien à faire.",
    unintended=True,
)

_LIKE: Final = 0.85
_IN_USE: Final = 3
"""A métier that this many rows name is meant, though the configuration does not list it."""


def metier_anomalies(reading: Reading) -> list[Anomaly]:
    """One for each cell that says a métier which the call does not have, and which is a slip away from one."""
    profiles = reading.campaign.words.profiles
    fields = ((subject.tab, subject.profiles) for subject in review_subjects(reading.campaign))
    asked = [(reading.tables[tab_id], field) for tab_id, field in fields if tab_id in reading.tables]
    keys = Counter(metier_key(metier, profiles) for table, field in asked for _, metier in _typed(table, field))
    meant = {key for key, count in keys.items() if count >= _IN_USE}
    known = {metier_key(metier): metier for metier in profiles} | {key: key for key in meant}
    return limited(similar for table, field in asked for similar in _metiers_alike(table, field, profiles, known))


def _metiers_alike(table: Table, field: str, profiles: tuple[str, ...], known: dict[str, str]) -> Iterator[Anomaly]:
    layout = table.layout
    for row, typed in _typed(table, field):
        key = metier_key(typed, profiles)
        like = () if key in known else difflib.get_close_matches(key, known, 1, _LIKE)
        for closest in like:
            cell, header, about = layout.cell(field, row), layout.header(field), dossier_of(table.frame, row)
            yield anomaly(
                PROFESSION_LOOKS_ALIKE, layout.name, cell, about, header=header, value=typed, expected=known[closest]
            )


def _typed(table: Table, field: str) -> Iterator[tuple[int, str]]:
    """Each métier that rows say, with the row."""
    for row, said in zip(table.frame["row"].tolist(), table.frame[field].tolist(), strict=True):
        yield from ((row, metier) for metier in ((said,) if isinstance(said, str) else said or ()))
