"""Checks of dossiers: eligibility, SIRET, métiers, states on the platform, refusals without ways of appeal. Pure."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import EligibilityCode, EligibilityStatus
from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.subjects import review_subjects
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT
from eig_sheets.domain.frames import named_rows
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import may_receive
from eig_sheets.text.french import listed, plain, plural
from eig_sheets.text.names import metier_key
from eig_sheets.text.numbers import siret_fault
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, limited, warning
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import quoted, value_and_limit
from eig_sheets.workbook.unreadable_cells import dossier_of

LATE: Final = warning(
    "depot_hors_delai",
    "Déposé le {value}, après la clôture ({limit}) : le dossier est inéligible.",
    "Vérifiez la date de réception.",
)
EARLY: Final = warning(
    "depot_avant_ouverture",
    "Déposé le {value}, avant l’ouverture ({limit}) : le dossier est inéligible.",
    "Vérifiez la date de réception.",
)
EIG_NUMBER_REFUSED: Final = warning(
    "nombre_eig_refuse",
    "Nombre d’EIG demandés : {value}, alors que l’appel accepte {limit} ; le dossier est inéligible.",
    "Vérifiez le nombre avec le porteur.",
)
DOUBTFUL_SIRET: Final = warning(
    "siret_douteux",
    "« {header} » : « {value} » {reason}.",
    "Vérifiez-le avec le contact gestion, ou videz la cellule : les annexes diront qu’il est à compléter.",
    unintended=True,
)

_CODES: Final = {
    EligibilityCode.TOO_LATE: LATE,
    EligibilityCode.TOO_EARLY: EARLY,
    EligibilityCode.EIG_NUMBER_REFUSED: EIG_NUMBER_REFUSED,
}


def broken_rules(reading: Reading, dossiers: pd.DataFrame, assessed: pd.DataFrame) -> Iterator[Anomaly]:
    """The broken rules that make a dossier ineligible, at the cell that breaks each; blanks are told elsewhere."""
    limits = _limits(reading.campaign)
    broken = assessed["status"] == EligibilityStatus.INELIGIBLE
    for dossier, reasons in zip(records(dossiers[broken]), assessed.loc[broken, "reasons"], strict=True):
        for reason, field in reasons:
            if code := _CODES.get(reason):
                yield about(reading, code, dossier, field, *value_and_limit(dossier[field], limits[reason]))


def _limits(campaign: Campaign) -> Mapping[str, datetime | str]:
    call = campaign.campaign
    return {
        EligibilityCode.TOO_LATE: call.last_moment,
        EligibilityCode.TOO_EARLY: call.first_moment,
        EligibilityCode.EIG_NUMBER_REFUSED: listed(map(str, campaign.eligibility.eig_numbers), "ou"),
    }


def siret_anomalies(reading: Reading, dossiers: pd.DataFrame) -> Iterator[Anomaly]:
    """One anomaly for each SIRET that cannot be one."""
    tab = reading.layout.tabs["candidatures"]
    filled = dossiers.dropna(subset="siret")
    for numero, row, typed in zip(filled["numero"], filled["row"], filled["siret"], strict=True):
        if fault := siret_fault(typed):
            cell, header = tab.cell("siret", int(row)), tab.header("siret")
            yield anomaly(DOUBTFUL_SIRET, tab.name, cell, numero, header=header, value=quoted(typed), reason=fault)


def records(dossiers: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows of some dossiers."""
    return dossiers.to_dict("records") if len(dossiers) else []


def about(reading: Reading, code: Code, dossier: Mapping[str, Any], field: str, value: str, limit: str) -> Anomaly:
    """The anomaly of a field of a dossier, at its cell."""
    tab = reading.layout.tabs["candidatures"]
    cell = tab.cell(field, dossier["row"])
    return anomaly(code, tab.name, cell, dossier["numero"], value=value, limit=limit)


NO_APPEAL_TEXT: Final = warning(
    "voies_recours_absentes",
    "{count} sans voies ni délais de recours : decisions.voies_recours est vide dans la configuration, et les "
    "messages partent sans ce texte.",
    "Demandez-le à votre service juridique : il s’écrit dans decisions.voies_recours, ou public_law = false dans "
    "la configuration si ces décisions sont de droit privé. Sans lui, le délai de recours ne court pas.",
    for_operator=True,
)


def appeal_anomalies(reading: Reading) -> Iterator[Anomaly]:
    """One anomaly for each tab with refusals, at the first of them; those of private law need no such text.

    A refusal whose message is switched off (`emails.disabled`) is notified otherwise, and left alone; so is one that
    another cell of its row contradicts, which nothing notifies.
    """
    decisions, disabled = reading.campaign.decisions, reading.campaign.emails.disabled
    if decisions.voies_recours.strip() or not decisions.public_law:
        return
    enabled = [email for email in catalogue_of(reading.campaign.features) if email.refusal and email.id not in disabled]
    for tab_id in dict.fromkeys(email.about for email in enabled if email.about in reading.tables):
        rows, tab = reading.valid_rows(tab_id), reading.layout.tabs[tab_id]
        refused = sorted(
            (int(row), field)
            for email in enabled
            if email.about == tab_id and email.refusal
            for field, word in [email.refusal]
            for row in rows.loc[rows[field].isin([word]) & may_receive(email, rows), "row"]
        )
        if refused:
            row, field = refused[0]
            yield anomaly(NO_APPEAL_TEXT, tab.name, tab.cell(field, row), count=plural(len(refused), "refus", "refus"))


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


STILL_EDITABLE: Final = warning(
    "dossier_modifiable",
    "Le dossier était « {value} » sur la plateforme à l’import, et l’appel est clos depuis le {limit} : son "
    "porteur peut encore le modifier.",
    "Passez-le en instruction sur la plateforme, puis saisissez « En instruction » dans « {header} ».",
)
DOSSIER_WITHDRAWN: Final = warning(
    "dossier_retire",
    "Le dossier est « {value} » sur la plateforme, et rien ne le dit ici : il compte avec les autres.",
    "S’il est retiré, saisissez « Désisté » dans « {column} » ; sinon, corrigez « {header} ».",
)

FIELD = "etat"
_REJECTED = (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT)


def state_anomalies(reading: Reading, today: date) -> Iterator[Anomaly]:
    """Anomalies of undecided dossiers: withdrawn ones and, after the closing day, those that can still change."""
    tab = reading.layout.tabs.get("candidatures")
    if tab is None or FIELD not in tab.available:
        return
    settings, closing = reading.campaign.imports, reading.campaign.campaign.last_moment.date()
    dossiers = reading.valid_rows("candidatures")
    undecided = dossiers[dossiers["decision"].isna() & ~dossiers["preselection"].isin(_REJECTED)]
    where: dict[str, Any] = {
        "header": tab.header(FIELD), "limit": f"{closing:%d/%m/%Y}", "column": tab.header("decision"),
    }  # fmt: skip
    told = {DOSSIER_WITHDRAWN: settings.withdrawn_states}
    if today > closing:
        told[STILL_EDITABLE] = settings.editable_states
    for code, states in told.items():
        concerned = undecided.loc[is_in_state(undecided[FIELD], states), ["numero", FIELD, "row"]]
        for numero, state, row in named_rows(concerned):
            yield anomaly(code, tab.name, tab.cell(FIELD, int(row)), numero, value=state, **where)


def is_in_state(states: pd.Series, accepted: Sequence[str]) -> pd.Series:
    """Where a state of the platform is one of those."""
    return states.fillna("").map(plain).isin([plain(state) for state in accepted])


def _of_reading(reading: Reading) -> Iterator[Anomaly]:
    yield from metier_anomalies(reading)
    yield from appeal_anomalies(reading)


def _of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    if reading.owns("candidatures"):
        applications = results.of(APPLICATIONS)
        yield from broken_rules(reading, applications.dossiers, applications.eligibility)
        yield from siret_anomalies(reading, applications.dossiers)


CHECK: Final = Check(lambda reading, _, today: state_anomalies(reading, today), _of_reading, _of_rules)
