"""`report`: writes the page of the jury, of its presidency or of one juror, or the minutes of its deliberation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from eig_sheets.call.report.audience import JURY, PRESIDENCY, Audience, NoPageError, one_juror
from eig_sheets.call.report.commands_live import LivePage
from eig_sheets.call.report.html import assets
from eig_sheets.call.report.live import Live
from eig_sheets.call.report.minutes.document import document
from eig_sheets.call.report.minutes.view import minutes_of
from eig_sheets.call.report.open_points import open_points, sentences
from eig_sheets.call.report.pages import page_of
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.command import Command
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.documents.checksum import with_checksum
from eig_sheets.documents.files import ReportError, refuse_taken, write

_PAGE, _PRESIDENCY_PAGE, _MINUTES = "rapport-jury.html", "rapport-presidence.html", "proces-verbal.docx"
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.@+-]")


@click.command(cls=Command, acts=(Act.REPORT,))
@click.option("--minutes", is_flag=True, help="Le procès-verbal de la délibération (.docx), à compléter et à signer.")
@click.option(
    "--presidence",
    "presidency",
    is_flag=True,
    help="La page de la présidence : aussi la sévérité de chaque juré, et l’écart de ses notes à celles des autres.",
)
@click.option(
    "--for",
    "juror",
    metavar="E-MAIL",
    help="La page de ce juré : rien des dossiers dont il se déporte, ni de ceux de son organisation.",
)
@click.option(
    "--to",
    "target",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help=f"Le fichier à écrire. Par défaut, ici : {_PAGE}, {_PRESIDENCY_PAGE}, rapport-E-MAIL.html ou {_MINUTES}.",
)
@click.option(
    "--seance",
    "live",
    is_flag=True,
    help="Tient la page à jour pendant la réunion : réécrite quand le classeur change, jusqu’à Ctrl-C.",
)
@click.option("--open", "opened", is_flag=True, help="L’ouvrir aussi, avec le programme de votre système.")
@click.pass_obj
def report(
    session: Session,
    target: Path | None,
    juror: str | None,
    *,
    minutes: bool,
    presidency: bool,
    live: bool,
    opened: bool,
) -> None:
    """Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire dans le classeur.

    La page tient en un fichier .html : elle se lit hors ligne, s’imprime en A4 et n’envoie rien. Elle contient les
    notes et les commentaires des jurés : ne la donnez qu’à eux. Celle de la présidence dit aussi la sévérité de chacun
    et l’écart de ses notes à celles des autres : ne la donnez pas au jury. Un juré en déport reçoit la sienne (--for),
    où rien n’est calculé avec les dossiers qu’il ne lit pas.
    Pendant la réunion, --seance relit le classeur toutes les quinze secondes, et la page se recharge d’elle-même.
    Avant d’écrire un procès-verbal, la commande dit ce qui reste ouvert : dossiers reçus et laissés de côté,
    évaluations qui ne comptent pas, déports à trancher, réserves ; il en a une section.
    Un fichier de ce nom n’est remplacé que si c’est un rapport que personne n’a modifié : un procès-verbal complété
    n’est jamais perdu.
    """
    at_most_one({"--minutes": minutes, "--presidence": presidency, "--for": juror is not None})
    at_most_one({"--minutes": minutes, "--seance": live})
    default = _MINUTES if minutes else _PRESIDENCY_PAGE if presidency else _page_name(juror)
    path = _path(target, default)
    if live:
        _follow(session, path, juror, presidency=presidency, opened=opened)
        return
    before = _print_what_stands_open if minutes else None
    _, audience = write_report(session, path, juror, minutes=minutes, presidency=presidency, before=before)
    session.say(f"{_what(audience, minutes=minutes)} : {path}")
    if opened:
        click.launch(str(path))


def write_report(
    session: Session,
    path: Path,
    juror: str | None = None,
    *,
    minutes: bool = False,
    presidency: bool = False,
    before: Callable[[Reading, Results], None] | None = None,
) -> tuple[Reading, Audience]:
    """Write a page, or the minutes, and return what was read and for whom it is. Raises Refusal.

    `before`: what is done with the results before anything is written.
    """
    try:
        refuse_taken(path)
        reading, results = results_of(session)
        audience = _audience(reading, juror, presidency=presidency)
        if before is not None:
            before(reading, results)
        with session.step("Écriture du rapport"):
            day = session.clock.today
            minutes_file = document(minutes_of(reading, results, day)) if minutes else None
            write(path, minutes_file or _page(reading, results, day, audience))
    except (ReportError, NoPageError) as error:
        raise Refusal(str(error)) from None
    return reading, audience


def _print_what_stands_open(reading: Reading, results: Results) -> None:
    """Print on stdout, one line each, what was received and left aside and what is not settled: lines name people."""
    for sentence in sentences(open_points(reading, results)):
        echo(sentence)


def _follow(session: Session, path: Path, juror: str | None, *, presidency: bool, opened: bool) -> None:
    """Write a page and keep it up to date until Ctrl-C."""

    def page_of(reading: Reading, results: Results, live: Live) -> bytes:
        try:
            audience = _audience(reading, juror, presidency=presidency)
        except NoPageError as error:
            raise Refusal(str(error)) from None
        return _page(reading, results, session.clock.today, audience, live)

    page = LivePage(session, path, page_of)
    page.begin()
    session.say(f"Page qui suit le classeur : {path}. Ctrl-C pour finir.")
    if opened:
        click.launch(str(path))
    page.follow()


def _page_name(juror: str | None) -> str:
    """The name of the page of a juror, or of the jury; what a file name cannot hold becomes a hyphen."""
    return _PAGE if juror is None else f"rapport-{_NOT_IN_FILE_NAMES.sub('-', juror.strip())}.html"


def _what(audience: Audience, *, minutes: bool) -> str:
    if minutes:
        return "Procès-verbal à compléter"
    if audience.presidency:
        return "Page de la présidence, à ne pas donner au jury"
    return "Page de ce juré" if audience.juror else "Page du jury"


def _audience(reading: Reading, juror: str | None, *, presidency: bool) -> Audience:
    if juror is not None:
        return one_juror(reading, juror)
    return PRESIDENCY if presidency else JURY


def _path(target: Path | None, default: str) -> Path:
    path = (target or Path(default)).absolute()
    suffix = Path(default).suffix
    if path.suffix.lower() != suffix:
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par {suffix}.")
    return path


def _page(reading: Reading, results: Results, day: date, audience: Audience, live: Live | None = None) -> bytes:
    return with_checksum(page_of(reading, results, day, audience, assets(), live))
