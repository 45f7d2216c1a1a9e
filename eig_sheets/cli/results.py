"""`rank` and `cofinancing`: print the results, and how each number was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eig_sheets.cli.click_french import FrenchCommand, at_most_one
from eig_sheets.cli.output import format_option, show
from eig_sheets.cli.session import Refusal, Session, french_errors

if TYPE_CHECKING:
    from eig_sheets.campaign.reading import Reading
    from eig_sheets.campaign.results import Results

_EXPLANATION = {
    "what": "Quoi",
    "value": "Valeur",
    "formula": "Calcul",
    "cells": "Cellules",
    "source": "Source",
}
explain_option = click.option("--explain", metavar="DOSSIER", help="D’où vient chaque nombre de ce dossier.")


@click.command(cls=FrenchCommand)
@explain_option
@click.option(
    "--jurors",
    is_flag=True,
    help="La sévérité de chaque juré et de chaque groupe, et l’accord des notes de chaque juré avec celles des autres.",
)
@click.option("--sensitivity", is_flag=True, help="Qui entre dans les places ou en sort quand une seule chose change.")
@click.option("--calibration", is_flag=True, help="Ce que vaudraient les places si le jury avait été tiré autrement.")
@format_option
@click.pass_obj
def rank(
    session: Session, explain: str | None, *, jurors: bool, sensitivity: bool, calibration: bool, form: str
) -> None:
    """Affiche le classement, sans rien écrire.

    Avec --explain, chaque nombre d’un dossier : ses cellules, sa formule et la source de la règle ; puis ce qui
    l’élève ou l’abaisse, ses voisins, et ce qui changerait son sort. Avec --sensitivity, ce que deviennent les places,
    au classement officiel, sans un critère, avec un critère compté double, ou sans un juré. Avec --calibration, des
    campagnes simulées, aux mêmes lecteurs : combien de places iraient aux meilleurs, et si les intervalles sont sûrs.
    """
    views = {"--jurors": jurors, "--explain": explain is not None, "--sensitivity": sensitivity}
    at_most_one(views | {"--calibration": calibration})
    with french_errors():
        from eig_sheets.campaign.explain import explain_rank
        from eig_sheets.cli.records import RANK_HEADERS, explained_lines, rank_lines

        if jurors:
            _print_jurors(session, form)
            return
        if sensitivity:
            _print_sensitivity(session, form)
            return
        if calibration:
            _print_calibration(session, form)
            return

        def lines(records: Records, reading: Reading, results: Results) -> Records:
            return rank_lines(records, results, reading.campaign)

        view = _View(_ranked, lines, RANK_HEADERS, explain_rank, explained_lines, said_once)
        _print(view, session, explain, form)


def said_once(reading: Reading, results: Results) -> Sequence[str]:
    """Sentences about the whole ranking."""
    from eig_sheets.workbook.alerts import alert_texts

    return alert_texts(results.ranking, reading.campaign.campaign.target, results.calibration).once


def _ranked(reading: Reading, results: Results) -> Records:
    from eig_sheets.cli.records import rank_records

    return rank_records(results, reading.campaign)


def _print_sensitivity(session: Session, form: str) -> None:
    from eig_sheets.campaign.sensitivity import sensitivity_of, summary
    from eig_sheets.cli.pipeline import results_of
    from eig_sheets.cli.records import SENSITIVITY_HEADERS, sensitivity_lines, sensitivity_records

    reading, results = results_of(session)
    sensitivity = sensitivity_of(results, reading.campaign)
    lines = sensitivity_lines(sensitivity) if form == "table" else sensitivity_records(sensitivity)
    show(lines, form, SENSITIVITY_HEADERS, "Rien ne change dans les places.")
    session.say(summary(sensitivity))
    _print_excluded(session, reading)


def _print_calibration(session: Session, form: str) -> None:
    from eig_sheets.campaign.simulation import pairs_of, reason_for_none, simulation_of, summary
    from eig_sheets.cli.pipeline import results_of
    from eig_sheets.cli.simulation import HEADERS, campaigns_text, lines, records

    reading, results = results_of(session)
    reason = reason_for_none(results, reading.campaign.campaign.target)
    if reason:
        show([], form, HEADERS, "Aucune simulation.")
        session.say(reason)
        return
    pairs = pairs_of(results)
    with session.step(campaigns_text(pairs)):
        simulation = simulation_of(reading, results, pairs)
    show(lines(simulation) if form == "table" else records(simulation), form, HEADERS, "")
    for sentence in summary(simulation):
        session.say(sentence)
    _print_excluded(session, reading)


def _print_jurors(session: Session, form: str) -> None:
    from eig_sheets.campaign.explain_rank import reliability, uncorrected
    from eig_sheets.campaign.juror_texts import FIT_METHOD, fit_summary
    from eig_sheets.cli.pipeline import results_of
    from eig_sheets.cli.records import JUROR_HEADERS, juror_lines, juror_records
    from eig_sheets.text.french import typographic
    from eig_sheets.workbook.alerts import comparison_sentences

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


@click.command(cls=FrenchCommand)
@explain_option
@click.option(
    "--to",
    "target",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Écrit le tableau du service financier dans ce fichier, .xlsx ou .csv (pour Excel en français).",
)
@click.option(
    "--documents",
    "folder",
    metavar="DOSSIER",
    type=click.Path(path_type=Path),
    help="Écrit dans ce dossier les annexes (.docx) des lauréats décidés, une par voie, à compléter.",
)
@format_option
@click.pass_obj
def cofinancing(session: Session, explain: str | None, target: Path | None, folder: Path | None, form: str) -> None:
    """Affiche le co-financement de chaque dossier, ou l’écrit pour le service financier, hors du classeur.

    Le total des lauréats proposés et celui des lauréats décidés, face à l’enveloppe, ne comptent ni les inéligibles, ni
    les écartés, ni les désistés. Avec --explain, chaque nombre d’un dossier : ses cellules, sa formule et la source de
    la règle. Un fichier de ce nom n’est remplacé que s’il vient d’ici et que personne ne l’a modifié ; un .csv, qui ne
    peut pas le dire, ne l’est jamais.
    """
    at_most_one({"--explain": explain is not None, "--to": target is not None, "--documents": folder is not None})
    if form != "table":
        at_most_one({"--format": True, "--to": target is not None, "--documents": folder is not None})
    with french_errors():
        from eig_sheets.cli.cofinancing_files import write_documents, write_table

        if target is not None:
            write_table(session, target)
            return
        if folder is not None:
            write_documents(session, folder)
            return
        from eig_sheets.campaign.explain_cofinancing import explain_cofinancing
        from eig_sheets.cli.records import COFINANCING_HEADERS, cofinancing_lines, cofinancing_records

        view = _View(
            lambda _, results: cofinancing_records(results),
            lambda records, *_: cofinancing_lines(records),
            COFINANCING_HEADERS,
            explain_cofinancing,
            once=_total_sentences,
        )
        _print(view, session, explain, form)


def _total_sentences(reading: Reading, results: Results) -> Sequence[str]:
    """What the laureates cost together, proposed and decided apart; nothing for a call without co-financing."""
    from eig_sheets.campaign.results import cofinancing_totals
    from eig_sheets.workbook.cofinancing_texts import total_sentences

    if reading.campaign.cofinancing.rule == "none":
        return ()
    return [*total_sentences(cofinancing_totals(results, reading.campaign))]


Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class _View:
    """How one kind of results is shown: records for programs, lines for people, explanation of one dossier.

    `explained_lines`: that explanation for people. `once`: sentences about all of the results.
    """

    records: Callable[[Reading, Results], Records]
    lines: Callable[[Records, Reading, Results], Records]
    headers: Mapping[str, str]
    explained: Callable[[str, Reading, Results], Records]
    explained_lines: Callable[[Records, Reading, Results], Records] = lambda records, *_: records
    once: Callable[[Reading, Results], Sequence[str]] = lambda *_: ()


def _print(view: _View, session: Session, explain: str | None, form: str) -> None:
    from eig_sheets.cli.pipeline import results_of

    reading, results = results_of(session)
    if explain is not None:
        _refuse_unknown(explain, reading, results)
        found = view.explained(explain, reading, results)
        show(view.explained_lines(found, reading, results) if form == "table" else found, form, _EXPLANATION, "")
        return
    records = view.records(reading, results)
    show(view.lines(records, reading, results) if form == "table" else records, form, view.headers, "Aucun dossier.")
    for sentence in view.once(reading, results):
        session.say(sentence)
    _print_excluded(session, reading)


def _print_excluded(session: Session, reading: Reading) -> None:
    """Print which dossiers a blocking anomaly excludes from the results."""
    from eig_sheets.text.french import listed_first, plural
    from eig_sheets.workbook.quoting import quoted

    table = reading.tables["candidatures"]
    excluded = table.frame[table.frame["row"].isin(table.blocked)]
    if not excluded.empty:
        pairs = zip(excluded["numero"], excluded["row"], strict=True)
        names = listed_first(
            [f"{quoted(numero or 'sans numéro')} (ligne {table.layout.row_name(row)})" for numero, row in pairs]
        )
        lines = plural(len(excluded), "ligne laissée", "lignes laissées")
        session.say(f"{lines} de côté dans {table.layout.name} : {names}. Voyez « eig-sheets check ».")


def _refuse_unknown(numero: str, reading: Reading, results: Results) -> None:
    """Raise Refusal for a dossier that has no results, with the reason."""
    from eig_sheets.text.french import MOST_LISTED
    from eig_sheets.workbook.cell_names import name_of
    from eig_sheets.workbook.quoting import did_you_mean

    numbers = list(results.dossiers["numero"])
    if numero in numbers:
        return
    if (reading.tables["candidatures"].frame["numero"] == numero).any():
        causes = " ".join(
            f"{anomaly.tab}!{name_of(anomaly.cell or '', anomaly.tab, reading.snapshot)} : {anomaly.message}"
            for anomaly in [found for found in reading.anomalies if found.dossier == numero][:MOST_LISTED]
        )
        raise Refusal(f"Le dossier {numero} est laissé de côté par une anomalie bloquante. {causes}")
    raise Refusal(f"Le dossier « {numero} » n’est pas dans le classeur.{did_you_mean(numero, numbers)}")
