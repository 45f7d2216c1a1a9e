"""The version of a dossier follows what jurors read of it, and nothing else."""

import pandas as pd
import pytest

from eig_sheets.call.jury.scored_versions import DESCRIBED_BY, version_of, versions_of
from eig_sheets.campaign.reading import read
from tests.columns import EIG5
from tests.workbook.snapshots import DOSSIERS, book, dossier

WHOLE = {"numero": "101", **dict.fromkeys(DESCRIBED_BY, "texte")}


@pytest.mark.parametrize("field", DESCRIBED_BY)
def test_what_jurors_read_makes_another_version(field):
    assert version_of({**WHOLE, field: "autre texte"}) != version_of(WHOLE)


@pytest.mark.parametrize("field", ["numero", "questions", "commentaire", "audition", "decision"])
def test_what_officers_type_makes_none(field):
    assert version_of({**WHOLE, field: "autre texte"}) == version_of(WHOLE)


def test_two_fields_are_told_apart():
    assert version_of({"projet": "a", "administration": "b"}) != version_of({"projet": "b", "administration": "a"})


def test_spaces_and_missing_columns_make_none():
    assert version_of({**WHOLE, "resume": " texte\n"}) == version_of(WHOLE)
    blanks = dict(zip(DESCRIBED_BY, (None, pd.NA, float("nan"), ""), strict=False))
    assert version_of(blanks) == version_of({})


def test_those_of_a_tab_are_those_of_its_dossiers():
    reading = read(book([DOSSIERS[0], dossier("102", resume="Un phare")]), EIG5)
    versions = versions_of(reading.valid_rows("candidatures"))
    assert versions == {row["numero"]: version_of(row) for row in (DOSSIERS[0], dossier("102", resume="Un phare"))}
