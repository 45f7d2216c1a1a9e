"""The export that comes with the sample: nobody in it lacks a piece that an export can tell."""

from __future__ import annotations

from eig_sheets.sample.export import export_rows
from eig_sheets.sample.sources import settings
from tests.sample.support import EIG5


def test_nobody_who_submitted_lacks_a_piece_that_the_export_has_a_column_for():
    told = {field for _, field, *_ in settings("export.toml")["columns"]}
    required = [field for field in EIG5.eligibility.required if field in told]
    assert "simulation" in required
    submitted = [row for row in export_rows() if row["etat"] != "Brouillon"]
    assert len(submitted) == 4
    assert [(row["projet"], field) for row in submitted for field in required if not row.get(field)] == []
    assert not told & set(EIG5.eligibility.attestations)  # they stand in the fiche
