"""The register of personal data tells of copies."""

import pytest

from tests.two_workbooks import REVEALED, made

pytest.importorskip("eig_sheets.features.privacy")


def test_the_file_of_the_other_workbook_is_no_copy_to_eliminate(tmp_path):
    pair = made(tmp_path / "appel")
    assert pair.run("--today", REVEALED, "init").code == pair.sync().code == 0
    records = pair.run("archives", "list", "--format", "json").records
    assert [record for record in records if "pull" in record["what"]] == []
