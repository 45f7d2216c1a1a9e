"""The indicators of `Accueil`: progress of dossiers, jury, selection, co-financing, anomalies and e-mails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eig_sheets.campaign.community import community_lines
from eig_sheets.campaign.jury_work import expected_evaluations
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.emails.deliveries import DeliveryStatus
from eig_sheets.domain.scoring import EvaluationStatus, is_complete
from eig_sheets.sync.candidate_indicators import candidate_indicators
from eig_sheets.sync.cofinancing_indicators import cofinancing_indicators
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.alerts import alert_texts, everyone_fits_text
from eig_sheets.workbook.anomaly_limits import count
from eig_sheets.workbook.codes import Severity
from eig_sheets.workbook.render.accueil import Indicator
from eig_sheets.workbook.render.envois import Sending


def indicators(reading: Reading, results: Results, sendings: Sequence[Sending]) -> list[Indicator]:
    """Every indicator, in the order of the campaign's stages."""
    if not reading.owns("candidatures"):
        return [*candidate_indicators(reading), *_anomalies(results), *_emails(sendings)]
    return [
        *_received(reading, results),
        *(() if reading.tables["candidatures"].frame.empty else _of_dossiers(reading, results)),
        *_community(reading),
        *_anomalies(results),
        *_emails(sendings),
    ]


def _received(reading: Reading, results: Results) -> Iterator[Indicator]:
    table = reading.tables["candidatures"]
    total, included = len(table.frame), len(results.dossiers)
    yield Indicator("Dossiers", "Lignes remplies dans Candidatures", total)
    detail = "Une anomalie bloquante les laisse hors des résultats : voir Anomalies." if total > included else ""
    yield Indicator("Dossiers", "Laissés de côté", total - included, detail=detail)
    for status, label in words.ELIGIBILITY.items():
        count = int((results.eligibility["status"] == status).sum())
        yield Indicator("Dossiers", label, count, _share(count, included))


def _of_dossiers(reading: Reading, results: Results) -> Iterator[Indicator]:
    """What follows once there are dossiers: before, each line would say zero."""
    yield from _jury(reading, results)
    yield from _selection(results, reading.campaign)
    yield from cofinancing_indicators(results, reading.campaign)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _jury(reading: Reading, results: Results) -> Iterator[Indicator]:
    status = results.evaluated["status"]
    if results.assignments:
        expected = expected_evaluations(reading, results)
        asked, done = len(expected), int(expected["received"].sum())
        waiting = expected[~expected["received"]]
    else:
        asked = int((status != EvaluationStatus.RECUSED).sum())
        done = int(is_complete(status).sum())
        waiting = results.evaluated[status == EvaluationStatus.INCOMPLETE]
    late = waiting["jure"].nunique()
    detail = f"De {plural(late, 'juré')}." if late else ""
    among = f"Sur {plural(asked, 'attendue')}." if asked else "Aucune n’est attendue."
    yield Indicator("Jury", "Évaluations complètes", done, _share(done, asked), detail=among)
    yield Indicator("Jury", "Évaluations en attente de notes", len(waiting), detail=detail)
    yield Indicator("Jury", "Déports", int((status == EvaluationStatus.RECUSED).sum()))


def _selection(results: Results, campaign: Campaign) -> Iterator[Indicator]:
    ranking, target = results.ranking, campaign.campaign.target
    ranked = int(ranking["rank"].notna().sum())
    once = alert_texts(ranking, target, results.calibration).once
    everyone = f"{everyone_fits_text(ranked, target).capitalize()} : le rang ne départage personne."
    fits = (everyone,) if 0 < ranked <= target else ()
    yield Indicator("Sélection", "Dossiers classés", ranked, detail=" ".join((*fits, *once)))
    yield Indicator("Sélection", "Places", target)
    for proposal, label in words.PROPOSALS.items():
        count = int((ranking["proposal"] == proposal).sum())
        reserved = int(((ranking["proposal"] == proposal) & (ranking["proposal_reserves"].str.len() > 0)).sum())
        detail = f"Dont {number(reserved)} sous réserve." if reserved else ""
        yield Indicator("Sélection", f"Proposition : {label.lower()}", count, detail=detail)
    decided = int(ranking["decision"].notna().sum())
    yield Indicator("Sélection", "Décisions saisies", decided, _share(decided, len(ranking)))


def _community(reading: Reading) -> Iterator[Indicator]:
    for line in community_lines(reading):
        yield Indicator("Communauté", line.label, line.total, detail=line.explained)


def _anomalies(results: Results) -> Iterator[Indicator]:
    for severity, label in ((Severity.BLOCKING, "Bloquantes"), (Severity.WARNING, "Avertissements")):
        yield Indicator("Anomalies", label, count(one for one in results.anomalies if one.severity is severity))


def _emails(sendings: Sequence[Sending]) -> Iterator[Indicator]:
    for state, label in (
        (DeliveryStatus.TO_APPROVE, DeliveryStatus.TO_APPROVE.value),
        (DeliveryStatus.APPROVED, "Validés"),
        (DeliveryStatus.BLOCKED, "Bloqués par une valeur manquante"),
    ):
        yield Indicator("E-mails", label, sum(sending.state == state for sending in sendings))
