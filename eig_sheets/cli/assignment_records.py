"""The records of `jury assign`: their JSON is a contract (design 4), their table is for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eig_sheets.campaign import assignment_texts
from eig_sheets.campaign.noted import CANDIDATES, Noted
from eig_sheets.cli.output import gap_record
from eig_sheets.workbook.render.affectations import AssignmentStatus

if TYPE_CHECKING:
    from eig_sheets.sync.assigning import AssigningRun

_OTHERS = {"juror": "Juré", "status": "Statut"}
_HEADERS = {"dossier": "Dossier", "project": "Projet", **_OTHERS}
_TALENT_HEADERS = {"candidate": "Candidature", "name": "Candidat", **_OTHERS}


def headers_of(run: AssigningRun) -> dict[str, str]:
    """The keys of the table and their French names."""
    return _TALENT_HEADERS if run.outcome.noted is CANDIDATES else _HEADERS


def number_key(noted: Noted) -> str:
    """The key of the number of what is noted, in JSON."""
    return "candidate" if noted is CANDIDATES else "dossier"


def assignment_object(run: AssigningRun) -> dict[str, Any]:
    """The whole assignment: its pairs, how good it is, what does not apply or cannot be; `loads`, of each juror."""
    outcome, reading = run.outcome, run.reading
    return {
        "pairs": [
            {
                number_key(run.outcome.noted): one.numero,
                "juror": one.jure,
                "kept": one.status is AssignmentStatus.KEPT,
                "locked": one.status is AssignmentStatus.LOCKED,
            }
            for one in outcome.assignments
        ],
        "optimal": outcome.found.optimal,
        "gap": gap_record(outcome.found.gap),
        "relaxed": assignment_texts.relaxed_texts(reading, outcome),
        "waived": assignment_texts.waived_texts(reading, outcome),
        "weak": assignment_texts.weak_texts(reading, outcome),
        "loads": outcome.loads,
    }


def assignment_lines(run: AssigningRun) -> list[dict[str, Any]]:
    """The table of the pairs, with the names of projects or candidates."""
    noted = run.outcome.noted
    names = noted.names(run.reading.valid_rows(noted.tab))
    number, name, *_ = headers_of(run)
    return [
        {number: one.numero, name: names.get(one.numero), "juror": one.jure, "status": str(one.status)}
        for one in run.outcome.assignments
    ]
