"""Makes the pages of a campaign's jurors from its workbook: whose they are, and what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.asked_dossiers import asked_dossiers, jurors_of, rankable_dossiers
from eig_sheets.campaign.assignments import assignments_of
from eig_sheets.campaign.collected_pages import last_day
from eig_sheets.campaign.dossier_versions import versions_of
from eig_sheets.campaign.half_days import half_days
from eig_sheets.campaign.jurors_in_doubt import addresses_in_doubt, jurors_in_doubt
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.review_subjects import CANDIDATES, DOSSIERS, ReviewSubject
from eig_sheets.jury.descriptions import CV_LABEL, LINKS
from eig_sheets.jury.pages import Page, PageCriterion, PageDossier, PageKind
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook.read_back import digest

DECLARATION: Final = typographic(
    "Je déclare n’avoir, à ma connaissance, aucun lien d’intérêts, personnel, professionnel ou financier, avec les "
    "projets autres que ceux pour lesquels je me déporte ci-dessus. Si cela change, je me déporterai et je le dirai. "
    "Je garde secrets les dossiers, les notes et les débats du jury. "
    "(Texte proposé, à valider par votre administration.)"
)
"""The text of a declaration where the configuration has none."""
_LINK_FIELDS: Final = dict(zip(LINKS, ("fiche", "presentation", "simulation"), strict=True))


def pages_of(reading: Reading, results: Results, kind: PageKind) -> tuple[Page, ...]:
    """The pages of all who have something to fill, in the order of the tab `Jury`; without answers.

    A juror of whom it cannot be read who they are, or from what they step aside, has none: a page may show what it
    must not. A declaration asks just that: only an address that cannot be read keeps one from being made.
    """
    if kind is PageKind.CANDIDATES:
        shown = described_candidates(reading, results)
        asked = asked_candidates(reading, results, [*shown])
    elif kind is PageKind.DECLARATION:  # every dossier, before anything is known of their interests
        shown = _described(reading, results)
        asked = {juror: [*shown] for juror in jurors_of(reading)["email"]}
    else:
        shown = _described(reading, results)
        asked = asked_dossiers(reading, results)
    people = jurors_of(reading)
    closed = addresses_in_doubt(reading) if kind is PageKind.DECLARATION else jurors_in_doubt(reading)
    pages = []
    for juror in (email for email in people["email"] if email in asked and email not in closed):
        person = people.loc[people["email"] == juror].iloc[0]
        mine = tuple(shown[numero] for numero in asked[juror] if numero in shown)
        if mine:
            pages.append(_page(reading, kind, person, mine))
    return tuple(pages)


def _page(reading: Reading, kind: PageKind, person: Any, dossiers: tuple[PageDossier, ...]) -> Page:
    campaign, declares = reading.campaign, kind is PageKind.DECLARATION
    subject = CANDIDATES if kind is PageKind.CANDIDATES else DOSSIERS
    grouped = not declares and subject.rules(reading).reads_as_group
    asked = campaign.talents if subject is CANDIDATES else campaign
    return Page(
        kind,
        campaign.campaign.id,
        campaign.campaign.name,
        person["email"],
        _text(person["nom"]) or person["email"],
        dossiers,
        ()
        if declares
        else tuple(PageCriterion(criterion.id, criterion.label, criterion.meaning) for criterion in asked.criteria),
        asked.scale,
        _text(person["groupe"]) if grouped else "",
        None if declares else _deadline(reading, subject),
        campaign.jury.declaration or DECLARATION if declares else "",
        half_days(campaign) if declares else (),
        campaign.emails.contact,
    )


def _deadline(reading: Reading, subject: ReviewSubject) -> datetime | None:
    """The last moment of those notes, as pages say it."""
    closes = reading.campaign.scoring.closes
    if subject is CANDIDATES or not isinstance(closes, datetime):
        day = last_day(reading.campaign, subject.notes)
        return None if day is None else datetime.combine(day, time(23, 59))
    return closes


def _described(reading: Reading, results: Results) -> dict[str, PageDossier]:
    """What jurors read of each dossier that is ranked, or would be with an evaluation, by number."""
    dossiers = reading.valid_rows("candidatures")
    dossiers = dossiers[dossiers["numero"].isin(rankable_dossiers(reading, results))]
    versions = versions_of(dossiers)
    return {str(row["numero"]): _dossier(row, versions) for row in dossiers.to_dict("records")}


def _dossier(row: Mapping[Any, Any], versions: Mapping[str, str]) -> PageDossier:
    links = ((label, _text(row.get(field))) for label, field in _LINK_FIELDS.items())
    return PageDossier(
        row["numero"],
        _text(row.get("projet")),
        _text(row.get("administration")),
        _text(row.get("resume")),
        tuple((label, address) for label, address in links if address),
        _text(row.get("questions")),
        versions[row["numero"]],
    )


def _text(value: Any) -> str:
    return str(value).strip() if pd.notna(value) else ""


def described_candidates(reading: Reading, results: Results) -> dict[str, PageDossier]:
    """What jurors read of each candidate whom the jury hears, by number; nothing of who gave up or was refused."""
    if results.talents is None:
        return {}
    heard = {*CANDIDATES.numbers(reading)}
    people = results.talents.candidates
    dossiers = reading.valid_rows("candidatures")
    projects = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    wishes = dict(zip(results.talents.choices["candidature"], results.talents.choices["wishes"], strict=True))
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
    if results.candidate_assignments:
        pairs = assignments_of(reading, results.candidate_assignments, CANDIDATES)
        return {str(juror): rows["numero"].tolist() for juror, rows in pairs.groupby("jure", sort=False)}
    recused = CANDIDATES.recusals(reading)
    jurors = reading.valid_rows("jury")["email"].dropna().unique()
    return {juror: [number for number in shown if (number, juror) not in recused] for juror in jurors}
