"""The to-do lines of `Accueil` on a day: what awaits whom, as far as the workbook's own tabs tell. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from eig_sheets.campaign.jury_work import expected_evaluations, is_late, is_over
from eig_sheets.campaign.pending_dossiers import pending_dossiers
from eig_sheets.campaign.pending_links import OFFICERS, link_to, link_to_anomaly
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import day, plural
from eig_sheets.workbook.anomaly_limits import count
from eig_sheets.workbook.codes import Severity
from eig_sheets.workbook.model.cells import Link
from eig_sheets.workbook.render.accueil import Pending, Urgency

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
        detail = "Leurs lignes ne comptent dans aucun résultat : l’onglet Anomalies dit que faire de chacune."
        link = link_to_anomaly(blocking[0], reading)
        yield Pending(OFFICERS, what, total, Urgency.URGENT, link, detail)


def _evaluations(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The evaluations that are expected of dossiers on which nobody decided, late or not.

    Once the jury is over, decisions are what is urgent: another line says so.
    """
    expected, ranking = expected_evaluations(reading, results), results.ranking
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
