"""`report`: writes the jury's page, or the minutes of its deliberation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eig_sheets.cli.click_french import FrenchCommand
from eig_sheets.cli.session import Refusal, Session, french_errors

if TYPE_CHECKING:
    from datetime import date

    from eig_sheets.campaign.reading import Reading
    from eig_sheets.campaign.results import Results

_PAGE, _MINUTES = "rapport-jury.html", "proces-verbal.docx"


@click.command(cls=FrenchCommand)
@click.option("--minutes", is_flag=True, help="Le procès-verbal de la délibération (.docx), à compléter et à signer.")
@click.option(
    "--to", "target", metavar="FICHIER", type=click.Path(path_type=Path),
    help=f"Le fichier à écrire. Par défaut, ici : {_PAGE}, ou {_MINUTES} avec --minutes.",
)  # fmt: skip
@click.option("--open", "opened", is_flag=True, help="L’ouvrir aussi, avec le programme de votre système.")
@click.pass_obj
def report(session: Session, target: Path | None, *, minutes: bool, opened: bool) -> None:
    """Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire dans le classeur.

    La page tient en un fichier .html : elle se lit hors ligne, s’imprime en A4 et n’envoie rien. Elle contient les
    notes et les commentaires des jurés : ne la donnez qu’à eux. Un fichier de ce nom n’est remplacé que si c’est un
    rapport que personne n’a modifié : un procès-verbal complété n’est jamais perdu.
    """
    path = _path(target, _MINUTES if minutes else _PAGE)
    with french_errors():
        from eig_sheets.cli.pipeline import results_of
        from eig_sheets.report.files import ReportError, refuse_taken, write

        try:
            refuse_taken(path)
            reading, results = results_of(session)
            with session.step("Écriture du rapport"):
                write(path, (_minutes if minutes else _page)(reading, results, session.clock.today))
        except ReportError as error:
            raise Refusal(str(error)) from None
    session.say(f"{'Procès-verbal à compléter' if minutes else 'Page du jury'} : {path}")
    if opened:
        click.launch(str(path))


def _path(target: Path | None, default: str) -> Path:
    path = (target or Path(default)).absolute()
    suffix = Path(default).suffix
    if path.suffix.lower() != suffix:
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par {suffix}.")
    return path


def _page(reading: Reading, results: Results, day: date) -> bytes:
    from eig_sheets.report.assets import assets
    from eig_sheets.report.checksum import with_checksum
    from eig_sheets.report.html import page
    from eig_sheets.report.view import view_of

    return with_checksum(page(view_of(reading, results, day), assets()))


def _minutes(reading: Reading, results: Results, day: date) -> bytes:
    from eig_sheets.report.minutes.document import document
    from eig_sheets.report.minutes.view import minutes_of

    return document(minutes_of(reading, results, day))
