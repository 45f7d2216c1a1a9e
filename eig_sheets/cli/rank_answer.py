"""`rank --explain DOSSIER --to FILE`: the answer to an applicant, once the decision may be known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.domain.emails.selection import announced
from eig_sheets.emails.drafting.tables import tables
from eig_sheets.report.algorithm.answer_document import document
from eig_sheets.report.algorithm.applicant import answer
from eig_sheets.report.algorithm.page import UnsaidError
from eig_sheets.report.files import ReportError, refuse_taken, write


def write_answer(session: Session, numero: str, target: Path, reading: Reading, results: Results) -> None:
    """Write the answer about a dossier that has results."""
    path, day = target.absolute(), session.clock.today
    try:
        refuse_taken(path)
        _refuse_undecided(numero, reading, results, day)
        with session.step("Écriture de la réponse"):
            write(path, document(answer(numero, reading, results, day), day))
    except (ReportError, UnsaidError) as error:
        raise Refusal(str(error)) from None
    session.say(f"Réponse à relire et à signer, pour le porteur de ce dossier seul : {path}")


def check_answer(target: Path, explain: str | None, form: str) -> None:
    """Raise UsageError unless the answer is about a dossier, and a .docx."""
    if explain is None:
        raise click.UsageError("--to demande --explain DOSSIER : la réponse est celle d’un dossier.")
    if form != "table":
        at_most_one({"--format": True, "--to": True})
    if target.suffix.lower() != ".docx":
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .docx.")


def _refuse_undecided(numero: str, reading: Reading, results: Results, day: date) -> None:
    """Raise Refusal for a dossier of which no decision may be announced: its rank would tell it before its time."""
    if numero not in announced(tables(reading, results), reading.campaign.emails, day):
        raise Refusal(
            f"Aucune décision ne peut être annoncée pour le dossier {numero} : ni Décision ni Présélection n’en dit "
            "une, elles se contredisent, ou le jour d’annonce n’est pas venu (emails.announced). Cette réponse est due "
            "à qui connaît la décision : rien n’a été écrit."
        )
