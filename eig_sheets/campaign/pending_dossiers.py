"""What awaits the officers who follow each dossier: to instruct, to read, to decide, an agreement to obtain. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from eig_sheets.campaign.followers import by_follower
from eig_sheets.campaign.jury_work import is_over
from eig_sheets.campaign.pending_links import OFFICERS, link_to
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.cofinancing import CofinancingStatus, Missing
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.domain.eligibility import EligibilityCode, EligibilityStatus
from eig_sheets.domain.frames import unreadable
from eig_sheets.domain.ranking import Unranked
from eig_sheets.text.french import day, plural
from eig_sheets.workbook.render.accueil import Pending, Urgency


def pending_dossiers(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The lines, one for each name of `Suivi par`; « Équipe » where nobody said their name."""
    dossiers = results.dossiers
    open_ = dossiers["decision"].isna() & ~_is_set_aside(results)
    yield from _instruction(reading, results, open_)
    yield from _decisions(reading, results, today)
    money = results.cofinancing
    selected = dossiers["decision"].isin([LAUREATE])
    concerned = selected if selected.any() else open_
    missing = (money["status"] == CofinancingStatus.CONDITIONAL) & money["missing"].map(
        lambda codes: Missing.AGREEMENT in codes
    )
    kind = _Kind(
        ("convention signée qui manque", "conventions signées qui manquent"),
        "convention",
        "Co-financement par portage : la convention avec le porteur administratif.",
        Urgency.URGENT if selected.any() else Urgency.TO_DO,
    )
    yield from _by_follower(reading, dossiers[concerned & missing], kind)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a line says: its words for one and for many, the field to go to, a detail."""

    words: tuple[str, str]
    field: str
    detail: str = ""
    urgency: Urgency = Urgency.TO_DO


def _is_set_aside(results: Results) -> pd.Series:
    """Whether each dossier was rejected before the jury, or withdrew."""
    ranking = results.ranking
    out = (Unranked.REJECTED_INELIGIBLE, Unranked.REJECTED_INSUFFICIENT, Unranked.WITHDRAWN)
    gone = ranking.loc[ranking["unranked_reason"].isin(out), "numero"]
    return results.dossiers["numero"].isin(gone)


def _instruction(reading: Reading, results: Results, open_: pd.Series) -> Iterator[Pending]:
    """Dossiers to instruct, and apart, documents that officers have to read: applicants have nothing to answer."""
    assessed, dossiers = results.eligibility, results.dossiers
    doubtful = open_ & (assessed["status"] == EligibilityStatus.TO_REVIEW)
    unread = assessed["reasons"].map(
        lambda reasons: [reason.field for reason in reasons if reason.code is EligibilityCode.UNREAD]
    )
    others = assessed["reasons"].map(
        lambda reasons: [reason.field for reason in reasons if reason.code is not EligibilityCode.UNREAD]
    )
    for fields, words, detail in (
        (others, ("dossier à instruire", "dossiers à instruire"), "L’onglet Éligibilité dit ce qui manque à chacun."),
        (unread, ("fiche à lire", "fiches à lire"), "Ce que seule la fiche dit : oui ou non, d’après le dossier."),
    ):
        concerned = dossiers[doubtful & (fields.str.len() > 0)]
        first = next(iter(fields[concerned.index]), [""])[0]
        yield from _by_follower(reading, concerned, _Kind(words, first, detail))


def _decisions(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The decisions that nobody typed on ranked dossiers, once the jury is over; one that cannot be read was typed."""
    campaign, ranking = reading.campaign, results.ranking
    if not is_over(campaign, today):
        return
    awaited = ranking.loc[ranking["rank"].notna() & ranking["decision"].isna(), "numero"]
    announced = campaign.emails.announced
    urgent = announced is not None and announced <= today
    kind = _Kind(
        ("décision à saisir", "décisions à saisir"),
        "decision",
        "Choisissez dans la liste." + (f" Les résultats s’annoncent le {day(announced)}." if announced else ""),
        Urgency.URGENT if urgent else Urgency.TO_DO,
    )
    dossiers = results.dossiers
    typed = unreadable(dossiers, ["decision"])["decision"]
    yield from _by_follower(reading, dossiers[dossiers["numero"].isin(awaited) & ~typed], kind)


def _by_follower(reading: Reading, dossiers: pd.DataFrame, kind: _Kind) -> Iterator[Pending]:
    tab = reading.layout_of("candidatures")
    for name, rows in by_follower(dossiers):
        link = link_to(tab, kind.field, int(rows["row"].min()))
        words = plural(len(rows), *kind.words)
        yield Pending(name or OFFICERS, words, len(rows), kind.urgency, link, kind.detail)
