"""`jury status`: who is late, how far each group or dossier is, and what there is to discuss."""

from __future__ import annotations

from typing import Final

import click

from eig_sheets.call.jury.commands_progress import JURORS, NOBODY, Names, counts, names_of, print_section, print_summary
from eig_sheets.call.jury.progress import GroupProgress, JurorProgress, JuryStatus, SubjectProgress, jury_status
from eig_sheets.campaign.dependencies import Act
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.session import Session
from eig_sheets.cli.shared_commands import SharedReadingCommand
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.table import Col, Table
from eig_sheets.workbook.words import TOPICS

_DECLARED: Final = Table[JurorProgress](*JURORS, Col("declared"))
_TOPICS: Final = Table[SubjectProgress](
    Col("dossier", "Dossier", lambda dossier: dossier.number),
    Col("project", "Projet", lambda dossier: dossier.name or None),
    Col("topics", "Pourquoi", lambda dossier: typographic(" ; ".join(TOPICS[topic] for topic in dossier.topics))),
)


def _groups(names: Names) -> Table[GroupProgress]:
    return Table(
        Col("group", "Groupe", lambda group: group.group or None, first=True),
        Col("jurors", "Jurés", first=True),
        *counts("Attend des notes de", names, late=""),
    )


def _dossiers(names: Names) -> Table[SubjectProgress]:
    return Table(
        Col("dossier", "Dossier", lambda dossier: dossier.number, first=True),
        Col("project", "Projet", lambda dossier: dossier.name or None, first=True),
        *counts("Attend les notes de", names, late=""),
        Col("topics"),
    )


@click.command(cls=SharedReadingCommand, path="jury status", acts=(Act.JURY_PROGRESS,))
@click.option(
    "--by",
    type=click.Choice(["juror", "group", "dossier"]),
    default="juror",
    show_default=True,
    help="En csv et en json : une ligne par juré, par groupe ou par dossier. Le tableau montre les trois.",
)
@click.pass_obj
def status(session: Session, by: str, form: str) -> None:
    """Dit où en est le jury, sans rien écrire : qui est en retard, ce qui manque à chaque dossier, lesquels discuter.

    Ce qui est attendu vient de l’onglet Affectations quand il existe, sinon des lignes d’Évaluations ; un déport n’est
    pas attendu. Un juré est en retard à partir de la première relance (emails.reminders) ou une fois le jury clos
    (scoring.closes), s’il lui reste des dossiers à noter : ce sont ceux que la relance lui rappelle.
    """
    progress = jury_status(*results_of(session), session.clock.today)
    names = names_of(progress.jurors)
    if form == "table":
        _print_tables(progress, names)
    elif by == "juror":
        show(_DECLARED, progress.jurors, form)
    elif by == "group":
        show(_groups(names), progress.groups, form)
    else:
        show(_dossiers(names), progress.subjects, form)


def _print_tables(progress: JuryStatus, names: Names) -> None:
    """Print the three tables, those of groups and dossiers where they add something, then what is to discuss."""
    undeclared = sum(not juror.declared for juror in progress.jurors)
    declarations = f"{plural(undeclared, 'déclaration')} d’intérêts pas encore reçue{'s' * (undeclared > 1)}."
    print_summary(progress.jurors, *([declarations] if undeclared else []))
    show(_DECLARED, progress.jurors, "table", NOBODY)
    if len(progress.groups) > 1:
        print_section("Par groupe", _groups(names), progress.groups)
    waiting = [dossier for dossier in progress.subjects if dossier.progress.missing]
    print_section("Dossiers à qui il manque des évaluations", _dossiers(names), waiting)
    print_section("À discuter", _TOPICS, [dossier for dossier in progress.subjects if dossier.topics])
