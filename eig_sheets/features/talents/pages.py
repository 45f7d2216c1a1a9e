"""What the pages of the jury of candidates show of each one, and whom each juror is asked about. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from eig_sheets.call.jury.assignments import RECORDED, assignments_of
from eig_sheets.call.jury.pages.descriptions import CV_LABEL
from eig_sheets.call.jury.pages.making import OtherPages
from eig_sheets.call.jury.pages.pages import PageDossier
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.subject import SUBJECT
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook.read_back import digest


def described_candidates(reading: Reading, results: Results) -> dict[str, PageDossier]:
    """What jurors read of each candidate whom the jury hears, by number; nothing of who gave up or was refused."""
    candidates = results.of(RESULTS)
    if candidates is None:
        return {}
    heard = {*SUBJECT.numbers(reading)}
    people = candidates.candidates
    dossiers = reading.valid_rows("candidatures")
    projects = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    wishes = dict(zip(candidates.choices["candidature"], candidates.choices["wishes"], strict=True))
    rows = people[people["candidature"].isin(heard)].to_dict("records")
    return {row["candidature"]: _candidate(row, wishes[row["candidature"]], projects) for row in rows}


def _candidate(row: Mapping[Any, Any], wishes: Sequence[str], projects: Mapping[str, str | None]) -> PageDossier:
    name = " ".join(filter(None, (row["prenom"], row["nom"]))) or "Candidature sans nom"
    about, chosen = _profession(row), _wishes(wishes, projects)
    shown = (name, about, chosen, row["cv"] or "")
    links = ((CV_LABEL, row["cv"] or ""),)
    return PageDossier(row["candidature"], name, about, chosen, links, version=digest(shown), chosen=tuple(wishes))


def _profession(row: Mapping[Any, Any]) -> str:
    years = row["experience"]
    experience = "expérience non précisée" if pd.isna(years) else f"{plural(int(years), 'an')} d’expérience"
    if pd.notna(years) and not float(years).is_integer():
        experience = f"{number(years)} ans d’expérience"
    return typographic(f"{row['metier'] or 'Métier non précisé'}, {experience}")


def _wishes(wishes: Sequence[str], projects: Mapping[str, str | None]) -> str:
    if not wishes:
        return "Aucun vœu valable."
    named = (f"{wish} – {projects.get(wish)}" if projects.get(wish) else wish for wish in wishes)
    return typographic("Vœux : " + " ; ".join(f"{place}. {name}" for place, name in enumerate(named, 1)))


def asked_candidates(reading: Reading, results: Results, shown: Sequence[str]) -> dict[str, list[str]]:
    """The candidates of each juror: those of « Affectations talents », else all but their déports."""
    if recorded := results.of(RECORDED).get(SUBJECT.tab):
        pairs = assignments_of(reading, recorded, SUBJECT)
        return {str(juror): rows["numero"].tolist() for juror, rows in pairs.groupby("jure", sort=False)}
    recused = SUBJECT.recusals(reading)
    jurors = reading.valid_rows("jury")["email"].dropna().unique()
    return {juror: [number for number in shown if (number, juror) not in recused] for juror in jurors}


PAGES: Final = OtherPages(described_candidates, asked_candidates)
