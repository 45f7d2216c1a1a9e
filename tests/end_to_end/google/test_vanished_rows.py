"""What was imported into a Google Sheet and then deleted counts for the fuse (G8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign.test_vanished_rows import NUMBERS, dossiers_file
from tests.end_to_end.google.support import Desk


@pytest.mark.slow
def test_dossiers_that_were_imported_and_then_deleted(desk: Desk, tmp_path: Path):
    assert desk.run("import", str(dossiers_file(tmp_path))).code == 0
    places = [at for at, row in enumerate(desk.values("Candidatures"), 1) if {*map(str, row)} & {*NUMBERS}]
    assert len(places) == len(NUMBERS)
    for place in reversed(places):
        desk.edit("delete_row", tab="Candidatures", at=place)
    done = desk.sync()
    assert (done.code, "avait 17 lignes" in done.err.replace("\u202f", " "), "--force" in done.err) == (1, True, True)
