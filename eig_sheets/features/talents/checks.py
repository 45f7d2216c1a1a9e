"""The anomalies that the rules of the call for talents find: candidatures, wishes, hearings, evaluations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.checks import FIELD, is_in_state, metier_anomalies
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.campaign.checks import Check
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import REFUSED, TO_EVALUATE, WITHDRAWN
from eig_sheets.domain.frames import named_rows, records_of
from eig_sheets.features.talents.checks_choices import OVER, choice_anomalies, rows_with, wish_anomalies
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.recruits import contract_anomalies, recruitment_anomalies
from eig_sheets.features.talents.recusals import unknown_recusals_of_candidates
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_choices import full_name, same_people
from eig_sheets.features.talents.rules_eligibility import BREAKING, CandidateCode
from eig_sheets.features.talents.settings import CandidateForm, TalentRules
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.text.french import day, listed, listed_first, moment
from eig_sheets.workbook.anomalies import Anomaly, Code, anomaly, blocking, limited, warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import value_and_limit

LATE: Final = warning(
    "candidature_hors_delai",
    "Candidature déposée le {value}, après la clôture ({limit}) : elle est inéligible.",
    "Vérifiez la date de réception ; si elle est juste, saisissez « Non retenu » dans « {column} ».",
)
EARLY: Final = warning(
    "candidature_avant_ouverture",
    "Candidature déposée le {value}, avant l’ouverture ({limit}) : elle est inéligible.",
    "Vérifiez la date de réception ; si elle est juste, saisissez « Non retenu » dans « {column} ».",
)
_DECIDE: Final = "Vérifiez auprès de la personne, puis décidez dans « {column} », ou corrigez la cellule."
_SETTLE: Final = "Si le mot trompe, corrigez la cellule ; sinon, saisissez « Non retenu » dans « {column} »."

EXCLUDED: Final = warning(
    "candidature_exclue",
    "« {value} » en « {header} » : inéligible ({reason}).",
    _SETTLE,
)
TO_VERIFY: Final = warning(
    "candidature_a_verifier",
    "« {value} » en « {header} » : peut-être inéligible ({reason}).",
    _DECIDE,
)
CANDIDATE_TWICE: Final = blocking(
    "candidat_en_double",
    "« {value} » est aussi l’adresse {others} : est-ce la même personne ? Elle a une place au plus.",
    "Si oui, gardez une seule candidature : saisissez « Désisté » dans « {column} » pour les autres. Si non, "
    "corrigez l’adresse, ou saisissez « homonyme » dans « {comment} ».",
)
SAME_NAME: Final = blocking(
    "candidat_meme_nom",
    "« {value} » est aussi le nom {others} : est-ce la même personne ? Elle a une place au plus.",
    "Si oui, gardez une seule candidature : saisissez « Désisté » dans « {column} » pour les autres. Si non, "
    "saisissez « homonyme » dans « {comment} ».",
)
NO_NAME: Final = warning(
    "candidat_sans_nom",
    "« {header} » est vide : rien ne nomme la personne, ni ne la distingue d’une autre.",
    "Saisissez son nom, d’après son dossier.",
)
NO_PROFESSION: Final = warning(
    "candidat_sans_metier",
    "« {header} » est vide : la personne n’est dans aucune liste par métier, et ne couvre aucun profil demandé.",
    "Saisissez son métier, d’après son dossier.",
)
IS_JUROR: Final = warning(
    "candidat_jure",
    "{value} est l’adresse d’un juré : les jurés et les experts ne peuvent pas candidater.",
    "Corrigez l’adresse, retirez le juré de l’onglet Jury, ou saisissez « Non retenu » dans « {column} ».",
)
NAMESAKE: Final = warning(
    "candidat_homonyme",
    "« {value} » est aussi le nom d’un juré : est-ce la même personne ?",
    _DECIDE,
)
ON_PROJECT_SIDE: Final = warning(
    "candidat_porteur",
    "{value} est l’adresse du porteur ou du mentor d’un projet : est-ce la même personne ?",
    _DECIDE,
)
PROJECT_NOT_CHOSEN: Final = warning(
    "projet_non_choisi",
    "La personne est évaluée pour le projet {value}, qu’elle n’a pas choisi.",
    "Vérifiez le numéro ; le jury peut proposer un autre projet, avec l’accord de la personne.",
)
AUDITION_OFF_DAYS: Final = warning(
    "audition_hors_jours",
    "Audition le {value}, qui n’est pas un jour du jury des candidats ({limit}).",
    "Corrigez « {header} », ou ajoutez ce jour à talents.hearing_days dans la configuration.",
)

CANDIDATE_WITHDRAWN: Final = warning(
    "candidature_retiree",
    "La candidature est « {value} » sur la plateforme, et rien ne le dit ici : elle compte avec les autres.",
    "Si elle est retirée, saisissez « Désisté » dans « {column} » ; sinon, corrigez « {header} ».",
)

_ELIGIBILITY: Final = {
    CandidateCode.TOO_LATE: LATE,
    CandidateCode.TOO_EARLY: EARLY,
    CandidateCode.EXCLUDED: EXCLUDED,
    CandidateCode.DOUBTFUL: TO_VERIFY,
    CandidateCode.JUROR: IS_JUROR,
    CandidateCode.NAMESAKE: NAMESAKE,
    CandidateCode.PROJECT_SIDE: ON_PROJECT_SIDE,
}
"""Blank and unreadable fields are told elsewhere: they have no anomaly here."""


def talent_anomalies(reading: Reading, results: TalentResults) -> list[Anomaly]:
    """Every anomaly about candidates, where their tabs are in this workbook."""
    talents, reviews = (reading.layout.tabs.get(name) for name in (TALENTS, REVIEWS))
    anomalies: list[Anomaly] = []
    if talents is not None:
        about = _Candidates(talents, reading.campaign, results)
        anomalies += [
            *about.eligibility(),
            *about.repeated(),
            *about.incomplete(),
            *choice_anomalies(reading, talents, results),
            *about.hearings(),
        ]
    if reviews is not None:
        anomalies += [*_projects_not_chosen(reading, results)]
    anomalies += [*unknown_recusals_of_candidates(reading)]
    return limited(anomalies)


class _Candidates:
    """The anomalies in the rows of `Talents`."""

    def __init__(self, tab: TabLayout, campaign: Campaign, results: TalentResults) -> None:
        self._tab, self._campaign, self._results = tab, campaign, results
        self._column = tab.header("statut")

    def eligibility(self) -> Iterator[Anomaly]:
        """Exclusions, until the candidate is refused; doubts, until somebody decides anything."""
        rules = self._campaign.section(TalentRules)
        reasons_of = {exclusion.id: exclusion.reason for exclusion in rules.exclusions}
        limits = {CandidateCode.TOO_LATE: rules.last_moment, CandidateCode.TOO_EARLY: rules.first_moment}
        for row, reasons in rows_with(self._results.candidates, self._results.eligibility):
            if row["statut"] in OVER:
                continue
            untouched = row["statut"] is None or row["statut"] == TO_EVALUATE
            for reason in reasons:
                if reason.code in BREAKING or (untouched and reason.code in _ELIGIBILITY):
                    typed = full_name(row) if reason.code is CandidateCode.NAMESAKE else row[reason.field]
                    value, limit = value_and_limit(typed, limits.get(reason.code))
                    yield self._about(
                        _ELIGIBILITY[reason.code], row, reason.field,
                        value=value, limit=limit, reason=reasons_of.get(reason.exclusion, ""),
                        column=self._column, header=self._tab.header(reason.field),
                    )  # fmt: skip

    def repeated(self) -> Iterator[Anomaly]:
        """The candidatures of one person, by their address or their name, that are neither refused nor withdrawn."""
        records = {str(row["candidature"]): row for row in records_of(self._results.candidates)}
        for group in same_people(records.values()):
            for number in group:
                row = records[number]
                alike = [
                    other for other in group if other != number and records[other]["email"] == row["email"] is not None
                ]
                code, field = (CANDIDATE_TWICE, "email") if alike else (SAME_NAME, "nom")
                others = alike or [other for other in group if other != number]
                named = f"{'de la candidature' if len(others) == 1 else 'des candidatures'} {listed_first(others)}"
                value, comment = row["email"] if alike else full_name(row), self._tab.header("commentaire")
                yield self._about(code, row, field, value=value, others=named, column=self._column, comment=comment)

    def incomplete(self) -> Iterator[Anomaly]:
        """Candidates without a name or a métier, where the tab has that column; what cannot be read is told there."""
        for field, code in (("nom", NO_NAME), ("metier", NO_PROFESSION)):
            if field not in self._tab.available:
                continue
            for row in records_of(self._results.candidates):
                if row[field] is None and row["statut"] not in OVER and field not in row["unreadable"]:
                    yield self._about(code, row, field, header=self._tab.header(field))

    def hearings(self) -> Iterator[Anomaly]:
        """The hearings on another day than those of the jury of candidates."""
        days = self._campaign.section(TalentRules).hearing_days
        candidates = self._results.candidates
        held = candidates["audition"].notna() & ~candidates["statut"].isin(OVER)
        if days:
            held &= ~candidates["audition"].dt.normalize().isin(pd.to_datetime([*days]))
            for row in candidates[held].to_dict("records"):
                words = {"value": moment(row["audition"]), "limit": listed(map(day, days))}
                yield self._about(AUDITION_OFF_DAYS, row, "audition", header=self._tab.header("audition"), **words)

    def _about(self, code: Code, row: Mapping[str, Any], field: str, **words: Any) -> Anomaly:
        cell = self._tab.cell(field, row["row"])
        return anomaly(code, self._tab.name, cell, row["candidature"], **words)


def _projects_not_chosen(reading: Reading, results: TalentResults) -> Iterator[Anomaly]:
    """The evaluations for a project that the candidate, who chose some, did not choose."""
    wishes = dict(zip(results.choices["candidature"], results.choices["wishes"], strict=True))
    for row in results.evaluations.dropna(subset="numero").to_dict("records"):
        chosen = wishes.get(row["candidature"])
        if chosen and row["numero"] not in chosen:
            tab = reading.layout_of(row["source"])
            cell = tab.cell("numero", row["row"])
            yield anomaly(PROJECT_NOT_CHOSEN, tab.name, cell, row["candidature"], value=row["numero"])


def _withdrawn(reading: Reading) -> Iterator[Anomaly]:
    """Anomalies of candidates who withdrew on the platform while nothing says so here."""
    table = reading.tables.get(TALENTS)
    if table is None or FIELD not in table.layout.available:
        return
    layout, imports = table.layout, reading.campaign.imports
    states = imports.of_form(reading.campaign.section(CandidateForm)).withdrawn_states
    rows = table.valid_rows
    rows = rows[is_in_state(rows[FIELD], states) & ~rows["statut"].isin([REFUSED, WITHDRAWN])]
    where: dict[str, Any] = {"header": layout.header(FIELD), "column": layout.header("statut")}
    for number, state, row in named_rows(rows[["candidature", FIELD, "row"]]):
        yield anomaly(CANDIDATE_WITHDRAWN, layout.name, layout.cell(FIELD, int(row)), number, value=state, **where)


def of_candidates(reading: Reading, candidates: TalentResults) -> Iterator[Anomaly]:
    """What is wrong with candidates in the workbook that has them: teams and the co-financing rest on them."""
    theirs = reading.holding(TALENTS)
    yield from contract_anomalies(theirs)
    yield from metier_anomalies(theirs)
    yield from talent_anomalies(theirs, candidates)


def _of_rules(reading: Reading, results: Results) -> Iterator[Anomaly]:
    if reading.owns("candidatures"):
        yield from recruitment_anomalies(reading, results.of(APPLICATIONS).dossiers, results.of(COFINANCING))
    yield from limited(_withdrawn(reading))
    candidates = results.of(RESULTS)
    if candidates is not None:
        yield from talent_anomalies(reading, candidates)


def _of_other(reading: Reading, results: Results) -> Iterator[Anomaly]:
    candidates = results.of(RESULTS)
    if candidates is not None and not reading.owns(TALENTS):
        yield from of_candidates(reading, candidates)


def _of_reading(reading: Reading) -> Iterator[Anomaly]:
    yield from contract_anomalies(reading)
    yield from wish_anomalies(reading)


CHECK: Final = Check(of_reading=_of_reading, of_rules=_of_rules, of_other=_of_other)
