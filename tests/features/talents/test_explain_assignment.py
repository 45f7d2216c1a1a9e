"""Why each juror reads a candidate or not: told as it is of a dossier."""

from __future__ import annotations

from eig_sheets.features.talents.subject import SUBJECT as CANDIDATES
from tests.call.jury.test_explain_assignment import NAMES, explained, others, pairs, readers
from tests.features.talents.builders import read_by
from tests.team_call import laureate, talent
from tests.workbook.snapshots import book, juror, reading, tab


def test_a_candidate_is_explained_as_a_dossier_is():
    people = [talent("T-1", "Designer", "101"), talent("T-2", "Designer", "101")]
    jurors = [juror(name, expertise="designer" if name == "bob" else None) for name in NAMES[:3]]
    made = reading(
        book([laureate("101")], jurors, (), tab("talents", people), tab("evaluations_talents", ())),
        read_by(reads=2),
    )
    explanation = explained(made, pairs("anna", "bob", number="T-1"), "T-1", CANDIDATES)
    assert readers(explanation) == {"anna": ["charge : 1 candidat, 0,7 en moyenne"], "bob": ["connaît : designer"]}
    assert others(explanation) == {"chloe": "aurait pu (charge : 0 candidat, 0,7 en moyenne)"}
    assert (explanation.asked, explanation.source.partition(" ")[0]) == (2, "jury.talents.reads")
