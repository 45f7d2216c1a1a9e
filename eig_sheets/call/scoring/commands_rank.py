"""`rank`: prints the ranking, how each number was computed, the answer to an applicant; how any results are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import click

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.algorithm.applicant import answer, document
from eig_sheets.call.report.algorithm.stated_rules import UnsaidError
from eig_sheets.call.report.explain import explain_rank
from eig_sheets.call.scoring.commands_tables import RankRow, rank_explanation, rank_table, ranked, rows_left_aside
from eig_sheets.call.scoring.commands_views import print_calibration, print_excluded, print_jurors, print_sensitivity
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import alert_texts
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.explanation_lines import EXPLANATION, Line
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedReadingCommand
from eig_sheets.documents.files import ReportError, refuse_taken, write
from eig_sheets.emails.catalogue.selection import announced
from eig_sheets.emails.drafting.subjects import tables
from eig_sheets.text.french import MOST_LISTED
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Table

Row = TypeVar("Row")

explain_option = click.option("--explain", metavar="DOSSIER", help="D’où vient chaque nombre de ce dossier.")


@click.command(cls=SharedReadingCommand, path="rank", acts=(Act.RANKING,))
@explain_option
@click.option(
    "--to",
    "target",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Avec --explain, écrit la réponse au porteur de ce dossier (.docx), sans rien des autres ni de qui a noté.",
)
@click.option(
    "--jurors",
    is_flag=True,
    help="La sévérité de chaque juré et de chaque groupe, et l’accord des notes de chaque juré avec celles des autres.",
)
@click.option("--sensitivity", is_flag=True, help="Qui entre dans les places ou en sort quand une seule chose change.")
@click.option("--calibration", is_flag=True, help="Ce que vaudraient les places si le jury avait été tiré autrement.")
@click.pass_obj
def rank(
    session: Session,
    explain: str | None,
    target: Path | None,
    *,
    jurors: bool,
    sensitivity: bool,
    calibration: bool,
    form: str,
) -> None:
    """Affiche le classement, sans rien écrire.

    Avec --explain, chaque nombre d’un dossier : ses cellules, sa formule et la source de la règle ; puis ce qui
    l’élève ou l’abaisse, ses voisins, et ce qui changerait son sort. Avec --to, la réponse à son porteur, celle que
    veut le code des relations entre le public et l’administration (R. 311-3-1-2) quand le classement fonde la décision.
    Avec --sensitivity, ce que deviennent les places, au classement officiel, sans un critère, avec un critère compté
    double, ou sans un juré. Avec --calibration, des campagnes simulées, aux mêmes lecteurs : combien de places iraient
    aux meilleurs, et si les intervalles sont sûrs.
    """
    views = {"--jurors": jurors, "--explain": explain is not None, "--sensitivity": sensitivity}
    at_most_one(views | {"--calibration": calibration})
    if target is not None:
        _check_answer_options(target, explain, form)
    if jurors:
        print_jurors(session, form)
        return
    if sensitivity:
        print_sensitivity(session, form)
        return
    if calibration:
        print_calibration(session, form)
        return
    if target is not None and explain is not None:
        _write_answer(session, explain, target)
        return
    view = View[RankRow](
        lambda reading, results: rank_table(results, reading.campaign),
        lambda reading, results: [*ranked(results), *rows_left_aside(reading, results)],
        explain_rank,
        rank_explanation,
        said_once,
    )
    print_view(view, session, explain, form)


def _check_answer_options(target: Path, explain: str | None, form: str) -> None:
    """Raise UsageError unless the answer to an applicant is about a dossier, and a .docx."""
    if explain is None:
        raise click.UsageError("--to demande --explain DOSSIER : la réponse est celle d’un dossier.")
    if form != "table":
        at_most_one({"--format": True, "--to": True})
    if target.suffix.lower() != ".docx":
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .docx.")


def _write_answer(session: Session, numero: str, target: Path) -> None:
    """Write the answer to the applicant of a dossier that has results. Raises Refusal."""
    reading, results = results_of(session)
    refuse_unknown_dossier(numero, [*results.of(APPLICATIONS).dossiers["numero"]], reading)
    path, day = target.absolute(), session.clock.today
    try:
        refuse_taken(path)
        _refuse_undecided(numero, reading, results, day)
        with session.step("Écriture de la réponse"):
            write(path, document(answer(numero, reading, results, day), day))
    except (ReportError, UnsaidError) as error:
        raise Refusal(str(error)) from None
    session.say(f"Réponse à relire et à signer, pour le porteur de ce dossier seul : {path}")


def _refuse_undecided(numero: str, reading: Reading, results: Results, day: date) -> None:
    """Raise Refusal for a dossier of which no decision may be announced: its rank would tell it before its time."""
    if numero not in announced(tables(reading, results), reading.campaign.messages, day):
        raise Refusal(
            f"Aucune décision ne peut être annoncée pour le dossier {numero} : ni Décision ni Présélection n’en dit "
            "une, elles se contredisent, ou le jour d’annonce n’est pas venu (emails.announced). Cette réponse est due "
            "à qui connaît la décision : rien n’a été écrit."
        )


def said_once(reading: Reading, results: Results) -> Sequence[str]:
    """Sentences about the whole ranking."""
    return alert_texts(
        results.of(SCORES).ranking, reading.campaign.campaign.target, results.of(SCORES).calibration
    ).once


@dataclass(frozen=True)
class View(Generic[Row]):
    """How one kind of results is shown: its table and rows, and the lines and the table that explain one dossier.

    `once`: sentences about all of the results.
    """

    table: Callable[[Reading, Results], Table[Row]]
    rows: Callable[[Reading, Results], Sequence[Row]]
    explained: Callable[[str, Reading, Results], Sequence[Line]]
    explanation: Callable[[Reading, Results], Table[Line]] = lambda *_: EXPLANATION
    once: Callable[[Reading, Results], Sequence[str]] = lambda *_: ()


def print_view(view: View[Row], session: Session, explain: str | None, form: str) -> None:
    """Print results, or the explanation of one dossier."""
    reading, results = results_of(session)
    if explain is not None:
        refuse_unknown_dossier(explain, [*results.of(APPLICATIONS).dossiers["numero"]], reading)
        show(view.explanation(reading, results), view.explained(explain, reading, results), form)
        return
    show(view.table(reading, results), view.rows(reading, results), form, "Aucun dossier.")
    for sentence in view.once(reading, results):
        session.say(sentence)
    print_excluded(session, reading)


def refuse_unknown_dossier(numero: str, numbers: Sequence[str], reading: Reading) -> None:
    """Raise Refusal for a dossier that is not among those which count, with the reason."""
    if numero in numbers:
        return
    if (reading.tables["candidatures"].frame["numero"] == numero).any():
        causes = " ".join(
            f"{anomaly.place} : {anomaly.message}"
            for anomaly in [listed_anomaly for listed_anomaly in reading.anomalies if listed_anomaly.dossier == numero][
                :MOST_LISTED
            ]
        )
        raise Refusal(f"Le dossier {numero} est laissé de côté par une anomalie bloquante. {causes}")
    raise Refusal(f"Le dossier « {numero} » n’est pas dans le classeur.{did_you_mean(numero, numbers)}")
