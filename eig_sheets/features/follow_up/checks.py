"""Checks of the follow-up: dates that their rule no longer gives, names that resemble a milestone, openings. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import candidate_rows
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.follow_up.milestones import schedules_of
from eig_sheets.features.follow_up.schedule import Made, Period, moved, periods
from eig_sheets.features.follow_up.tabs import DELIVERABLES, FOLLOW_UP
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import plain
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, limited, warning
from eig_sheets.workbook.layout import TabLayout

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


MILESTONES_MOVED: Final = warning(
    "jalons_decales",
    "« {value} » est au {now}, la règle donne aujourd’hui le {expected} ; échéances de ce projet dans ce cas : "
    "{count}.",
    "Corrigez les échéances (« eig-sheets follow-up status » donne celles de la règle), ou laissez-les : le robot "
    "ne les change jamais.",
)
NO_FINAL_REPORT: Final = warning(
    "bilan_absent",
    "L’expérimentation est terminée et rien ne dit dans « {where} » ce que ce projet a ouvert.",
    "Ajoutez dans « {where} » une ligne par livrable, même non ouvert, ou une seule, « Autre », qui dise pourquoi.",
)
UNREADABLE_LINK: Final = warning(
    "lien_illisible",
    "« {value} » en « {header} » n’est pas l’adresse d’une page.",
    "Collez l’adresse complète, telle que le navigateur la montre.",
)
NO_LICENCE: Final = warning(
    "licence_absente",
    "Ce livrable est ouvert et « {header} » est vide.",
    "Choisissez sa licence : sans elle, personne n’a le droit de le réutiliser.",
)

_ADDRESS: Final = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", re.IGNORECASE)


def follow_up_anomalies(reading: Reading, last_run: LastRun, today: date) -> list[Anomaly]:
    """Every anomaly of the follow-up on a day; of the rows that were generated, those whose rule alone moved."""
    return limited([*_moved(reading, last_run.milestones), *_deliverables(reading), *_untold(reading, today)])


def _moved(reading: Reading, made: Made) -> Iterator[Anomaly]:
    """One for each project: the first row that still has its generated date, and how many there are."""
    if FOLLOW_UP not in reading.layout.tabs or not made:
        return
    rows, tab = reading.valid_rows(FOLLOW_UP), reading.layout.tabs[FOLLOW_UP]
    left = rows[rows["statut"].isna()].dropna(subset=["jalon", "echeance"])
    for number, planned in schedules_of(reading).items():
        own = left[left["numero"] == number]
        typed = {plain(name): moment.date() for name, moment in zip(own["jalon"], own["echeance"], strict=True)}
        shifted = moved(planned, made.get(number, {}), typed)
        if shifted:
            names = own["jalon"].map(plain)
            first = own[names == plain(shifted[0].label)].iloc[0]
            yield anomaly(
                MILESTONES_MOVED,
                tab.name,
                tab.cell("echeance", int(first["row"])),
                number,
                count=len(shifted),
                value=first["jalon"],
                now=f"{first['echeance']:%d/%m/%Y}",
                expected=f"{shifted[0].due:%d/%m/%Y}",
            )


def _deliverables(reading: Reading) -> Iterator[Anomaly]:
    """Links that are no address, and open deliverables without a licence."""
    if DELIVERABLES not in reading.layout.tabs:
        return
    tab, rows = reading.layout.tabs[DELIVERABLES], reading.valid_rows(DELIVERABLES)
    wrong = rows["adresse"].map(lambda text: not _ADDRESS.fullmatch(text.strip()), na_action="ignore")
    bare = rows["ouvert"].fillna(value=False).astype(bool) & rows["licence"].isna()
    unread = rows["unreadable"].map(lambda fields: "licence" in fields).astype(bool)
    for code, field, where in (
        (UNREADABLE_LINK, "adresse", wrong.fillna(value=False).astype(bool)),
        (NO_LICENCE, "licence", bare & ~unread),
    ):
        deliverables: Iterator[Any] = rows[where].itertuples()
        yield from (_about(tab, code, row, field) for row in deliverables)


def _about(tab: TabLayout, code: Code, row: Any, field: str) -> Anomaly:
    cell, value = tab.cell(field, int(row.row)), getattr(row, field)
    return anomaly(code, tab.name, cell, row.numero, header=tab.header(field), value=value)


def _untold(reading: Reading, today: date) -> Iterator[Anomaly]:
    """Projects without any deliverable listed once their experimentation is over."""
    if DELIVERABLES not in reading.layout.tabs:
        return
    told, where = reading.valid_rows(DELIVERABLES)["numero"], reading.layout.tabs[DELIVERABLES].name
    tab = reading.layout.tabs["candidatures"]
    for number, row in _ended(reading, today):
        if number not in set(told):
            yield anomaly(NO_FINAL_REPORT, tab.name, tab.cell("numero", row), number, where=where)


def _ended(reading: Reading, today: date) -> Iterator[tuple[str, int]]:
    experimentation, dossiers = reading.campaign.emails.experimentation, reading.valid_rows("candidatures")
    if experimentation is None:
        return
    selected = dossiers[laureates(dossiers)]
    talents = candidate_rows(reading)
    period_of: dict[str, Period] = periods(selected["numero"].tolist(), talents, experimentation)
    for number, row in zip(selected["numero"], selected["row"], strict=True):
        period = period_of.get(number)
        if period is not None and period.ends is not None and today >= period.ends + timedelta(days=1):
            yield number, int(row)


CHECK: Final = Check(follow_up_anomalies, milestone_name_anomalies)
