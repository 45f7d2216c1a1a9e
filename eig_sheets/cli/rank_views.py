"""Other views of `rank`: its sensitivity, simulated campaigns, the jurors; and which rows no view has."""

from __future__ import annotations

from eig_sheets.campaign import sensitivity, simulation
from eig_sheets.campaign.explain_rank import reliability, uncorrected
from eig_sheets.campaign.juror_texts import FIT_METHOD, fit_summary
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.records import (
    JUROR_HEADERS,
    SENSITIVITY_HEADERS,
    juror_lines,
    juror_records,
    sensitivity_lines,
    sensitivity_records,
)
from eig_sheets.cli.session import Session
from eig_sheets.cli.simulation import HEADERS, campaigns_text, lines, records
from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.alerts import comparison_sentences
from eig_sheets.workbook.quoting import quoted

EXPLANATION_HEADERS = {
    "what": "Quoi",
    "value": "Valeur",
    "formula": "Calcul",
    "cells": "Cellules",
    "source": "Source",
}
"""The columns of an explanation, and their French names."""


def print_sensitivity(session: Session, form: str) -> None:
    """Print who enters the places, or leaves them, when one thing changes."""
    reading, results = results_of(session)
    found = sensitivity.sensitivity_of(results, reading.campaign)
    lines = sensitivity_lines(found) if form == "table" else sensitivity_records(found)
    show(lines, form, SENSITIVITY_HEADERS, "Rien ne change dans les places.")
    session.say(sensitivity.summary(found))
    print_excluded(session, reading)


def print_calibration(session: Session, form: str) -> None:
    """Print what the places would be worth if the jury had been drawn otherwise."""
    reading, results = results_of(session)
    reason = simulation.reason_for_none(results, reading.campaign.campaign.target)
    if reason:
        show([], form, HEADERS, "Aucune simulation.")
        session.say(reason)
        return
    pairs = simulation.pairs_of(results)
    with session.step(campaigns_text(pairs)):
        simulated = simulation.simulation_of(reading, results, pairs)
    show(lines(simulated) if form == "table" else records(simulated), form, HEADERS, "")
    for sentence in simulation.summary(simulated):
        session.say(sentence)
    print_excluded(session, reading)


def print_jurors(session: Session, form: str) -> None:
    """Print the severity of each juror and panel, and how far their notes follow those of the others."""
    reading, results = results_of(session)
    records = juror_records(reading, results)
    show(juror_lines(records) if form == "table" else records, form, JUROR_HEADERS, "Aucune évaluation complète.")
    remark = uncorrected(results.calibration) or reliability(results.calibration)
    session.say(f"{remark[:1].upper()}{remark[1:]}.")
    for sentence in comparison_sentences(results.calibration):
        session.say(typographic(sentence))
    if fit := fit_summary(results.calibration.jurors["fit_flag"]):
        session.say(fit)
        session.say(FIT_METHOD)


def print_excluded(session: Session, reading: Reading) -> None:
    """Print which dossiers a blocking anomaly excludes from the results."""
    table = reading.tables["candidatures"]
    excluded = table.frame[table.frame["row"].isin(table.blocked)]
    if not excluded.empty:
        pairs = zip(excluded["numero"], excluded["row"], strict=True)
        names = listed_first(
            [f"{quoted(numero or 'sans numéro')} (ligne {table.layout.row_name(row)})" for numero, row in pairs]
        )
        lines = plural(len(excluded), "ligne laissée", "lignes laissées")
        session.say(f"{lines} de côté dans {table.layout.name} : {names}. Voyez « eig-sheets check ».")
