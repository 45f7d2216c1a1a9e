"""`jury status`: who is late, how far each group, dossier or candidate is, and what there is to discuss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

import click

from eig_sheets.campaign.acts import Act
from eig_sheets.campaign.jury_status import (
    GroupProgress,
    JurorProgress,
    JuryStatus,
    SubjectProgress,
    candidate_status,
    jury_status,
)
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.text.french import listed_first, number, plural, typographic
from eig_sheets.workbook.table import Col, Table
from eig_sheets.workbook.words import TOPICS

Row = TypeVar("Row")
Names = Mapping[str, str]
"""The names of jurors, by their addresses."""


def _counts(left: str, names: Names, late: str = "En retard") -> Table[Any]:
    """How many evaluations are expected and came. `left`, `late`: the headers of what is missing, and whether it is."""
    return Table[Any](
        Col("expected", "Attendues"),
        Col("received", "Reçues", first=True),
        Col("late", late),
        Col("missing"),
        Col("left", left, lambda row: listed_first([names.get(of, of) for of in row.missing]), for_programs=False),
    ).over(lambda row: row.progress)


_OF_CANDIDATES: Final = Table[JurorProgress](
    Col("juror"),
    Col("name", "Juré", first=True),
    Col("group", "Groupe", lambda group: group.group or None, first=True),
    *_counts("Reste à noter", {}),
)
_JURORS: Final = Table[JurorProgress](*_OF_CANDIDATES, Col("declared"))
_TOPICS: Final = Table[SubjectProgress](
    Col("dossier", "Dossier", lambda dossier: dossier.number),
    Col("project", "Projet", lambda dossier: dossier.name or None),
    Col("topics", "Pourquoi", lambda dossier: typographic(" ; ".join(TOPICS[topic] for topic in dossier.topics))),
)


def _groups(names: Names) -> Table[GroupProgress]:
    return Table(
        Col("group", "Groupe", lambda group: group.group or None, first=True),
        Col("jurors", "Jurés", first=True),
        *_counts("Attend des notes de", names, late=""),
    )


def _dossiers(names: Names) -> Table[SubjectProgress]:
    return Table(
        Col("dossier", "Dossier", lambda dossier: dossier.number, first=True),
        Col("project", "Projet", lambda dossier: dossier.name or None, first=True),
        *_counts("Attend les notes de", names, late=""),
        Col("topics"),
    )


def _candidates(names: Names) -> Table[SubjectProgress]:
    return Table(
        Col("candidate", "Candidature", lambda candidate: candidate.number, first=True),
        Col("name", "Candidat", first=True),
        *_counts("Attend", names),
    )


_OTHER_LINES: Final = (
    "Le jury des projets se suit par juré, par groupe ou par dossier ; celui des candidats (--talents), par juré ou "
    "par candidat : --by juror ou --by candidate."
)
_NOBODY: Final = "Aucun juré dans l’onglet Jury."


@click.command(cls=ReadingCommand, acts=(Act.JURY_PROGRESS,), of_candidates=(Act.CANDIDATES,))
@click.option(
    "--by",
    type=click.Choice(["juror", "group", "dossier", "candidate"]),
    default="juror",
    show_default=True,
    help="En csv et en json : une ligne par juré, par groupe ou par dossier. Le tableau montre les trois. Avec "
    "--talents : par juré ou par candidat.",
)
@click.pass_obj
def status(session: Session, by: str, form: str) -> None:
    """Dit où en est le jury, sans rien écrire : qui est en retard, ce qui manque à chaque dossier, lesquels discuter.

    Ce qui est attendu vient de l’onglet Affectations quand il existe, sinon des lignes d’Évaluations ; un déport n’est
    pas attendu. Un juré est en retard à partir de la première relance (emails.reminders) ou une fois le jury clos
    (scoring.closes), s’il lui reste des dossiers à noter : ce sont ceux que la relance lui rappelle.

    « eig-sheets --talents jury status » dit de même où en est le jury des candidats ; une évaluation y est en retard
    dès que la personne a été entendue.
    """
    if by not in (("juror", "candidate") if session.talents else ("juror", "group", "dossier")):
        raise click.UsageError(typographic(_OTHER_LINES))
    if session.talents:
        _print_candidate_status(session.of_talents, by, form)
        return
    progress = jury_status(*results_of(session), session.clock.today)
    names = _names(progress.jurors)
    if form == "table":
        _print_tables(progress, names)
    elif by == "juror":
        show(_JURORS, progress.jurors, form)
    elif by == "group":
        show(_groups(names), progress.groups, form)
    else:
        show(_dossiers(names), progress.subjects, form)


def _names(jurors: Sequence[JurorProgress]) -> Names:
    return {juror.juror: juror.name for juror in jurors}


def _print_tables(progress: JuryStatus, names: Names) -> None:
    """Print the three tables, those of groups and dossiers where they add something, then what is to discuss."""
    undeclared = sum(not juror.declared for juror in progress.jurors)
    declarations = f"{plural(undeclared, 'déclaration')} d’intérêts pas encore reçue{'s' * (undeclared > 1)}."
    _summary(progress.jurors, *([declarations] if undeclared else []))
    show(_JURORS, progress.jurors, "table", _NOBODY)
    if len(progress.groups) > 1:
        _section("Par groupe", _groups(names), progress.groups)
    waiting = [dossier for dossier in progress.subjects if dossier.progress.missing]
    _section("Dossiers à qui il manque des évaluations", _dossiers(names), waiting)
    _section("À discuter", _TOPICS, [dossier for dossier in progress.subjects if dossier.topics])


def _print_candidate_status(session: Session, by: str, form: str) -> None:
    """Print the tables, or the lines by juror or by candidate. Raises Refusal without candidates."""
    reading, results = results_of(session)
    if results.talents is None:
        raise Refusal(
            "Le classeur n’a pas d’onglet « Talents » : ajoutez « talents » à workbook.people_tabs, puis lancez "
            "« eig-sheets init »."
        )
    progress = candidate_status(reading, results.talents, session.clock.today)
    candidates = _candidates(_names(progress.jurors))
    if form == "table":
        _summary(progress.jurors)
        show(_OF_CANDIDATES, progress.jurors, form, _NOBODY)
        waiting = [candidate for candidate in progress.subjects if candidate.progress.missing]
        _section("Candidats à qui il manque des évaluations", candidates, waiting)
    elif by == "juror":
        show(_OF_CANDIDATES, progress.jurors, form)
    else:
        show(candidates, progress.subjects, form)


def _section(title: str, table: Table[Row], rows: Sequence[Row]) -> None:
    """Print a table under its title; nothing without rows."""
    if rows:
        echo(f"\n{typographic(title)}")
        show(table, rows, "table")


def _summary(jurors: Sequence[JurorProgress], *others: str) -> None:
    received, expected = (sum(getattr(juror.progress, name) for juror in jurors) for name in ("received", "expected"))
    sentences = [f"{plural(received, 'évaluation reçue', 'évaluations reçues')} sur {number(expected)}."]
    if late := [juror.name for juror in jurors if juror.progress.late]:
        sentences.append(f"{plural(len(late), 'juré')} en retard : {listed_first(late)}.")
    echo(typographic(" ".join([*sentences, *others])) + "\n")
