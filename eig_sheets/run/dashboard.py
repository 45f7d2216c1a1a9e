"""The indicators of `Accueil`: dossiers, jury, selection, co-financing, anomalies and e-mails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.cofinancing.amounts import COFINANCING, cofinancing_totals
from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus
from eig_sheets.call.cofinancing.rules_totals import Total, Totals, exact_sum
from eig_sheets.call.cofinancing.words import GROUPS, envelope_text, remarks
from eig_sheets.call.jury.assignments import assigned
from eig_sheets.call.jury.progress import expected_evaluations
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus, is_complete
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import alert_texts, everyone_fits_text
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import Figures
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.run.accueil import Indicator
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.anomalies import Severity, count
from eig_sheets.workbook.envois import Sending

_COFINANCING: Final = "Co-financement"


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """What a workbook without dossiers is about, which a feature has apart.

    `indicators`: those of `Accueil`; `counts`: how many rows the results come from, in French.
    """

    indicators: Callable[[Reading], Iterable[Indicator]] = lambda _: ()
    counts: Callable[[Reading], tuple[str, ...]] = lambda _: ()


def apart(reading: Reading) -> Apart:
    """What a workbook without dossiers is about."""
    return next(iter(reading.campaign.features.parts(Apart)), Apart())


def indicators(reading: Reading, results: Results, sendings: Sequence[Sending]) -> list[Indicator]:
    """Every indicator, in the order of the campaign's stages."""
    if not reading.owns("candidatures"):
        return [*apart(reading).indicators(reading), *_anomalies(results), *_emails(sendings)]
    shown = [*_received(reading, results)]
    if not reading.tables["candidatures"].frame.empty:  # before, each line would say zero
        shown += _jury(reading, results)
        shown += _selection(results, reading.campaign)
        shown += cofinancing_indicators(results, reading.campaign)
    for figures in reading.campaign.features.parts(Figures):
        for line in figures.lines(reading):
            shown.append(Indicator(figures.section, line.label, line.total, detail=line.explained))
    return [*shown, *_anomalies(results), *_emails(sendings)]


def _received(reading: Reading, results: Results) -> Iterator[Indicator]:
    table = reading.tables["candidatures"]
    total, included = len(table.frame), len(results.of(APPLICATIONS).dossiers)
    yield Indicator("Dossiers", "Lignes remplies dans Candidatures", total)
    detail = "Une anomalie bloquante les laisse hors des résultats : voir Anomalies." if total > included else ""
    yield Indicator("Dossiers", "Laissés de côté", total - included, detail=detail)
    for status, label in words.ELIGIBILITY.items():
        count = int((results.of(APPLICATIONS).eligibility["status"] == status).sum())
        is_stage = status == EligibilityStatus.ELIGIBLE
        yield Indicator("Dossiers", label, count, _share(count, included), is_stage=is_stage)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _jury(reading: Reading, results: Results) -> Iterator[Indicator]:
    status = results.of(SCORES).evaluated["status"]
    if assigned(results):
        expected = expected_evaluations(reading, results)
        asked, done = len(expected), int(expected["received"].sum())
        waiting = expected[~expected["received"]]
    else:
        asked = int((status != EvaluationStatus.RECUSED).sum())
        done = int(is_complete(status).sum())
        waiting = results.of(SCORES).evaluated[status == EvaluationStatus.INCOMPLETE]
    late = waiting["jure"].nunique()
    detail = f"De {plural(late, 'juré')}." if late else ""
    among = f"Sur {plural(asked, 'attendue')}." if asked else "Aucune n’est attendue."
    yield Indicator("Jury", "Évaluations complètes", done, _share(done, asked), detail=among, is_stage=True)
    yield Indicator("Jury", "Évaluations en attente de notes", len(waiting), detail=detail)
    yield Indicator("Jury", "Déports", int((status == EvaluationStatus.RECUSED).sum()))


def _selection(results: Results, campaign: Campaign) -> Iterator[Indicator]:
    ranking, target = results.of(SCORES).ranking, campaign.campaign.target
    ranked = int(ranking["rank"].notna().sum())
    once = alert_texts(ranking, target, results.of(SCORES).calibration).once
    everyone = f"{everyone_fits_text(ranked, target).capitalize()} : le rang ne départage personne."
    fits = (everyone,) if 0 < ranked <= target else ()
    yield Indicator("Sélection", "Dossiers classés", ranked, detail=" ".join((*fits, *once)))
    yield Indicator("Sélection", "Places", target)
    near = int((ranking["zone"] == Zone.DELIBERATION).sum())
    if near:
        detail = "Leur probabilité de sélection ne tranche pas : à discuter en séance."
        yield Indicator("Sélection", "Dans la zone de délibération", near, detail=detail)
    for proposal, label in words.PROPOSALS.items():
        count = int((ranking["proposal"] == proposal).sum())
        reserved = int(((ranking["proposal"] == proposal) & (ranking["proposal_reserves"].str.len() > 0)).sum())
        detail = f"Dont {number(reserved)} sous réserve." if reserved else ""
        yield Indicator("Sélection", f"Proposition : {label.lower()}", count, detail=detail)
    decided = int(ranking["decision"].notna().sum())
    yield Indicator("Sélection", "Décisions saisies", decided, _share(decided, len(ranking)), is_stage=True)


def cofinancing_indicators(results: Results, campaign: Campaign) -> Iterator[Indicator]:
    """What is asked, and what the laureates cost beside the envelope; nothing for a call without co-financing."""
    if campaign.cofinancing.rule == "none":
        return
    money, totals = results.of(COFINANCING), cofinancing_totals(results, campaign)
    inside = money[money["status"] != CofinancingStatus.VOID]
    requested = inside[inside["requested"].eq(other=True).fillna(value=False)]
    yield Indicator(_COFINANCING, "Demandé", len(requested), len(requested) / len(inside) if len(inside) else None)
    for status in (CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL):
        yield from _of_status(requested[requested["status"] == status], words.COFINANCING[status])
    excluded = len(money) - len(inside)
    detail = "Inéligibles, écartés ou désistés : ils ne comptent dans aucun montant." if excluded else ""
    yield Indicator(_COFINANCING, words.COFINANCING[CofinancingStatus.VOID], excluded, detail=detail)
    yield from _of_laureates(totals)


def _of_status(group: pd.DataFrame, label: str) -> Iterator[Indicator]:
    unknown = int(group["amount_max"].isna().sum())
    counted = plural(unknown, "montant inconnu compte", "montants inconnus comptent")
    detail = f"{counted} pour zéro." if unknown else ""
    for end, column in (("minimum", "amount_min"), ("maximum", "amount_max")):
        shown = detail if end == "maximum" else ""
        yield Indicator(
            _COFINANCING, f"{label} : {end}", len(group), amount=float(exact_sum(group[column])), detail=shown
        )


def _of_laureates(totals: Totals) -> Iterator[Indicator]:
    if totals.envelope is not None:
        yield Indicator(_COFINANCING, "Enveloppe", amount=float(totals.envelope))
    for group, label in GROUPS.items():
        total: Total = getattr(totals, group)
        for end, amount in (("minimum", total.least), ("maximum", total.most)):
            share = float(amount / totals.envelope) if totals.envelope else None
            detail = _detail(total, totals) if end == "maximum" else ""
            yield Indicator(_COFINANCING, f"{label} : {end}", total.asking, share, float(amount), detail=detail)


def _detail(total: Total, totals: Totals) -> str:
    provisional = ["Montant prévisionnel."] if total.asking and total.provisional else []
    envelope = [f"{envelope_text(total, totals.envelope)}."] if totals.envelope is not None and total.asking else []
    return " ".join((*provisional, *remarks(total), *envelope))


def _anomalies(results: Results) -> Iterator[Indicator]:
    for severity, label in ((Severity.BLOCKING, "Bloquantes"), (Severity.WARNING, "Avertissements")):
        yield Indicator(
            "Anomalies", label, count(anomaly for anomaly in results.anomalies if anomaly.severity is severity)
        )


def _emails(sendings: Sequence[Sending]) -> Iterator[Indicator]:
    for state, label in (
        (DeliveryStatus.TO_APPROVE, DeliveryStatus.TO_APPROVE.value),
        (DeliveryStatus.APPROVED, "Validés"),
        (DeliveryStatus.BLOCKED, "Bloqués par une valeur manquante"),
    ):
        yield Indicator("E-mails", label, sum(sending.state == state for sending in sendings))
