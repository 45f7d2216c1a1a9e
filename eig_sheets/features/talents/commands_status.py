"""`--talents jury status`: how far the jury of candidates is, by juror or by candidate."""

from __future__ import annotations

from datetime import date
from typing import Final

import click
import pandas as pd

from eig_sheets.call.jury.commands_progress import JURORS, NOBODY, Names, counts, names_of, print_section, print_summary
from eig_sheets.call.jury.progress import (
    JuryStatus,
    SubjectProgress,
    groups_progress,
    jurors_progress,
    subjects_progress,
)
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.domain.decisions import REFUSED
from eig_sheets.features.talents.acts import CANDIDATES
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_ranking import were_heard
from eig_sheets.features.talents.rules_scoring import expected_of
from eig_sheets.features.talents.subject import SUBJECT
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.text.french import typographic
from eig_sheets.workbook.table import Col, Table


def expected_of_candidates(reading: Reading, results: TalentResults) -> pd.DataFrame:
    """Each evaluation of a candidate that is expected, with the same columns; `numero` is that of the candidate.

    Those recorded, else those that are begun, déports apart. Of a candidate who was refused or is heard no more, only
    those that are there.
    """
    expected = results.expected
    if expected is None:
        evaluated = results.scores.evaluated
        begun = evaluated[evaluated["status"] != EvaluationStatus.RECUSED].dropna(subset=["candidature", "jure"])
        pairs = begun[["candidature", "jure"]].rename(columns={"candidature": "numero"})
        expected = expected_of(pairs, evaluated)
    people = results.candidates
    decided = {*people.loc[people["statut"] == REFUSED, "candidature"]}
    running = {*SUBJECT.numbers(reading)} - decided
    kept = expected[expected["received"] | expected["candidature"].isin(running)]
    return kept.rename(columns={"candidature": "numero"})


def candidate_status(reading: Reading, results: TalentResults, today: date) -> JuryStatus:
    """The progress of the jury of candidates on that day, of a reading that has them; a tie goes by jurors' names.

    An evaluation is late once its candidate was heard.
    """
    expected = expected_of_candidates(reading, results)
    heard = results.candidates.loc[were_heard(results.candidates, today), "candidature"]
    expected = expected.assign(late=expected["numero"].isin(heard))
    jurors = [*jurors_progress(reading.holding(TALENTS), expected)]
    names, asked = SUBJECT.names(results.candidates), {*expected["numero"]}
    subjects = [(number, names[number] or number) for number in results.candidates["candidature"] if number in asked]
    return JuryStatus(
        tuple(sorted(jurors, key=lambda juror: (-len(juror.progress.missing), juror.name))),
        tuple(groups_progress(jurors)),
        tuple(subjects_progress(subjects, expected, {})),
    )


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
