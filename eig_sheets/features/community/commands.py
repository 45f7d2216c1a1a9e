"""`projects`: what earlier promotions did, for who prepares or screens an application."""

from __future__ import annotations

from typing import Final

import click

from eig_sheets.campaign.reading import read
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.community.files import Found, has_words, past_projects, search
from eig_sheets.text.french import typographic
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[Found](
    Col("promotion", "Promotion", lambda match: match.project.promotion),
    Col("year", value=lambda match: match.project.year),
    Col("project", "Projet", lambda match: match.project.name),
    Col("administration", "Accueil", lambda match: match.project.host),
    Col("professions", value=lambda match: match.project.professions),
    Col("summary", "Objet", lambda match: match.project.summary),
    Col("score", value=lambda match: round(match.score, 3)),
    Col("matched", "Mots trouvés"),
)
_MOST_SHOWN: Final = 10
"""Projects of a table: those that follow are less and less alike, and CSV or JSON has them."""


@click.command("search", cls=ReadingCommand)
@click.argument("words", metavar="MOTS", nargs=-1)
@click.option(
    "--dossier", metavar="NUMÉRO", help="Cherche les mots du nom et du résumé de ce dossier, lus dans le classeur."
)
@click.pass_obj
def search_projects(session: Session, words: tuple[str, ...], dossier: str | None, form: str) -> None:
    """Cherche des mots dans les projets passés : nom, administration, objet et métiers.

    Les plus proches d’abord ; la table en montre dix, csv et json les donnent tous. Accents, majuscules et pluriels ne
    comptent pas. Source : les sites publics du programme, Licence Ouverte 2.0. Une promotion qui n’a pas commencé à la
    date du jour (ou de --today) n’est pas montrée.
    """
    if bool(words) == (dossier is not None):
        raise click.UsageError(typographic("Donnez des mots à chercher, ou --dossier NUMÉRO : l’un des deux."))
    asked = " ".join(words) if dossier is None else _words_of(session, dossier)
    if not has_words(asked):
        raise Refusal(typographic(f"« {asked} » n’a aucun mot qui dise un sujet : cherchez-en d’autres."))
    matches = search(asked, [project for project in past_projects() if project.has_begun(session.clock.today)])
    shown = matches[:_MOST_SHOWN] if form == "table" else matches
    show(_TABLE, shown, form, "Aucun projet passé n’a ces mots.")
    if len(shown) < len(matches):
        session.say(f"{len(matches)} projets ont au moins un de ces mots : --format csv les donne tous.")


def _words_of(session: Session, dossier: str) -> str:
    """The name and the summary of a dossier. Raises Refusal."""
    reading = read(session.workbook.read(), session.campaign)
    refuse(reading.problems)
    rows = reading.valid_rows("candidatures")
    mine = rows[rows["numero"] == dossier]
    if mine.empty:
        hint = did_you_mean(dossier, rows["numero"])
        raise Refusal(typographic(f"Le dossier « {dossier} » n’est pas dans le classeur, ou n’est pas lu.{hint}"))
    return " ".join(str(mine.iloc[0][field]) for field in ("projet", "resume") if mine.iloc[0][field])
