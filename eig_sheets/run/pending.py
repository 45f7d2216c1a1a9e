"""The to-do lines of `Accueil` on a day: what awaits whom, and those who follow each dossier. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import EligibilityCode, EligibilityStatus
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus, Missing
from eig_sheets.call.jury.progress import expected_evaluations, is_late, is_over
from eig_sheets.call.scoring.rules_ranking import Unranked
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.domain.frames import unreadable
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending_links import OFFICERS, by_follower, link_to, link_to_anomaly
from eig_sheets.spreadsheet.model.cells import Link
from eig_sheets.text.french import day, plural
from eig_sheets.workbook.anomalies import Severity, count


def pending_dossiers(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The lines, one for each name of `Suivi par`; « Équipe » where nobody said their name."""
    dossiers = results.of(APPLICATIONS).dossiers
    open_ = dossiers["decision"].isna() & ~_is_set_aside(results)
    yield from _instruction(reading, results, open_)
    yield from _decisions(reading, results, today)
    money = results.of(COFINANCING)
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
    ranking = results.of(SCORES).ranking
    out = (Unranked.REJECTED_INELIGIBLE, Unranked.REJECTED_INSUFFICIENT, Unranked.WITHDRAWN)
    gone = ranking.loc[ranking["unranked_reason"].isin(out), "numero"]
    return results.of(APPLICATIONS).dossiers["numero"].isin(gone)


def _instruction(reading: Reading, results: Results, open_: pd.Series) -> Iterator[Pending]:
    """Dossiers to instruct, and apart, documents that officers have to read: applicants have nothing to answer."""
    assessed, dossiers = results.of(APPLICATIONS).eligibility, results.of(APPLICATIONS).dossiers
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
    campaign, ranking = reading.campaign, results.of(SCORES).ranking
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
    dossiers = results.of(APPLICATIONS).dossiers
    typed = unreadable(dossiers, ["decision"])["decision"]
    yield from _by_follower(reading, dossiers[dossiers["numero"].isin(awaited) & ~typed], kind)


def _by_follower(reading: Reading, dossiers: pd.DataFrame, kind: _Kind) -> Iterator[Pending]:
    tab = reading.layout_of("candidatures")
    for name, rows in by_follower(dossiers):
        link = link_to(tab, kind.field, int(rows["row"].min()))
        words = plural(len(rows), *kind.words)
        yield Pending(name or OFFICERS, words, len(rows), kind.urgency, link, kind.detail)


JURY = "Jury"


@dataclass(frozen=True, slots=True, eq=False)
class PendingLines:
    """The lines of `Accueil` on what awaits people of a feature on a day."""

    find: Callable[[Reading, Results, date], Iterator[Pending]]


def pending(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """Every line, of the call itself in the order of its stages, then of its features; none for what awaits nobody."""
    yield from _anomalies(reading, results)
    if reading.owns("candidatures"):
        yield from pending_dossiers(reading, results, today)
        yield from _evaluations(reading, results, today)
    for lines in reading.campaign.features.parts(PendingLines):
        yield from lines.find(reading, results, today)


def _anomalies(reading: Reading, results: Results) -> Iterator[Pending]:
    blocking = [anomaly for anomaly in results.anomalies if anomaly.severity is Severity.BLOCKING]
    if blocking:
        total = count(blocking)
        what = plural(total, "anomalie qui bloque", "anomalies qui bloquent")
        detail = "D’ici là, ce que disent ces cellules, ou toute leur ligne, ne compte pas : Anomalies dit que faire."
        link = link_to_anomaly(blocking[0], reading)
        yield Pending(OFFICERS, what, total, Urgency.URGENT, link, detail)


def _evaluations(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The evaluations that are expected of dossiers on which nobody decided, late or not.

    Once the jury is over, decisions are what is urgent: another line says so.
    """
    expected, ranking = expected_evaluations(reading, results), results.of(SCORES).ranking
    undecided = ranking.loc[ranking["decision"].isna(), "numero"]
    waiting = expected[~expected["received"] & expected["numero"].isin(undecided)]
    if waiting.empty:
        return
    late, jurors = is_late(reading.campaign, today), waiting["jure"].nunique()
    kind = (
        ("évaluation en retard", "évaluations en retard") if late else ("évaluation attendue", "évaluations attendues")
    )
    yield Pending(
        JURY,
        f"{plural(len(waiting), *kind)} de {plural(jurors, 'juré')}",
        len(waiting),
        Urgency.URGENT if late and not is_over(reading.campaign, today) else Urgency.TO_KNOW,
        _link_to_evaluation(reading, waiting.iloc[0]),
        " ".join(_about(reading.campaign, today, late=late)),
    )


def _about(campaign: Campaign, today: date, *, late: bool) -> Iterator[str]:
    """Since when and until when evaluations are awaited, and where to see which are missing."""
    closes = campaign.scoring.closes
    reminded = [reminder for reminder in campaign.emails.reminders if reminder <= today]
    if closes is not None and is_over(campaign, today):
        yield f"Le jury s’est terminé le {day(closes)}, et personne n’a saisi de décision sur ces dossiers."
    else:
        if reminded:
            yield f"En retard depuis la première relance, le {day(min(reminded))}."
        if closes is not None:
            yield f"Le jury se termine le {day(closes)}."
    if late:
        yield "Sans notes dans Évaluations, ou attendues d’après Affectations."


def _link_to_evaluation(reading: Reading, waiting: Any) -> Link | None:
    """The row of the evaluation, else that of its juror."""
    rows = reading.valid_rows("evaluations")
    evaluation = rows[(rows["numero"] == waiting["numero"]) & (rows["jure"] == waiting["jure"])]
    if not evaluation.empty:
        return link_to(reading.layout_of(evaluation.iloc[0]["source"]), "jure", int(evaluation.iloc[0]["row"]))
    jury = reading.valid_rows("jury")
    known = jury[jury["email"] == waiting["jure"]]
    return None if known.empty else link_to(reading.layout.tabs["jury"], "email", int(known.iloc[0]["row"]))
