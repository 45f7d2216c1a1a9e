"""`--talents jury status`: how far the jury of candidates is, by juror or by candidate."""

from __future__ import annotations

from typing import Final

import click

from eig_sheets.campaign.jury_status import SubjectProgress
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.jury_tables import JURORS, NOBODY, Names, counts, names_of, print_section, print_summary
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.talents.acts import CANDIDATES
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.jury_progress import candidate_status
from eig_sheets.text.french import typographic
from eig_sheets.workbook.table import Col, Table

_OTHER_LINES: Final = (
    "Le jury des projets se suit par juré, par groupe ou par dossier ; celui des candidats (--talents), par juré ou "
    "par candidat : --by juror ou --by candidate."
)
_HELP: Final = (
    "« eig-sheets --talents jury status » dit de même où en est le jury des candidats ; une évaluation y est en retard "
    "dès que la personne a été entendue."
)


def _candidates(names: Names) -> Table[SubjectProgress]:
    return Table(
        Col("candidate", "Candidature", lambda candidate: candidate.number, first=True),
        Col("name", "Candidat", first=True),
        *counts("Attend", names),
    )


@click.command("status", cls=ReadingCommand, acts=(CANDIDATES,), help=_HELP)
@click.option("--by", type=click.Choice(["juror", "candidate"]), help="Avec --talents : par juré ou par candidat.")
@click.pass_obj
def status(session: Session, by: str, form: str) -> None:
    """Print the tables, or the lines by juror or by candidate. Raises Refusal without candidates."""
    if not session.talents or by not in ("juror", "candidate"):
        raise click.UsageError(typographic(_OTHER_LINES))
    reading, results = results_of(session.of_talents)
    talents = results.of(RESULTS)
    if talents is None:
        raise Refusal(
            "Le classeur n’a pas d’onglet « Talents » : ajoutez « talents » à workbook.people_tabs, puis lancez "
            "« eig-sheets init »."
        )
    progress = candidate_status(reading, talents, session.clock.today)
    candidates = _candidates(names_of(progress.jurors))
    if form == "table":
        print_summary(progress.jurors)
        show(JURORS, progress.jurors, form, NOBODY)
        waiting = [candidate for candidate in progress.subjects if candidate.progress.missing]
        print_section("Candidats à qui il manque des évaluations", candidates, waiting)
    elif by == "juror":
        show(JURORS, progress.jurors, form)
    else:
        show(candidates, progress.subjects, form)
