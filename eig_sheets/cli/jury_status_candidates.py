"""`--talents jury status`: which jurors of candidates are late, and what each candidate lacks."""

from __future__ import annotations

from typing import Any

from eig_sheets.campaign.candidate_status import CandidateStatus, candidate_status
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.progress_lines import counts, section
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.text.french import listed_first, number, plural, typographic

_PROGRESS = {"received": "Reçues", "expected": "Attendues"}
_JURORS = {"name": "Juré", "group": "Groupe", **_PROGRESS, "late": "En retard", "left": "Reste à noter"}
_CANDIDATES = {"candidate": "Candidature", "name": "Candidat", **_PROGRESS, "late": "En retard", "left": "Attend"}


def print_candidate_status(session: Session, by: str, form: str) -> None:
    """Print the tables, or the lines by juror or by candidate. Raises Refusal without candidates."""
    reading, results = results_of(session)
    if results.talents is None:
        raise Refusal(
            "Le classeur n’a pas d’onglet « Talents » : ajoutez « talents » à workbook.people_tabs, puis lancez "
            "« eig-sheets init »."
        )
    found = candidate_status(reading, results.talents, session.clock.today)
    if form == "table":
        _print_tables(found)
        return
    records = _jurors(found) if by == "juror" else _candidates(found)
    show([{key: one[key] for key in one if key != "left"} for one in records], form, {}, "")


def _jurors(found: CandidateStatus) -> list[dict[str, Any]]:
    return [
        {"juror": one.juror, "name": one.name, "group": one.group or None, **counts(one.progress)}
        for one in found.jurors
    ]


def _candidates(found: CandidateStatus) -> list[dict[str, Any]]:
    return [{"candidate": one.candidature, "name": one.name, **counts(one.progress)} for one in found.candidates]


def _print_tables(found: CandidateStatus) -> None:
    received, expected = (sum(getattr(one.progress, name) for one in found.jurors) for name in ("received", "expected"))
    late = [one.name for one in found.jurors if one.progress.late]
    said = f"{plural(received, 'évaluation reçue', 'évaluations reçues')} sur {number(expected)}."
    who = f" {plural(len(late), 'juré')} en retard : {listed_first(late)}." if late else ""
    echo(typographic(said + who) + "\n")
    show(_jurors(found), "table", _JURORS, "Aucun juré dans l’onglet Jury.")
    names = {one.juror: one.name for one in found.jurors}
    waiting = [one for one in _candidates(found) if one["missing"]]
    lines = [{**one, "left": listed_first([names.get(juror, juror) for juror in one["missing"]])} for one in waiting]
    section("Candidats à qui il manque des évaluations", lines, _CANDIDATES)
