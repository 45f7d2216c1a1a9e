"""Checks of the names of milestones that resemble a planned one without being it. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.features.follow_up.milestones import schedules_of
from eig_sheets.features.follow_up.tabs import FOLLOW_UP
from eig_sheets.text.french import plain
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.codes import warning

MILESTONE_LOOKS_ALIKE: Final = warning(
    "jalon_ressemblant",
    "« {value} » en « {header} » ressemble à « {expected} », prévu pour ce projet et qu’aucune ligne ne nomme.",
    "Rendez-lui ce nom si c’est lui : « follow-up generate » l’ajouterait de nouveau ; sinon, rien à faire.",
    unintended=True,
)

_LIKE: Final = 0.85


def milestone_name_anomalies(reading: Reading) -> list[Anomaly]:
    """One for each row: no rule checks its date, and `follow-up generate` would add the milestone again."""
    return limited(_milestones_alike(reading)) if FOLLOW_UP in reading.layout.tabs else []


def _milestones_alike(reading: Reading) -> Iterator[Anomaly]:
    tab, schedules = reading.layout.tabs[FOLLOW_UP], schedules_of(reading)
    rows = reading.valid_rows(FOLLOW_UP).dropna(subset=["numero", "jalon"])
    for number, group in rows.groupby("numero", sort=False):
        planned = {plain(milestone.label): milestone.label for milestone in schedules.get(str(number), ())}
        named = {plain(name) for name in group["jalon"]}
        left = [name for name in planned if name not in named]
        records: list[Any] = group.to_dict("records")
        for row in records if left else ():
            like = None if plain(row["jalon"]) in planned else _closest(plain(row["jalon"]), left)
            if like is not None:
                cell, words = tab.cell("jalon", int(row["row"])), {"value": row["jalon"], "expected": planned[like]}
                yield anomaly(MILESTONE_LOOKS_ALIKE, tab.name, cell, str(number), header=tab.header("jalon"), **words)


def _closest(name: str, labels: Sequence[str]) -> str | None:
    within = (label for label in labels if f" {label} " in f" {name} ")
    return next(within, None) or next(iter(difflib.get_close_matches(name, labels, 1, _LIKE)), None)
