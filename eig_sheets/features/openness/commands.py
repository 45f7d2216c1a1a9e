"""`export`: writes what an administration publishes of its call: the selected projects, the page on the ranking."""

from __future__ import annotations

from pathlib import Path

import click

from eig_sheets.call.report.algorithm.stated_rules import UnsaidError
from eig_sheets.campaign.overrides import Overrides
from eig_sheets.campaign.reading import read
from eig_sheets.cli.command import Command
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.documents.checksum import with_checksum
from eig_sheets.documents.files import ReportError, refuse_taken, write
from eig_sheets.features.openness.counts import count_records
from eig_sheets.features.openness.files import write_package
from eig_sheets.features.openness.package import package_files
from eig_sheets.features.openness.page import published
from eig_sheets.features.openness.page_formats import html_page, markdown_page
from eig_sheets.features.openness.projects import PUBLISHING, UnpublishableError, publication
from eig_sheets.text.french import plural, typographic

_ENDINGS = (".html", ".md")


@click.command(cls=Command, acts=(PUBLISHING,))
@click.option(
    "--algorithm", is_flag=True, help="La page qui explique le classement : règles, paramètres, sources, droits."
)
@click.option("--method", is_flag=True, help="Avec les projets : cette même page, classement.html.")
@click.option("--counts", is_flag=True, help="Avec les projets : combien de dossiers à chaque étape, chiffres.csv.")
@click.option(
    "--to",
    "target",
    metavar="DOSSIER|FICHIER",
    type=click.Path(path_type=Path),
    required=True,
    help="Le dossier des données ouvertes ; ou, avec --algorithm, le fichier, .html (une page complète) ou .md (pour "
    "un site qui a sa mise en page).",
)
@click.pass_obj
def export(session: Session, target: Path, *, algorithm: bool, method: bool, counts: bool) -> None:
    """Écrit ce que l’administration publie de son appel, sans rien écrire dans le classeur.

    Les projets lauréats, en données ouvertes, une fois venu le jour où tous peuvent les connaître : projets.csv,
    projets.json, leur schéma (schema.json), leur licence, source et date (datapackage.json). Rien des autres projets,
    ni des personnes : un texte où se lit une adresse, un téléphone ou un nom du classeur n’est pas publié.

    Avec --algorithm, la page qui explique le classement, celle que veut le code des relations entre le public et
    l’administration (L. 312-1-3) quand il fonde des décisions : à quoi il sert, qui décide, les données, les critères
    et leurs poids, chaque paramètre et sa source, les calculs, le co-financement, les droits de chacun. Tout vient de
    la configuration et de l’onglet Paramètres, s’il y en a un ; ni dossier, ni juré n’y figure. Un fichier de ce nom
    n’est remplacé que s’il vient d’ici et que personne ne l’a modifié.
    """
    if not algorithm:
        if target.suffix.lower() in _ENDINGS:
            raise click.UsageError("Dites quoi publier : --algorithm.")
        _write_open_data(session, target.absolute(), method=method, counts=counts)
        return
    if method or counts:
        raise click.UsageError("--method et --counts vont avec les projets : retirez --algorithm.")
    if target.suffix.lower() not in _ENDINGS:
        raise click.UsageError(f"--to {target} : le nom du fichier doit se terminer par .html ou .md.")
    _write_page(session, target.absolute())


def _write_page(session: Session, path: Path) -> None:
    """Write the page that explains the ranking. Raises Refusal."""
    try:
        refuse_taken(path)
        overrides = _in_force(session)
        page = published(overrides.campaign, overrides, session.clock.today)
        form = html_page if path.suffix.lower() == ".html" else markdown_page
        write(path, with_checksum(form(page)))
    except (ReportError, UnsaidError) as error:
        raise Refusal(str(error)) from None
    session.say(f"Page du classement, à relire avant de la publier : {path}")


def _in_force(session: Session) -> Overrides:
    """The campaign with the settings of its officers; the page is published before the workbook exists, too."""
    if not session.workbook.exists():
        return Overrides(session.campaign)
    return read(session.workbook.read(), session.campaign).overrides


def _write_open_data(session: Session, folder: Path, *, method: bool, counts: bool) -> None:
    """Write the selected projects into a folder, with the page on the ranking and the numbers if asked.

    Raises Refusal.
    """
    reading, results = results_of(session)
    today = session.clock.today
    try:
        projects = publication(reading, today)
        numbers = count_records(reading, results) if counts else ()
        page = with_checksum(html_page(published(reading.campaign, reading.overrides, today))) if method else b""
        write_package(folder, package_files(reading, projects.records, numbers, page, today))
    except (UnpublishableError, UnsaidError) as error:
        raise Refusal(typographic(str(error))) from None
    for notice in projects.notices:
        session.say(notice)
    said = plural(len(projects.records), "projet lauréat, à relire avant de le publier",
                  "projets lauréats, à relire avant de les publier")  # fmt: skip
    session.say(f"{said} : {folder}")
